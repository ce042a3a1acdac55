"""The window is there within a second because nothing heavy is loaded before it: each package here costs a wait."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import coder_app

# Each is loaded where it is first needed: to read a file, to write one, to draw a picture.
LATER = ("numpy", "pandas", "matplotlib", "PIL", "lxml", "pypdfium2", "xlsxwriter", "python_calamine", "markdown_it")
LATER += ("scipy", "charset_normalizer", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtWebEngineCore")


def run(source: str) -> list[str]:
    """What a fresh Python prints that runs `source`, word by word."""
    environment = os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("module", ["coder_app.app", "coder_app.cli.program"])
def test_nothing_heavy_is_loaded_before_it_is_needed(module):
    told = run(f"import sys, {module}; print(*sys.modules)")
    assert module in told
    assert sorted(set(LATER) & set(told)) == []


def test_the_command_line_loads_no_window():
    told = run("import sys, coder_app.cli.program; print(*sys.modules)")
    assert [name for name in told if name.startswith("PySide6")] == []


@pytest.mark.parametrize("first", ["numpy", "coder_app.store.project"])
def test_numpy_and_the_store_stand_each_other_in_either_order(first):
    """The store hides numpy from sqlite-utils while it loads; whoever wants numpy gets it all the same."""
    source = f"import {first}; import coder_app.store.project, numpy, sqlite_utils; print(numpy.arange(3).sum())"
    assert run(source) == ["3"]
