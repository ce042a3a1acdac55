import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import coder_app
from coder_app.domain.imported import Block, ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.store.project import Project

TEXT = "We trusted them. 🙂 Then the clan came.\n" * 40


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "study.coder", coder="Coder A") as made:
        yield made


@pytest.fixture(scope="session")
def _finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finished") / "coded.coder"
    with Project.create(path, coder="Coder A") as project:
        furnish(project)
    return path


def furnish(project: Project) -> None:
    blocks = (Block(0, len(TEXT), "paragraph"),)
    text = ImportedText("One.txt", "text", TEXT, TEXT.encode(), "text", "1", "utf-8", blocks=blocks)
    (source_id,) = import_sources(project, [text])
    trust = add_code(project, "Trust")
    clan = add_code(project, "Clan", trust)
    coding = apply_code(project, source_id, 0, 16, trust)
    apply_code(project, source_id, 3, 30, clan)
    write_memo(project, "coding", coding, "A thought")
    project.undo()
    project.redo()


@pytest.fixture
def coded(tmp_path: Path, _finished: Path) -> Path:
    """A closed project with one source, two codes, two codings and a memo."""
    return Path(shutil.copyfile(_finished, tmp_path / "coded.coder"))


@pytest.fixture
def behind() -> Callable[..., None]:
    """Run SQL on a closed project behind the app's back, with the journal's triggers out of the way."""

    def run(path: Path, *statements: str, triggers: bool = False) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous = OFF")
        kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in kept if not triggers else []:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _name, sql in kept if not triggers else []:
            connection.execute(sql)
        connection.close()

    return run


class Writer:
    """The app in another process, with a project open for writing, that does what it is told line by line."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])},
        )
        assert self.answer() == "open"

    def answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def tell(self, command: str) -> str:
        assert self.process.stdin
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.answer()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()


WRITER = """
import sys
from pathlib import Path
from coder_app.edits.codes import add_code
from coder_app.store.project import Project

def say(text):
    print(text, flush=True)

with Project.open(Path(sys.argv[1])) as project:
    say("open")
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        if command == "add":
            say(add_code(project, rest))
        elif command == "half":
            with project.edit("Half"):
                # A small cache makes SQLite write to the file before the step ends.
                project.db.conn.execute("PRAGMA cache_size = 5")
                for number in range(3000):
                    project.insert("memo", {"id": f"half-{number}", "body": "x" * 500, "created_at": "now"})
                say("half")
                sys.stdin.readline()
        elif command == "close":
            break
say("closed")
"""


@pytest.fixture
def writer():
    """Open a project for writing in another process."""
    started: list[Writer] = []

    def start(path: Path) -> Writer:
        started.append(Writer(path))
        return started[-1]

    yield start
    for one in started:
        one.kill()
