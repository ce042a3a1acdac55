"""Where nothing can be written a project can still be read, also one that a crash left half written."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import coder_app

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="folders are write-protected otherwise on Windows")

# The superuser may write everywhere, so the child becomes nobody once all is imported.
READER = """
import os, sys
from pathlib import Path
from coder_app.domain.errors import AppError
from coder_app.edits.codes import add_code
from coder_app.queries.codes import codes
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
try:
    project, why = Project.open_or_read(path)
    with project:
        print(sorted(code.name for code in codes(project)), verify(project.db), project.writable)
        print(why)
        try:
            add_code(project, "Never")
        except AppError as error:
            print(error)
    Project.create(path.with_name("new.coder"))
except AppError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def folder():
    """A folder that another user may enter; pytest's own is closed to them."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def read_as_nobody(path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def protect(folder: Path, *, folder_mode: int, file_mode: int = 0o444) -> dict[str, bytes]:
    for path in folder.iterdir():
        path.chmod(file_mode)
    folder.chmod(folder_mode)
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o555, 0o666), (0o755, 0o444)])
def test_a_project_that_cannot_be_written_is_opened_for_reading(folder_mode, file_mode, coded, folder):
    path = Path(shutil.copyfile(coded, folder / "study.coder"))
    before = protect(folder, folder_mode=folder_mode, file_mode=file_mode)
    found, why, refusal, create = read_as_nobody(path)
    assert found == "['Clan', 'Trust'] [] False"
    assert "read" in why
    assert "reading only" in refusal
    assert create.startswith("ProjectProblem") or os.getuid() != 0
    assert contents(folder) == before


def half_written(coded: Path, writer, path: Path) -> None:
    """Leave at `path` what a process that was killed in the middle of a large step leaves behind."""
    other = writer(coded)
    assert other.tell("half") == "half"
    other.kill()
    journal = coded.with_name(coded.name + "-journal")
    assert journal.stat().st_size > 0
    assert b"half-1" in coded.read_bytes()
    shutil.copyfile(coded, path)
    shutil.copyfile(journal, path.with_name(path.name + "-journal"))


def test_a_step_cut_off_by_a_crash_is_rolled_back_when_the_project_is_opened(coded, writer):
    from coder_app.store.dump import dump
    from coder_app.store.project import Project
    from coder_app.store.verify import verify

    with Project.open(coded, write=False) as project:
        before = dump(project.db)
    half_written(coded, writer, coded.with_name("copy.coder"))
    with Project.open(coded) as project:
        assert dump(project.db) == before
        assert verify(project.db) == []
    with Project.open(coded.with_name("copy.coder"), write=False) as project:
        assert dump(project.db) == before


def test_a_step_cut_off_by_a_crash_is_left_out_where_nothing_can_be_written(coded, writer, folder):
    half_written(coded, writer, folder / "study.coder")
    before = protect(folder, folder_mode=0o555)
    temporary = set(Path(tempfile.gettempdir()).glob("coder-app-*"))
    found = read_as_nobody(folder / "study.coder")
    assert found[0] == "['Clan', 'Trust'] [] False"
    assert "reading only" in found[2]
    assert contents(folder) == before
    assert set(Path(tempfile.gettempdir()).glob("coder-app-*")) <= temporary


def test_a_project_that_may_not_be_read_is_refused_with_a_sentence(coded, folder):
    path = Path(shutil.copyfile(coded, folder / "study.coder"))
    protect(folder, folder_mode=0o755, file_mode=0o000)
    (told,) = read_as_nobody(path)
    assert told.startswith(("ProjectProblem", "DamagedProject"))
    assert "Traceback" not in told
