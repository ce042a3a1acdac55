"""The whole window: opening and closing, layouts, Undo and Redo, Escape, panels, themes, sizes."""

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.overview import rename_project
from coder_app.gui.context import Context
from coder_app.gui.layouts import TabbedPage
from coder_app.gui.main_window import MainWindow
from coder_app.store.project import Project

KEY = Qt.Key


def test_without_a_project_the_welcome_page_stands_alone(window: MainWindow) -> None:
    assert window.welcome.isVisible()
    assert window.windowTitle() == "Coder App"
    enabled = {one for one in ("edit.undo", "code.add", "project.close") if window.actions_by_id[one].isEnabled()}
    assert not enabled
    assert window.actions_by_id["project.open"].isEnabled()


def test_a_project_opens_on_its_first_source_with_the_caret_in_the_text(shown: MainWindow, coded) -> None:
    assert shown.windowTitle() == "Village – Coder App"
    assert shown.reader.source_id == coded.interview
    assert shown.reader.view.hasFocus()
    shown.context.close()
    assert shown.welcome.isVisible()
    assert shown.windowTitle() == "Coder App"


def test_the_title_follows_the_projects_name(shown: MainWindow, coded) -> None:
    rename_project(coded.project, "Town")
    assert shown.windowTitle() == "Town – Coder App"
    assert shown.top._name.text() == "Town"


def test_undo_and_redo_say_what_they_will_do(shown: MainWindow, coded) -> None:
    undo, redo = shown.actions_by_id["edit.undo"], shown.actions_by_id["edit.redo"]
    apply_code(coded.project, coded.interview, 26, 30, coded.work)
    assert undo.text() == "Undo: Apply “Work && pay”"
    assert shown.top._undo.text() == "Undo: Apply “Work && pay”"
    assert not redo.isEnabled()
    QTest.keyClick(shown.reader.view, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert redo.text() == "Redo: Apply “Work && pay”"
    assert redo.isEnabled()
    QTest.keyClick(shown.reader.view, KEY.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert not redo.isEnabled()
    assert undo.text() == "Undo: Apply “Work && pay”"


def test_the_offer_of_undo_goes_when_something_else_is_done(shown: MainWindow, coded) -> None:
    shown.reader.gestures.remove(coded.police)
    assert shown.notice.isVisible()
    add_code(coded.project, "Hope")
    assert not shown.notice.isVisible()


def test_layouts_are_changed_by_keys_and_buttons_agree(shown: MainWindow) -> None:
    QTest.keyClick(shown.reader.view, KEY.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown.late["view.analyse"].isVisible()
    assert shown.actions_by_id["view.analyse"].isChecked()
    assert not shown.actions_by_id["view.code"].isChecked()
    QTest.keyClick(QApplication.focusWidget() or shown, KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert shown.reader.view.hasFocus()
    assert shown.actions_by_id["view.code"].isChecked()


def test_the_focus_goes_with_the_tab_that_is_clicked(shown: MainWindow, qtbot) -> None:
    shown.actions_by_id["view.analyse"].trigger()
    page = shown.late["view.analyse"]
    assert isinstance(page, TabbedPage)
    first, last = page._tabs.button(0), page._tabs.button(2)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.mouseClick(last, Qt.MouseButton.LeftButton)
    assert page.pages[2].isVisible()
    assert page.pages[2].hasFocus()
    last.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(last, KEY.Key_Space)
    assert last.hasFocus(), "whoever goes through the tabs by keys stays there"
    qtbot.waitUntil(lambda: page.pages[2].panel is not None)


@pytest.mark.parametrize(("key", "name"), [(KEY.Key_F9, "_left"), (KEY.Key_F10, "_right")])
def test_panels_are_hidden_and_shown_by_a_key(shown: MainWindow, key: Qt.Key, name: str) -> None:
    panel = getattr(shown, name)
    QTest.keyClick(shown.reader.view, key)
    assert not panel.isVisible()
    QTest.keyClick(shown.reader.view, key)
    assert panel.isVisible()


def test_when_the_panel_with_the_focus_is_hidden_the_text_gets_it(shown: MainWindow) -> None:
    shown.codebook.field.setFocus()
    QTest.keyClick(shown.codebook.field, KEY.Key_F9)
    assert shown.reader.view.hasFocus()


def test_escape_goes_back_to_the_text_from_everywhere(shown: MainWindow) -> None:
    shown.passages.show_search("work")
    for widget in (shown.codebook.field, shown.codebook.tree, shown.sources.view):
        widget.setFocus()
        QTest.keyClick(widget, KEY.Key_Escape)
        assert shown.reader.view.hasFocus()
    assert shown.passages.isVisible()
    shown.actions_by_id["view.analyse"].trigger()
    QTest.keyClick(QApplication.focusWidget() or shown, KEY.Key_Escape)
    assert shown.reader.view.hasFocus()


def test_in_the_text_escape_closes_one_thing_after_the_other(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.work)
    shown.actions_by_id["edit.find"].trigger()
    shown.reader.view.setFocus()
    shown.reader.view.select(0, 5)
    QTest.keyClick(shown.reader.view, KEY.Key_Escape)
    assert not shown.reader.find_bar.isVisible()
    assert shown.passages.isVisible()
    QTest.keyClick(shown.reader.view, KEY.Key_Escape)
    assert not shown.passages.isVisible()
    assert shown.reader.view.selection() == (0, 5)
    QTest.keyClick(shown.reader.view, KEY.Key_Escape)
    start, stop = shown.reader.view.selection()
    assert start == stop


def test_the_theme_and_the_size_of_type_are_kept(shown: MainWindow) -> None:
    shown.actions_by_id["view.theme"].trigger()
    assert shown.context.settings.values.theme == "dark"
    shown.actions_by_id["view.bigger"].trigger()
    assert shown.context.settings.values.text_scale == 1.1
    assert shown.context.theme.theme.sizes.interface == 14
    assert '"theme": "dark"' in shown.context.settings.path.read_text(encoding="utf-8")
    for _ in range(20):
        shown.actions_by_id["view.bigger"].trigger()
    assert shown.context.settings.values.text_scale == 2.0


def test_a_project_dropped_on_the_window_is_opened(window: MainWindow, coded, qtbot) -> None:
    path = coded.project.path
    coded.project.close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier))
    assert window.context.project is not None
    assert window.context.project.path == path


def test_the_window_comes_back_as_it_was_left(shown: MainWindow, qtbot) -> None:
    context = shown.context
    shown.resize(790, 605)
    QApplication.processEvents()
    height = shown.height()
    shown.actions_by_id["view.right"].trigger()
    shown._splitters["code"].setSizes([250, 540, 0])
    QApplication.processEvents()
    width = shown.codebook.width()
    shown.close()
    again = MainWindow(context)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert again.height() == height  # the screen of the tests is narrower than the window
    assert again.details.isHidden()
    assert not again.actions_by_id["view.right"].isChecked()
    context.show(Project.create(context.settings.path.with_name("new.coder")))
    QApplication.processEvents()
    assert abs(again.codebook.width() - width) <= 2
    assert "geometry" not in context.settings.path.read_text(encoding="utf-8")


def test_an_odd_file_of_places_is_ignored(context: Context, qtbot) -> None:
    context.settings.path.with_name("window.ini").write_bytes(b"\x00\xff[[[ nonsense\ngeometry=1\n")
    window = MainWindow(context)
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (1440, 900)


def test_a_window_that_is_closed_leaves_nothing_behind(qapp, qtbot, context: Context, coded) -> None:
    window = MainWindow(context)
    window.show()
    context.show(coded.project)
    parts = [weakref.ref(part) for part in (window.reader.view, window.codebook.model, window.details)]
    before = len(qapp.topLevelWidgets())
    window.close()
    window.deleteLater()
    del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert len(qapp.topLevelWidgets()) < before
    assert not any(part() is not None and _is_alive(part()) for part in parts)


def _is_alive(part: object) -> bool:
    from shiboken6 import isValid

    return isValid(part)


def test_removing_all_codings_of_a_chosen_passage_keeps_the_window_usable(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.first)
    remove_codings(coded.project, [coded.first, coded.second])
    assert shown.reader.view.chosen() is None
    QTest.keyClick(shown.reader.view, KEY.Key_N)
    assert shown.reader.view.chosen() == coded.bens
