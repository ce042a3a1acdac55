"""Going back to a copy, by the menu and the keyboard, and out of damage."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from coder_app.gui.backups.copies_model import CopiesModel
from coder_app.gui.backups.window import RestoreWindow
from coder_app.gui.files import choose
from coder_app.gui.files.remarks import Remarks
from coder_app.queries.backups import copies
from coder_app.store.backups import backups
from coder_app.store.project import Project


@pytest.fixture
def opened(window, copied, qtbot) -> RestoreWindow:
    """The window of the copies, asked for in the menu, with everything read."""
    window.flows.open_path(copied)
    window.actions_by_id["project.restore"].trigger()
    return read(window, qtbot)


def read(window, qtbot) -> RestoreWindow:
    (made,) = window.findChildren(RestoreWindow)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    return made


def cell(opened: RestoreWindow, row: int, column: int) -> str:
    return str(opened.model.data(opened.model.index(row, column)))


def names(project) -> set[str]:
    return {row[0] for row in project.rows("SELECT name FROM code")}


def test_the_copies_are_listed_with_what_they_hold_and_how_they_differ(opened):
    assert opened.model.rowCount() == 3
    assert [cell(opened, 0, column) for column in range(3)] == [
        "Sat 14 Mar 2026, 14:03",
        "2 sources, 5 codings",
        "1 step, 1 code fewer",
    ]
    assert cell(opened, 2, 2) == "3 steps, 3 codes fewer"
    assert opened.steps.toPlainText().splitlines()[0].endswith("Ann added the code “Later 1”")
    assert opened.sources.toPlainText() == "Interview\nDiary"


def test_the_arrow_keys_show_one_copy_after_the_other(opened):
    opened.list.setFocus()
    QTest.keyClick(opened.list, Qt.Key.Key_Down)
    assert opened.steps.toPlainText().splitlines()[0].endswith("Ann added the code “Later 0”")


def test_restoring_puts_the_copy_back_and_opens_it_and_says_what_was_kept(opened, window, copied, qtbot):
    opened.list.setFocus()
    QTest.keyClick(opened.list, Qt.Key.Key_End)
    QTest.mouseClick(opened.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context.project is not None and not window.context.jobs.running)
    assert "Later 0" not in names(window.context.project)
    assert window.context.writable
    kept = backups(copied)[0].path
    assert str(kept) in window.notice.words()
    with Project.open(kept, write=False) as before:
        assert "Later 2" in names(before)


def test_enter_restores(opened, window, qtbot):
    opened.list.setFocus()
    QTest.keyClick(opened.list, Qt.Key.Key_Down)
    QTest.keyClick(opened.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context.project is not None and not window.context.jobs.running)
    assert "Later 1" not in names(window.context.project)


def test_a_copy_that_has_been_damaged_cannot_be_chosen_and_the_project_stays(opened, window, copied, qtbot):
    newest = backups(copied)[0].path
    newest.write_bytes(newest.read_bytes()[:9000])
    opened.read()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert cell(opened, 0, 1) == "cannot be read"
    assert not opened.restore.isEnabled()


def test_a_copy_that_is_damaged_only_now_leaves_the_project_open(opened, window, copied, qtbot):
    newest = backups(copied)[0].path
    newest.write_bytes(newest.read_bytes()[:9000])
    QTest.mouseClick(opened.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context.project is not None and not window.context.jobs.running)
    assert "Later 2" in names(window.context.project)
    assert newest.name in window.notice.words()


def test_a_copy_is_saved_under_another_name(opened, window, tmp_path, qtbot, monkeypatch):
    target = tmp_path / "elsewhere.coder"
    monkeypatch.setattr(choose, "target", lambda *_args, **_options: target)
    QTest.mouseClick(opened.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    with Project.open(target, write=False) as saved:
        assert "Later 1" in names(saved)


def test_where_copies_are_kept_and_whether_is_chosen_here(opened, window, tmp_path, monkeypatch):
    values = window.context.settings.values
    opened.by_itself.setFocus()
    QTest.keyClick(opened.by_itself, Qt.Key.Key_Space)
    assert values.backups
    monkeypatch.setattr(choose, "folder", lambda *_: tmp_path / "shelf")
    QTest.mouseClick(opened.elsewhere, Qt.MouseButton.LeftButton)
    assert values.backup_folder == str(tmp_path / "shelf")
    assert opened.model.rowCount() == 0
    assert not opened.restore.isEnabled()
    QTest.mouseClick(opened.elsewhere, Qt.MouseButton.LeftButton)
    assert values.backup_folder == ""
    assert opened.model.rowCount() == 3


def test_a_damaged_project_on_the_welcome_page_leads_to_its_copies(window, copied, qtbot):
    window.context.settings.values.remember(copied)
    copied.write_bytes(copied.read_bytes()[:9000])
    window.welcome.refresh()
    QTest.mouseClick(window.welcome.rows[0].open, Qt.MouseButton.LeftButton)
    found = read(window, qtbot)
    assert found.repair.isVisible()
    assert found.model.rowCount() == 3
    QTest.mouseClick(found.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context.project is not None and not window.context.jobs.running)
    assert "Later 1" in names(window.context.project)


def forge(path: Path, behind: str) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(behind)
    for _name, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_check_that_finds_damage_offers_to_repair_into_a_new_file(window, copied, qtbot):
    forge(copied, "UPDATE code SET name = 'Forged'")
    window.flows.open_path(copied)
    window.actions_by_id["project.verify"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Remarks)))
    (found,) = window.findChildren(Remarks)
    button = next(one for one in found.findChildren(QPushButton) if one.text().startswith("Repair"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    repaired = copied.with_name("coded repaired.coder")
    qtbot.waitUntil(lambda: window.context.project is not None and window.context.project.path == repaired)
    assert "Trust" in names(window.context.project)
    told = next(one for one in window.findChildren(Remarks) if one.windowTitle().startswith("Repair"))
    assert "nothing was lost" in told.summary.text()
    told.close()


def test_a_project_without_copies_says_so(window, coded, qtbot):
    window.context.show(coded.project)
    window.actions_by_id["project.restore"].trigger()
    (made,) = window.findChildren(RestoreWindow)
    assert made.empty.isVisible()
    assert not made.restore.isEnabled()
    made.close()


def test_the_model_is_one_as_qt_wants_it(copied, qtmodeltester):
    model = CopiesModel()
    qtmodeltester.check(model)
    model.show_names(backups(copied), None)
    qtmodeltester.check(model)
    model.show_copies(copies(backups(copied)))
    qtmodeltester.check(model)
