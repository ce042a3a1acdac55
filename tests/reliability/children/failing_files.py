"""Whole files on a disk that fails: a new project, a backup, a working copy taken back, opening and closing.

Every n-th call of each kind fails, once or from then on. Prints how many failures were met, or stops at the first
promise that was not kept: a file is there whole or not at all, and nothing else is left.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from coder_app.domain.errors import AppError
from coder_app.edits.codes import add_code
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.store.working_copy import copy_back, working_copy

disk = ctypes.CDLL(os.environ["LD_PRELOAD"])
disk.disk_failed.restype = ctypes.c_long
study, what = Path(sys.argv[1]), sys.argv[2]
folder = study.parent
every = int(sys.argv[3])


def content(path: Path) -> str:
    with Project.open(path, write=False) as project:
        if verify(project.db):
            sys.exit(f"{path.name} is not sound")
        return dump(project.db)


def create() -> None:
    Project.create(folder / "new.coder", name="New", coder="A").close()


def make_backup() -> None:
    with Project.open(study, write=False) as project:
        backup(project.db, study, folder / "new.coder")


def take_back() -> None:
    with Project.open(copy) as project:
        copy_back(project)


def open_and_close() -> None:
    with Project.open(study):
        pass


WHAT: dict[str, Callable[[], None]] = {
    "create": create,
    "backup": make_backup,
    "back": take_back,
    "open": open_and_close,
}
pristine = study.read_bytes()
allowed = {study.name, "new.coder", "study (before copy-back).coder"}
before, copy = content(study), study
if what == "back":
    copy = working_copy(study)
    with Project.open(copy) as project:
        add_code(project, "Mine")
worked = copy.read_bytes()


def attempt(kind: str, number: int, error: int, *, forever: bool) -> int:
    disk.disk_arm(ctypes.c_char(kind.encode()), ctypes.c_long(number), error, forever, False)
    said = ""
    try:
        WHAT[what]()
    except AppError as problem:
        said = str(problem)
    failed = disk.disk_failed()
    disk.disk_arm(ctypes.c_char(b"-"), ctypes.c_long(0), 0, False, False)
    check(said, f"{what}: {kind} {number} {errno.errorcode[error]} {forever=}: {said}")
    return failed


def check(said: str, case: str) -> None:
    left = {path.name for path in folder.iterdir()}
    if not said and what in {"create", "backup"} and "new.coder" not in left:
        sys.exit(f"{case}: no file and no word")
    if "new.coder" in left:
        content(folder / "new.coder")
        # A new project may be whole and then not be opened.
        if said and "is there" not in said and what != "create":
            sys.exit(f"{case}: a file that was said not to be made")
    if content(study) not in ({before} if what != "back" else {before, content(copy)}):
        sys.exit(f"{case}: the project is another one")
    left = {path.name for path in folder.iterdir()}
    if not {name for name in left if not name.endswith((".lock", "-journal", ".new", ".part"))} <= allowed:
        sys.exit(f"{case}: {left} are left")
    for path in folder.iterdir():
        path.unlink()
    study.write_bytes(pristine)
    copy.write_bytes(worked)


met = 0
for kind in "wstuor":
    for error in (errno.EIO, errno.ENOSPC):
        for forever in (False, True):
            number = 1
            while attempt(kind, number, error, forever=forever):
                met += 1
                number += every if kind == "w" else 1
sys.stdout.write(f"{met}\n")
