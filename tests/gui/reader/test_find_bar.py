"""Finding words in the open text: marked as one types, walked through by Enter and F3."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.gui.main_window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def find(window: MainWindow, words: str) -> None:
    QTest.keyClick(window.reader.view, KEY.Key_F, CTRL)
    field = QApplication.focusWidget()
    assert field.accessibleName() == "Find in this source"
    QTest.keyClicks(field, words)


def found(window: MainWindow) -> str:
    return window.reader.words(*window.reader.view.selection())


def test_typing_marks_all_places_and_goes_to_the_first(shown: MainWindow) -> None:
    find(shown, "WORK")
    assert shown.reader.find_bar._count.text() == "1 of 2"
    assert found(shown) == "Work"
    assert len(shown.reader.view._hits) == 2


def test_enter_and_shift_enter_walk_around_the_end(shown: MainWindow) -> None:
    find(shown, "work")
    field = QApplication.focusWidget()
    QTest.keyClick(field, KEY.Key_Return)
    assert shown.reader.find_bar._count.text() == "2 of 2"
    QTest.keyClick(field, KEY.Key_Return)
    assert shown.reader.find_bar._count.text() == "1 of 2"
    QTest.keyClick(field, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.reader.find_bar._count.text() == "2 of 2"


def test_the_search_starts_from_the_caret_and_goes_around(shown: MainWindow) -> None:
    view = shown.reader.view
    view.select(len(view.text) - 8, len(view.text) - 8)
    find(shown, "trust")
    assert shown.reader.find_bar._count.text() == "1 of 3"


def test_escape_takes_the_marks_away_and_goes_back_to_the_text(shown: MainWindow) -> None:
    find(shown, "work")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not shown.reader.find_bar.isVisible()
    assert shown.reader.view._hits == []
    assert shown.reader.view.hasFocus()


def test_what_was_found_can_be_coded_at_once(shown: MainWindow, coded) -> None:
    find(shown, "twice")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    QTest.keyClick(shown.reader.view, KEY.Key_V)
    assert coded.project.rows("SELECT name FROM code ORDER BY id DESC LIMIT 1") == [("twice",)]


def test_f3_goes_on_after_the_bar_was_closed_and_brings_it_back(shown: MainWindow) -> None:
    find(shown, "trust")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    QTest.keyClick(shown.reader.view, KEY.Key_F3)
    assert shown.reader.find_bar.isVisible()
    assert shown.reader.find_bar._count.text() == "2 of 3"
    assert shown.reader.view.hasFocus()


def test_in_another_source_f3_searches_that_one(shown: MainWindow, coded) -> None:
    find(shown, "work")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    shown.reader.show_source(coded.diary)
    shown.reader.view.setFocus()
    QTest.keyClick(shown.reader.view, KEY.Key_F3)
    assert shown.reader.find_bar._count.text() == "1 of 1"
    assert found(shown) == "work"


def test_the_selected_words_are_searched_for(shown: MainWindow) -> None:
    start = shown.reader.view.text.index("police")
    shown.reader.view.select(start, start + 6)
    find(shown, "")
    assert shown.reader.find_bar._field.text() == "police"
    assert shown.reader.find_bar._count.text() == "1 of 1"


def test_nothing_found_is_said(shown: MainWindow) -> None:
    find(shown, "zzz")
    assert shown.reader.find_bar._count.text() == "nothing found"
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert shown.reader.view.selection() == (0, 0)
