"""The copies that the app makes by itself: where they lie, when one is due, and which are kept.

They lie in a folder beside the project, not in the home folder: interviews that were put on an encrypted stick
stay on it. Whoever wants them elsewhere names a folder; `elsewhere` is that folder in all that follows.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coder_app.domain.errors import ProjectProblem
from coder_app.i18n import tr
from coder_app.store import backup
from coder_app.store.backup import STAMP, folder_of
from coder_app.store.journal import heads
from coder_app.store.project import Project
from coder_app.store.verify import verify_quickly

DAYS, WEEKS, MONTHS = 12, 10, 9
"""Of so many days, weeks and months the last copy of each is kept."""

NEWEST = 5
"""So many of the newest are kept, whatever their age."""

DUE_AFTER = timedelta(minutes=30)
"""A project that has changed is copied again after so long."""

MANY = 3_000
"""Before so many rows are written in one go a copy may be younger, but not older than MANY_AFTER."""

MANY_AFTER = timedelta(minutes=5)

_LEFT_OVER = 24 * 3600
"""Seconds after which a half-made copy is nobody's any more."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that the app made: when (local time), and how large it is (bytes)."""

    path: Path
    made_at: datetime
    size: int


def backups(project: Path, elsewhere: Path | None = None) -> list[Backup]:
    """Return the copies of a project, the newest first. Raises ProjectProblem where their folder cannot be read."""
    found: list[Backup] = []
    folder = folder_of(project, elsewhere)
    try:
        for path in folder.iterdir() if folder.is_dir() else ():
            made_at = _made_at(path, project)
            if made_at is not None:
                found.append(Backup(path, made_at, path.stat().st_size))
    except OSError as error:
        raise ProjectProblem(
            tr("The folder {folder} cannot be read ({reason}).", folder=folder, reason=error.strerror)
        ) from error
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def all_backups(project: Path, elsewhere: Path | None = None) -> list[Backup]:
    """Return the copies of a project with those that people made beside it, the newest first.

    Raises ProjectProblem where the folder of the copies cannot be read.
    """
    found = backups(project, elsewhere)
    with suppress(OSError):
        for path in project.parent.glob(f"*{project.suffix}"):
            made_at = _made_at(path, project)
            if made_at is not None and path.is_file():
                found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def _made_at(path: Path, project: Path) -> datetime | None:
    """Return when a copy was made, from its name; None where it is no copy of this project."""
    name, _, stamp = path.stem[: -len(" HHMMSS")].rpartition(" ")
    if path.suffix != project.suffix or name != project.stem:
        return None
    with suppress(ValueError, OverflowError):
        return datetime.strptime(stamp + path.stem[-len(" HHMMSS") :], STAMP).astimezone()
    return None


def is_due(project: Project, now: datetime, *, elsewhere: Path | None = None, after: timedelta = DUE_AFTER) -> bool:
    """Say whether a project has changed since its last copy, or since it was made, and that is a while ago."""
    known = backups(project.path, elsewhere)
    last = known[0].made_at if known else _begun(project)
    if last is not None and timedelta(0) <= now - last < after:
        return False
    return not is_kept(project, known)


def _begun(project: Project) -> datetime | None:
    found = project.rows("SELECT wall_time FROM change_set ORDER BY made_at LIMIT 1")
    with suppress(ValueError, IndexError):
        return datetime.fromisoformat(found[0][0]).astimezone()
    return None


def is_kept(project: Project, known: Iterable[Backup]) -> bool:
    """Say whether the newest copy holds all that the project holds; True for a project without any content."""
    if project.rows("SELECT count(*) FROM change_set")[0][0] <= 1:
        return True
    newest = next(iter(known), None)
    if newest is None:
        return False
    try:
        with Project.open(newest.path, write=False) as copy:
            return heads(copy.db) == heads(project.db)
    except ProjectProblem:
        return False


def keep_before(
    project: Project, rows: int | None = None, *, elsewhere: Path | None = None, now: datetime | None = None
) -> Path | None:
    """Copy a project before it is changed, where a copy is wanted; return the copy's path.

    Without `rows` (a merge) it is wanted unless the newest holds everything. Before an import of so many rows the
    newest may be half an hour old, or MANY_AFTER where the rows are MANY, so that a script that imports file after
    file does not copy each time. Raises as `keep_copy` does.
    """
    now = now or datetime.now().astimezone()
    if rows is not None:
        after = MANY_AFTER if rows >= MANY else DUE_AFTER
        if not is_due(project, now, elsewhere=elsewhere, after=after):
            return None
    return keep_copy(project, now, elsewhere=elsewhere)


def keep_copy(project: Project, now: datetime | None = None, *, elsewhere: Path | None = None) -> Path | None:
    """Copy a project where its newest copy is not up to date, check the copy and drop old ones; return its path.

    Raises ProjectProblem where the copy cannot be written or is not sound; the project is untouched.
    """
    if is_kept(project, backups(project.path, elsewhere)):
        return None
    folder = backup.made_folder(project.path, elsewhere)
    target = backup.name_in(folder, project.path, now or datetime.now().astimezone())
    backup.backup(project.db, project.path, target)
    _check(project, target)
    with suppress(OSError):
        for old in superseded(backups(project.path, elsewhere)):
            old.path.unlink(missing_ok=True)
        for half in folder.glob(f".*{project.path.suffix}.*.new*"):
            if time.time() - half.stat().st_mtime > _LEFT_OVER:
                half.unlink(missing_ok=True)
    return target


def _check(project: Project, copy: Path) -> None:
    """Compare a copy with what it was made of, and remove it where it is not sound. Raises ProjectProblem then.

    SQLite has checked its pages. Texts and files are held against their hashes, the journal's end against what is
    noted of it, and how many rows there are against the project.
    """
    with Project.open(copy, write=False) as opened:
        problems = verify_quickly(opened.db)
        if not problems and (heads(opened.db) != heads(project.db) or _counts(opened) != _counts(project)):
            problems.append(tr("it does not hold what the project holds"))
    if problems:
        copy.unlink()
        raise ProjectProblem(
            tr(
                "The project could be copied, but the copy is not sound ({what}), so it was not kept. “verify” says "
                "what is wrong with the project.",
                what=problems[0],
            )
        )


def _counts(project: Project) -> list[tuple[int, ...]]:
    return project.rows(
        "SELECT (SELECT count(*) FROM change_set), (SELECT max(seq) FROM row_change), (SELECT count(*) FROM text_body),"
        " (SELECT count(*) FROM segment), (SELECT count(*) FROM coding), (SELECT count(*) FROM memo)"
    )


def superseded(known: Iterable[Backup]) -> list[Backup]:
    """Return the copies that are not needed any more, by day, week and month of when they were made."""
    ordered = sorted(known, key=lambda one: one.made_at, reverse=True)
    kept = {one.path for one in ordered[:NEWEST]}
    for number, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last: dict[str, Backup] = {}
        for one in ordered:
            last.setdefault(one.made_at.strftime(period), one)
        kept.update(one.path for one in list(last.values())[:number])
    return [one for one in ordered if one.path not in kept]
