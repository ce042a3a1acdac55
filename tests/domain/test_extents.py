import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.extents import Extent, widened, widener

TALK = "I: Is it safe? Really?\nB: No. Never.\n\nAt night least of all.\nI: Thanks."


@pytest.mark.parametrize(
    ("words", "extent", "whole"),
    [
        ("Never", Extent.MATCH, "Never"),
        ("Never", Extent.SENTENCE, "Never."),
        ("Never", Extent.PARAGRAPH, "B: No. Never."),
        ("Never", Extent.TURN, "B: No. Never.\n\nAt night least of all."),
        ("safe? Really", Extent.SENTENCE, "I: Is it safe? Really?"),
        ("Never.\n\nAt", Extent.SENTENCE, "Never.\n\nAt night least of all."),
        ("Never.\n\nAt", Extent.PARAGRAPH, "B: No. Never.\n\nAt night least of all."),
        ("Really?\nB", Extent.TURN, "I: Is it safe? Really?\nB: No. Never.\n\nAt night least of all."),
    ],
)
def test_a_hit_is_widened_to_all_that_it_touches(words, extent, whole):
    start = TALK.index(words)
    first, last = widener(TALK, extent)((start, start + len(words)))
    assert TALK[first:last] == whole


def test_a_paragraph_stands_for_a_turn_where_nobody_is_named():
    assert widener("One.\nTwo. Three.", Extent.TURN)((5, 8)) == (5, 16)


def test_units_that_are_only_touched_at_the_border_stay_outside():
    assert widened((3, 5), [(0, 3), (5, 8)]) == (3, 5)
    assert widened((2, 6), [(0, 3), (5, 8)]) == (0, 8)


@given(
    st.text("aB. :\n?", min_size=1, max_size=40),
    st.integers(0, 40),
    st.integers(1, 40),
    st.sampled_from(Extent),
)
def test_widening_never_loses_a_character_and_twice_is_once(text, start, length, extent):
    first = min(start, len(text) - 1)
    span = (first, min(first + length, len(text)))
    widen = widener(text, extent)
    once = widen(span)
    assert once[0] <= span[0] < span[1] <= once[1] <= len(text)
    assert widen(once) == once
