"""A project in a synced folder: the strip that says so, the way to a copy, and back when it is closed."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import add_code
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import codes
from coder_app.store.project import Project
from coder_app.store.working_copy import copies_folder, working_copy

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def synced(coded, tmp_path: Path) -> Path:
    coded.project.close()
    (tmp_path / "Dropbox").mkdir()
    return Path(shutil.move(coded.project.path, tmp_path / "Dropbox" / "coded.coder"))


@pytest.fixture
def on_copy(window: MainWindow, synced: Path, qtbot) -> MainWindow:
    """The window with a working copy, asked for by the button of the strip."""
    window.flows.open_path(synced)
    QTest.mouseClick(window.working_copy._to_copy, LEFT)
    qtbot.waitUntil(lambda: window.context.project is not None)
    return window


def names(path: Path) -> set[str]:
    with Project.open(path, write=False) as project:
        return {code.name for code in codes(project)}


def test_a_project_on_this_computer_says_nothing_of_its_place(shown: MainWindow):
    assert not shown.working_copy.isVisible()


def test_a_project_in_a_synced_folder_says_so_until_it_is_hidden(window: MainWindow, synced: Path):
    window.flows.open_path(synced)
    bar = window.working_copy
    assert bar.isVisible()
    assert "synced folder" in bar.words()
    add_code(window.context.project, "Fear")
    assert bar.isVisible()
    QTest.mouseClick(bar._away, LEFT)
    assert not bar.isVisible()
    window.context.close()
    assert not bar.isVisible()


def test_the_button_leads_to_a_copy_and_closing_takes_it_back(on_copy: MainWindow, synced: Path):
    project = on_copy.context.project
    assert copies_folder() in project.path.parents
    assert on_copy.working_copy.words().startswith("A working copy.")
    assert str(synced.parent) in on_copy.working_copy.words()
    assert not on_copy.working_copy._back.isEnabled()
    add_code(project, "Fear")
    assert on_copy.working_copy._back.isEnabled()
    assert "Fear" not in names(synced)
    on_copy.context.close()
    assert "Fear" in names(synced)
    assert "Copied back to" in on_copy.notice.words()
    assert "Fear" not in names(synced.with_name("coded (before copy-back).coder"))


def test_copying_back_by_command_goes_on_with_the_copy(on_copy: MainWindow, synced: Path):
    add_code(on_copy.context.project, "Fear")
    on_copy.actions_by_id["project.copy_back"].trigger()
    assert "Fear" in names(synced)
    assert not on_copy.working_copy._back.isEnabled()
    on_copy.actions_by_id["project.copy_back"].trigger()
    assert "nothing to copy back" in on_copy.notice.words()


def test_what_changed_there_meanwhile_is_not_overwritten_and_the_copy_is_found_again(on_copy: MainWindow, synced: Path):
    with Project.open(synced) as there:
        add_code(there, "Theirs")
    add_code(on_copy.context.project, "Mine")
    on_copy.context.close()
    assert "nothing was overwritten" in on_copy.notice.words()
    assert "Theirs" in names(synced)
    on_copy.flows.open_path(working_copy(synced))
    assert "others have changed since" in on_copy.working_copy.words()
    on_copy.context.close()
    on_copy.flows.open_path(synced)
    assert "were not copied back" in on_copy.working_copy.words()
    assert "Mine" in names(working_copy(synced))


def test_a_copy_that_cannot_be_made_leaves_the_project_open(window: MainWindow, synced: Path, qtbot, monkeypatch):
    monkeypatch.setattr("coder_app.store.working_copy.copies_folder", lambda: synced / "no folder")
    window.flows.open_path(synced)
    window.actions_by_id["project.local_copy"].trigger()
    qtbot.waitUntil(lambda: window.context.project is not None)
    assert window.context.project.path == synced
    assert "could not be made" in window.notice.words()


def test_a_working_copy_of_a_working_copy_is_not_made(on_copy: MainWindow):
    on_copy.actions_by_id["project.local_copy"].trigger()
    assert "already" in on_copy.notice.words()
