"""Every action has a menu, a handler and keys of its own, and the manual of keys says the same."""

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from coder_app.gui.actions import ACTIONS, MENUS, ActionSet, sequences
from coder_app.gui.main_window import MainWindow

MANUAL = Path(__file__).parents[2] / "docs" / "keyboard.md"


def test_every_action_is_in_a_menu_and_bound_to_what_does_it(window: MainWindow) -> None:
    in_menus = {
        entry.objectName()
        for menu in window.menuBar().actions()
        for entry in menu.menu().actions()
        if not entry.isSeparator()
    }
    assert in_menus == {action.id for action in ACTIONS}
    unbound = [action.id for action in ACTIONS if not window.actions_by_id.is_bound(action.id)]
    assert unbound == []


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(key.toString() for action in ACTIONS for key in sequences(action.keys))
    assert [key for key, n in keys.items() if n > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for action in ACTIONS:
        assert len(sequences(action.keys)) == len(action.keys), action.id


def test_plain_letters_work_in_the_text_only() -> None:
    plain = re.compile(r"[A-Z0-9\[\]{}]|Shift\+[A-Z]|Return|Enter|Del")
    for action in ACTIONS:
        if any(plain.fullmatch(key) for key in action.keys):
            assert action.in_reader, action.id


def test_ids_are_unique_and_menus_known() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert {action.menu for action in ACTIONS} == set(MENUS)


def test_actions_are_enabled_by_flags_only(qtbot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    actions = ActionSet(widget, {})
    actions.set_flags({"project", "writable"})
    assert actions["code.add"].isEnabled()
    assert not actions["code.rename"].isEnabled()
    actions.set_flags(set())
    assert not actions["code.add"].isEnabled()
    assert actions["project.open"].isEnabled()


def test_keys_from_the_settings_take_the_place_of_the_usual_ones(qtbot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    actions = ActionSet(widget, {"code.add": ["Ctrl+J"], "code.describe": [], "no.such": ["F5"], "code.pin": ["?+?"]})
    assert actions["code.add"].shortcut() == QKeySequence("Ctrl+J")
    assert actions["code.describe"].shortcuts() == []
    assert actions.changed_keys() == {"code.add": ["Ctrl+J"], "code.describe": []}


def test_binding_an_action_that_does_not_exist_is_noticed(qtbot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(KeyError):
        ActionSet(widget, {}).bind({"no.such": lambda: None})


@pytest.mark.parametrize("menu", MENUS)
def test_the_manual_of_keys_lists_every_action_with_its_keys(menu: str) -> None:
    rows = re.findall(r"^\| (.+?) \| (.*?) \|$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    listed = dict(rows)
    for action in ACTIONS:
        if action.menu == menu:
            keys = ", ".join(f"`{key}`" for key in action.keys)
            assert listed.get(action.text) == keys + (" in the text" if action.in_reader and keys else ""), action.id


def test_the_manual_lists_nothing_else() -> None:
    rows = re.findall(r"^\| (.+?) \| (.*?) \|$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for name, _ in rows} - {"Action", "---", "Gesture"}
    assert names >= {action.text for action in ACTIONS}
    sections = re.findall(r"^## (.+)$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert sections[: len(MENUS)] == list(MENUS)
