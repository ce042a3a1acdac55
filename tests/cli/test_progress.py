"""Long commands tell a person how far they are, tell a script nothing, and Ctrl+C leaves the project as it was."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coder_app.cli import output
from coder_app.store.project import Project
from coder_app.store.verify import verify

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals to be imitated")

ROWS = 360_000


@pytest.fixture
def many(files: Path) -> Path:
    """Give an annotation set that takes some seconds to bring in."""
    path = files / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["source", "start", "stop", "code", "coder", "memo"])
        # Each is another code or another coder, so that none is there already.
        table.writerows(["market.txt", 0, 5, f"Code {n % 400}", f"Coder {n // 400}", f"memo {n}"] for n in range(ROWS))
    return path


def start(*arguments: object) -> tuple[subprocess.Popen[bytes], int]:
    """Start a command with a terminal as its stderr and return it with the other end of the terminal."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "coder_app", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, start_new_session=True)
    os.close(theirs)
    return process, ours


def read(terminal: int, until: bytes = b"") -> str:
    """Return what comes until the words stand there, or the command has gone."""
    seen = b""
    while not (until and until in seen):
        try:
            some = os.read(terminal, 4096)
        except OSError:
            break
        if not some:
            break
        seen += some
    return seen.decode()


def test_ctrl_c_in_a_long_import_leaves_the_project_as_it_was(project: Path, many: Path, unchanged) -> None:
    before = unchanged(project)
    process, terminal = start("codings", "import", project, many, "--create-codes")
    shown = read(terminal, b"%")
    assert f"Importing {ROWS} codings" in shown.replace(",", "")
    process.send_signal(signal.SIGINT)
    rest = read(terminal)
    assert process.wait(20) == 130
    assert rest.rstrip().endswith("error: Stopped; what was not finished was not kept.")
    assert unchanged(project) == before
    with Project.open(project) as opened:
        assert verify(opened.db) == []
    os.close(terminal)


def test_a_terminal_is_told_in_one_line_that_goes(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(output, "_SHOWN_AFTER", 0.0)
    monkeypatch.setattr(output, "_SHOWN_EVERY", 0.0)
    with output.progress("Working") as told:
        told(0, 0)
        told(1, 4)
        told(4, 4)
    assert capsys.readouterr().err == "\rWorking  …\rWorking  25 %\rWorking  100 %\r" + " " * 14 + "\r"


def test_a_script_is_told_nothing(monkeypatch, capsys) -> None:
    monkeypatch.setattr(output, "_SHOWN_AFTER", 0.0)
    with output.progress("Working") as told:
        told(1, 4)
    assert capsys.readouterr().err == ""


def test_what_is_over_in_a_moment_is_not_told(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    begin = time.monotonic()
    with output.progress("Working") as told:
        told(1, 4)
    if time.monotonic() - begin < 0.3:
        assert capsys.readouterr().err == ""
