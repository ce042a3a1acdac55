"""Code points and UTF-16 units; what Qt is given shows one character for each code point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from coder_app.domain.text import canonical
from coder_app.gui.reader.positions import Positions, shown

ODD = "\U0001f600\U00010800\n\r\u2029\ufdd0\ufffc\ufeff\ufffe"
ANY_TEXT = st.text(st.characters(exclude_categories=[]) | st.sampled_from(ODD))


def test_a_text_within_the_basic_plane_counts_the_same_in_both_ways():
    positions = Positions("Astana é שלום")
    assert [positions.to_qt(place) for place in (0, 6, 13)] == [0, 6, 13]
    assert positions.from_qt(13) == 13


def test_an_emoji_counts_as_two_units():
    positions = Positions("a\U0001f600b")
    assert [positions.to_qt(place) for place in range(4)] == [0, 1, 3, 4]


def test_the_middle_of_a_pair_belongs_to_its_character():
    assert Positions("a\U0001f600b").from_qt(2) == 1


@given(ANY_TEXT)
def test_positions_go_there_and_back_in_any_text(text: str):
    positions = Positions(text)
    assert [positions.from_qt(positions.to_qt(place)) for place in range(len(text) + 1)] == list(range(len(text) + 1))


@given(ANY_TEXT.map(canonical))
def test_units_are_those_that_utf_16_would_have(text: str):
    positions = Positions(text)
    expected = [len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)]
    assert [positions.to_qt(place) for place in range(len(text) + 1)] == expected


@given(ANY_TEXT)
def test_what_is_shown_has_as_many_code_points_as_the_text(text: str):
    assert len(shown(text)) == len(text)
    assert all(now in {was, "\ufffd"} for was, now in zip(text, shown(text), strict=True))


@given(ANY_TEXT)
def test_the_paragraphs_of_qt_are_the_lines_of_the_text(text: str):
    document = QTextDocument()
    document.setPlainText(shown(text))
    blocks = [document.findBlockByNumber(number).text() for number in range(document.blockCount())]
    assert blocks == shown(text).split("\n")
    assert document.characterCount() - 1 == Positions(text).to_qt(len(text))


@pytest.mark.parametrize("char", ["\ufdd0", "\ufdd1", "\u2029", "\u2028", "\r", "\ufffc", "\x00"])
def test_what_qt_would_swallow_is_shown_as_a_replacement(qapp: QApplication, char: str):
    assert shown(f"a{char}b") == "a\ufffdb"


def test_a_qt_cursor_lands_on_the_character_meant(qapp: QApplication):
    text = "x\U0001f600y\n\U0001f680z"
    document = QTextDocument()
    document.setPlainText(shown(text))
    cursor = QTextCursor(document)
    cursor.setPosition(Positions(text).to_qt(5))
    cursor.setPosition(Positions(text).to_qt(6), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "z"
