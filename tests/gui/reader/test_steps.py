"""Where the keys take the ends of a passage."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.gui.reader.steps import next_start, next_stop

TEXT = "One two, three."


def test_a_start_goes_to_starts_of_words_and_a_stop_to_their_ends() -> None:
    assert next_start(TEXT, 0, 1) == TEXT.index("two")
    assert next_start(TEXT, TEXT.index("three"), -1) == TEXT.index("two")
    assert next_stop(TEXT, 3, 1) == TEXT.index(",")
    assert next_stop(TEXT, TEXT.index(","), 1) == TEXT.index(",") + 1
    assert next_stop(TEXT, len(TEXT), -1) == len(TEXT) - 1


def walked(step: Callable[[str, int, int], int], text: str, position: int, by: int) -> list[str]:
    """Return what lies between `position` and each place that the steps lead to."""
    found: list[str] = []
    place, after = position, step(text, position, by)
    while after != place:
        place, after = after, step(text, after, by)
        found.append(text[min(place, position) : max(place, position)])
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("All is said. “Trust me.” end", ["me.” ", "Trust me.” ", "“Trust me.” ", "said. “Trust me.” "]),
        ("We don't do well-known things end", ["things ", "well-known things ", "do well-known things "]),
        ("हम पड़ोसियों पर end", ["पर ", "पड़ोसियों पर ", "हम पड़ोसियों पर "]),
        ("«Да», — end", ["— ", "Да», — ", "«Да», — "]),
        ("我们信。你们 end", ["们 ", "你们 ", "信。你们 "]),
        ("my 👩‍👩‍👧‍👦 end", ["👩‍👩‍👧‍👦 ", "my 👩‍👩‍👧‍👦 "]),
    ],
)
def test_a_start_walks_back_over_words_and_what_opens_them(text: str, wanted: list[str]) -> None:
    assert walked(next_start, text, text.index("end"), -1)[: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He said (“Trust me.”) to us", [" said", " said (“Trust", " said (“Trust me", " said (“Trust me.”)"]),
        ("or and/or more", [" and", " and/or", " and/or more"]),
        ("a Cafe\u0301 here", [" Cafe\u0301", " Cafe\u0301 here"]),
        ("a 信任。我", [" 信", " 信任", " 信任。", " 信任。我"]),
        ("a \u304b\u3099ん", [" \u304b\u3099", " \u304b\u3099ん"]),
    ],
)
def test_a_stop_walks_on_over_words_and_what_closes_them(text: str, wanted: list[str]) -> None:
    start = len(text.split(" ", maxsplit=1)[0])
    assert walked(next_stop, text, start, 1)[: len(wanted)] == wanted


def test_a_border_leaves_its_paragraph_only_when_it_is_let() -> None:
    text = "One two.\n\nThree four.\nFive."
    three, end = text.index("Three"), text.index("\nFive")
    assert next_start(text, three, -1) == three
    assert next_start(text, three, -1, beyond=True) == text.index("two")
    assert next_stop(text, end, 1) == end
    assert next_stop(text, end, 1, beyond=True) == len(text) - 1
    assert next_start(text, 0, 1) == text.index("two")
    assert next_stop(text, len(text), -1) == len(text) - 1


def test_a_word_longer_than_the_reach_is_not_cut() -> None:
    text = "start " + "x" * 3_000 + " end"
    assert next_start(text, text.index(" end"), -1) == len("start ")
    assert next_stop(text, len("start "), 1) == text.index(" end")


def test_at_the_ends_of_the_text_nothing_moves() -> None:
    assert next_start(TEXT, 0, -1) == 0
    assert next_stop(TEXT, len(TEXT), 1) == len(TEXT)
    assert next_stop("", 0, 1) == 0


@given(st.text(alphabet="ab ,.\n\u0301\u200d\u0e01\u4e00\U0001f600", max_size=80), st.data())
def test_every_step_goes_the_way_it_was_asked_and_ends_at_a_word(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    for by in (-1, 1):
        start, stop = next_start(text, position, by), next_stop(text, position, by)
        assert (start - position) * by >= 0
        assert (stop - position) * by >= 0
        assert start == position or not text[start].isspace()
        assert stop == position or not text[stop - 1].isspace()
        for place in (start, stop):
            assert place in (position, 0, len(text)) or not unicodedata.category(text[place]).startswith("M")
