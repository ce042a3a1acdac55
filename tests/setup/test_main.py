"""Where the program starts: what shows the window, and what runs without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coder_app.__main__ import _wants_window

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("arguments", [[], ["open", "a.coder"], ["open", "any name"], ["a.coder"]])
def test_these_show_the_window(arguments):
    assert _wants_window(arguments)


@pytest.mark.parametrize(
    "arguments", [["info", "a.coder"], ["--help"], ["open", "--help"], ["open"], ["demo"], ["new", "a.coder"]]
)
def test_these_run_without_one(arguments):
    assert not _wants_window(arguments)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    environment["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_open_without_a_display_says_so_in_one_line():
    done = python("-m", "coder_app", "open", "a.coder")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: There is no display here")
    assert done.stderr.count("\n") == 1
