"""Places go along with edits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.gui.correcting.drift import Drift

Edit = tuple[int, int, int]
_edits = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), st.integers(0, 5)), max_size=25)


def _made(edits: list[Edit], size: int = 40) -> tuple[Drift, list[int]]:
    """Return the drift after edits, and the draft: of each letter its place in the text as it was, -1 for a new one."""
    drift, draft = Drift(), list(range(size))
    for place, removed, added in edits:
        start = min(place, len(draft))
        stop = min(start + removed, len(draft))
        draft[start:stop] = [-1] * added
        drift.edit(start, stop - start, added)
    return drift, draft


@settings(max_examples=300)
@given(_edits)
def test_what_no_edit_has_touched_is_found_where_it_is(edits: list[Edit]) -> None:
    drift, draft = _made(edits)
    changed = [place for one in drift.changed() for place in range(one.old, one.old_stop)]
    for place in set(range(40)) - set(changed):
        start, stop = drift.now(place, place + 1)
        assert draft[start:stop] == [place]


@settings(max_examples=300)
@given(_edits)
def test_the_stretches_tell_the_whole_difference(edits: list[Edit]) -> None:
    drift, draft = _made(edits)
    rebuilt, at = [], 0
    for one in drift.changed():
        rebuilt += [*range(at, one.old), *draft[one.new : one.new_stop]]
        at = one.old_stop
    assert [*rebuilt, *range(at, 40)] == draft


@settings(max_examples=300)
@given(_edits, st.integers(0, 40), st.integers(1, 10), st.integers(0, 60), st.integers(1, 10))
def test_what_stands_in_a_range_comes_from_the_range_that_is_told(
    edits: list[Edit], start: int, size: int, seen: int, height: int
) -> None:
    drift, draft = _made(edits)
    start, stop = min(start, 39), min(start + size, 40)
    first, last = drift.now(start, stop)
    assert 0 <= first <= last <= len(draft)
    seen = min(seen, len(draft))
    low, high = drift.then(seen, min(seen + height, len(draft)))
    if first < min(seen + height, len(draft)) and last > seen:
        assert start < max(high, low + 1)
        assert stop > low


def test_words_typed_inside_a_passage_belong_to_it_and_those_at_its_ends_do_not() -> None:
    drift = Drift()
    drift.edit(15, 0, 3)
    assert drift.now(10, 20) == (10, 23)
    at_ends = Drift()
    at_ends.edit(20, 0, 2)
    at_ends.edit(10, 0, 4)
    assert at_ends.now(10, 20) == (14, 24)


def test_what_is_typed_and_taken_away_again_leaves_nothing() -> None:
    drift = Drift()
    drift.edit(5, 0, 1)
    drift.edit(6, 0, 1)
    drift.edit(5, 2, 0)
    assert drift.changed() == []
