"""Measures how fast the app is, each thing in a process of its own, and writes the tables of the documentation.

python benchmarks/run.py [--sizes S,M,L,H] [--only NAME,...] [--runs N] [--write]
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import corpus
from chart import chart
from measurements import BY_NAME
from report import Figure, Measured, goals_table, limits_table, loaded, saved, sizes_table, write

HERE = Path(__file__).parent
ROOT = HERE.parent
PICTURE = ROOT / "docs" / "images" / "cost.svg"
RESULTS = "results.json"
RUNS = 3
# What takes longer than so many seconds is measured once.
LONG = 10.0
STATE = Path("/proc/stat")
IDLE = 0.85


def some_of(known: tuple[str, ...]):
    """Return a reader of lists with commas whose members are all known."""

    def read(typed: str) -> list[str]:
        unknown = set(typed.split(",")) - set(known)
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: known are {', '.join(known)}")
        return typed.split(",")

    return read


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sizes", type=some_of(tuple(corpus.SIZES)), default=["S", "M", "L", "H"], metavar="S,M,L,H")
    parser.add_argument("--only", type=some_of(tuple(BY_NAME)), default=list(BY_NAME), metavar="NAME,NAME")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each that takes less than {LONG:g} s")
    parser.add_argument(
        "--write", action="store_true", help="bring the tables and the chart of the documentation up to date"
    )
    parser.add_argument("--add", action="store_true", help="write what earlier runs have measured as well")
    parser.add_argument("--folder", type=Path, default=_cache(), help="where texts and projects are kept (some 2 GB)")
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds to wait for other work to end before each run"
    )
    parser.add_argument("--note", default="", help="a sentence about the machine for docs/performance.md")
    return parser.parse_args()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coder-app-benchmarks"


def main() -> int:
    """Measure, print, and where asked write."""
    asked = arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    results = asked.folder / RESULTS
    found = loaded(results.read_text(encoding="utf-8")) if asked.add and results.is_file() else {}
    for size in asked.sizes:
        print(f"{size}: making texts and projects, unless they are there …", flush=True)
        python(HERE / "material.py", size, asked.folder)
        for name in asked.only:
            if size in BY_NAME[name].sizes or size not in "SMLH":
                measure(name, size, asked, found)
                results.write_text(saved(found), encoding="utf-8")
    print(f"\n{goals_table(found)}\n{sizes_table(found)}\n{limits_table(found)}")
    if asked.write:
        picture = chart(found)
        if picture:
            PICTURE.write_text(picture, encoding="utf-8", newline="\n")
            print(f"Wrote {PICTURE}")
        for path in write(found, machine(asked), ROOT):
            print(f"Wrote {path}")
    return 0


def measure(name: str, size: str, asked: argparse.Namespace, found: Measured) -> None:
    """Run one measurement once to warm the disk's caches and then so often as is asked; once where it takes long."""
    taken = [run(name, size, asked)]
    if max(taken[0]["found"].values()) < LONG:
        taken = [run(name, size, asked) for _ in range(asked.runs)]
    peak = statistics.median(one["peak"] for one in taken)
    for part in taken[0]["found"]:
        figure = found[part, size] = Figure(sorted(one["found"][part] for one in taken), peak)
        print(f"{size:2} {part:24} {figure.median:10.4f} [{figure.taken[0]:.4f}–{figure.taken[-1]:.4f}]", end=" ")
        print(f"{len(taken)} × {peak:6.0f} MiB", flush=True)


def run(name: str, size: str, asked: argparse.Namespace) -> dict:
    """Run one measurement once the processors have nothing else to do, or patience has come to its end."""
    give_up = time.monotonic() + asked.patience
    while STATE.exists() and time.monotonic() < give_up:
        before = ticks()
        time.sleep(0.5)
        after = ticks()
        if after[1] - before[1] >= IDLE * (after[0] - before[0]):
            break
    return json.loads(python(HERE / "one.py", name, size, asked.folder))


def ticks() -> tuple[int, int]:
    """Return how much time all processors have spent, and how much of it idle."""
    spent = [int(number) for number in STATE.read_text(encoding="ascii").splitlines()[0].split()[1:]]
    return sum(spent), spent[3]


def python(script: Path, *parameters: object) -> str:
    """Run one of our scripts and return what it prints."""
    command = [sys.executable, str(script), *map(str, parameters)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    # Where it is set, each start would compile the app anew; nobody's does.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{script.name} {' '.join(map(str, parameters))} failed:\n{done.stderr}")
    return done.stdout


def machine(asked: argparse.Namespace) -> str:
    """Describe what was measured on."""
    import sqlite3

    import PySide6

    system = platform.freedesktop_os_release()["PRETTY_NAME"] if sys.platform == "linux" else platform.platform()
    parts = [
        f"{os.cpu_count()} processors ({platform.machine()}), {system}",
        f"Python {platform.python_version()}, Qt {PySide6.__version__}, SQLite {sqlite3.sqlite_version}",
        "each run in a process of its own, after one that warmed the disk's caches",
        f"what takes {LONG:g} s or more was run once",
        f"each waited up to {asked.patience:g} s for a moment without other work",
    ]
    return "; ".join(parts) + "." + (f" {asked.note}" if asked.note else "")


if __name__ == "__main__":
    sys.exit(main())
