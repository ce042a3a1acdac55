"""The way into the layout for words and back to the text, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.gui.main_window import MainWindow
from coder_app.gui.theme import THEMES
from coder_app.queries.codings import codings_in

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def whole(window: MainWindow, coded, turned_to, qtbot) -> MainWindow:
    """The whole window in the layout for words."""
    window.context.show(coded.project)
    qtbot.waitUntil(window.reader.view.hasFocus)
    QTest.keyClick(window.reader.view, KEY.Key_3, CONTROL)
    turned_to(window, "view.words")
    return window


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_from_the_text_to_a_word_to_its_lines_and_to_the_place(whole, coded):
    assert whole.late["view.words"].isVisible()
    assert whole.actions_by_id["view.words"].isChecked()
    assert whole.late["view.words"].panel.words.field.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "neighb")
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert whole.reader.view.isVisible()
    assert whole.reader.source_id == coded.diary
    assert whole.reader.words(*whole.reader.view.selection()) == "neighbours"
    assert whole.reader.view.hasFocus()


def test_escape_goes_back_to_the_text(whole):
    press(KEY.Key_Down)
    press(KEY.Key_Escape)
    assert whole.reader.view.hasFocus()


def test_the_key_for_codes_codes_lines_and_not_the_passage_out_of_sight(whole, coded):
    whole.show_code_layout()
    whole.reader.view.select(0, 5)
    whole.actions_by_id["view.words"].trigger()
    QTest.keyClicks(QApplication.focusWidget(), "police")
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    press(KEY.Key_Return, CONTROL)
    picker = whole.late["view.words"].panel.lines.coding.picker
    assert picker.isVisible()
    QTest.keyClicks(picker.focusWidget(), "Work")
    QTest.keyClick(picker.focusWidget(), KEY.Key_Return)
    added = [one for one in codings_in(coded.project, coded.interview) if one.code_id == coded.work][-1]
    assert whole.reader.words(added.start, added.stop) == "police"


def test_the_text_that_is_read_is_offered_as_what_to_count_in(whole, coded):
    offered = [words for _, words in whole.late["view.words"].panel.options._scopes()]
    assert "This source: Interview" in offered


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_drawn_in_every_theme(whole, theme):
    press(KEY.Key_Down)
    whole.context.theme.choose(theme)
    QApplication.processEvents()
    assert not whole.grab().isNull()
    assert whole.late["view.words"].panel.lines.model.rowCount() > 0
