"""The app in processes of its own, on a disk that is watched, made to fail, or cut off."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import coder_app
from coder_app.domain.imported import Block, ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.store.project import Project

HERE = Path(__file__).parent
TEXT = "We trusted them. 🙂 Then the clan came.\n" * 40


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: these tests write much, and no test needs a real disk."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def _finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finished") / "study.coder"
    with Project.create(path, coder="Coder A") as project:
        blocks = (Block(0, len(TEXT), "paragraph"),)
        text = ImportedText("One.txt", "text", TEXT, TEXT.encode(), "text", "1", "utf-8", blocks=blocks)
        (source_id,) = import_sources(project, [text])
        trust = add_code(project, "Trust")
        clan = add_code(project, "Clan", trust)
        coding = apply_code(project, source_id, 0, 16, trust)
        apply_code(project, source_id, 3, 30, clan)
        write_memo(project, "coding", coding, "A thought")
    return path


@pytest.fixture
def study(place: Path, _finished: Path) -> Path:
    """A closed project with one source, two codes, two codings and a memo."""
    return Path(shutil.copyfile(_finished, place / "study.coder"))


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What a child process needs in order to find the app."""
    return os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])}


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a program of the folder `children`; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(name: str, *arguments: object, **more: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(HERE / "children" / f"{name}.py"), *map(str, arguments)]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment | more))
        return started[-1]

    yield begin
    for one in started:
        one.kill()
        one.communicate()


@pytest.fixture(scope="session")
def disk_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """disk.c, compiled: what is preloaded into a process to watch its disk or to make it fail."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("watching the disk needs Linux and a C compiler")
    made = tmp_path_factory.mktemp("disk") / "disk.so"
    options = ["-shared", "-fPIC", "-O1", "-w", "-o", str(made), str(HERE / "disk.c"), "-ldl"]
    done = subprocess.run([compiler, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the C compiler cannot build the watched disk here: {done.stderr[:200]}")
    return made
