"""A person at the command line: what they type, what comes back, and a small project to try it on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coder_app.cli import main

FIRST = "The market opens at seven.\n\nPeople trust it. Trust is slow.\n"
SECOND = "Nobody was afraid. 😀 Prices rose, and fear came."
CODES = {
    "format": "coder-app-codebook",
    "version": 1,
    "name": "Small",
    "codes": [
        {"name": "Feeling", "children": [{"name": "Trust"}, {"name": "Fear"}]},
        {"name": "Place", "colour": "#336699", "definition": "Where it is."},
    ],
}


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def is_bad_input_about(self, name: str) -> bool:
        """One line on stderr that names the file, nothing on stdout, exit code 2."""
        one_line = self.err.startswith("error: ") and self.err.count("\n") == 1 and self.err.endswith("\n")
        return self.code == 2 and self.out == "" and one_line and name in self.err


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give what types a command and returns the answer."""

    def typed(*arguments: str | Path | int) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return typed


@pytest.fixture
def done(run: Run) -> Run:
    """Give what types a command that must succeed."""

    def typed(*arguments: str | Path | int) -> Answer:
        answer = run(*arguments)
        assert answer.code == 0, answer
        return answer

    return typed


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Give a folder with two texts, a codebook and an annotation set."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "market.txt").write_bytes(FIRST.encode())
    (folder / "fear.txt").write_bytes(SECOND.encode())
    (folder / "codes.json").write_text(json.dumps(CODES), "utf-8")
    (folder / "codings.csv").write_text(
        "source,start,stop,code,coder,memo\n"
        "market.txt,28,44,Feeling > Trust,Ann,warm\n"
        "market.txt,35,58,Fear,Ann,\n"
        "market.txt,4,10,Place,Bo,\n"
        "fear.txt,0,18,Fear,Bo,\n",
        "utf-8",
    )
    return folder


@pytest.fixture
def empty(tmp_path: Path, done: Run) -> Path:
    """Give a project without content."""
    path = tmp_path / "small.coder"
    done("new", path, "--name", "Small", "--coder", "Ann")
    return path


@pytest.fixture
def project(empty: Path, files: Path, done: Run) -> Path:
    """Give a project with two sources and a codebook, not coded yet."""
    done("import", empty, files / "market.txt", files / "fear.txt")
    done("codebook", "import", empty, files / "codes.json")
    return empty


@pytest.fixture
def coded(project: Path, files: Path, done: Run) -> Path:
    """Give that project with four codings by two coders."""
    done("codings", "import", project, files / "codings.csv")
    return project


@pytest.fixture
def unchanged(done: Run) -> Callable[[Path], tuple[str, int]]:
    """Give what tells two states of a project apart: its content and the length of its history."""
    return lambda path: (done("dump", path).out, len(done("history", path, "--json").json))
