"""A project in a synced folder: said in one line, worked on as a copy, taken back."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def synced(project) -> Path:
    folder = Path(project).parent / "Dropbox"
    folder.mkdir()
    return Path(shutil.move(project, folder / "study.coder"))


def test_a_change_in_a_synced_folder_is_made_with_a_warning(synced, run):
    answer = run("codebook", "import", synced, synced)
    assert answer.err.startswith("warning: study.coder is in a synced folder")
    assert run("info", synced).err == ""


def test_a_copy_is_worked_on_and_taken_back(synced, run):
    made = run("local-copy", synced)
    copy = Path(made.out.strip())
    assert (made.code, made.err) == (0, "")
    nothing = run("copy-back", copy)
    assert (nothing.code, nothing.err) == (0, "")
    assert "nothing to copy back" in nothing.out
    assert run("undo", copy).err == ""
    back = run("copy-back", copy)
    assert back.code == 0
    assert str(synced) in back.out
    assert run("dump", synced).out == run("dump", copy).out
    assert "before copy-back" in back.out


def test_what_changed_there_is_not_overwritten(synced, run):
    copy = Path(run("local-copy", synced).out.strip())
    run("undo", copy)
    run("undo", synced)
    before = run("dump", synced).out
    back = run("copy-back", copy)
    assert back.code == 2
    assert "nothing was overwritten" in back.err
    assert run("dump", synced).out == before
