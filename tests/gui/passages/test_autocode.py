"""Hits and dictionaries coded in one step, after a look at what that would be."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.edits.sources import rename_source
from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages.autocode import AutocodePreview
from coder_app.gui.passages.found import FoundHits
from coder_app.queries.codes import code_tree
from coder_app.queries.overview import overview

KEY = Qt.Key


@pytest.fixture
def preview(search, previewed):
    """Returns what opens the preview for all hits of a query."""

    def open_it(query: str, code_id: str) -> AutocodePreview:
        found: FoundHits = search(query)
        found.coding.show_preview([place for group in found.model.groups for place in group.places], code_id)
        return previewed()

    return open_it


def test_hits_are_coded_as_one_step_and_dropped_ones_are_not(shown: MainWindow, coded, preview, qtmodeltester) -> None:
    before = overview(coded.project).codings
    window = preview("trust", coded.work)
    qtmodeltester.check(window.model)
    total = window.model.total()
    assert total == 3
    QTest.keyClick(window.list, KEY.Key_Down)
    QTest.keyClick(window.list, KEY.Key_Space)
    assert window.model.kept_total() == total - 1
    assert window.code.text() == "Code 2 passages"
    assert overview(coded.project).codings == before
    QTest.keyClick(window.list, KEY.Key_Return)
    assert overview(coded.project).codings == before + total - 1
    assert "Coded 2 passages." in shown.notice._words.text()
    shown.context.undo()
    assert overview(coded.project).codings == before


def test_a_heading_ticks_all_that_is_under_it_and_marked_rows_go_together(coded, preview) -> None:
    window = preview("neighbours", coded.work)
    window.list.go_to(0)
    QTest.keyClick(window.list, KEY.Key_Space)
    assert window.model.kept_total() == 1
    assert window.model.state(0) == Qt.CheckState.Unchecked
    QTest.keyClick(window.list, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.list, KEY.Key_Space)
    assert window.model.kept_total() == 2
    QTest.mouseClick(window.none, Qt.MouseButton.LeftButton)
    assert window.model.kept_total() == 0
    assert not window.code.isEnabled()
    QTest.mouseClick(window.all, Qt.MouseButton.LeftButton)
    assert len(window.model.kept()) == 2
    window.close()


def test_a_click_on_a_tick_drops_its_hit(coded, preview) -> None:
    window = preview("trust", coded.work)
    rect = window.list.visualRect(window.model.index(1, 0))
    at = rect.center()
    at.setX(40)
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.model.kept_total() == 2
    assert window.model.state(0) == Qt.CheckState.PartiallyChecked
    window.close()


def test_the_extent_widens_what_is_coded(coded, preview, previewed) -> None:
    window = preview("trust", coded.work)
    first = window.model.kept()[0]
    window.extent.setCurrentIndex(2)
    previewed()
    line = window.model.kept()[0]
    assert line.start <= first.start
    assert line.stop - line.start > first.stop - first.start
    window.close()


def test_what_is_coded_so_already_is_not_offered_again(coded, preview) -> None:
    first = preview("trust", coded.work)
    first.code.click()
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    again = preview("trust", coded.work)
    assert again.model.rowCount() == 0
    assert "3 are coded so already" in again.told.text()
    assert not again.code.isEnabled()
    again.close()


def test_the_preview_goes_when_its_texts_change(coded, preview) -> None:
    window = preview("trust", coded.work)
    rename_source(coded.project, coded.diary, "Notes")
    assert not window.isVisible()


def test_a_dictionary_is_shown_code_by_code_and_applied_as_one_step(
    shown: MainWindow, coded, previewed, tmp_path: Path
) -> None:
    before = overview(coded.project).codings
    file = tmp_path / "words.csv"
    file.write_text("code,pattern,regex,extent\nWork & pay,young,,sentence\nTrust,police\nTrust,neighbour\\w+,yes\n")
    shown.passages.found.coding.show_dictionary(file)
    window = previewed()
    assert [group.title for group in window.model.groups] == ["Work & pay", "Trust"]
    assert [len(group.places) for group in window.model.groups] == [1, 3]
    window.code.click()
    assert overview(coded.project).codings == before + 4
    shown.context.undo()
    assert overview(coded.project).codings == before


@pytest.mark.parametrize(
    ("line", "words"),
    [("Nobody,trust", "line 2"), ("Trust,(a,yes", "line 2"), ("Trust,", "line 2")],
)
def test_what_is_wrong_in_a_dictionary_is_told_with_its_line(
    shown: MainWindow, coded, previewed, tmp_path: Path, line: str, words: str
) -> None:
    file = tmp_path / "words.csv"
    file.write_text(f"code,pattern,regex\n{line}\n")
    shown.passages.found.coding.show_dictionary(file)
    window = previewed()
    assert words in window.told.text()
    assert "words.csv" in window.told.text()
    assert not window.code.isEnabled()
    window.close()


def test_codes_that_a_dictionary_needs_are_made_when_they_are_wanted(
    shown: MainWindow, coded, previewed, tmp_path: Path, qtbot
) -> None:
    file = tmp_path / "words.csv"
    file.write_text("code,pattern\nTrust,police\nPlace > Village,neighbours\nFear,young\nFear,scarce\n")
    shown.passages.found.coding.show_dictionary(file)
    window = previewed()
    assert "“Place > Village”, “Fear”" in window.told.text()
    assert window.make.text() == "Make the 2 codes"
    assert len(code_tree(coded.project)) == 4
    window.make.setFocus()
    QTest.keyClick(window.make, KEY.Key_Space)
    qtbot.waitUntil(lambda: window.model.total() == 5)
    assert not window.make.isVisible()
    assert window.list.hasFocus()
    assert [group.title for group in window.model.groups] == ["Trust", "Place > Village", "Fear"]
    window.close()
    shown.context.undo()
    assert len(code_tree(coded.project)) == 4


def test_the_action_asks_for_the_file(shown: MainWindow, coded, previewed, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "words.csv"
    file.write_text("code,pattern\nTrust,young\n")
    monkeypatch.setattr("coder_app.gui.passages.hit_coding.choose.file", lambda *_: file)
    shown.actions_by_id["coding.dictionary"].trigger()
    window = previewed()
    assert window.model.kept_total() == 1
    window.close()


def test_all_hits_can_be_coded_with_a_new_code(shown: MainWindow, coded, search, previewed, qtbot) -> None:
    found: FoundHits = search("trust")
    QTest.mouseClick(found._code_all, Qt.MouseButton.LeftButton)
    QTest.keyClicks(QApplication.focusWidget(), "Trust in anything")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    window = previewed()
    assert window.model.total() == 3
    QTest.keyClick(window.list, KEY.Key_Return)
    made = coded.project.rows("SELECT count(*) FROM coding JOIN code ON code.id = code_id WHERE name LIKE '%anything'")
    assert made == [(3,)]
