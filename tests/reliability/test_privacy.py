"""Nothing that people said or wrote leaves their project: no logs, no settings, no temporary files, no network.

A session in the window and one at the command line work on texts, names, codes, memos and searches that all hold
one made-up word. Then every file that they left behind, their messages and their error reports are searched for it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coder_app import crash_log
from coder_app.store.project import Project

MARKER = "Qwyzzlewump"
QUIET = Path(__file__).parent / "quiet"


class Home:
    """A person's own folders, empty, and the folder that they work in."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        self.work, self.own, self.temporary = place / "work", place / "own", place / "temporary"
        self.asked = place / "asked"
        for folder in (self.work, self.own, self.temporary):
            folder.mkdir()
        own = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"), str(self.own))
        own |= {f"XDG_{kind}_HOME": str(self.own / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        own |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(self.temporary))
        path = os.pathsep.join((str(QUIET), environment["PYTHONPATH"]))
        more = {"PYTHONPATH": path, "QUIET_LOG": str(self.asked), "QT_QPA_PLATFORM": "offscreen"}
        self.environment = environment | own | more

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=self.environment, cwd=self.work)

    def left_behind(self) -> list[Path]:
        return [path for folder in (self.own, self.temporary) for path in folder.rglob("*") if path.is_file()]

    def told(self) -> list[str]:
        """The files outside the project in which the marker is, as text of any kind, and in their names."""
        words = [MARKER.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        return [
            str(path)
            for path in self.left_behind()
            if MARKER in str(path) or any(word in path.read_bytes() for word in words)
        ]


@pytest.fixture
def home(place: Path, environment) -> Home:
    return Home(place, environment)


def test_a_session_in_the_window_leaves_no_word_behind_and_asks_nothing_of_the_network(home: Home):
    Project.create(home.work / "study.coder", name=MARKER, coder="Ann").close()
    session = home.run(Path(__file__).parent / "children" / "window_session.py", home.work, MARKER)
    assert session.stdout == "done\n", session.stderr
    with Project.open(home.work / "study.coder", write=False) as project:
        labels = [label for (label,) in project.rows("SELECT label FROM change_set")]
        assert project.rows("SELECT count(*) FROM coding")[0][0] >= 2, labels
        assert any(MARKER in body for (body,) in project.rows("SELECT body FROM memo"))
        assert any(MARKER in label for label in labels)
    left = [path.name for path in home.left_behind()]
    assert {"settings.json", "window.ini", "coder-app.log"} <= set(left)
    assert home.told() == []
    assert list(home.temporary.iterdir()) == []
    assert MARKER not in session.stderr
    assert not home.asked.exists()
    assert all(path.suffix != ".lock" for path in home.work.iterdir())


def test_a_session_at_the_command_line_leaves_no_word_behind_and_asks_nothing_of_the_network(home: Home):
    (home.work / f"{MARKER}.txt").write_text(f"We told {MARKER} everything.\n" * 20, encoding="utf-8")
    (home.work / "codes.csv").write_text(f"Code\n{MARKER} code\n", encoding="utf-8")
    (home.work / "broken.pdf").write_text(f"%PDF-1.4 {MARKER}", encoding="utf-8")
    (home.work / "words.txt").write_text(f"{MARKER}\n", encoding="utf-8")
    study = "study.coder"
    for command in (
        ("new", study), ("import", study, f"{MARKER}.txt"), ("import", study, "broken.pdf"),
        ("codebook", "import", study, "codes.csv"), ("code", study, f"{MARKER}.txt", 0, 9, f"{MARKER} code"),
        ("search", study, MARKER), ("search", study, MARKER, "--regex"), ("kwic", study, MARKER),
        ("autocode", study, MARKER, f"{MARKER} code"), ("words", study), ("code", study, MARKER, 0, 9, MARKER),
        ("cooccurrence", study, "-o", "pairs.xlsx"), ("codings", "export", study, "out.csv"), ("history", study),
        ("undo", study), ("redo", study), ("verify", study), ("backup", study, "copy.coder"), ("dump", study),
        ("dump", f"{MARKER}.coder"),
    ):  # fmt: skip
        done = home.run("-m", "coder_app", *command)
        assert done.returncode in (0, 1, 2), done.stderr
        assert "Traceback" not in done.stderr
        assert not home.asked.exists(), f"{command} asked for {home.asked.read_text(encoding='utf-8')}"
    assert home.told() == []
    assert [path for path in home.temporary.rglob("*") if path.is_file()] == []


def test_an_error_at_the_command_line_that_nobody_foresaw_is_logged_without_a_word(home: Home):
    crash = (
        "import coder_app.cli.projects as projects, coder_app.cli as cli, sys\n"
        "def broken(project):\n"
        f"    raise RuntimeError('{MARKER}') from KeyError('{MARKER}')\n"
        "projects.dumped = broken\n"
        "sys.exit(cli.main(['dump', 'study.coder']))"
    )
    Project.create(home.work / "study.coder", name=MARKER).close()
    done = home.run("-c", crash)
    assert done.returncode == 2
    assert "RuntimeError" in done.stderr
    assert MARKER not in done.stderr
    assert [path.name for path in home.left_behind()] == ["coder-app.log"]
    assert home.told() == []


def test_the_network_is_really_watched(home: Home):
    ask = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    assert home.run("-c", ask).returncode == 1
    assert "192.0.2.1" in home.asked.read_text(encoding="utf-8")
    in_a_child = (
        f"import multiprocessing as m\nif __name__ == '__main__': m.get_context('spawn').Pool(1).apply(exec, [{ask!r}])"
    )
    home.asked.unlink()
    script = home.work / "ask.py"
    script.write_text(in_a_child, encoding="utf-8")
    home.run(script)
    assert "192.0.2.1" in home.asked.read_text(encoding="utf-8")


def test_the_words_of_an_error_are_in_no_report():
    def remember(interview: str) -> None:
        raise ValueError(interview) from OSError(2, "No such file", f"/home/ann/{MARKER}.txt")

    try:
        remember(MARKER)
    except ValueError as error:
        told = crash_log.report(error)
    assert "remember" in told
    assert MARKER not in told
