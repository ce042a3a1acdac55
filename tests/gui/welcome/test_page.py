"""The first page: its buttons, the recent projects, a project dropped on it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.welcome.page import WelcomePage


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    return made


@pytest.fixture
def actions(window: QWidget) -> ActionSet:
    made = ActionSet(window, {})
    made.set_flags(set())
    return made


@pytest.fixture
def page(qtbot, context: Context, window: QWidget, actions: ActionSet, tmp_path: Path) -> WelcomePage:
    (tmp_path / "there.coder").write_bytes(b"x")
    context.settings.values.remember(tmp_path / "gone.coder")
    context.settings.values.remember(tmp_path / "there.coder")
    made = WelcomePage(context, actions, window)
    made.resize(window.size())
    with qtbot.waitExposed(window):
        window.show()
    return made


@pytest.mark.parametrize("action_id", ["project.new", "project.open", "project.sample"])
def test_each_button_asks_through_its_action(qtbot, page: WelcomePage, actions: ActionSet, action_id: str):
    button = page.findChild(QPushButton, action_id)
    with qtbot.waitSignal(actions[action_id].triggered):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_recent_project_opens_by_click_and_by_key(qtbot, page: WelcomePage, tmp_path: Path):
    with qtbot.waitSignal(page.project_requested) as wish:
        QTest.mouseClick(page.rows[0].open, Qt.MouseButton.LeftButton)
    assert wish.args == [tmp_path / "there.coder"]
    with qtbot.waitSignal(page.project_requested):
        QTest.keyClick(page.rows[0].open, Qt.Key.Key_Space)


def test_a_project_that_is_gone_is_greyed_and_can_be_taken_off(page: WelcomePage, context: Context):
    there, gone = page.rows
    assert (there.missing, gone.missing) == (False, True)
    assert not gone.open.isEnabled()
    assert there.remove.isHidden()
    QTest.mouseClick(gone.remove, Qt.MouseButton.LeftButton)
    assert [Path(one).name for one in context.settings.values.recent] == ["there.coder"]
    assert len(page.rows) == 1


def test_without_recent_projects_the_list_is_not_shown(page: WelcomePage, context: Context):
    context.settings.values.recent = []
    page.refresh()
    assert page.rows == []
    assert not page.findChild(QWidget, "recent").isVisible()


def test_a_project_that_is_dropped_is_asked_for(qtbot, page: WelcomePage, tmp_path: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("notes.txt", "there.coder")])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, event = QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPointF(5, 5), *how)
    with qtbot.waitSignal(page.project_requested) as wish:
        QApplication.sendEvent(page, enter)
        QApplication.sendEvent(page, event)
    assert wish.args == [tmp_path / "there.coder"]
