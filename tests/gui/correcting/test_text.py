"""Editing a text with real keys: what is typed, what is pasted, and what is left as it is."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.gui.correcting.text import CorrectingText
from coder_app.gui.reader.layout import ReaderStyle
from coder_app.gui.reader.spans import Span
from coder_app.gui.theme import ThemeSource

TEXT = "The frist line \U0001f600 has\u00a0an emoji.\n\nשלום עולם, an other line.\nThe last\ufffc one."


@pytest.fixture
def editor(qtbot, qapp: QApplication):
    themes = ThemeSource(qapp, "light")
    made = CorrectingText(themes, ReaderStyle())
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.begin(TEXT, [_span("an emoji"), _span("an other"), _span("last")], ())
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    yield made
    themes.deleteLater()


def _span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(words, "s" + words, at, at + len(words), "#b2516e", words)


def _words(editor: CorrectingText, words: str) -> str:
    """Return what the highlight of a coding stands on now."""
    found = next(span for span in editor.codings_between(0, 10_000) if span.coding_id == words)
    return editor.document().toRawText().encode("utf-16-le")[2 * found.start : 2 * found.stop].decode("utf-16-le")


def test_nothing_typed_is_nothing_changed(editor: CorrectingText) -> None:
    assert editor.draft() == TEXT
    assert editor.places_changed() == 0


def test_keys_change_the_draft_and_the_highlights_go_along(editor: CorrectingText, qtbot) -> None:
    editor.select(4, 9)
    with qtbot.waitSignal(editor.edited):
        QTest.keyClicks(editor, "first")
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClicks(editor, " Added.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.draft() == TEXT.replace("frist", "first").replace("emoji.", "emoji. Added.\n")
    assert [_words(editor, one) for one in ("an emoji", "an other", "last")] == ["an emoji", "an other", "last"]
    assert editor.places_changed() == 2


def test_letters_that_qt_cannot_show_and_hard_spaces_survive(editor: CorrectingText) -> None:
    editor.select(0, 0)
    QTest.keyClicks(editor, "x")
    assert editor.draft() == "x" + TEXT


def test_undo_and_redo_are_the_editors_own(editor: CorrectingText) -> None:
    editor.select(0, 0)
    QTest.keyClicks(editor, "abc")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft() == TEXT
    assert _words(editor, "last") == "last"
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert editor.draft() == "abc" + TEXT


def test_what_is_pasted_is_plain_and_canonical(editor: CorrectingText) -> None:
    data = QMimeData()
    data.setText("one\r\ntwo\u2029three \U0001f643")
    data.setHtml("<b>one</b>")
    QGuiApplication.clipboard().setMimeData(data)
    editor.select(0, 0)
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft() == "one\ntwo\nthree \U0001f643" + TEXT


def test_the_whole_text_can_be_replaced(editor: CorrectingText) -> None:
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "new")
    assert editor.draft() == "new"
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.draft() == ""
    for _ in range(6):
        QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft() == TEXT


def test_a_draft_put_aside_comes_back_as_one_step(editor: CorrectingText) -> None:
    draft = TEXT.replace("frist", "first \U0001f680").replace("an other", "another")
    editor.replace_all(draft)
    assert editor.draft() == draft
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft() == TEXT


def test_a_new_theme_is_no_edit(editor: CorrectingText) -> None:
    editor.set_reader_style(ReaderStyle(pixels=22))
    assert editor.draft() == TEXT
    QTest.keyClicks(editor, "a")
    editor.set_reader_style(ReaderStyle(pixels=12))
    QTest.keyClicks(editor, "b")
    assert editor.draft() == "ab" + TEXT


def test_a_click_and_words_from_right_to_left(editor: CorrectingText) -> None:
    at = len(TEXT[: TEXT.index("עולם")]) + 1  # one unit more: the emoji
    middle = editor.rects_of(at, at + 4)[0].center().toPoint()
    QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.keyClicks(editor, "x")
    assert editor.draft() == TEXT.replace("עולם", "x")


def test_where_tells_code_points(editor: CorrectingText) -> None:
    editor.select(0, 0)
    editor.insertPlainText("\U0001f600\U0001f600")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    assert editor.where() == (0, len(TEXT) + 2)
