"""Measures how fast the app is, each thing in a process of its own, and writes the tables of the documentation.

python benchmarks/run.py [--size S M] [--corpus PATH] [--only NAME ...] [--runs N] [--write] [--note SENTENCE]
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from one import PLACES
from report import Measured, markdown, write

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "shared" / "bench" / "corpus.py"
# A first run warms the caches of the disk and is not counted.
RUNS = 5
STATE = Path("/proc/stat")
IDLE = 0.85
PATIENCE = 60.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--size", nargs="+", default=["S", "M"], choices=["S", "M", "L", "H"])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="corpus.py, which makes the texts and codings")
    parser.add_argument("--only", nargs="+", default=list(PLACES), choices=list(PLACES), metavar="NAME")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--write", action="store_true", help="bring the tables in the documentation up to date")
    parser.add_argument("--note", default="", help="a sentence about the machine for docs/performance.md")
    return parser.parse_args()


def main() -> int:
    """Measure, print, and where asked write."""
    asked = arguments()
    if not asked.corpus.is_file():
        print(f"There is no corpus generator at {asked.corpus}, so nothing was measured; give its place with --corpus.")
        return 1
    found: Measured = {}
    with tempfile.TemporaryDirectory(prefix="coder-app-material-") as folder:
        for size in asked.size:
            print(f"{size}: making the corpus and its projects …", flush=True)
            python(HERE / "material.py", asked.corpus.absolute(), size, folder)
            for name in asked.only:
                measure(name, size, Path(folder) / size, asked.runs, found)
    print("\n" + markdown(found))
    if asked.write:
        for path in write(found, machine(asked), HERE.parent):
            print(f"Wrote {path}")
    return 0


def measure(name: str, size: str, material: Path, runs: int, found: Measured) -> None:
    """Run one measurement once unheeded and then `runs` times."""
    python(HERE / "one.py", name, material)
    taken = [json.loads(undisturbed(HERE / "one.py", name, material)) for _ in range(runs)]
    memory = statistics.median(run["peak"] for run in taken)
    for part in taken[0]["seconds"]:
        seconds = sorted(run["seconds"][part] for run in taken)
        found[part, size] = seconds, memory
        middle = 1000 * statistics.median(seconds)
        print(f"{size} {part:24} {middle:9.1f} ms [{1000 * seconds[0]:.1f}–{1000 * seconds[-1]:.1f}]", end=" ")
        print(f"{memory:6.0f} MiB", flush=True)


def undisturbed(script: Path, *parameters: object) -> str:
    """Run one of our scripts once the processors have nothing else to do, or patience has come to its end."""
    give_up = time.monotonic() + PATIENCE
    while STATE.exists() and time.monotonic() < give_up:
        before = ticks()
        time.sleep(0.5)
        after = ticks()
        if after[1] - before[1] >= IDLE * (after[0] - before[0]):
            break
    return python(script, *parameters)


def ticks() -> tuple[int, int]:
    """Return how much time all processors have spent, and how much of it idle."""
    spent = [int(number) for number in STATE.read_text(encoding="ascii").splitlines()[0].split()[1:]]
    return sum(spent), spent[3]


def python(script: Path, *parameters: object) -> str:
    """Run one of our scripts and return what it prints; its clock starts here."""
    source = str(HERE.parent / "src")
    environment = os.environ | {"PYTHONPATH": source, "CODER_APP_BENCH_BEGAN": str(time.perf_counter())}
    command = [sys.executable, str(script), *map(str, parameters)]
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
        f"medians [lowest–highest] of {asked.runs} processes each, after one that warmed the caches",
        "each waited up to a minute for a moment without other work",
    ]
    return "; ".join(parts) + "." + (f" {asked.note}" if asked.note else "")


if __name__ == "__main__":
    sys.exit(main())
