"""All hits of a search coded in one step, after a look at what that would be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages.autocode import AutocodePreview
from coder_app.queries.overview import overview


def preview(window: MainWindow, words: str, code_id: str) -> AutocodePreview:
    window.passages.show_search(words)
    window.passages._preview(code_id)
    QApplication.processEvents()
    return window.passages.findChild(AutocodePreview)


def test_hits_are_coded_as_one_step_and_dropped_ones_are_not(shown: MainWindow, coded, qtmodeltester) -> None:
    before = overview(coded.project).codings
    window = preview(shown, "trust", coded.work)
    qtmodeltester.check(window.model)
    found = window.model.rowCount()
    assert found >= 2
    window.model.setData(window.model.index(0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert len(window.model.kept()) == found - 1
    assert overview(coded.project).codings == before
    window._code.click()
    assert overview(coded.project).codings == before + found - 1
    coded.project.undo()
    assert overview(coded.project).codings == before


def test_the_extent_widens_what_is_coded(shown: MainWindow, coded) -> None:
    window = preview(shown, "trust", coded.work)
    words = window.model.kept()[0]
    window._extent.setCurrentIndex(2)
    line = window.model.kept()[0]
    assert line.start <= words.start
    assert line.stop - line.start > words.stop - words.start
    window.close()


def test_what_is_coded_so_already_is_not_offered_again(shown: MainWindow, coded) -> None:
    first = preview(shown, "trust", coded.work)
    first._code.click()
    QApplication.processEvents()
    again = AutocodePreview(shown.context, coded.project, first._hits, coded.work, shown)
    assert again.model.rowCount() == 0
    assert not again._code.isEnabled()
    again.close()


def test_a_query_that_cannot_be_read_says_where(shown: MainWindow, coded) -> None:
    shown.passages.show_search("")
    shown.passages._operators.setChecked(True)
    shown.passages._field.setText("(trust AND")
    shown.passages._search()
    assert shown.passages.list.model().rowCount() == 0
    assert shown.passages._count.text()
    assert not shown.passages._code_all.isEnabled()
