"""F1: every action with its keys, found by typing, changed on the spot and kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel

import coder_app
from coder_app.gui.actions import ACTIONS
from coder_app.gui.help.about import show_about
from coder_app.gui.help.shortcuts import ShortcutsWindow
from coder_app.gui.main_window import MainWindow
from coder_app.settings import SettingsFile

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def keys(shown: MainWindow, qtbot) -> ShortcutsWindow:
    QTest.keyClick(shown.reader.view, Qt.Key.Key_F1)
    made = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ShortcutsWindow))
    qtbot.waitUntil(made.isVisible)
    yield made
    made.close()


def in_sight(keys: ShortcutsWindow) -> dict[str, str]:
    return {
        item.text(0): item.text(1)
        for top, items in keys._groups
        if not top.isHidden()
        for item in items
        if not item.isHidden()
    }


def choose(keys: ShortcutsWindow, text: str) -> None:
    item = next(item for _, items in keys._groups for item in items if item.text(0) == text)
    keys.tree.setCurrentItem(item)


def test_all_actions_are_listed_with_their_keys(keys: ShortcutsWindow) -> None:
    listed = in_sight(keys)
    assert len(listed) == len({action.text for action in ACTIONS})
    assert listed["Redo"] == "Ctrl+Shift+Z, Ctrl+Y"
    assert listed["Next coding"] == "N (in the text)"


def test_typing_finds_an_action_or_a_key(keys: ShortcutsWindow) -> None:
    keys.field.setText("uncoded")
    assert list(in_sight(keys)) == ["Next uncoded paragraph"]
    keys.field.setText("ctrl+k")
    assert list(in_sight(keys)) == ["Go to texts, codes, actions"]
    keys.field.setText("zzz")
    assert in_sight(keys) == {}
    assert all(top.isHidden() for top, _ in keys._groups)


def test_a_new_key_is_in_force_at_once_and_kept(keys: ShortcutsWindow, shown: MainWindow, coded) -> None:
    choose(keys, "Describe code…")
    QTest.keyClick(keys.key, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(keys.set_button, LEFT)
    assert in_sight(keys)["Describe code…"] == "Ctrl+J"
    assert shown.actions_by_id["code.describe"].shortcut() == QKeySequence("Ctrl+J")
    assert SettingsFile(shown.context.settings.path).values.shortcuts == {"code.describe": ["Ctrl+J"]}
    QTest.mouseClick(keys.usual_button, LEFT)
    assert in_sight(keys)["Describe code…"] == "Ctrl+D"
    assert SettingsFile(shown.context.settings.path).values.shortcuts == {}


def test_a_key_that_another_action_has_is_refused_by_name(keys: ShortcutsWindow, shown: MainWindow) -> None:
    choose(keys, "Describe code…")
    QTest.keyClick(keys.key, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(keys.set_button, LEFT)
    assert "“Go to texts, codes, actions”" in keys.told.text()
    assert shown.actions_by_id["code.describe"].shortcut() == QKeySequence("Ctrl+D")


def test_an_action_may_have_no_key(keys: ShortcutsWindow, shown: MainWindow) -> None:
    choose(keys, "Next theme")
    QTest.mouseClick(keys.none_button, LEFT)
    assert shown.actions_by_id["view.theme"].shortcuts() == []
    assert SettingsFile(shown.context.settings.path).values.shortcuts == {"view.theme": []}


def test_nothing_can_be_set_before_an_action_is_chosen(keys: ShortcutsWindow) -> None:
    assert not keys.set_button.isEnabled()
    assert not keys.none_button.isEnabled()
    choose(keys, "Next theme")
    assert keys.none_button.isEnabled()
    assert not keys.set_button.isEnabled()


def test_about_says_version_licence_and_where_the_log_is(window: MainWindow) -> None:
    dialog = show_about(window)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert coder_app.__version__ in said
    assert "MIT" in said
    assert "coder-app.log" in said
    button = dialog.findChild(QDialogButtonBox).buttons()[0]
    QTest.mouseClick(button, LEFT)
    assert not dialog.isVisible()
