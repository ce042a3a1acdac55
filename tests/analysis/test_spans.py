"""Stretches of text: merging, meeting, and the relation of two."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.spans import Relation, agreed, characters, meetings, merged, relation, shared, touched

SPAN = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))
SPANS = st.lists(SPAN, max_size=9)


def test_spans_that_share_a_character_become_one():
    assert merged([(5, 15), (0, 6)]) == [(0, 15)]


def test_spans_that_only_touch_stay_apart():
    assert merged([(0, 10), (10, 20)]) == [(0, 10), (10, 20)]


def test_a_span_that_bridges_two_touching_ones_joins_them():
    assert merged([(0, 10), (10, 20), (9, 11)]) == [(0, 20)]


def test_the_shared_stretch_is_what_both_cover():
    assert shared((0, 10), (5, 15)) == (5, 10)


@given(SPANS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_merging_does_not_matter_and_no_character_is_lost(spans, random):
    shuffled = random.sample(spans, len(spans))
    found = merged(shuffled)
    assert found == merged(spans)
    assert characters(found) == len({position for start, stop in spans for position in range(start, stop)})


@given(SPANS, SPANS)
@settings(max_examples=80, deadline=None)
def test_meetings_are_all_pairs_that_share_a_character(first, second):
    first, second = sorted(first), sorted(second)
    wanted = {(i, j) for i, a in enumerate(first) for j, b in enumerate(second) if max(a[0], b[0]) < min(a[1], b[1])}
    found = list(meetings(first, second))
    assert len(found) == len(set(found))
    assert set(found) == wanted


@given(st.lists(SPANS, max_size=4), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_stretch_is_agreed_where_enough_coders_cover_each_character(by_coder, at_least):
    covered = [{position for start, stop in spans for position in range(start, stop)} for spans in by_coder]
    wanted = {position for position in range(20) if sum(position in own for own in covered) >= at_least}
    found = agreed(by_coder, at_least)
    assert {position for start, stop in found for position in range(start, stop)} == wanted
    assert found == sorted(found)
    assert characters(found) == len(wanted)


@given(SPANS)
@settings(max_examples=40, deadline=None)
def test_a_consensus_of_one_is_the_merging_of_all(spans):
    assert agreed([[span] for span in spans], 1) == merged(spans)


def test_one_coder_alone_is_no_consensus_however_often_they_coded_a_stretch():
    assert agreed([[(0, 5), (1, 4), (2, 3)]], 2) == []


def test_a_unit_is_touched_by_one_character_and_not_by_its_newline():
    units = [(0, 10), (11, 20), (21, 30)]
    assert touched([(9, 11)], units) == {0}
    assert touched([(10, 11)], units) == set()
    assert touched([(19, 22)], units) == {1, 2}


def test_each_pair_of_spans_has_the_relation_of_the_field():
    cases = {
        Relation.EQUAL: ((0, 5), (0, 5)),
        Relation.WITHIN: ((0, 3), (0, 5)),
        Relation.ENCLOSES: ((0, 5), (3, 5)),
        Relation.OVERLAPS: ((0, 5), (3, 8)),
        Relation.OVERLAPPED_BY: ((3, 8), (0, 5)),
        Relation.MEETS: ((0, 5), (5, 8)),
        Relation.MET_BY: ((5, 8), (0, 5)),
        Relation.BEFORE: ((0, 5), (6, 8)),
        Relation.AFTER: ((6, 8), (0, 5)),
    }
    assert {name: relation(*pair) for name, pair in cases.items()} == {name: name for name in Relation}


TRANSPOSED = {
    Relation.EQUAL: Relation.EQUAL,
    Relation.WITHIN: Relation.ENCLOSES,
    Relation.OVERLAPS: Relation.OVERLAPPED_BY,
    Relation.MEETS: Relation.MET_BY,
    Relation.BEFORE: Relation.AFTER,
}
TRANSPOSED |= {value: key for key, value in TRANSPOSED.items()}


@given(SPAN, SPAN)
@settings(max_examples=100, deadline=None)
def test_a_relation_read_backwards_is_its_counterpart(first, second):
    assert relation(second, first) == TRANSPOSED[relation(first, second)]
