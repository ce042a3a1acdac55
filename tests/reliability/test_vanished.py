"""A folder that is renamed, deleted or replaced under an open project: the next edit says so, nothing is lost."""

import shutil
import sys

import pytest

from coder_app.domain.errors import AppError
from coder_app.edits.codes import add_code
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder of an open file")

KEPT = "everything before it is safe"


@pytest.fixture
def drive(study, place):
    """The folder of a project, as a drive that can be pulled out."""
    folder = place / "drive"
    folder.mkdir()
    study.rename(folder / "study.coder")
    return folder


def test_a_drive_pulled_out_and_put_back_loses_nothing(drive, place):
    with Project.open(drive / "study.coder") as project:
        add_code(project, "Before")
        away = drive.rename(place / "away")
        before = dump(project.db)
        for _ in range(2):
            with pytest.raises(AppError, match=KEPT):
                add_code(project, "After")
        with pytest.raises(AppError):
            backup(project.db, project.path)
        assert dump(project.db) == before
        assert not drive.exists()
        away.rename(drive)
        add_code(project, "After")
        assert project.undo() == "Add code “After”"
    with Project.open(drive / "study.coder") as project:
        assert dump(project.db) == before
        assert verify(project.db) == []
    assert list(drive.iterdir()) == [drive / "study.coder"]


def test_a_project_whose_folder_stays_away_is_closed_and_whole(drive, place):
    with Project.open(drive / "study.coder") as project:
        add_code(project, "Before")
        away = drive.rename(place / "away")
        before = dump(project.db)
    assert not drive.exists()
    with Project.open(away / "study.coder") as project:
        assert dump(project.db) == before
        assert project.undo() == "Add code “Before”"


def test_a_folder_that_is_deleted_is_not_made_again(drive, place):
    with Project.open(drive / "study.coder") as project:
        before = dump(project.db)
        shutil.rmtree(drive)
        with pytest.raises(AppError, match=KEPT):
            add_code(project, "After")
        # What SQLite still holds can be saved elsewhere.
        assert dump(project.db) == before
        kept = backup(project.db, project.path, place / "kept.coder")
    assert not drive.exists()
    with Project.open(kept) as project:
        assert dump(project.db) == before


def test_another_project_in_the_place_of_the_open_one_is_not_written_to(drive, place):
    path = drive / "study.coder"
    with Project.open(path) as project:
        add_code(project, "Before")
        path.rename(place / "mine.coder")
        with Project.create(place / "other.coder") as other:
            foreign = dump(other.db)
        (place / "other.coder").rename(path)
        with pytest.raises(AppError, match=KEPT):
            add_code(project, "After")
    with Project.open(path, write=False) as other:
        assert dump(other.db) == foreign
    with Project.open(place / "mine.coder") as mine:
        assert mine.undo() == "Add code “Before”"
        assert verify(mine.db) == []
