"""Where two wordings differ."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.gui.team.diff import differences


def marked(one: str, other: str) -> tuple[list[str], list[str]]:
    ours, theirs = differences(one, other)
    return [one[start:stop] for start, stop in ours], [other[start:stop] for start, stop in theirs]


def test_whole_words_are_marked() -> None:
    assert marked("To rely on friends", "To rely on fiends") == (["friends"], ["fiends"])


def test_what_only_one_has_is_marked_there() -> None:
    assert marked("We trust the elders.", "We trust the old elders.") == ([], ["old "])


def test_equal_wordings_and_wholly_other_ones_have_no_marks() -> None:
    assert marked("same", "same") == ([], [])
    assert marked("Ben: never", "only for police work") == ([], [])


_WORDS = st.lists(
    st.sampled_from(["we", "trust", "the", "old", "elders", "and", "police", "ы", "😀", "."]), max_size=30
)


@given(_WORDS, _WORDS)
@settings(max_examples=150, deadline=None)
def test_what_is_not_marked_is_in_both_in_the_same_order(one: list[str], other: list[str]) -> None:
    ours, theirs = " ".join(one), " ".join(other)
    left, right = differences(ours, theirs)
    for text, ranges in ((ours, left), (theirs, right)):
        assert all(0 <= start < stop <= len(text) for start, stop in ranges)
        assert all(before[1] < after[0] for before, after in pairwise(ranges))
    if ours == theirs:
        assert left == right == []
