"""Where coders differ, against small cases drawn by hand and against the counts of the matching."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.agreement.disagreements import find
from coder_app.analysis.agreement.matching import matches
from coder_app.analysis.agreement.scope import Comparing, Texts, scope
from coder_app.analysis.columns import numbered
from coder_app.domain.disagreement import Difference
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

BOTH = {"doc": ("ann", "ben")}


def rows(*given):
    return [(f"c{n}", "doc", start, stop, code, coder) for n, (coder, code, start, stop) in enumerate(given)]


def told(found):
    return [(one.kind.value, one.start, one.stop, round(one.overlap, 2)) for one in found.differing]


def test_the_same_code_on_the_same_stretch_is_agreed():
    found = find(rows(("ann", "x", 0, 10), ("ben", "x", 0, 10)), BOTH)
    assert found.differing == ()
    assert [(one.code_id, one.start, one.stop, one.coding_ids) for one in found.agreed] == [("x", 0, 10, ("c0", "c1"))]


def test_a_code_that_one_coder_alone_gave_was_missed_by_the_other():
    found = find(rows(("ann", "x", 0, 10)), BOTH)
    assert told(found) == [("missed", 0, 10, 0.0)]
    assert found.differing[0].of("ben") == ()
    assert found.agreed == ()


def test_two_codes_at_one_place_are_one_disagreement():
    found = find(rows(("ann", "x", 0, 10), ("ben", "y", 2, 10)), BOTH)
    assert told(found) == [("code", 0, 10, 0.8)]
    assert found.differing[0].coding_ids == ("c0", "c1")


def test_two_codes_that_hardly_touch_are_two_disagreements():
    found = find(rows(("ann", "x", 0, 10), ("ben", "y", 8, 20)), BOTH)
    assert told(found) == [("missed", 0, 10, 0.0), ("missed", 8, 20, 0.0)]


def test_the_same_code_with_other_borders_is_a_boundary_and_within_nine_tenths_it_is_none():
    assert told(find(rows(("ann", "x", 0, 10), ("ben", "x", 5, 15)), BOTH)) == [("boundary", 0, 15, 0.33)]
    found = find(rows(("ann", "x", 0, 20), ("ben", "x", 1, 20)), BOTH)
    assert found.differing == ()
    assert [(one.start, one.stop) for one in found.agreed] == [(1, 20)], "what both marked"
    assert told(find(rows(("ann", "x", 0, 20), ("ben", "x", 1, 20)), BOTH, same_borders=1.0)) != []


def test_one_long_stretch_against_two_short_ones_is_one_boundary():
    found = find(rows(("ann", "x", 0, 20), ("ben", "x", 0, 8), ("ben", "x", 12, 20)), BOTH)
    assert told(found) == [("boundary", 0, 20, 0.8)]


def test_a_second_code_on_an_agreed_passage_was_missed():
    found = find(rows(("ann", "x", 0, 10), ("ben", "x", 0, 10), ("ben", "y", 0, 10)), BOTH)
    assert told(found) == [("missed", 0, 10, 0.0)]
    assert len(found.agreed) == 1


def test_overlapping_codings_of_one_coder_count_as_one_stretch():
    found = find(rows(("ann", "x", 0, 6), ("ann", "x", 4, 10), ("ben", "x", 0, 10)), BOTH)
    assert found.differing == ()
    assert found.agreed[0].coding_ids == ("c0", "c1", "c2")


def test_of_three_coders_each_with_a_code_of_their_own_there_is_one_disagreement():
    given_ = rows(("ann", "x", 0, 10), ("ben", "y", 0, 10), ("cem", "z", 0, 10))
    assert told(find(given_, {"doc": ("ann", "ben", "cem")})) == [("code", 0, 10, 1.0)]


def test_a_source_that_one_person_coded_and_a_coder_who_is_not_compared_do_not_enter():
    assert find(rows(("ann", "x", 0, 10)), {"doc": ("ann",)}).differing == ()
    found = find(rows(("ann", "x", 0, 10), ("ben", "x", 0, 10), ("cem", "y", 0, 10)), BOTH)
    assert found.differing == ()


def test_only_the_chosen_codes_are_looked_at():
    found = find(rows(("ann", "x", 0, 10), ("ben", "y", 20, 30)), BOTH, codes={"x"})
    assert told(found) == [("missed", 0, 10, 0.0)]


@st.composite
def coded(draw):
    spans = st.tuples(st.sampled_from(["ann", "ben"]), st.sampled_from("xyz"), st.integers(0, 30), st.integers(1, 12))
    return [(coder, code, start, start + length) for coder, code, start, length in draw(st.lists(spans, max_size=12))]


@settings(max_examples=150, deadline=None)
@given(coded())
def test_every_coding_is_in_exactly_one_agreement_or_disagreement(given_):
    found = find(rows(*given_), BOTH)
    ids = [one for part in (*found.agreed, *found.differing) for one in part.coding_ids]
    assert sorted(ids) == sorted(f"c{n}" for n in range(len(given_)))
    for one in found.differing:
        if one.kind is Difference.MISSED:
            assert len({mark.coder_id for mark in one.marks}) == 1
        else:
            assert {mark.coder_id for mark in one.marks} == {"ann", "ben"}
        assert (one.kind is Difference.CODE) == (len({mark.code_id for mark in one.marks}) > 1)


@settings(max_examples=100, deadline=None)
@given(coded(), st.sampled_from([0.5, 0.9, 1.0]))
def test_what_is_agreed_is_among_the_pairs_that_the_matching_counts(given_, threshold):
    if len({coder for coder, *_ in given_}) < 2:
        return
    tree = CodeTree([Code(one, None, one, "#000000", one) for one in "xyz"])
    columns = numbered([("doc", start, stop, code, coder) for coder, code, start, stop in given_], tree)
    known = scope(columns, tree, Comparing(unit="document"), texts=Texts({"doc": 50}))
    matched = matches(known, threshold)[0, 1]
    found = find(rows(*given_), BOTH, same_borders=threshold)
    for place, code in enumerate(known.codes):
        agreed = sum(1 for one in found.agreed if one.code_id == code)
        boundary = sum(1 for one in found.differing if one.kind is Difference.BOUNDARY and one.marks[0].code_id == code)
        assert (
            agreed
            <= matched[place].matched
            <= agreed + sum(len(one.marks) for one in found.differing if one.marks[0].code_id == code)
        )
        if not boundary:
            assert agreed == matched[place].matched
