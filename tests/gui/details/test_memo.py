"""The memo is saved whatever one does next, and belongs to whoever wrote it."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from coder_app.edits.memos import write_memo
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codings import coding
from coder_app.queries.memos import memos_on
from coder_app.store.project import Project

KEY = Qt.Key


def memos(made: SimpleNamespace, coding_id: str) -> list[tuple[str, str]]:
    segment_id = coding(made.project, coding_id).segment_id
    return [(memo.coder_id, memo.body) for memo in memos_on(made.project, "segment", segment_id)]


def open_memo(window: MainWindow, coding_id: str) -> QPlainTextEdit:
    view = window.reader.view
    view.choose(coding_id)
    window.reader.gestures.choose_target()
    view.setFocus()
    QTest.keyClick(view, KEY.Key_M)
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.accessibleName() == "Memo on the passage"
    return field


def test_a_pause_saves_what_was_typed(shown: MainWindow, coded, qtbot) -> None:
    QTest.keyClicks(open_memo(shown, coded.police), "A thought")
    assert memos(coded, coded.police) == []
    qtbot.waitUntil(lambda: memos(coded, coded.police) == [(coded.ann, "A thought")], timeout=3_000)
    assert QApplication.focusWidget().toPlainText() == "A thought"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (KEY.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Return, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_escape_and_ctrl_enter_save_and_go_back_to_the_text(shown: MainWindow, coded, key, modifier) -> None:
    field = open_memo(shown, coded.police)
    QTest.keyClicks(field, "Kept")
    QTest.keyClick(field, key, modifier)
    assert memos(coded, coded.police) == [(coded.ann, "Kept")]
    assert shown.reader.view.hasFocus()
    assert QApplication.activePopupWidget() is None


def test_going_to_another_field_saves(shown: MainWindow, coded) -> None:
    QTest.keyClicks(open_memo(shown, coded.police), "Left behind")
    shown.codebook.field.setFocus()
    assert memos(coded, coded.police) == [(coded.ann, "Left behind")]


def test_choosing_another_coding_keeps_each_memo_where_it_belongs(shown: MainWindow, coded) -> None:
    QTest.keyClicks(open_memo(shown, coded.police), "On the police")
    shown.details.show_coding(coded.first)
    assert memos(coded, coded.police) == [(coded.ann, "On the police")]
    assert memos(coded, coded.first) == []
    assert shown.details._memo._editor.toPlainText() == ""
    shown.details.show_coding(coded.police)
    assert shown.details._memo._editor.toPlainText() == "On the police"


def test_closing_the_window_in_the_middle_of_a_word_saves(shown: MainWindow, coded) -> None:
    path = coded.project.path
    QTest.keyClicks(open_memo(shown, coded.police), "Almost lo")
    shown.close()
    with Project.open(path) as again:
        assert again.rows("SELECT body FROM memo") == [("Almost lo",)]


def test_closing_the_project_saves(shown: MainWindow, coded) -> None:
    path = coded.project.path
    QTest.keyClicks(open_memo(shown, coded.police), "Almost lost")
    shown.context.close()
    with Project.open(path) as again:
        assert again.rows("SELECT body FROM memo") == [("Almost lost",)]


def test_opening_another_project_saves_in_the_one_before(shown: MainWindow, coded, tmp_path) -> None:
    path = coded.project.path
    QTest.keyClicks(open_memo(shown, coded.police), "Almost lost")
    shown.context.show(Project.create(tmp_path / "other.coder", coder="Cleo"))
    with Project.open(path) as again:
        assert again.rows("SELECT body FROM memo") == [("Almost lost",)]
    assert shown.context.project.rows("SELECT count(*) FROM memo") == [(0,)]


def test_what_one_coder_types_stays_theirs_when_the_coder_changes(shown: MainWindow, coded) -> None:
    QTest.keyClicks(open_memo(shown, coded.police), "By Ann")
    shown.context.work_as(coded.ben)
    assert memos(coded, coded.police) == [(coded.ann, "By Ann")]
    card = shown.details._memo
    assert card._editor.toPlainText() == ""
    assert "By Ann" in card._others.text()
    assert card._others.text().startswith("Ann")


def test_undo_takes_back_what_is_being_typed_first(shown: MainWindow, coded) -> None:
    before = coded.project.undo_label()
    field = open_memo(shown, coded.police)
    QTest.keyClicks(field, "Unfinished")
    shown.actions_by_id["edit.undo"].setEnabled(True)
    shown.actions_by_id["edit.undo"].trigger()
    assert memos(coded, coded.police) == []
    assert coded.project.undo_label() == before
    assert field.toPlainText() == ""
    shown.context.redo()
    assert memos(coded, coded.police) == [(coded.ann, "Unfinished")]
    assert field.toPlainText() == "Unfinished"


def test_another_change_does_not_disturb_what_is_being_typed(shown: MainWindow, coded) -> None:
    field = open_memo(shown, coded.police)
    QTest.keyClicks(field, "Half a thou")
    write_memo(coded.project, "source", coded.diary, "Elsewhere")
    shown.codebook._on_renamed(coded.work, "Labour")
    assert field.toPlainText() == "Half a thou"
    QTest.keyClicks(field, "ght")
    QTest.keyClick(field, KEY.Key_Escape)
    assert memos(coded, coded.police) == [(coded.ann, "Half a thought")]


def test_what_cannot_be_saved_stays_in_the_field(shown: MainWindow, coded) -> None:
    field = open_memo(shown, coded.police)
    QTest.keyClicks(field, "Kept in sight")
    coded.project.writable = False
    shown.details._memo.save()
    coded.project.writable = True
    assert field.toPlainText() == "Kept in sight"
    QTest.keyClick(field, KEY.Key_Escape)
    assert memos(coded, coded.police) == [(coded.ann, "Kept in sight")]


def test_a_hidden_coders_memo_is_hidden_too(shown: MainWindow, coded) -> None:
    shown.context.work_as(coded.ben)
    write_memo(coded.project, "segment", coding(coded.project, coded.police).segment_id, "By Ben")
    shown.context.work_as(coded.ann)
    shown.details.show_coding(coded.police)
    assert "By Ben" in shown.details._memo._others.text()
    shown.context.hide_coders({coded.ben})
    assert not shown.details._memo._others.isVisible()


def test_in_a_project_that_can_only_be_read_the_memo_cannot_be_written(window: MainWindow, coded) -> None:
    write_memo(coded.project, "segment", coding(coded.project, coded.police).segment_id, "Read me")
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    window.details.show_coding(coded.police)
    editor = window.details._memo._editor
    assert editor.isReadOnly()
    assert editor.toPlainText() == "Read me"


def test_a_memo_on_the_coding_stands_beside_the_one_on_the_passage(shown: MainWindow, coded, qtbot) -> None:
    shown.reader.view.choose(coded.police)
    shown.reader.gestures.choose_target()
    shown.reader.view.setFocus()
    QTest.keyClick(shown.reader.view, KEY.Key_M, Qt.KeyboardModifier.ShiftModifier)
    field = QApplication.focusWidget()
    assert field.accessibleName() == "Memo on this coding"
    QTest.keyClicks(field, "Why police")
    QTest.keyClick(field, KEY.Key_Escape)
    assert [memo.body for memo in memos_on(coded.project, "coding", coded.police)] == ["Why police"]
    assert memos(coded, coded.police) == []


def test_the_memos_of_an_imported_coding_are_shown(shown: MainWindow, coded) -> None:
    write_memo(coded.project, "coding", coded.police, "Brought along")
    shown.details.show_coding(coded.police)
    fields = [field.toPlainText() for field in shown.details.findChildren(QPlainTextEdit) if field.isVisible()]
    assert "Brought along" in fields
