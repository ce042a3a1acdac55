"""Places kept as bare numbers read like a list of places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.hits import Place
from coder_app.gui.passages.stretches import Stretches, joined

SPANS = st.lists(st.tuples(st.integers(0, 2**31), st.integers(1, 99)))


def kept(spans: list[tuple[int, int]]) -> Stretches:
    found = Stretches("one")
    for start, length in spans:
        found.add(start, start + length)
    return found


@given(SPANS, SPANS, st.slices(8))
def test_they_are_what_was_added(first, more, part: slice) -> None:
    both = joined(kept(first), kept(more))
    plain = [Place("one", start, start + length) for start, length in [*first, *more]]
    assert list(both) == plain
    assert len(both) == len(plain)
    assert list(both[part]) == plain[part]
    assert [both[at] for at in range(len(plain))] == plain
    assert list(joined(list(kept(first)), kept(more))) == plain


def test_there_is_nothing_past_the_end() -> None:
    with pytest.raises(IndexError):
        _ = kept([(1, 2)])[1]
