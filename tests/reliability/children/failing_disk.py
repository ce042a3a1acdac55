"""Edits on a disk that fails: every n-th write, sync, truncate, unlink and open, once or from then on.

Prints how many failures were met, or stops at the first promise that was not kept.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.domain.ids import new_id
from coder_app.edits.codes import add_code, delete_codes
from coder_app.edits.codings import apply_code
from coder_app.queries.codes import codes
from coder_app.queries.sources import sources
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

disk = ctypes.CDLL(os.environ["LD_PRELOAD"])
disk.disk_failed.restype = ctypes.c_long
path, what = Path(sys.argv[1]), sys.argv[2]


def fail(kind: str, number: int, error: int, *, forever: bool, half: bool) -> None:
    disk.disk_arm(ctypes.c_char(kind.encode()), ctypes.c_long(number), error, forever, half)


def recover() -> None:
    disk.disk_arm(ctypes.c_char(b"-"), ctypes.c_long(0), 0, False, False)


def ways() -> Iterator[tuple[int, bool, bool]]:
    for error in (errno.EIO, errno.ENOSPC):
        for forever in (False, True):
            yield error, forever, False
    yield errno.ENOSPC, True, True


def code_passage(project: Project) -> None:
    apply_code(project, sources(project)[0].id, 50, 70, codes(project)[0].id)


def large_step(project: Project) -> None:
    with project.edit("Many memos"):
        # A small cache makes SQLite write to the file before the step ends.
        project.db.conn.execute("PRAGMA cache_size = 5")
        rows = ({"id": new_id(), "body": "A thought. " * 40, "created_at": "2026"} for _ in range(300))
        project.insert_many("memo", rows)


def remove_code(project: Project) -> None:
    delete_codes(project, [codes(project)[0].id])


EDITS: dict[str, Callable[[Project], object]] = {
    "code": code_passage,
    "remove": remove_code,
    "undo": Project.undo,
    "large": large_step,
}


State = tuple[object, ...]


def state(project: Project) -> State:
    steps = project.rows("SELECT count(*), max(id) FROM change_set")
    return dump(project.db), steps, project.undo_label(), project.redo_label(), project.coder_id


def attempt(project: Project, told: list[ChangeSet]) -> str:
    """Make the edit and return what a person is told, "" where all went well."""
    told.clear()
    try:
        EDITS[what](project)
    except AppError as error:
        return str(error)
    return ""


def check(project: Project, before: State, said: str, told: list[ChangeSet], *, thoroughly: bool) -> None:
    recover()
    if said and "is there" not in said:
        assert path.name in said, said
        assert "everything before it is safe" in said, said
        assert "try again" in said, said
        assert state(project) == before, "the old state does not stand"
        assert not told, "the views were told of what was not kept"
    else:
        # A commit that fails in its last sync is in the file, and the sentence says so.
        assert not said or "backup" in said, said
        assert len(told) == 1, "the views were not told"
        assert state(project) != before
        if what == "undo":
            project.redo()
        else:
            project.undo()
        assert state(project)[0] == before[0]
    # The app goes on.
    code_id = add_code(project, "Afterwards")
    assert project.undo() == "Add code “Afterwards”"
    if thoroughly:
        assert verify(project.db) == []
        with Project.open(path, write=False) as reader:
            assert state(reader)[0] == before[0]
            assert code_id not in [code.id for code in codes(reader)]


def fail_everywhere(kind: str, error: int, *, forever: bool, half: bool) -> int:
    """Make the edit again and again, each time with another call failing, and return how often one did."""
    number = 1 - EVERY
    with Project.open(path) as project:
        told: list[ChangeSet] = []
        project.subscribe(told.append)
        while True:
            number += EVERY
            before = state(project)
            fail(kind, number, error, forever=forever, half=half)
            said = attempt(project, told)
            failed = disk.disk_failed()
            try:
                check(project, before, said, told, thoroughly=not failed or not number % 7)
            except AssertionError as broken:
                sys.exit(f"{what}: {kind} {number} {errno.errorcode[error]} {forever=} {half=}: {broken} | {said}")
            if not failed:
                return (number - 1) // EVERY


# Of the large step's thousands of calls some: it is the same ones again and again.
EVERY = 37 if what == "large" else 1
pristine = Path(shutil.copyfile(path, path.with_name("pristine")))
met = 0
for kind in "wstuo":
    for error, forever, half in ways():
        shutil.copyfile(pristine, path)
        met += fail_everywhere(kind, error, forever=forever, half=half)
sys.stdout.write(f"{met}\n")
