"""Correcting a text in the window, with real keys: kept as one step, put aside, never lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.sources import remove_sources
from coder_app.edits.texts import correct_text
from coder_app.gui.correcting import preview
from coder_app.gui.correcting.text import CorrectingText
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codings import coding
from coder_app.queries.placing import number_to_check
from coder_app.queries.sources import source, text_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def _editor(window: MainWindow) -> CorrectingText:
    assert window.reader.correcting.editor is not None
    return window.reader.correcting.editor


def _press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget(), key, modifiers)


def _begin(window: MainWindow) -> CorrectingText:
    _press(window, Qt.Key.Key_F7)
    assert _editor(window).hasFocus()
    return _editor(window)


def _quote(coded, coding_id: str) -> str:
    one = coding(coded.project, coding_id)
    return text_of(coded.project, one.source_id)[one.start : one.stop]


def test_a_corrected_text_is_kept_as_one_step_and_the_codings_follow(shown: MainWindow, coded) -> None:
    before = text_of(coded.project, coded.interview)
    editor = _begin(shown)
    assert not shown.reader.view.isVisible()
    QTest.keyClicks(editor, "Well. ")
    editor.select(editor.text.index("police"), editor.text.index("police") + 6)
    QTest.keyClicks(editor, "officers")
    _press(shown, Qt.Key.Key_S, CONTROL)
    assert text_of(coded.project, coded.interview) == "Well. " + before.replace("police", "officers")
    assert _quote(coded, coded.first) == "Trust is everything here."
    assert coded.project.undo_label() == "Correct “Interview” in 2 places"
    assert "2 moved, 1 to check" in shown.notice.words()
    assert shown.reader.view.hasFocus()
    assert shown.reader.view.text == text_of(coded.project, coded.interview)
    shown.context.undo()
    assert text_of(coded.project, coded.interview) == before
    shown.context.redo()
    assert number_to_check(coded.project) == 1


def test_the_banner_tells_while_one_types(shown: MainWindow, coded, qtbot) -> None:
    editor = _begin(shown)
    banner = shown.reader.correcting.banner
    assert banner.title.text() == "Correcting Interview:"
    assert banner.numbers.text() == "3 unchanged, 0 moved, 0 to check"
    QTest.keyClicks(editor, "So. ")
    qtbot.waitUntil(lambda: banner.numbers.text() == "0 unchanged, 3 moved, 0 to check")
    assert not banner.to_check.isVisible()
    editor.select(editor.text.index("police"), editor.text.index("police") + 6)
    _press(shown, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: banner.numbers.text() == "0 unchanged, 2 moved, 1 to check")
    assert banner.to_check.isVisible()


def test_a_large_text_is_compared_aside(shown: MainWindow, coded, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_CHARACTERS", 10)
    editor = _begin(shown)
    banner = shown.reader.correcting.banner
    qtbot.waitUntil(lambda: banner.numbers.text() == "3 unchanged, 0 moved, 0 to check")
    QTest.keyClicks(editor, "So. ")
    qtbot.waitUntil(lambda: banner.numbers.text() == "0 unchanged, 3 moved, 0 to check")
    QTest.keyClicks(editor, "x")
    QTest.qWait(360)
    _press(shown, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not shown.context.jobs.running)
    assert text_of(coded.project, coded.interview).startswith("So. x")


def test_letters_are_letters_and_no_codes(shown: MainWindow, coded) -> None:
    editor = _begin(shown)
    QTest.keyClicks(editor, "rvxc12n")
    _press(shown, Qt.Key.Key_Backspace)
    assert editor.draft().startswith("rvxc12Trust")
    shown.codebook.apply_requested.emit(coded.work)
    assert "being corrected" in shown.notice.words()
    assert source(coded.project, coded.interview).codings == 4


def test_undo_in_the_editor_is_the_editors_and_then_the_projects(shown: MainWindow, coded) -> None:
    label = coded.project.undo_label()
    editor = _begin(shown)
    QTest.keyClicks(editor, "abc")
    _press(shown, Qt.Key.Key_Z, CONTROL)
    assert editor.draft() == text_of(coded.project, coded.interview)
    shown.actions_by_id["edit.redo"].setEnabled(True)
    shown.actions_by_id["edit.redo"].trigger()
    assert editor.draft().startswith("abc")
    shown.actions_by_id["edit.undo"].trigger()
    assert coded.project.undo_label() == label


def test_escape_discards_and_the_same_key_brings_the_draft_back(shown: MainWindow, coded) -> None:
    before = text_of(coded.project, coded.interview)
    QTest.keyClicks(_begin(shown), "abc")
    _press(shown, Qt.Key.Key_Escape)
    assert not shown.reader.correcting.is_open
    assert shown.reader.view.hasFocus()
    assert text_of(coded.project, coded.interview) == before
    assert "brings them back" in shown.notice.words()
    assert _begin(shown).draft() == "abc" + before


def test_going_to_another_text_keeps_the_draft(shown: MainWindow, coded) -> None:
    QTest.keyClicks(_begin(shown), "abc")
    shown.readers.show_source(coded.diary)
    assert shown.reader.source_id == coded.diary
    assert text_of(coded.project, coded.interview).startswith("abc")
    assert "kept" in shown.notice.words()


def test_going_to_a_place_of_the_same_text_finds_it_in_the_corrected_one(shown: MainWindow, coded) -> None:
    one = coding(coded.project, coded.police)
    QTest.keyClicks(_begin(shown), "Longer. ")
    shown.readers.show_source(coded.interview, one.start, one.stop, coded.police)
    assert not shown.reader.correcting.is_open
    assert shown.reader.view.chosen() == coded.police


def test_closing_the_project_keeps_the_draft(shown: MainWindow, coded) -> None:
    QTest.keyClicks(_begin(shown), "abc")
    kept: list[str] = []
    shown.context.signals.closed.connect(lambda: kept.append(text_of(coded.project, coded.interview)))
    shown.context.close()
    assert kept
    assert kept[0].startswith("abc")
    assert not shown.reader.correcting.is_open


def test_undo_from_elsewhere_counts_the_draft_as_a_step(shown: MainWindow, coded) -> None:
    QTest.keyClicks(_begin(shown), "abc")
    shown.codebook.setFocus()
    shown.sources.view.setFocus()
    shown.actions_by_id["edit.undo"].trigger()
    assert coded.project.redo_label() == "Correct “Interview”"


def test_an_empty_draft_is_refused_and_stays(shown: MainWindow, coded) -> None:
    editor = _begin(shown)
    _press(shown, Qt.Key.Key_A, CONTROL)
    _press(shown, Qt.Key.Key_Delete)
    _press(shown, Qt.Key.Key_F7)
    assert "needs words" in shown.notice.words()
    assert shown.reader.correcting.editor is editor


def test_a_text_that_is_removed_meanwhile_comes_back_with_its_draft(shown: MainWindow, coded) -> None:
    QTest.keyClicks(_begin(shown), "abc")
    remove_sources(coded.project, [coded.interview])
    assert not shown.reader.correcting.is_open
    shown.context.undo()
    shown.readers.show_source(coded.interview)
    shown.reader.view.setFocus()
    assert _begin(shown).draft().startswith("abc")


def test_a_text_that_is_changed_elsewhere_is_no_loss(shown: MainWindow, coded) -> None:
    editor = _begin(shown)
    QTest.keyClicks(editor, "abc")
    correct_text(coded.project, coded.interview, "Elsewhere. " + text_of(coded.project, coded.interview))
    assert "elsewhere" in shown.reader.correcting.banner.numbers.text()
    assert shown.reader.correcting.editor is editor
    _press(shown, Qt.Key.Key_S, CONTROL)
    assert text_of(coded.project, coded.interview).startswith("abcTrust")


def test_finding_works_in_the_draft(shown: MainWindow, coded) -> None:
    editor = _begin(shown)
    QTest.keyClicks(editor, "trust ")
    editor.select(0, 5)
    _press(shown, Qt.Key.Key_F, CONTROL)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Return)
    assert editor.selection() == (6, 11)
    _press(shown, Qt.Key.Key_Escape)
    assert editor.hasFocus()
    assert shown.reader.correcting.is_open


def test_joining_two_texts_keeps_the_draft(shown: MainWindow, coded) -> None:
    shown.readers.split()
    shown.reader.view.setFocus()
    QTest.keyClicks(_begin(shown), "abc")
    shown.readers.go_across()
    shown.readers.join()
    assert text_of(coded.project, coded.interview).startswith("abc")
    assert shown.reader.view.text.startswith("abc")
