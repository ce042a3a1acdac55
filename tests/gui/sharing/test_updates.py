"""The window of codebook updates: what is new stands there with both wordings, and is decided as one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import add_code
from coder_app.gui.sharing.changes_model import ACCEPT, ChangesModel
from coder_app.gui.sharing.updates import Updates
from coder_app.gui.team.sides import SideText
from coder_app.queries.codes import code_tree
from coder_app.queries.sharing import offer, subscription
from coder_app.store.dump import dump


@pytest.fixture
def updates(shown, colleague, qtbot):
    shown.sharing.show_updates()
    qtbot.waitUntil(lambda: shown.sharing._updates is not None)
    window = shown.sharing._updates
    assert isinstance(window, Updates)
    return window


def rows(window):
    model = window.model
    return [tuple(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())]


def test_what_is_new_stands_there_with_both_wordings(updates):
    assert rows(updates) == [("Trust", "redefined", "open"), ("Hope", "added", "open")]
    assert updates.title.text() == "“Village”, version 2"
    assert "by Zoe: because" in updates.about.text()
    said = [text.toPlainText() for text in updates.beside.findChildren(SideText)]
    assert said == ["", "Relying on others"]


def test_decisions_by_key_are_applied_as_one_step(updates, shown, coded):
    before = dump(coded.project.db)
    QTest.keyClick(updates.table, Qt.Key.Key_A)
    QTest.keyClick(updates.table, Qt.Key.Key_D)
    assert [row[2] for row in rows(updates)] == ["✓ accept", "– decline"]
    assert updates.apply.text() == "Apply 2 decisions"
    QTest.mouseClick(updates.apply, Qt.MouseButton.LeftButton)
    assert code_tree(coded.project)[coded.trust].definition == "Relying on others"
    assert rows(updates) == [("Hope", "added", "declined before")]
    assert not updates.apply.isEnabled()
    shown.context.undo()
    assert dump(coded.project.db) == before
    assert len(rows(updates)) == 2


def test_later_takes_a_decision_back(updates):
    QTest.keyClick(updates.table, Qt.Key.Key_A)
    updates.table.setCurrentIndex(updates.model.index(0, 0))
    QTest.keyClick(updates.table, Qt.Key.Key_L)
    assert rows(updates)[0][2] == "open"
    assert not updates.apply.isEnabled()


def test_all_can_be_accepted_and_codes_of_ones_own_stay(updates, shown, coded):
    add_code(coded.project, "Mine")
    assert ("Mine", "", "only here") in rows(updates)
    QTest.mouseClick(updates.accept_all, Qt.MouseButton.LeftButton)
    QTest.mouseClick(updates.apply, Qt.MouseButton.LeftButton)
    assert rows(updates) == [("Mine", "", "only here")]
    assert {"Hope", "Mine"} <= {code.name for code in code_tree(coded.project).walk()}


def test_a_newer_file_is_shown_in_the_open_window_and_decisions_are_kept(updates, shown, colleague, qtbot):
    QTest.keyClick(updates.table, Qt.Key.Key_A)
    add_code(colleague.project, "Fear")
    colleague.publish()
    shown.sharing.look()
    qtbot.waitUntil(lambda: updates.model.rowCount() == 3)
    assert rows(updates)[0] == ("Trust", "redefined", "✓ accept")


def test_the_window_goes_with_the_project(updates, shown, qtbot):
    shown.context.close()
    qtbot.waitUntil(lambda: shown.sharing._updates is None)


def test_the_model_is_a_sound_model(coded, colleague, qtmodeltester):
    subscribed = subscription(coded.project)
    assert subscribed is not None
    model = ChangesModel()
    qtmodeltester.check(model)
    model.show(offer(coded.project, subscribed, colleague.book))
    model.decide([0, 1], ACCEPT)
    qtmodeltester.check(model)
