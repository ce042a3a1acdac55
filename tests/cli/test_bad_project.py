"""What is no project, or none that can be used now, gets one clear line, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from coder_app.store.project import Project

ROOT = Path(__file__).parents[2]

READING = [
    ("info",),
    ("sources",),
    ("text", "market.txt"),
    ("to-check",),
    ("cases", "list"),
    ("variables", "list"),
    ("sets", "list"),
    ("coders", "list"),
    ("codebook", "export", "out.csv"),
    ("codes",),
    ("codings", "export", "out.csv"),
    ("cooccurrence", "-o", "out.csv"),
    ("table", "frequencies", "-o", "out.csv"),
    ("picture", "network", "-o", "out.svg"),
    ("search", "trust"),
    ("query", "*"),
    ("queries", "list"),
    ("kwic", "trust", "-o", "out.csv"),
    ("words", "-o", "out.csv"),
    ("stopwords",),
    ("history",),
    ("deleted",),
    ("as-it-was", "2030-01-01", "--dump"),
    ("quotations",),
    ("conflicts",),
    ("agreement", "-o", "out.csv"),
    ("agreement-report", "-o", "out.docx"),
    ("assignments", "list"),
    ("disagreements", "-o", "out.csv"),
    ("team", "status"),
    ("dump",),
    ("backup", "copy.coder"),
    ("backups",),
    ("local-copy",),
]
CHANGING = [
    ("import", "market.txt"),
    ("replace-text", "market.txt", "market.txt"),
    ("settle", "some-id"),
    ("cases", "add", "Anna"),
    ("variables", "add", "Age"),
    ("sets", "add", "Field"),
    ("coders", "add", "Bea"),
    ("coders", "rename", "Ann", "Anna"),
    ("codebook", "import", "codes.json"),
    ("code", "market.txt", "4", "10", "Place"),
    ("queries", "save", "All", "*"),
    ("codings", "import", "codings.csv"),
    ("autocode", "trust", "Place"),
    ("assignments", "open"),
    ("adjudicate", "some-id", "--neither"),
    ("stopwords", "--add", "trust"),
    ("undo",),
    ("redo",),
    ("revert", "some-id"),
    ("restore", "some-id"),
    ("quote", "market.txt", "4", "10"),
    ("copy-back",),
    ("merge", "other.coder"),
    ("decide", "1"),
    ("restore-backup", "copy.coder"),
    ("team", "share", "folder"),
    ("team", "sync"),
    ("team", "leave"),
]
GROUPS = {"assignments", "cases", "codebook", "coders", "codings", "queries", "sets", "team", "variables"}


def typed(command, project):
    """The command line with the project in its place."""
    words = 2 if command[0] in GROUPS else 1
    return (*command[:words], project, *command[words:])


def test_every_command_that_takes_a_project_is_tried_here():
    from coder_app.cli.program import program

    without = {"new", "demo", "open", "verify", "repair", "rerun", "statistics"}
    assert {command[0] for command in READING + CHANGING} == set(program.commands) - without


@pytest.mark.parametrize("command", READING + CHANGING)
def test_a_missing_project_is_never_made(files, run, monkeypatch, command):
    monkeypatch.chdir(files)
    before = sorted(files.iterdir())
    assert run(*typed(command, "gone.coder")).is_bad_input_about("gone.coder")
    assert sorted(files.iterdir()) == before


def no_project(path):
    path.write_text("These are my notes, and no database.", "utf-8")


def empty_file(path):
    path.write_bytes(b"")


def binary(path):
    path.write_bytes(bytes(range(256)) * 64)


def folder(path):
    path.mkdir()


def another_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bird (name TEXT)")
    connection.commit()
    connection.close()


def newer(path):
    Project.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def cut_short(path):
    Project.create(path).close()
    path.write_bytes(path.read_bytes()[:-9000])


def foreign_trigger(path):
    Project.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER wipe AFTER INSERT ON code BEGIN DELETE FROM coding; END")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "make", [no_project, empty_file, binary, folder, another_database, newer, cut_short, foreign_trigger]
)
@pytest.mark.parametrize("command", [("info",), ("dump",), ("undo",), ("codings", "import", "codings.csv")])
def test_what_is_no_project_is_named_and_left_alone(files, run, monkeypatch, make, command):
    monkeypatch.chdir(files)
    odd = files / "odd.coder"
    make(odd)
    before = odd.read_bytes() if odd.is_file() else b""
    assert run(*typed(command, "odd.coder")).is_bad_input_about("odd.coder")
    assert (odd.read_bytes() if odd.is_file() else b"") == before
    assert not list(files.glob("*.lock"))


def test_to_verify_a_newer_project_is_bad_input(tmp_path, run):
    newer(tmp_path / "odd.coder")
    assert run("verify", tmp_path / "odd.coder").is_bad_input_about("odd.coder")


@pytest.mark.parametrize("command", CHANGING)
def test_a_project_that_is_open_elsewhere_is_not_changed(coded, files, run, done, monkeypatch, unchanged, command):
    monkeypatch.chdir(files)
    before = unchanged(coded)
    with Project.open(coded):
        assert run(*typed(command, coded)).is_bad_input_about("small.coder")
        assert done("info", coded, "--json").json["codings"] == 4
        done("verify", coded)
    assert unchanged(coded) == before


def test_a_project_open_in_another_process_says_by_whom(coded, run):
    script = (
        "import sys; from pathlib import Path; from coder_app.store.project import Project\n"
        "with Project.open(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", script, str(coded)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        answer = run("undo", coded)
        other.communicate()
    assert answer.is_bad_input_about("small.coder")
    assert "is open elsewhere" in answer.err
    assert run("undo", coded).code == 0


@pytest.mark.parametrize("command", READING)
def test_reading_writes_nothing_beside_the_project(coded, files, done, monkeypatch, command):
    monkeypatch.chdir(files)
    content, there = coded.read_bytes(), {path.name for path in coded.parent.iterdir()}
    done(*typed(command, coded))
    assert coded.read_bytes() == content
    assert {path.name for path in coded.parent.iterdir()} == there


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become somebody without rights")
def test_a_project_in_a_folder_without_write_permission_can_be_read_but_not_changed(coded):
    folder = Path(tempfile.mkdtemp())
    try:
        copy = folder / "small.coder"
        shutil.copyfile(coded, copy)
        copy.chmod(0o444)
        folder.chmod(0o555)
        assert _as_nobody("info", copy).returncode == 0
        assert _as_nobody("verify", copy).returncode == 0
        refused = _as_nobody("undo", copy)
        assert refused.returncode == 2
        assert refused.stderr.startswith("error: ")
        assert "small.coder" in refused.stderr
        assert refused.stderr.count("\n") == 1
        assert [path.name for path in folder.iterdir()] == ["small.coder"]
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


# Python itself may lie where nobody can read it, so the rights are given up only when all is loaded.
WITHOUT_RIGHTS = """
import os, sys
from coder_app.cli import main
os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""


def _as_nobody(command: str, project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, command, str(project)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
