"""What was reported as saved is there after a kill -9, a full disk or a vanished folder."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import coder_app
from coder_app.domain.errors import AppError
from coder_app.edits.codes import add_code, describe_code
from coder_app.queries.history import history
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

# `LONG_KILLS=200` kills more often.
KILLS = int(os.environ.get("LONG_KILLS", "20"))

CODER_AT_WORK = """
import random, sys
from pathlib import Path
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.queries.codes import codes
from coder_app.queries.sources import sources
from coder_app.store.project import Project

with Project.open(Path(sys.argv[1])) as project:
    source = sources(project)[0]
    everything = codes(project)
    while True:
        start = random.randrange(source.characters - 20)
        coding = apply_code(project, source.id, start, start + 1 + random.randrange(20), random.choice(everything).id)
        print("coded", coding, flush=True)
        if random.random() < 0.2:
            project.undo()
            print("undone", coding, flush=True)
"""


def work_until_killed(path: Path, seconds: float) -> list[tuple[str, str]]:
    """Return what another process reported as saved before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", CODER_AT_WORK, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])},
    ) as process:
        assert process.stdout
        reported = [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        reported += process.stdout.read().splitlines(keepends=True)
    return [(words[0], words[1]) for line in reported if line.endswith("\n") and len(words := line.split()) == 2]


def test_what_was_reported_as_saved_survives_being_killed(coded):
    dice = random.Random(7)  # noqa: S311 (no secret, but the same kills in each run)
    standing: set[str] = set()
    for _ in range(KILLS):
        reported = work_until_killed(coded, dice.uniform(0, 0.06))
        assert reported
        maybe_undone = {reported[-1][1]}
        for what, coding in reported:
            (standing.add if what == "coded" else standing.discard)(coding)
        with Project.open(coded) as project:
            assert verify(project.db) == []
            found = {row[0] for row in project.rows("SELECT id FROM coding")}
            # The last step may have been an undo that was saved, but not reported any more.
            assert standing - found <= maybe_undone
            standing &= found
    assert len(standing) > KILLS / 2
    with Project.open(coded) as project:
        while project.undo_label():
            project.undo()
        assert verify(project.db) == []


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


def test_a_full_disk_keeps_the_old_state_and_work_goes_on_after_making_room(coded, small_disk):
    path = Path(shutil.copyfile(coded, small_disk / "study.coder"))
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


def test_a_project_on_a_full_disk_can_be_opened_and_closed(coded, small_disk):
    path = Path(shutil.copyfile(coded, small_disk / "study.coder"))
    fill(small_disk)
    with Project.open(path) as project:
        assert verify(project.db) == []
        with pytest.raises(AppError, match="nothing was written"):
            Project.create(small_disk / "new.coder")
        with pytest.raises(AppError, match="project is untouched"):
            backup(project.db, path, small_disk / "backup.coder")
    assert {file.name for file in small_disk.iterdir()} == {"study.coder", "ballast"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file's folder be renamed")
def test_a_folder_renamed_under_an_open_project_loses_nothing(coded, tmp_path):
    folder = tmp_path / "field"
    folder.mkdir()
    path = Path(shutil.move(coded, folder / "study.coder"))
    with Project.open(path) as project:
        add_code(project, "Before")
        moved = folder.rename(tmp_path / "moved")
        before = dump(project.db)
        with pytest.raises(AppError, match="everything before it is safe"):
            add_code(project, "After")
        assert dump(project.db) == before
    with Project.open(moved / "study.coder") as project:
        assert dump(project.db) == before
        assert verify(project.db) == []
        assert project.undo() == "Add code “Before”"
