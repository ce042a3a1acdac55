"""Paragraphs and lines are numbered as they are counted elsewhere, at the height where they start."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.text import paragraphs
from coder_app.gui.reader.layout import Numbers
from coder_app.gui.reader.numbers import Numbering
from coder_app.gui.reader.view import ReaderView

POEM = "\n".join(["One", "", "Three \U0001f600", "Four", "Five", "  ", "Seven", "Eight", "Nine", "Ten", "Eleven"])


def numbered(reader: ReaderView, numbers: Numbers) -> list[str]:
    reader.set_reader_style(replace(reader.reader_style, numbers=numbers))
    return reader.numbers.numbers_shown()


@pytest.fixture
def poem(reader: ReaderView) -> ReaderView:
    reader.set_source(POEM)
    return reader


def test_usually_nothing_is_numbered(poem: ReaderView):
    assert poem.numbers.numbers_shown() == []
    assert not poem.numbers.isVisible()


def test_paragraphs_are_numbered_without_the_blank_lines(poem: ReaderView):
    assert numbered(poem, Numbers.PARAGRAPHS) == [f"¶ {number}" for number in range(1, 10)]
    assert poem.numbers.isVisible()


def test_lines_are_numbered_with_the_blank_lines(poem: ReaderView):
    assert numbered(poem, Numbers.LINES) == [str(number) for number in range(1, 12)]


def test_of_the_lines_each_fifth_can_be_numbered_alone(poem: ReaderView):
    assert numbered(poem, Numbers.FIFTH_LINES) == ["5", "10"]


def test_a_paragraph_of_several_lines_on_the_screen_has_one_number(reader: ReaderView):
    reader.set_source("Some words. " * 60)
    assert len(reader.screen_lines()) > 5
    assert numbered(reader, Numbers.PARAGRAPHS) == ["¶ 1"]


def test_numbers_have_room_beside_the_words(poem: ReaderView):
    poem.resize(500, 400)
    before = poem.viewport().geometry().left()
    numbered(poem, Numbers.PARAGRAPHS)
    assert poem.numbers.width() >= poem.numbers.wanted_width() > before
    assert poem.numbers.geometry().right() < poem.viewport().geometry().left() + 1


def test_another_text_is_numbered_from_one(poem: ReaderView):
    numbered(poem, Numbers.LINES)
    poem.set_source("One\nTwo")
    assert poem.numbers.numbers_shown() == ["1", "2"]


def test_numbers_are_drawn_beside_their_line(poem: ReaderView, light):
    numbered(poem, Numbers.LINES)
    image = poem.numbers.grab().toImage()
    line = poem.screen_lines()[2]
    rows = range(round(line.top) + 4, round(line.bottom) - 4)
    colours = {image.pixelColor(x, y).name() for y in rows for x in range(image.width())}
    assert len(colours) > 1


@given(st.text(alphabet="ab \n\t\U0001f600", max_size=60))
def test_each_paragraph_has_its_place_among_all(text: str) -> None:
    numbering = Numbering(text, Numbers.PARAGRAPHS)
    assert numbering.last == len(paragraphs(text))
    assert [numbering.at(start) for start, _ in paragraphs(text)] == [
        f"¶ {number + 1}" for number in range(numbering.last)
    ]
    starts = {start for start, _ in paragraphs(text)}
    assert all(numbering.at(place) == "" for place in range(len(text)) if place not in starts)
