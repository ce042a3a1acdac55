"""What `pip install .` gives people: the app with its seeds, codebooks, sample and resources, wherever they are."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLED = ["seeds", "codebooks", "projects", "resources"]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [built] = folder.glob("coder_app-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder to import from that knows nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # -S leaves the link to the checkout out; the other packages are put back by name.
    packages = [path for path in sys.path if path.endswith("site-packages")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), *packages])}
    command = [sys.executable, "-S", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", BUNDLED)
def test_the_wheel_holds_every_file_that_ships_with_the_app(wheel, folder):
    here = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        names = {name.removeprefix("coder_app/_bundled/") for name in archive.namelist()}
    assert here
    assert here - names == set()


def test_the_wheel_holds_every_module_and_no_tests(wheel):
    source = ROOT / "src"
    modules = {p.relative_to(source).as_posix() for p in source.rglob("*.py")}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.endswith(".py")}
    assert names == modules


def test_the_wheel_brings_the_command_and_its_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        entry_points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "coder-app = coder_app.__main__:main" in archive.read(entry_points).decode()
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


def test_installed_from_the_wheel_the_app_finds_what_it_brought(installed, tmp_path):
    script = "from coder_app.bundled import bundled; print(bundled('seeds'))"
    done = run_installed(installed, "-c", script, cwd=tmp_path)
    assert done.stdout.strip() == str(installed / "coder_app" / "_bundled" / "seeds")


def test_the_sample_is_built_from_the_wheel_alone(installed, tmp_path):
    done = run_installed(installed, "-m", "coder_app", "demo", "sample.coder", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = run_installed(installed, "-m", "coder_app", "info", "sample.coder", "--json", cwd=tmp_path)
    assert json.loads(told.stdout)["sources"] == 5
