"""The work list of passages to check, with real keys in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from coder_app.edits.texts import correct_text
from coder_app.gui.main_window import MainWindow
from coder_app.gui.sources.model import TO_CHECK
from coder_app.queries.codings import coding
from coder_app.queries.placing import number_to_check, segments_to_check
from coder_app.queries.sources import source, text_of


@pytest.fixture
def doubtful(shown: MainWindow, coded) -> MainWindow:
    """Two passages of the interview are to check: the words of both were changed."""
    text = text_of(coded.project, coded.interview)
    text = text.replace("trusts the police", "\U0001f600 likes officers").replace("We trust our", "They love our")
    correct_text(coded.project, coded.interview, text)
    return shown


def _words(coded, coding_id: str) -> str:
    one = coding(coded.project, coding_id)
    return text_of(coded.project, one.source_id)[one.start : one.stop]


def _open(window: MainWindow) -> None:
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F5)
    assert window.to_check.list.hasFocus()


def test_bottom_bar_and_sources_say_how_many(doubtful: MainWindow, coded) -> None:
    assert doubtful.bottom.to_check.text() == "2 to check"
    model = doubtful.sources.model
    assert model.index_of(coded.interview).data(TO_CHECK) == 2
    assert "2 to check" in model.index_of(coded.interview).data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.mouseClick(doubtful.bottom.to_check, Qt.MouseButton.LeftButton)
    assert doubtful.to_check.isVisible()
    doubtful.context.undo()
    assert not doubtful.bottom.to_check.isVisible()
    assert model.index_of(coded.interview).data(TO_CHECK) == 0


def test_enter_goes_to_the_passage_and_space_only_looks(doubtful: MainWindow, coded) -> None:
    doubtful.readers.show_source(coded.diary)
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Space)
    assert doubtful.reader.source_id == coded.interview
    assert doubtful.to_check.list.hasFocus()
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Return)
    assert doubtful.reader.view.hasFocus()
    assert doubtful.reader.view.chosen() == coded.bens


def test_a_accepts_the_guess_and_the_next_row_takes_its_place(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_A)
    assert [one.quote for one in segments_to_check(coded.project)] == ["Nobody trusts the police."]
    assert doubtful.to_check.list.rows() == [0]
    assert doubtful.bottom.to_check.text() == "1 to check"
    doubtful.context.undo()
    assert doubtful.to_check.model.rowCount() == 2


def test_several_are_accepted_at_once_as_one_step(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_A)
    assert number_to_check(coded.project) == 0
    assert not doubtful.to_check.list.isVisible()
    assert doubtful.to_check.isVisible()
    doubtful.context.undo()
    assert number_to_check(coded.project) == 2


def test_the_selection_becomes_the_place_of_the_passage(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Down)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Return)
    text = doubtful.reader.view.text
    start = text.index("\U0001f600 likes officers")
    doubtful.reader.view.select(start, start + len("\U0001f600 likes officers"))
    QTest.keyClick(
        doubtful.reader.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert _words(coded, coded.police) == "\U0001f600 likes officers"
    assert number_to_check(coded.project) == 1


def test_without_a_selection_or_in_another_text_it_says_what_to_do(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    doubtful.reader.view.select(0, 0)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_S)
    assert "Select the words" in doubtful.notice.words()
    doubtful.readers.show_source(coded.diary)
    doubtful.reader.view.select(0, 5)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_S)
    assert "Interview" in doubtful.notice.words()
    assert number_to_check(coded.project) == 2


def test_delete_removes_the_passage_and_undo_brings_it_back(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Delete)
    assert coding(coded.project, coded.bens) is None
    assert source(coded.project, coded.interview).codings == 3
    doubtful.context.undo()
    assert coding(coded.project, coded.bens) is not None
    assert number_to_check(coded.project) == 2


def test_moving_the_ends_of_a_passage_settles_it(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Return)
    doubtful.actions_by_id["coding.stop_left"].trigger()
    assert doubtful.to_check.model.rowCount() == 1


def test_escape_closes_the_list_and_another_list_takes_its_room(doubtful: MainWindow, coded) -> None:
    _open(doubtful)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_Escape)
    assert not doubtful.to_check.isVisible()
    _open(doubtful)
    doubtful.passages.show_code(coded.work)
    assert not doubtful.to_check.isVisible()
    doubtful.reader.view.setFocus()
    _open(doubtful)
    assert not doubtful.passages.isVisible()


def test_passages_to_check_say_so_where_they_are_drawn(doubtful: MainWindow, coded, qtbot) -> None:
    view = doubtful.reader.view
    one = coding(coded.project, coded.police)
    assert view._to_check == {segment.segment_id for segment in segments_to_check(coded.project)}
    doubtful.grab()
    place = view.rects_of(one.start, one.start + 3)[0].center().toPoint()
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication, QToolTip

    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(place), view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    assert "To check" in QToolTip.text()
    QToolTip.hideText()
    doubtful.to_check.open()
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(doubtful.to_check.list, Qt.Key.Key_A)
    assert view._to_check == set()


def test_the_model_is_a_good_one(doubtful: MainWindow, coded, qtmodeltester) -> None:
    doubtful.to_check.open()
    qtmodeltester.check(doubtful.to_check.model, force_py=True)


def test_a_newer_file_shows_what_it_does_before_it_replaces(
    shown: MainWindow, coded, tmp_path: Path, qtbot, qapp
) -> None:
    from coder_app.gui.correcting.replacing import ReplaceDialog, read_newer_file

    before = text_of(coded.project, coded.interview)
    newer = tmp_path / "Interview 2.txt"
    newer.write_text("Preface. שלום \U0001f600\n" + before.replace("police", "officers"), encoding="utf-8")

    def dialogs() -> list[ReplaceDialog]:
        return [one for one in qapp.topLevelWidgets() if isinstance(one, ReplaceDialog) and one.isVisible()]

    read_newer_file(shown.context, shown, source(coded.project, coded.interview), newer)
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=20_000)
    assert dialogs()[0].list.model().rowCount() == 1
    dialogs()[0].reject()
    assert text_of(coded.project, coded.interview) == before
    read_newer_file(shown.context, shown, source(coded.project, coded.interview), newer)
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=20_000)
    QTest.mouseClick(dialogs()[0].replace, Qt.MouseButton.LeftButton)
    assert text_of(coded.project, coded.interview).startswith("Preface.")
    assert _words(coded, coded.first) == "Trust is everything here."
    assert source(coded.project, coded.interview).name == "Interview"
    assert "0 unchanged, 2 moved, 1 to check" in shown.notice.words()
    read_newer_file(shown.context, shown, source(coded.project, coded.interview), newer)
    qtbot.waitUntil(lambda: "same text" in shown.notice.words(), timeout=20_000)
