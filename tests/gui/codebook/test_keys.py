"""A code's own key: asked for, refused where it is taken, shown, and in force in the text alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coder_app.edits.settings import set_code_key
from coder_app.gui.codebook.key_dialog import KeyDialog
from coder_app.gui.codebook.model import KEYS
from coder_app.gui.help.shortcuts import ShortcutsWindow
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codings import codings_in
from coder_app.queries.settings import code_keys
from coder_app.store.project import Project

KEY = Qt.Key
MOD = Qt.KeyboardModifier


def ask(window: MainWindow, code_id: str) -> KeyDialog:
    window.codebook.reveal(code_id)
    QApplication.processEvents()
    window.actions_by_id["code.key"].trigger()
    dialog = window.codebook.findChild(KeyDialog)
    assert isinstance(dialog, KeyDialog)
    dialog.key.setFocus()
    return dialog


def codes_at(coded, start: int) -> list[str]:
    return [one.code_id for one in codings_in(coded.project, coded.interview) if one.start == start]


def select(window: MainWindow, words: str) -> int:
    view = window.reader.view
    start = view.text.index(words)
    view.setFocus()
    view.select(start, start + len(words))
    return start


def test_a_key_is_pressed_and_from_then_on_applies_the_code_in_the_text(shown: MainWindow, coded) -> None:
    dialog = ask(shown, coded.work)
    assert not dialog.use_button.isEnabled()
    QTest.keyClick(dialog.key, KEY.Key_H, MOD.ControlModifier | MOD.AltModifier)
    assert dialog.use_button.isEnabled()
    QTest.keyClick(dialog.key, KEY.Key_Return)
    assert code_keys(coded.project) == {coded.work: "Ctrl+Alt+H"}
    assert shown.codebook.model.index_of(coded.work).data(KEYS) == ["Ctrl+Alt+H"]
    start = select(shown, "They came twice.")
    QTest.keyClick(shown.reader.view, KEY.Key_H, MOD.ControlModifier | MOD.AltModifier)
    assert codes_at(coded, start) == [coded.work]
    assert shown.reader.gestures.last_code == coded.work


def test_a_plain_letter_and_two_after_each_other_work_too_but_not_in_fields(shown: MainWindow, coded) -> None:
    set_code_key(coded.project, coded.work, "H")
    set_code_key(coded.project, coded.trust, "Y, D")
    start = select(shown, "They came twice.")
    field = shown.codebook.field
    field.setFocus()
    QTest.keyClicks(field, "h")
    assert field.text() == "h"
    assert codes_at(coded, start) == []
    field.clear()
    shown.reader.view.setFocus()
    QTest.keyClick(shown.reader.view, KEY.Key_H)
    QTest.keyClick(shown.reader.view, KEY.Key_Y)
    QTest.keyClick(shown.reader.view, KEY.Key_D)
    assert set(codes_at(coded, start)) == {coded.work, coded.trust}


def test_a_key_that_is_taken_is_refused_and_it_is_told_by_what(shown: MainWindow, coded) -> None:
    set_code_key(coded.project, coded.trust, "H")
    dialog = ask(shown, coded.work)
    for key, modifier, other in (
        (KEY.Key_W, MOD.NoModifier, "“Select the word, then the next ones”"),
        (KEY.Key_3, MOD.NoModifier, "“Apply pinned code 3”"),
        (KEY.Key_H, MOD.NoModifier, "the code “Trust”"),
        (KEY.Key_Up, MOD.ShiftModifier, "the text, to move and select"),
        (KEY.Key_A, MOD.ControlModifier, "the text, to move and select"),
    ):
        dialog.key.clear()
        QTest.keyClick(dialog.key, key, modifier)
        assert other in dialog.told.text()
        assert not dialog.use_button.isEnabled()
        QTest.keyClick(dialog.key, KEY.Key_Return)
        assert dialog.isVisible()
    QTest.keyClick(dialog.key, KEY.Key_Escape)
    assert code_keys(coded.project) == {coded.trust: "H"}


def test_a_key_is_freed_and_undo_brings_it_back(shown: MainWindow, coded) -> None:
    set_code_key(coded.project, coded.work, "H")
    QTest.mouseClick(ask(shown, coded.work).none_button, Qt.MouseButton.LeftButton)
    assert code_keys(coded.project) == {}
    start = select(shown, "They came twice.")
    QTest.keyClick(shown.reader.view, KEY.Key_H)
    assert codes_at(coded, start) == []
    shown.context.undo()
    QTest.keyClick(shown.reader.view, KEY.Key_H)
    assert codes_at(coded, start) == [coded.work]


def test_keys_are_each_coders_own_and_rest_where_nothing_may_be_changed(shown: MainWindow, coded) -> None:
    set_code_key(coded.project, coded.work, "H")
    shown.context.work_as(coded.ben)
    assert shown.codebook.model.index_of(coded.work).data(KEYS) == []
    assert shown.reader._code_keys._shortcuts == []
    shown.context.work_as(coded.ann)
    assert len(shown.reader._code_keys._shortcuts) == 1
    path = coded.project.path
    coded.project.close()
    shown.context.show(Project.open(path, write=False))
    assert shown.reader._code_keys._shortcuts == []


def test_the_key_works_in_whichever_of_two_texts_has_the_focus(shown: MainWindow, coded) -> None:
    set_code_key(coded.project, coded.work, "H")
    shown.actions_by_id["view.split"].trigger()
    start = select(shown, "They came twice.")
    QTest.keyClick(shown.reader.view, KEY.Key_H)
    assert codes_at(coded, start) == [coded.work]


def test_the_page_of_keys_lists_them_and_gives_none_of_them_away(shown: MainWindow, coded) -> None:
    set_code_key(coded.project, coded.institutions, "Ctrl+Alt+H")
    page = ShortcutsWindow(shown.context, shown.actions_by_id, shown)
    page.show()
    page.field.setText("institutions")
    top, items = page._groups[-1]
    assert top.text(0) == "Own keys of codes"
    assert (items[0].text(0), items[0].text(1)) == ("Trust > Institutions", "Ctrl+Alt+H (in the text)")
    page.tree.setCurrentItem(items[0])
    assert not page.none_button.isEnabled()
    page.tree.setCurrentItem(page._groups[0][1][0])
    QTest.keyClick(page.key, KEY.Key_H, MOD.ControlModifier | MOD.AltModifier)
    page.set_button.click()
    assert "belongs to “Institutions”" in page.told.text()
    page.close()


def test_the_menu_of_a_code_has_the_door(shown: MainWindow, coded, qtbot) -> None:
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(action.text() for action in menu.actions())
        menu.close()

    qtbot.wait(1)
    shown.codebook.reveal(coded.work)
    from PySide6.QtCore import QTimer

    QTimer.singleShot(50, look)
    shown.codebook._open_menu(shown.codebook.tree.visualRect(shown.codebook._index(coded.work)).center())
    assert "Own key…" in seen
