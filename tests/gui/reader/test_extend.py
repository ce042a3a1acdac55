"""A selection grows and shrinks by whole words, sentences, paragraphs and turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.gui.reader.extend import PARAGRAPH, SENTENCE, WORD, Unit, contracted, extended, of_spans

TEXT = "We met in Osh. It rained, they say!\n\n  We stayed.  \nThen we left."


def chosen(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_from_a_caret_comes_the_unit_it_stands_in():
    place = TEXT.index("ained")
    assert extended(TEXT, place, place, WORD, 1) == chosen("rained")
    assert extended(TEXT, place, place, SENTENCE, 1) == chosen("It rained, they say!")
    assert extended(TEXT, place, place, PARAGRAPH, 1) == chosen("We met in Osh. It rained, they say!")


def test_a_caret_behind_the_last_word_takes_that_word():
    assert extended(TEXT, len(TEXT), len(TEXT), WORD, 1) == chosen("left")


def test_a_caret_between_two_paragraphs_takes_the_next_that_way():
    place = TEXT.index("\n\n") + 1
    assert extended(TEXT, place, place, PARAGRAPH, 1) == chosen("We stayed.")
    assert extended(TEXT, place, place, SENTENCE, -1) == chosen("It rained, they say!")


def test_a_selection_takes_in_the_next_word_and_what_stands_between():
    assert extended(TEXT, *chosen("rained"), WORD, 1) == chosen("rained, they")
    assert extended(TEXT, *chosen("rained"), WORD, -1) == chosen("It rained")


def test_a_selection_that_ends_within_a_sentence_goes_to_its_end_first():
    assert extended(TEXT, *chosen("met in"), SENTENCE, 1) == chosen("met in Osh.")
    assert extended(TEXT, *chosen("met in Osh."), SENTENCE, 1) == chosen("met in Osh. It rained, they say!")


def test_paragraphs_are_taken_in_across_blank_lines():
    first = chosen("We met in Osh. It rained, they say!")
    assert extended(TEXT, *first, PARAGRAPH, 1) == (0, TEXT.index("  \nThen"))
    assert extended(TEXT, *chosen("Then we left."), PARAGRAPH, -1) == (TEXT.index("We stayed"), len(TEXT))


def test_the_last_unit_is_left_out_again():
    assert contracted(TEXT, *chosen("We met in Osh. It rained, they say!"), SENTENCE) == chosen("We met in Osh.")
    assert contracted(TEXT, *chosen("rained, they"), WORD) == chosen("rained,")
    assert contracted(TEXT, *chosen("rained"), WORD) == chosen("rained")


def test_turns_may_hold_several_paragraphs():
    turns = of_spans([chosen("We met in Osh. It rained, they say!"), (TEXT.index("We stayed"), len(TEXT))])
    place = TEXT.index("Then")
    assert extended(TEXT, place, place, turns, 1) == (TEXT.index("We stayed"), len(TEXT))
    assert extended(TEXT, *chosen("It rained"), turns, 1) == chosen("It rained, they say!")


def test_at_the_ends_of_the_text_nothing_changes():
    assert extended(TEXT, 0, len(TEXT), SENTENCE, 1) == (0, len(TEXT))
    assert extended(TEXT, 0, len(TEXT), SENTENCE, -1) == (0, len(TEXT))
    assert extended("", 0, 0, WORD, 1) == (0, 0)
    assert contracted("  ", 0, 2, SENTENCE) == (0, 2)


SOME_TEXT = st.text(alphabet="ab ,.!?\n\t。\u0633\u0e01\u4e00\U0001f600\u0301", max_size=60)


@pytest.mark.parametrize("unit", [WORD, SENTENCE, PARAGRAPH, of_spans([(3, 9), (12, 20)])])
@given(text=SOME_TEXT, data=st.data())
def test_growing_never_loses_a_character_and_shrinking_never_takes_one_in(
    unit: Unit, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    for by in (1, -1):
        first, last = extended(text, start, stop, unit, by)
        assert 0 <= first <= last <= max(len(text), 20)
        if start < stop:
            assert first <= start
            assert last >= stop
            assert (first == start) if by > 0 else (last == stop)
    kept = contracted(text, start, stop, unit)
    assert kept[0] == start
    assert kept[1] <= stop
    assert kept[1] > start or start == stop


@given(text=SOME_TEXT)
def test_asked_often_enough_the_whole_text_is_selected(text: str) -> None:
    start, stop = extended(text, 0, 0, SENTENCE, 1)
    for _ in range(len(text)):
        start, stop = extended(text, start, stop, SENTENCE, 1)
    assert text[stop:].strip() == ""
    assert text[:start].strip() == ""
