"""Lanes, pieces and names: nothing lies on anything else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coder_app.gui.reader.lanes import Extent, Name, assign_lanes, pieces, place_names
from coder_app.gui.reader.spans import Span, in_order


def span(coding_id: str, start: int, stop: int) -> Span:
    return Span(coding_id, coding_id, start, stop, "#b2516e", coding_id)


EXTENTS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=25).map(
    lambda rows: [Extent(str(number), start, start + size) for number, (start, size) in enumerate(rows)]
)


@given(EXTENTS, st.dictionaries(st.integers(0, 24).map(str), st.integers(0, 5)))
def test_no_two_in_one_lane_overlap(extents: list[Extent], before: dict[str, int]):
    lanes = assign_lanes(extents, before)
    assert set(lanes) == {extent.key for extent in extents}
    for lane in set(lanes.values()):
        inside = sorted((one for one in extents if lanes[one.key] == lane), key=lambda one: one.start)
        assert all(one.stop <= other.start for one, other in pairwise(inside))


@given(EXTENTS)
def test_lanes_given_once_are_kept(extents: list[Extent]):
    lanes = assign_lanes(extents)
    assert assign_lanes(extents[::-1], lanes) == lanes


def test_an_inner_span_stands_in_the_lane_after_the_outer_one():
    lanes = assign_lanes([Extent("outer", 0, 10), Extent("inner", 2, 4), Extent("later", 10, 12)])
    assert lanes == {"outer": 0, "inner": 1, "later": 0}


def test_a_stretch_is_cut_where_a_span_begins_or_ends():
    cut = pieces([span("a", 0, 10), span("b", 4, 6)], 2, 12)
    assert [(piece.start, piece.stop, [one.coding_id for one in piece.spans]) for piece in cut] == [
        (2, 4, ["a"]),
        (4, 6, ["a", "b"]),
        (6, 10, ["a"]),
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 15)), max_size=12), st.integers(0, 20), st.integers(1, 20))
def test_every_place_has_the_spans_that_cover_it(ranges: list[tuple[int, int]], start: int, length: int):
    spans = in_order([span(str(number), at, at + size) for number, (at, size) in enumerate(ranges)])
    cut = pieces(spans, start, start + length)
    for place in range(start, start + length):
        here = [piece for piece in cut if piece.start <= place < piece.stop]
        expected = [one for one in spans if one.start <= place < one.stop]
        assert [one for piece in here for one in piece.spans] == expected


NAMES = st.lists(st.tuples(st.integers(-20, 200), st.integers(1, 120)), max_size=15).map(
    lambda rows: [Name(str(number), top, top + size) for number, (top, size) in enumerate(rows)]
)


@given(NAMES)
def test_names_do_not_lie_on_each_other_and_stay_inside(names: list[Name]):
    rows = place_names(names, 15, 150)
    assert all(0 <= top <= 135 for top in rows.values())
    assert all(below - above >= 15 for above, below in pairwise(sorted(rows.values())))


@given(NAMES.filter(bool))
def test_the_chosen_name_is_never_left_out(names: list[Name]):
    chosen = names[-1].key
    assert chosen in place_names(names, 15, 400, chosen)


def test_a_name_moves_down_beside_its_bracket_but_not_far_past_it():
    names = [Name("a", 0, 100), Name("b", 0, 100), Name("short", 0, 20), Name("shorter", 0, 20), Name("long", 0, 90)]
    assert place_names(names, 15, 200) == {"a": 0, "b": 15, "long": 30}


def test_the_name_of_a_bracket_from_above_stands_at_the_top():
    assert place_names([Name("a", -50, 100)], 15, 200) == {"a": 0}
