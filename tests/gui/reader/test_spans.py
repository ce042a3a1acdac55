"""Spans are found by place, whatever else is on the text."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.gui.reader.spans import Span, SpanIndex, in_order, uncovered


def span(coding_id: str, start: int, stop: int, initial: str = "A") -> Span:
    return Span(coding_id, f"s{coding_id}", start, stop, "#b2516e", "Trust", initial)


def spans_of(ranges: list[tuple[int, int]]) -> list[Span]:
    return [span(str(number), start, start + length) for number, (start, length) in enumerate(ranges)]


RANGES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80) | st.just(250)), max_size=40)


def test_a_touching_span_does_not_overlap():
    index = SpanIndex([span("a", 0, 5), span("b", 5, 9)])
    assert [found.coding_id for found in index.overlapping(5, 9)] == ["b"]


def test_the_outer_span_comes_first():
    index = SpanIndex([span("inner", 3, 6), span("outer", 3, 20), span("early", 0, 4)])
    assert [found.coding_id for found in index.at(3)] == ["early", "outer", "inner"]


def test_a_span_that_ends_at_a_place_is_found_there():
    index = SpanIndex([span("a", 0, 5), span("b", 2, 6)])
    assert [found.coding_id for found in index.ending_at(5)] == ["a"]


@given(RANGES, st.integers(0, 320), st.integers(1, 60))
def test_what_is_found_is_what_looking_at_every_span_finds(ranges: list[tuple[int, int]], start: int, length: int):
    spans = spans_of(ranges)
    stop = start + length
    expected = in_order([one for one in spans if one.start < stop and one.stop > start])
    assert SpanIndex(spans).overlapping(start, stop) == expected


@given(RANGES, st.integers(-1, 320))
def test_next_and_previous_agree_with_looking_at_every_span(ranges: list[tuple[int, int]], place: int):
    spans = spans_of(ranges)
    index = SpanIndex(spans)
    later = in_order([one for one in spans if one.start > place])
    assert index.next_after(place) == (later[0] if later else None)
    earlier = [one for one in spans if one.start < place]
    last = max((one.start for one in earlier), default=None)
    expected = next((one for one in in_order(earlier) if one.start == last), None)
    assert index.previous_before(place) == expected


@given(RANGES, RANGES)
def test_changed_one_by_one_it_is_as_if_made_at_once(first: list[tuple[int, int]], then: list[tuple[int, int]]):
    index = SpanIndex(spans_of(first))
    for one in spans_of(then):
        index.put(one)
    for number in range(len(then), len(first)):
        index.remove(str(number))
    fresh = SpanIndex(spans_of(then))
    assert index.overlapping(0, 1000) == fresh.overlapping(0, 1000)
    assert len(index) == len(fresh)
    assert index.coders == fresh.coders


def test_taking_out_what_is_not_there_is_no_error():
    assert SpanIndex().remove("x") is None


def test_coders_are_counted_as_spans_come_and_go():
    index = SpanIndex([span("a", 0, 1, "A"), span("b", 0, 1, "B")])
    assert index.coders == 2
    index.remove("b")
    assert index.coders == 1


def test_the_codes_shown_can_be_chosen_and_all_come_back():
    index = SpanIndex([span("a", 0, 5)._replace(code_id="trust"), span("b", 0, 9, "B")._replace(code_id="money")])
    index.show_only({"money"})
    assert [found.coding_id for found in index.at(0)] == ["b"]
    assert index.get("a") is None
    assert (len(index), index.coders) == (1, 1)
    index.show_only(None)
    assert [found.coding_id for found in index.at(0)] == ["b", "a"]
    assert (len(index), index.coders) == (2, 2)


def test_a_coding_of_a_hidden_code_comes_and_goes_unseen():
    index = SpanIndex([span("a", 0, 5)._replace(code_id="trust")], {"trust"})
    hidden = span("b", 0, 9, "B")._replace(code_id="money")
    index.put(hidden)
    assert [found.coding_id for found in index.at(0)] == ["a"]
    assert index.coders == 1
    assert index.remove("b") == hidden
    index.show_only(None)
    assert [found.coding_id for found in index.shown()] == ["a"]


@given(RANGES, st.integers(0, 40))
def test_taken_in_piece_by_piece_it_is_as_if_made_at_once(ranges: list[tuple[int, int]], cut: int):
    spans = spans_of(ranges)
    index = SpanIndex(spans[:cut])
    assert index.extend(spans[max(cut - 3, 0) :]) == spans[cut:]
    assert index.overlapping(0, 1000) == SpanIndex(spans).overlapping(0, 1000)
    assert len(index) == len(spans)
    assert index.coders == SpanIndex(spans).coders


@given(RANGES, st.lists(st.integers(1, 40), max_size=12))
def test_what_no_span_touches_is_left(ranges: list[tuple[int, int]], lengths: list[int]):
    spans = spans_of(ranges)
    stretches = [(sum(lengths[:at]) + at, sum(lengths[: at + 1]) + at) for at in range(len(lengths))]
    left = uncovered(stretches, [(span.start, span.stop) for span in spans])
    assert left == [one for one in stretches if not SpanIndex(spans).overlapping(*one)]
