#!/usr/bin/env python3
"""Set up Coder App beside this file and start it; needs nothing but Python 3.11 and pip.

python3 run.py               open the app on the coded sample project (without a display: build it and its tables)
python3 run.py test [...]    pass the tests; what follows goes to pytest
python3 run.py COMMAND ...   any command of the app: python3 run.py info PROJECT --json

The packages go into the folder .venv, pinned and checked against the hashes of the lock files. Everything this
script says goes to stderr, so that the output of a command stays the command's own.
"""

from __future__ import annotations

import compileall
import hashlib
import locale
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
OUT = ROOT / "out"

# Debian and Ubuntu names. The first list lets Qt load at all, the second lets it show a window.
QT_PACKAGES = ["libglib2.0-0", "libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3"]
WINDOW_PACKAGES = [
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0",
    "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xkb1",
    "libxkbcommon-x11-0", "libx11-xcb1",
]  # fmt: skip

NO_NETWORK = (
    "NewConnectionError", "NameResolutionError", "name resolution", "getaddrinfo", "Network is unreachable",
    "Connection refused", "ConnectTimeout", "ReadTimeout", "timed out", "ProxyError", "Connection aborted",
)  # fmt: skip


class SetupProblem(Exception):
    """The set-up cannot go on; the text says what happened and what to do."""


def main(arguments: list[str]) -> int:
    """Set up what the arguments need, run it and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        say(too_old(sys.version_info[:2]))
        return 1
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        install(RUNTIME_LOCK)
        return run_app(arguments) if arguments else run_sample()
    except SetupProblem as problem:
        say(f"error: {problem}")
        return 1
    except KeyboardInterrupt:
        say("Stopped. The same command goes on where this one ended.")
        return 130


def too_old(version: tuple[int, ...]) -> str:
    """Return the sentence for a Python that is too old, naming a newer one where there is one."""
    needed, found = (".".join(map(str, v)) for v in (OLDEST_PYTHON, version))
    newer = next((name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)), None)
    advice = f"Run: {newer} run.py" if newer else "Install a newer Python and run this again."
    return f"error: Coder App needs Python {needed} or newer; this is {found}. {advice}"


def say(sentence: str) -> None:
    """Tell the person something, beside the output of the command."""
    print(sentence, file=sys.stderr, flush=True)


# --- what can be started -------------------------------------------------------------------------------------------


def run_tests(arguments: list[str]) -> int:
    """Pass the tests on all processors, or as the given pytest arguments say."""
    install(TEST_LOCK)
    library = missing_library("offscreen")
    if library:
        raise SetupProblem(f"The tests of the window need the system library {library}. {how_to_get(library, [])}")
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    default = ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]
    return subprocess.call([venv_python(), "-m", "pytest", *(arguments or default)], cwd=ROOT, env=environment)


def run_app(arguments: list[str]) -> int:
    """Run one command of the app in the folder the person is in."""
    if "open" in arguments[:1] or "--open" in arguments or arguments[0].endswith(".coder"):
        missing_library("window")
    return app(*arguments)


def app(*arguments: str | Path) -> int:
    """Call `coder-app` with the arguments."""
    return subprocess.call([venv_python(), "-m", "coder_app", *map(str, arguments)])


def run_sample() -> int:
    """Open the app on the sample project, or do the same job without a window. A project that is there is kept."""
    project = OUT / "central-asia.coder"
    OUT.mkdir(exist_ok=True)
    if not project.exists():
        say("Building the coded sample project ...")
        code = app("demo", project)
        if code:
            return code
    library = missing_library("window")
    if library is None:
        return app("open", project)
    if library:
        say(f"The window needs the system library {library}. {how_to_get(library, WINDOW_PACKAGES)}")
    return export_sample(project)


def export_sample(project: Path) -> int:
    """Write what the sample project says, as the window would export it, and tell where it is."""
    jobs = [["cooccurrence", project, "-o", OUT / f"cooccurrence{suffix}"] for suffix in (".csv", ".xlsx", ".png")]
    jobs.append(["codings", "export", project, OUT / "annotations.csv"])
    for job in jobs:
        code = app(*job)
        if code:
            return code
    folder = where(OUT)
    print(
        "No window can be shown here, so the same job was done without one:\n"
        f"  {folder}{os.sep}central-asia.coder   the sample project, with its sources, codes and codings\n"
        f"  {folder}{os.sep}cooccurrence.csv     which codes occur together (also .xlsx, and .png as a picture)\n"
        f"  {folder}{os.sep}annotations.csv      the annotation set: every coded passage, its code and its coder\n"
        "To see the window, run `python3 run.py` where there is a display: on a desktop, or over `ssh -X`.\n"
        "`python3 run.py --help` names the commands that work here.",
    )
    return 0


def where(path: Path) -> str:
    """Return `path` as the person would type it from where they are."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


# --- the packages --------------------------------------------------------------------------------------------------


def venv_python() -> Path:
    """Return the Python of .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(lock: bytes, python: str) -> str:
    """Return what is written down once `lock` is installed for a Python of that version."""
    return hashlib.sha256(lock + python.encode()).hexdigest()


def stamp_file(lock: Path) -> Path:
    """Return where the stamp of `lock` is kept."""
    return VENV / f"{lock.name}.stamp"


def is_installed(lock: Path) -> bool:
    """Return whether .venv holds exactly what `lock` says, for this Python. The test lock holds the runtime's too."""
    for candidate in {lock, TEST_LOCK}:
        stamp = stamp_file(candidate)
        if stamp.exists() and stamp.read_text() == stamp_of(candidate.read_bytes(), sys.version):
            return venv_python().exists()
    return False


def install(lock: Path) -> None:
    """Make .venv, put the packages of `lock` and the app into it; nothing to do where that was done before."""
    if not is_installed(lock):
        say("Setting up: the packages go into .venv. This takes a minute or two, once.")
        pip = make_venv()
        for stamp in VENV.glob("*.stamp"):
            stamp.unlink()
        run_pip([*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
        stamp_file(lock).write_text(stamp_of(lock.read_bytes(), sys.version))
        # As pip does it for the packages: where Python may not write such files by itself, each start would compile.
        compileall.compile_dir(ROOT / "src", quiet=2)
    link_the_app()


def make_venv() -> list[str]:
    """Make .venv where it is missing or of another Python; return how to call pip for it.

    Debian's Python can make a venv only without pip, and its own pip may install only into a venv: so that one
    is used from outside. A Python without pip gets one inside the venv, if it carries one along.
    """
    pip_outside = succeeds([sys.executable, "-m", "pip", "--version"])
    if not venv_fits():
        options = ["--clear", "--without-pip"] if pip_outside else ["--clear"]
        if not succeeds([sys.executable, "-m", "venv", *options, str(VENV)]):
            raise SetupProblem(
                "This Python cannot make a virtual environment with pip. "
                "Install pip (on Debian and Ubuntu: apt-get install python3-pip python3-venv) and run this again.",
            )
    if pip_outside:
        return [sys.executable, "-m", "pip", "--python", str(venv_python())]
    return [str(venv_python()), "-m", "pip"]


def venv_fits() -> bool:
    """Return whether .venv is there, runs, and is of this Python's version."""
    check = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return succeeds([str(venv_python()), "-c", check])


def succeeds(command: list[str]) -> bool:
    """Return whether `command` can be started and ends well; what it says is dropped."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run_pip(command: list[str]) -> None:
    """Run pip; where it fails, say why in a sentence and keep its own words in a file."""
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    # A pip that is set up to install for one user alone would refuse to fill .venv.
    options = ["--no-user", "--disable-pip-version-check", "--no-input", *quiet]
    done = subprocess.run([*command, *options], stdout=sys.stderr, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        log = VENV / "pip-error.log"
        log.write_bytes(done.stderr)
        raise SetupProblem(pip_problem(done.stderr.decode(errors="replace"), where(log)))


def pip_problem(said: str, log: str) -> str:
    """Return one sentence for what pip `said`; `log` is the file that has all of it."""
    if any(sign in said for sign in NO_NETWORK):
        return "The packages could not be fetched: the package index does not answer. Connect and run this again."
    if "No space left" in said:
        return "The disk is full: the packages need about 1.5 GB. Make room and run this again."
    if "DO NOT MATCH THE HASHES" in said:
        return f"A package is not the one that was tested (its hash differs), so nothing was installed. See {log}."
    return f"pip could not install the packages; what it said is in {log}."


def link_the_app() -> None:
    """Let .venv find the app in src; written again when the folder has moved."""
    folder = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    link, source = folder / "coder_app.pth", str(ROOT / "src")
    encoding = locale.getpreferredencoding(do_setlocale=False)  # what Python reads such a file in
    if not link.exists() or link.read_text(encoding=encoding) != source:
        link.write_text(source, encoding=encoding)


# --- the system libraries of Qt ------------------------------------------------------------------------------------


def missing_library(what: str) -> str | None:
    """Return the system library that Qt lacks for `what` ("window" or "offscreen"), or None; "" says: no display.

    Where this may install it (as root, with apt), it does so, says so and looks again.
    """
    answer = ask_display(what)
    if answer and may_install():
        packages = QT_PACKAGES + (WINDOW_PACKAGES if what == "window" else [])
        say(f"Qt needs the system library {answer}. Installing: {' '.join(packages)}")
        unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in apt_commands(packages):
            if subprocess.call(command, stdout=subprocess.DEVNULL, env=unasked):
                break
        answer = ask_display(what)
    return answer


def ask_display(what: str) -> str | None:
    """Ask the app's own look at the machine, in a process of its own."""
    command = [venv_python(), "-m", "coder_app.display", what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stdout.strip()


def may_install() -> bool:
    """Return whether system packages can be installed without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_commands(packages: list[str]) -> list[list[str]]:
    """Return the commands that install `packages` on Debian and Ubuntu."""
    return [["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "--no-install-recommends", *packages]]


def how_to_get(library: str, window_packages: list[str]) -> str:
    """Return what a person can do about a missing system library."""
    if shutil.which("apt-get"):
        return f"Install it with: sudo apt-get install {' '.join(QT_PACKAGES + window_packages)}"
    return f"Install the package of your system that has {library}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
