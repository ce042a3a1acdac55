"""Power cuts, simulated: the writes of a real session, cut off anywhere, with what was not synced lost or torn.

Every change that SQLite and the app make to the files is recorded in order. A state is what a disk may hold
when the power goes at one of these changes: what was synced, and of the rest nothing, or any part in sectors
of 512 bytes. Names (a new file, an unlink) count as unsynced until their folder is. `LONG_POWER_CUTS=20000`
looks at more states.
"""

import hashlib
import os
import random
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coder_app.domain.errors import AppError
from coder_app.store.project import Project
from coder_app.store.verify import verify

STATES, PARTS = int(os.environ.get("LONG_POWER_CUTS", "2000")), 4
SECTOR = 512
HEAD = struct.Struct("4Q")
# The steps of the project that the session begins with.
START = 7


@dataclass(slots=True)
class Change:
    kind: str
    path: str
    at: int
    data: bytes


def changes(trace: Path) -> Iterator[Change]:
    data, at = trace.read_bytes(), 0
    while at < len(data):
        kind, named, size, where = HEAD.unpack_from(data, at)
        body = at + HEAD.size + named
        yield Change(chr(kind), data[at + HEAD.size : body].decode(), where, data[body : body + size])
        at = body + size


@dataclass(slots=True)
class File:
    kept: bytearray = field(default_factory=bytearray)
    unsynced: list[Change] = field(default_factory=list)


Cut = tuple[list[str], dict[str, bytes]]
"""What had been acknowledged, and what is on the disk."""
Session = tuple[dict[str, bytes], list[Change]]
"""The files before, and what was done to them."""


class Disk:
    """What is on the disk for certain, and what may or may not be."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.kept = {path: File(bytearray(content)) for path, content in files.items()}
        self.seen = dict(self.kept)
        self.renamed: list[tuple[str, File | None]] = []

    def take(self, change: Change) -> None:
        if change.kind in "culr":
            self._name(change)
        elif change.kind == "s" and change.path not in self.seen:
            for path, file in self.renamed:
                put(self.kept, path, file)
            self.renamed = []
        elif change.kind == "s":
            file = self.seen[change.path]
            for unsynced in file.unsynced:
                apply(file.kept, unsynced)
            file.unsynced = []
        else:
            self.seen[change.path].unsynced.append(change)

    def _name(self, change: Change) -> None:
        if change.kind == "c":
            names: list[tuple[str, File | None]] = [(change.path, File())]
        elif change.kind == "u":
            names = [(change.path, None)]
        else:
            names = [(change.data.decode(), self.seen[change.path])]
            names += [(change.path, None)] if change.kind == "r" else []
        for path, file in names:
            put(self.seen, path, file)
        self.renamed += names

    def after_the_cut(self, dice: random.Random | None) -> dict[str, bytes]:
        """The files as they may be found; without dice all that was not synced is lost."""
        names = dict(self.kept)
        for path, file in self.renamed:
            if dice is not None and dice.random() < 0.5:
                put(names, path, file)
        return {path: survived(file, dice) for path, file in names.items()}


def put(names: dict[str, File], path: str, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def survived(file: File, dice: random.Random | None) -> bytes:
    content = bytearray(file.kept)
    for change in file.unsynced if dice is not None else ():
        fate = dice.random()
        if fate < 0.4:
            apply(content, change)
        elif fate < 0.6 and change.kind == "w":
            for at in range(0, len(change.data), SECTOR):
                if dice.random() < 0.5:
                    apply(content, Change("w", "", change.at + at, change.data[at : at + SECTOR]))
    return bytes(content)


def apply(content: bytearray, change: Change) -> None:
    stop = change.at if change.kind == "t" else change.at + len(change.data)
    if len(content) < stop:
        content.extend(bytes(stop - len(content)))
    if change.kind == "t":
        del content[stop:]
    else:
        content[change.at : stop] = change.data


@pytest.fixture
def session(study: Path, start, disk_library: Path, tmp_path: Path) -> Callable[..., Session]:
    """Return the disk as it was before a session of coding, and what the session did to it."""

    def run(*arguments: str) -> Session:
        trace = tmp_path / "trace"
        before = {str(study): study.read_bytes()}
        watched = {"DISK_FOLDER": str(study.parent), "DISK_TRACE": str(trace), "LD_PRELOAD": str(disk_library)}
        assert start("editing_session", study.parent, *arguments, **watched).wait() == 0
        return before, list(changes(trace))

    return run


def cuts(before: dict[str, bytes], done: list[Change], dice: random.Random, share: float) -> Iterator[Cut]:
    """Yield what had been acknowledged and what is on the disk, for a share of all cuts, each before a change."""
    disk, acknowledged = Disk(before), list[str]()
    for change in done:
        if change.path.endswith("/acknowledged"):
            acknowledged += change.data.decode().split("\n")[:-1]
            continue
        for fate in (None, dice, dice):
            if dice.random() < share:
                yield list(acknowledged), disk.after_the_cut(fate)
        disk.take(change)


def check_study(path: Path, acknowledged: list[str], *, undo: bool) -> None:
    """Assert that the project is whole, and that every acknowledged step is there, and at most one more."""
    steps = [what.removeprefix("step ") for what in acknowledged if what.startswith("step ")]
    with Project.open(path) as project:
        assert verify(project.db) == []
        found = [row[0] for row in project.rows("SELECT id FROM change_set ORDER BY made_at, id")][START:]
        assert steps in (found, found[:-1])
        if undo:
            project.undo()
            assert verify(project.db) == []


def check_whole(path: Path) -> None:
    with Project.open(path, write=False) as project:
        assert verify(project.db) == []


def look_at_states(session: Session, place: Path, wanted: int, seed: int) -> int:
    """Check that many different states and return in how many of them something had been acknowledged."""
    before, done = session
    dice = random.Random(seed)  # noqa: S311 (no secret, but the same cuts in each run)
    share, seen, whole, at_work = min(1.0, 1.3 * wanted / (3 * len(done))), set[bytes](), set[bytes](), 0
    folder = place / "after"
    while len(seen) < wanted:
        for acknowledged, by_path in cuts(before, done, dice, share):
            files = {Path(path).name: content for path, content in by_path.items() if not path.endswith(".lock")}
            state = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).digest()
            if state in seen:
                continue
            seen.add(state)
            at_work += bool(acknowledged)
            folder.mkdir()
            for name, content in files.items():
                (folder / name).write_bytes(content)
            check_study(folder / "study.coder", acknowledged, undo=not len(seen) % 10)
            for name in ("backup.coder", "new.coder"):
                assert name in files or f"file {name}" not in acknowledged
                if name in files and (same := hashlib.sha256(files[name]).digest()) not in whole:
                    check_whole(folder / name)
                    whole.add(same)
            shutil.rmtree(folder)
    return at_work


@pytest.mark.parametrize("part", range(PARTS))
def test_no_power_cut_damages_a_project_or_loses_what_was_acknowledged(part, session, place):
    assert look_at_states(session(), place, STATES // PARTS, part) > STATES // PARTS / 2


def test_a_project_that_does_not_wait_for_the_disk_would_be_found_out(session, place):
    with pytest.raises((AssertionError, AppError)):
        look_at_states(session("careless"), place, STATES, 7)


def test_the_model_of_the_disk_loses_and_tears_what_was_not_synced():
    disk = Disk({"/d/a": b"old"})
    for change in (Change("w", "/d/a", 0, b"n" * 2048), Change("c", "/d/b", 0, b""), Change("u", "/d/a", 0, b"")):
        disk.take(change)
    assert disk.after_the_cut(None) == {"/d/a": b"old"}
    dice = random.Random(7)  # noqa: S311 (no secret, but the same cuts in each run)
    found = [disk.after_the_cut(dice) for _ in range(200)]
    assert {tuple(sorted(files)) for files in found} == {(), ("/d/a",), ("/d/b",), ("/d/a", "/d/b")}
    torn = {files["/d/a"] for files in found if "/d/a" in files}
    assert any((b"n" in content and len(content) < 2048) or bytes(SECTOR) in content for content in torn)
    disk.take(Change("s", "/d", 0, b""))
    assert disk.after_the_cut(None) == {"/d/b": b""}
