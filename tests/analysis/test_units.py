"""Units that a text is cut into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.analysis.how import Unit
from coder_app.analysis.units import splitter
from coder_app.domain.distance import Distance, Measure

HUNDRED = Distance(100, Measure.WORDS)


def cut(text: str, unit: Unit, window: Distance = HUNDRED) -> list[str]:
    split = splitter(unit, window)
    return [text[start:stop] for start, stop in split(text)]


def test_turns_of_a_transcript_are_units_and_a_plain_text_has_none():
    assert cut("Anna: Hello there.\nHow are you?\nBen: Fine.", Unit.TURN) == [
        "Anna: Hello there.\nHow are you?",
        "Ben: Fine.",
    ]
    assert cut("No speaker here.", Unit.TURN) == []


def test_fixed_windows_hold_so_many_words_or_characters():
    assert cut("one two three four five", Unit.WINDOW, Distance(2, Measure.WORDS)) == [
        "one two ",
        "three four ",
        "five",
    ]
    assert cut("abcdefg", Unit.WINDOW, Distance(3, Measure.CHARACTERS)) == ["abc", "def", "g"]
    assert cut("ab    cd", Unit.WINDOW, Distance(2, Measure.CHARACTERS)) == ["ab", "cd"]


@pytest.mark.parametrize("unit", [Unit.DOCUMENT, Unit.CASE])
def test_wholes_are_not_cut(unit):
    assert splitter(unit, HUNDRED) is None


@given(st.text("ab .\n"), st.integers(1, 5), st.sampled_from([Measure.WORDS, Measure.CHARACTERS]))
def test_windows_leave_out_nothing_but_white_space(text, number, measure):
    assert "".join("".join(cut(text, Unit.WINDOW, Distance(number, measure))).split()) == "".join(text.split())
