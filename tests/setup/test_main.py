"""Where the program starts: what shows the window, and what runs without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coder_app.__main__ import _wants_window

ROOT = Path(__file__).parents[2]

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


@pytest.mark.parametrize("arguments", [[], ["open", "a.coder"], ["open", "any name"], ["a.coder"]])
def test_these_show_the_window(arguments):
    assert _wants_window(arguments)


@pytest.mark.parametrize(
    "arguments", [["info", "a.coder"], ["--help"], ["open", "--help"], ["open"], ["demo"], ["new", "a.coder"]]
)
def test_these_run_without_one(arguments):
    assert not _wants_window(arguments)


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    environment["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


@linux_only
def test_open_without_a_display_says_so_in_one_line(tmp_path):
    (tmp_path / "a.coder").touch()
    done = python("-m", "coder_app", "open", "a.coder", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: There is no display here")
    assert done.stderr.count("\n") == 1


def test_a_project_that_is_not_there_is_named_and_not_made(tmp_path):
    done = python("-m", "coder_app", "nowhere.coder", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: nowhere.coder: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@linux_only
def test_a_new_user_without_a_display_is_told_and_shown_no_traceback(tmp_path):
    done = python("-m", "coder_app", cwd=tmp_path)
    assert done.returncode == 2
    assert "no display" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_line_runs_without_qt(tmp_path):
    script = (
        "import sys\n"
        "from coder_app.__main__ import main\n"
        "code = main(['new', 'a.coder']) or main(['info', 'a.coder'])\n"
        "print(code, [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])\n"
    )
    done = python("-c", script, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
