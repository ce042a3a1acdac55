"""A disk that is full keeps the old state, and work goes on after making room.

Once with a file system of two megabytes, which takes the right to mount one, and once, wherever there are such
limits, with a process that may not make its files any longer.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coder_app.domain.errors import AppError
from coder_app.edits.codes import add_code, describe_code
from coder_app.queries.history import history
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify


@pytest.fixture
def small_disk(tmp_path):
    """A file system of two megabytes, which needs the right to mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "none", str(place)], capture_output=True, check=False
    )
    if not done or done.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return ballast
    return ballast


def test_a_full_disk_keeps_the_old_state_and_work_goes_on_after_making_room(study, small_disk):
    path = Path(shutil.copyfile(study, small_disk / "study.coder"))
    with Project.open(path) as project:
        code_id = add_code(project, "Before")
        ballast = fill(small_disk)
        before, steps = dump(project.db), history(project)
        with pytest.raises(AppError, match=r"disk is full.*everything before it is safe"):
            describe_code(project, code_id, {"definition": "long " * 20_000})
        with pytest.raises(AppError, match="disk is full"), project.edit("Nested"):
            describe_code(project, code_id, {"definition": "long " * 20_000})
        assert dump(project.db) == before
        assert history(project) == steps
        assert verify(project.db) == []
        ballast.unlink()
        describe_code(project, code_id, {"definition": "long " * 20_000})
        project.undo()
        assert dump(project.db) == before


def test_a_project_on_a_full_disk_can_be_opened_and_closed(study, small_disk):
    path = Path(shutil.copyfile(study, small_disk / "study.coder"))
    fill(small_disk)
    with Project.open(path) as project:
        assert verify(project.db) == []
        with pytest.raises(AppError, match="nothing was written"):
            Project.create(small_disk / "new.coder")
        with pytest.raises(AppError, match="project is untouched"):
            backup(project.db, path, small_disk / "backup.coder")
    assert {file.name for file in small_disk.iterdir()} == {"study.coder", "ballast"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_file_that_may_not_grow_keeps_the_old_state_and_work_goes_on_when_it_may(study, start):
    child = start("size_limit", study)
    told, _ = child.communicate()
    assert child.returncode == 0
    assert "everything before it is safe" in told
    assert "ry again" in told
    with Project.open(study) as project:
        assert verify(project.db) == []
        assert project.undo() == "Add code “There is room again”"
        assert project.undo() == "Describe “Before”"
