"""Where the keys take the ends of a passage."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.gui.reader.steps import next_start, next_stop

TEXT = "One two, three."


def test_a_start_goes_to_starts_of_words_and_a_stop_to_their_ends() -> None:
    assert next_start(TEXT, 0, 1) == TEXT.index("two")
    assert next_start(TEXT, TEXT.index("three"), -1) == TEXT.index(",")
    assert next_stop(TEXT, 3, 1) == TEXT.index(",")
    assert next_stop(TEXT, len(TEXT), -1) == len(TEXT) - 1


def test_at_the_ends_of_the_text_nothing_moves() -> None:
    assert next_start(TEXT, 0, -1) == 0
    assert next_stop(TEXT, len(TEXT), 1) == len(TEXT)
    assert next_stop("", 0, 1) == 0


@given(st.text(alphabet="ab ,.\n\u0e01\u4e00\U0001f600", max_size=80), st.data())
def test_every_step_goes_the_way_it_was_asked_and_ends_at_a_word(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    for by in (-1, 1):
        start, stop = next_start(text, position, by), next_stop(text, position, by)
        assert (start - position) * by >= 0
        assert (stop - position) * by >= 0
        assert start == position or not text[start].isspace()
        assert stop == position or not text[stop - 1].isspace()
