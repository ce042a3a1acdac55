"""Ctrl+K leads to codes, sources, actions and to a search, whatever is typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.gui.main_window import MainWindow
from coder_app.gui.palette.entries import Entry, ranked

KEY = Qt.Key


def go(window: MainWindow, words: str) -> None:
    QTest.keyClick(window.reader.view, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert field.accessibleName() == "Search texts, codes, actions"
    QTest.keyClicks(field, words)


def listed(window: MainWindow) -> list[str]:
    shown = window.palette_panel._list
    return [shown.item(row).text() for row in range(shown.count())]


def test_a_source_is_opened(shown: MainWindow, coded) -> None:
    go(shown, "diary")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert shown.reader.source_id == coded.diary
    assert shown.reader.view.hasFocus()


def test_a_code_is_revealed_with_its_passages(shown: MainWindow, coded) -> None:
    go(shown, "instit")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert shown.codebook.current() == coded.institutions
    assert shown.passages.isVisible()


def test_an_action_is_done(shown: MainWindow) -> None:
    go(shown, "details")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert not shown.details.isVisible()


def test_actions_that_cannot_be_done_now_are_not_offered(shown: MainWindow) -> None:
    go(shown, "redo")
    assert not any(row.startswith("Redo") for row in listed(shown))
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    shown.context.undo()
    go(shown, "redo")
    assert listed(shown)[0].startswith("Redo: ")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)


def test_anything_else_is_searched_for_in_all_sources(shown: MainWindow, qtbot) -> None:
    go(shown, "neighbours")
    assert listed(shown) == ["Find “neighbours” in all sources"]
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert shown.passages.isVisible()
    qtbot.waitUntil(lambda: shown.passages.found.model.total() == 2, timeout=3_000)


def test_escape_closes_it_and_nothing_happens(shown: MainWindow, coded) -> None:
    go(shown, "diary")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not shown.palette_panel.isVisible()
    assert shown.reader.source_id == coded.interview


def test_without_a_project_only_actions_are_offered(window: MainWindow) -> None:
    window.palette_panel.open()
    assert listed(window)
    assert "Undo" not in listed(window)
    window.palette_panel.hide()


def test_codes_come_before_sources_before_actions_that_fit_as_well() -> None:
    entries = [Entry("action", "a", "Trust me"), Entry("source", "s", "Trust"), Entry("code", "c", "Trust")]
    assert [entry.id for entry in ranked(entries, "trust", 9)] == ["c", "s", "a"]
    assert [entry.id for entry in ranked(entries, "", 2)] == ["c", "s"]


def test_what_needs_a_code_is_found_without_one_and_says_what_to_choose(shown: MainWindow, coded) -> None:
    shown.codebook.tree.clearSelection()
    shown.codebook.tree.setCurrentIndex(shown.codebook.tree.model().index(-1, -1))
    go(shown, "own key")
    assert listed(shown)[0] == "Own key…   choose a code in the codebook first"
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert shown.notice.words() == "“Own key…”: choose a code in the codebook first."


def test_without_a_project_nothing_is_put_off(window: MainWindow) -> None:
    window.palette_panel.open()
    QTest.keyClicks(QApplication.focusWidget(), "own key")
    assert listed(window) == []
    window.palette_panel.hide()
