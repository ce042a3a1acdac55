"""A look at the machine before Qt has one, because Qt's own answer is to abort."""

import shutil
import subprocess
import sys

import pytest

from coder_app.display import has_display, main, missing_library, window_problem


def test_no_display_is_named_in_one_calm_sentence():
    problem = window_problem({"QT_QPA_PLATFORM": "offscreen"})
    assert problem is not None
    assert "no display" in problem
    assert "\n" not in problem


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_display(platform):
    assert has_display({}, platform)


def test_linux_without_a_server_has_none():
    assert not has_display({}, "linux")


def test_a_server_that_does_not_answer_is_none():
    assert not has_display({"DISPLAY": ":9437"}, "linux")


def test_an_offscreen_platform_that_was_asked_for_is_no_display():
    assert not has_display({"QT_QPA_PLATFORM": "offscreen:size=800x600", "DISPLAY": ":0"}, "linux")


def test_a_wayland_socket_is_a_display_and_a_stale_name_is_not(tmp_path):
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not has_display(environment, "linux")
    (tmp_path / "wayland-0").touch()
    assert has_display(environment, "linux")


def test_qt_finds_its_libraries_where_the_tests_run():
    assert missing_library(window=False) is None


def test_run_py_is_told_by_exit_code(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert main(["offscreen"]) == 0
    assert main(["window"]) == 3


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs a virtual X server")
def test_an_x_server_that_answers_is_a_display():
    script = "import os; from coder_app.display import has_display; print(has_display(os.environ))"
    command = ["env", "-u", "QT_QPA_PLATFORM", "xvfb-run", "-a", sys.executable, "-c", script]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "True\n"
