"""The copies that the app makes by itself: where they lie, when one is due, which are kept, how one comes back.

They lie in a folder beside the project, not in the home folder: interviews that were put on an encrypted stick
stay on it.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coder_app.domain.errors import DamagedProject, ProjectProblem
from coder_app.domain.ids import new_id
from coder_app.i18n import tr
from coder_app.store import backup, database
from coder_app.store.journal import heads
from coder_app.store.lock import WriteLock
from coder_app.store.project import Project
from coder_app.store.verify import verify

DAYS, WEEKS, MONTHS = 12, 10, 9
"""Of so many days, weeks and months the last copy of each is kept."""

NEWEST = 5
"""So many of the newest are kept, whatever their age."""

DUE_AFTER = timedelta(minutes=30)
"""A project that has changed is copied again after so long."""

_STAMP = "%Y-%m-%d %H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that the app made: when (local time), and how large it is (bytes)."""

    path: Path
    made_at: datetime
    size: int


def folder_of(project: Path) -> Path:
    """Return the folder in which a project's copies lie."""
    return project.with_name(f"{project.stem} backups")


def backups(project: Path) -> list[Backup]:
    """Return the copies of a project, the newest first."""
    found: list[Backup] = []
    for path in folder_of(project).glob(f"* *{project.suffix}") if folder_of(project).is_dir() else ():
        try:
            made_at = datetime.strptime(path.stem[-17:], _STAMP).astimezone()
        except ValueError:
            continue
        if path.stem[:-18] == project.stem:
            found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def is_due(project: Project, now: datetime) -> bool:
    """Say whether a project has changed since its last copy, and that is a while ago."""
    known = backups(project.path)
    if known and now - known[0].made_at < DUE_AFTER:
        return False
    return not is_kept(project, known)


def is_kept(project: Project, known: Iterable[Backup] | None = None) -> bool:
    """Say whether the newest copy holds all that the project holds; True for a project without any content."""
    if project.rows("SELECT count(*) FROM change_set")[0][0] <= 1:
        return True
    newest = next(iter(backups(project.path) if known is None else known), None)
    if newest is None:
        return False
    try:
        with Project.open(newest.path, write=False) as copy:
            return heads(copy.db) == heads(project.db)
    except ProjectProblem:
        return False


def keep_copy(project: Project, now: datetime | None = None) -> Path | None:
    """Copy a project where its newest copy is not up to date, check the copy and drop old ones; return its path.

    Raises ProjectProblem where the copy cannot be written or is not sound; the project is untouched.
    """
    if is_kept(project):
        return None
    now = now or datetime.now().astimezone()
    folder = folder_of(project.path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ProjectProblem(
            tr("No backup could be made in {folder} ({reason}); the project is untouched.", folder=folder, reason=error)
        ) from error
    target = folder / f"{project.path.stem} {now.strftime(_STAMP)}{project.path.suffix}"
    if target.exists():
        return None
    backup.backup(project.db, project.path, target)
    check(target)
    for old in superseded(backups(project.path)):
        old.path.unlink(missing_ok=True)
    return target


def check(copy: Path) -> None:
    """Read a copy from its pages to its journal, and remove it where it is not sound. Raises ProjectProblem then."""
    with Project.open(copy, write=False, lenient=True) as opened:
        problems = verify(opened.db)
    if problems:
        copy.unlink()
        raise ProjectProblem(
            tr(
                "The project could be copied, but the copy is not sound ({what}), so it was not kept. “verify” says "
                "what is wrong with the project.",
                what=problems[0],
            )
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


def restore(project: Path, copy: Path) -> Path | None:
    """Put a copy in the place of a project that nobody has open; return where the project as it was lies now.

    What was there becomes the newest copy itself, also where it is damaged; None where nothing was there.
    Raises ProjectProblem where the copy is not sound or the project is open; nothing is changed then.
    """
    lock = WriteLock(project)
    beside = project.with_name(f".{project.name}.{new_id()[-12:]}.new")
    try:
        with Project.open(copy, write=False, lenient=True) as opened:
            problems = verify(opened.db)
            if problems:
                raise DamagedProject(
                    tr("{file} is not sound ({what}); nothing was changed.", file=copy.name, what=problems[0])
                )
            backup.backup(opened.db, project, beside)
        aside = _second_name(project) if project.exists() else None
        _settle_interrupted(project, aside)
        beside.replace(project)
        database.sync_folder(project.parent)
    except OSError as error:
        raise ProjectProblem(
            tr("{file} could not be put back ({reason}); nothing was changed.", file=project.name, reason=error)
        ) from error
    finally:
        beside.unlink(missing_ok=True)
        lock.release()
    return aside


def _second_name(project: Path) -> Path:
    """Give a project's file a second name among its copies, so that it stays when the first goes to another file."""
    folder = folder_of(project)
    folder.mkdir(exist_ok=True)
    aside = folder / f"{project.stem} {datetime.now().astimezone().strftime(_STAMP)}{project.suffix}"
    if aside.exists():
        raise ProjectProblem(tr("A backup was made this very second; try again. Nothing was changed."))
    try:
        os.link(project, aside)
    except (NotImplementedError, OSError):
        # Sticks formatted with FAT know no links.
        shutil.copyfile(project, aside)
    return aside


def _settle_interrupted(project: Path, aside: Path | None) -> None:
    """Let an interrupted change lie beside the file that it would be taken back in, and not beside the new one."""
    journal = project.with_name(project.name + "-journal")
    if aside is not None and journal.exists() and journal.stat().st_size:
        journal.replace(aside.with_name(aside.name + "-journal"))
