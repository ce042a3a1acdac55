"""run.py sets up a bare machine, so what it decides is tested here without touching one."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path, monkeypatch) -> ModuleType:
    """The script, as a module, with its .venv in a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "OUT", tmp_path / "out")
    return module


def test_it_imports_the_standard_library_alone():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_stamp_changes_with_the_lock_and_with_the_python(run):
    stamp = run.stamp_of(b"click==8", "3.11.2")
    assert stamp == run.stamp_of(b"click==8", "3.11.2")
    assert len({stamp, run.stamp_of(b"click==9", "3.11.2"), run.stamp_of(b"click==8", "3.12.0")}) == 3


def make_installed(run: ModuleType, lock: Path) -> None:
    run.venv_python().parent.mkdir(parents=True)
    run.venv_python().touch()
    run.stamp_file(lock).write_text(run.stamp_of(lock.read_bytes(), sys.version))


def test_without_a_stamp_nothing_counts_as_installed(run):
    assert not run.is_installed(run.RUNTIME_LOCK)


def test_the_runtime_packages_alone_do_not_pass_for_the_test_packages(run):
    make_installed(run, run.RUNTIME_LOCK)
    assert run.is_installed(run.RUNTIME_LOCK)
    assert not run.is_installed(run.TEST_LOCK)


def test_the_test_packages_pass_for_the_runtime_packages_too(run):
    make_installed(run, run.TEST_LOCK)
    assert run.is_installed(run.RUNTIME_LOCK)


def test_a_stamp_without_its_python_counts_for_nothing(run):
    make_installed(run, run.RUNTIME_LOCK)
    run.venv_python().unlink()
    assert not run.is_installed(run.RUNTIME_LOCK)


def test_the_python_of_the_venv_is_found_on_windows_too(run, monkeypatch):
    monkeypatch.setattr(run, "VENV", Path("venv"))
    assert run.venv_python() == Path("venv/bin/python" if os.name != "nt" else "venv/Scripts/python.exe")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("WARNING: Retrying ... NewConnectionError('<...>: Temporary failure in name resolution')", "does not answer"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash differs"),
        ("ERROR: No matching distribution found for PySide6==6.11.3", "is in pip-error.log"),
    ],
)
def test_a_failure_of_pip_becomes_one_sentence_that_says_what_to_do(run, said, answer):
    sentence = run.pip_problem(said, "pip-error.log")
    assert answer in sentence
    assert "\n" not in sentence


def test_an_old_python_is_told_which_one_is_needed(run):
    assert "needs Python 3.11 or newer; this is 3.9." in run.too_old((3, 9))


def test_apt_reads_its_lists_before_it_installs(run):
    update, install = run.apt_commands(["libgl1", "libegl1"])
    assert update[-1] == "update"
    assert install[-2:] == ["libgl1", "libegl1"]
    assert "--no-install-recommends" in install


@pytest.mark.skipif(not shutil.which("apt-get"), reason="names the packages of Debian and Ubuntu")
def test_a_missing_library_is_named_with_the_line_that_installs_it(run):
    line = run.how_to_get("libxcb-cursor.so.0", run.WINDOW_PACKAGES)
    assert line.startswith("Install it with: sudo apt-get install ")
    assert {"libgl1", "libxcb-cursor0"} <= set(line.split())


def test_the_app_is_linked_once_and_again_when_the_folder_moved(run, tmp_path, monkeypatch):
    run.make_venv()
    run.link_the_app()
    [link] = (tmp_path / ".venv").rglob("coder_app.pth")
    assert link.read_text() == str(ROOT / "src")
    monkeypatch.setattr(run, "ROOT", tmp_path / "elsewhere")
    run.link_the_app()
    assert link.read_text() == str(tmp_path / "elsewhere" / "src")


def test_the_venv_made_here_fits_and_one_that_is_missing_does_not(run):
    assert not run.venv_fits()
    run.make_venv()
    assert run.venv_fits()


@pytest.mark.slow
def test_without_a_display_the_sample_is_built_and_exported_and_later_kept(run, monkeypatch, capfd):
    """The packages that the tests run on stand in for .venv."""
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run.run_sample() == 0
    said = capfd.readouterr().out
    made = {path.name: path.stat().st_size for path in run.OUT.iterdir()}
    names = {"central-asia.coder", "cooccurrence.csv", "cooccurrence.xlsx", "cooccurrence.png", "annotations.csv"}
    assert names <= set(made)
    assert min(made[name] for name in names) > 0
    assert all(name in said for name in ("central-asia.coder", "cooccurrence.csv", "annotations.csv", "python3 run.py"))

    content = (run.OUT / "central-asia.coder").read_bytes()
    assert run.run_sample() == 0
    assert (run.OUT / "central-asia.coder").read_bytes() == content


def test_a_failed_download_is_told_in_one_sentence(tmp_path):
    for name in ("run.py", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    nobody = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")} | nobody
    done = subprocess.run(
        [sys.executable, "run.py", "info"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("error: The packages could not be fetched")
    assert "Traceback" not in done.stderr
