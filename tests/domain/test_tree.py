"""The tree of codes stands on any rows: with cycles, unknown parents and names that look like paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree


def code(id_, parent=None, name=None, order=""):
    return Code(id_, parent, name or id_, "#b2516e", order or id_)


@st.composite
def forests(draw):
    ids = [str(number) for number in range(draw(st.integers(0, 15)))]
    parents = st.none() | st.sampled_from([*ids, "nobody"])
    names = st.sampled_from(["a", "b", "a > b", "b > a", "a > a > b"])
    return [code(id_, draw(parents), draw(names), draw(st.sampled_from("AB"))) for id_ in ids]


@given(forests())
def test_every_code_is_walked_once_each_after_its_parent(codes):
    tree = CodeTree(codes)
    seen = [item.id for item in tree.walk()]
    assert sorted(seen) == sorted(item.id for item in codes)
    assert len(tree) == len(codes)
    assert all(tree.parent(id_) is None or seen.index(tree.parent(id_)) < seen.index(id_) for id_ in seen)


@given(forests())
def test_path_depth_and_ancestors_agree(codes):
    tree = CodeTree(codes)
    for item in codes:
        above = tree.ancestors(item.id)
        assert tree.depth(item.id) == len(above)
        assert tree.path(item.id) == " > ".join([*(tree[id_].name for id_ in reversed(above)), item.name])
        assert item in tree.children(tree.parent(item.id))
        assert item.id not in above


@given(forests())
def test_only_the_codes_of_a_cycle_lose_their_parent(codes):
    tree = CodeTree(codes)
    wanted = {item.id: item.parent_id for item in codes}
    for id_, parent in wanted.items():
        reached, at = set(), parent
        while at in wanted and at not in reached:
            reached.add(at)
            at = wanted[at]
        assert tree.parent(id_) == (None if id_ in reached or parent not in wanted else parent)


@given(forests())
def test_find_gives_the_one_code_that_fits_or_says_that_it_cannot(codes):
    tree = CodeTree(codes)
    for item in codes:
        assert tree.find(item.id) == item
        path = tree.path(item.id)
        same = [other for other in codes if tree.path(other.id) == path]
        if len(same) == 1:
            assert tree.find(path) == item
        else:
            with pytest.raises(BadInput, match="Several codes"):
                tree.find(path)


def test_a_code_below_a_cycle_keeps_its_parent():
    tree = CodeTree([code("a", "b"), code("b", "a"), code("c", "a")])
    assert [tree.parent(id_) for id_ in "abc"] == [None, None, "a"]
    assert tree.path("c") == "a > c"


def test_a_code_that_is_its_own_parent_is_a_root():
    assert CodeTree([code("a", "a")]).parent("a") is None


def test_children_come_in_their_order_and_ties_by_id():
    tree = CodeTree([code("c", order="A"), code("b", order="B"), code("a", order="B")])
    assert [item.id for item in tree.children(None)] == ["c", "a", "b"]
    assert tree.children("a") == []


def test_walk_can_start_below_a_code():
    tree = CodeTree([code("a"), code("b", "a"), code("c", "b"), code("d")])
    assert [item.id for item in tree.walk("a")] == ["b", "c"]


def test_a_unique_leaf_name_is_enough_to_find_a_code():
    tree = CodeTree([code("1", None, "State"), code("2", "1", "Trust"), code("3", None, "Media")])
    assert tree.find("Trust").id == "2"


def test_a_path_wins_over_a_leaf_name():
    tree = CodeTree([code("1", None, "Trust"), code("2", None, "State"), code("3", "2", "Trust")])
    assert tree.find("Trust").id == "1"
    assert tree.find("State > Trust").id == "3"


def test_a_name_with_the_separator_is_found_by_its_whole_path_only():
    tree = CodeTree([code("1", None, "Law > Order"), code("2", "1", "Police"), code("3", None, "Law")])
    assert tree.find("Law > Order").id == "1"
    assert tree.find("Law > Order > Police").id == "2"
    with pytest.raises(BadInput, match="no code"):
        tree.find("Order > Police")


def test_a_name_that_looks_like_another_codes_path_is_told_to_be_ambiguous():
    tree = CodeTree([code("1", None, "Law > Order"), code("2", None, "Law"), code("3", "2", "Order")])
    with pytest.raises(BadInput, match="Law > Order"):
        tree.find("Law > Order")
    assert tree.find("Order").id == "3"


def test_an_unknown_code_is_named_in_the_error():
    with pytest.raises(BadInput, match="Trustt"):
        CodeTree([code("1", None, "Trust")]).find("Trustt")


def test_a_long_chain_is_no_trouble():
    chain = [code(f"{number:05}", f"{number - 1:05}" if number else None, "x") for number in range(2_000)]
    tree = CodeTree(reversed(chain))
    assert tree.depth("01999") == 1_999
    assert [item.id for item in tree.walk()] == [item.id for item in chain]
