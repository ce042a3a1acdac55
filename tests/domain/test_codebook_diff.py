"""Two codebooks are compared code by code: by id, or else by path, and in as few moves as explain the order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.codebook import Example
from coder_app.domain.codebook_diff import differences, in_published_order, matched
from coder_app.domain.coderbook import SharedCode, tree_of


def code(name, parent="", order="", **more):
    return SharedCode(more.pop("id", name), parent, order or name, name, "#112233", **more)


def book(*codes):
    return {one.id: one for one in codes}


TRUST = code("Trust", definition="Believing others")


def kinds(before, after, merged=None):
    return {one.path: one.kinds for one in differences(before, after, merged)}


def test_equal_codebooks_do_not_differ():
    assert differences(book(TRUST), book(TRUST)) == []


def test_each_kind_of_change_is_named():
    before = book(TRUST, code("Fear"), code("Old"), code("Gone"), code("Group"))
    after = book(
        replace(TRUST, name="Faith", definition="Relying on others", colour="#445566", examples=(Example("He did."),)),
        code("Fear", "Group"),
        code("Group", is_codable=False),
        code("New", use_when="It is new"),
    )
    assert kinds(before, after, {"Gone": "Trust"}) == {
        "Faith": ("renamed", "redefined", "examples", "recoloured"),
        "Group": ("regrouped",),
        "Group > Fear": ("moved",),
        "New": ("added",),
        "Old": ("retired",),
        "Gone": ("merged",),
    }


def test_a_merged_code_says_into_what():
    found = differences(book(TRUST, code("Gone")), book(TRUST), {"Gone": "Trust"})
    assert [one.merged_into for one in found] == ["Trust"]


def test_codes_of_other_ids_are_the_same_by_their_path():
    before = book(code("A", id="1"), code("B", "1", id="2"))
    after = book(code("A", id="x"), code("B", "x", id="y"))
    assert matched(before, after) == {"x": "1", "y": "2"}
    assert kinds(before, after) == {"A": ("same path",), "A > B": ("same path",)}


def test_an_id_counts_more_than_a_path():
    before = book(code("A", id="1"), code("B", id="2"))
    after = book(code("B", id="1"))
    assert [(one.path, one.kinds) for one in differences(before, after)] == [("B", ("renamed",)), ("B", ("retired",))]


def test_one_code_that_moves_among_its_siblings_is_one_move():
    before = book(*(code(name) for name in "ABCDE"))
    after = book(*(code(name) for name in "BCDE"), code("A", order="Z"))
    assert kinds(before, after) == {"A": ("moved",)}


def test_other_order_keys_alone_are_no_difference():
    before = book(code("A", order="1"), code("B", order="2"))
    after = book(code("A", order="5"), code("B", order="7"))
    assert differences(before, after) == []
    assert in_published_order(after, before) == before


@given(st.permutations("ABCDEF"), st.sets(st.sampled_from("ABCDEF")))
def test_published_order_keys_keep_the_order_that_a_project_has(order, published):
    codes = book(*(code(name, order=f"{n + 1}") for n, name in enumerate(order)))
    newest = book(*(code(name) for name in published))
    made = in_published_order(codes, newest)
    assert [one.id for one in tree_of(made).walk()] == list(order)


@given(st.permutations("ABCDEF"))
def test_what_did_not_move_is_in_order(order):
    before = book(*(code(name) for name in "ABCDEF"))
    after = book(*(code(name, order=f"{n + 1}") for n, name in enumerate(order)))
    stayed = [name for name in order if name not in {one.path for one in differences(before, after)}]
    assert stayed == sorted(stayed)
    assert stayed
