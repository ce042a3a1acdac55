"""Puts a copy in the place of a project, and keeps what was there."""

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from coder_app.domain.errors import DamagedProject, ProjectProblem
from coder_app.domain.ids import new_id
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr
from coder_app.store import backup, database
from coder_app.store.lock import WriteLock
from coder_app.store.project import Project
from coder_app.store.verify import verify


def put_back(
    project: Path, copy: Path, *, elsewhere: Path | None = None, on_progress: OnProgress = tell_nobody
) -> Path | None:
    """Put a copy in the place of a project that nobody has open; return where the project as it was lies now.

    What was there becomes the newest copy itself, also where it is damaged; None where nothing was there.
    Raises ProjectProblem where the copy is not sound or the project is open; nothing is changed then.
    """
    _refuse_itself(project, copy)
    database.check_path(copy)
    lock = WriteLock(project)
    beside = project.with_name(f".{project.name}.{new_id()[-12:]}.new")
    try:
        _write_sound(copy, project, beside, on_progress)
        return _exchange(project, beside, elsewhere)
    except OSError as error:
        raise ProjectProblem(
            tr("{file} could not be put back ({reason}); nothing was changed.", file=project.name, reason=error)
        ) from error
    finally:
        database.discard(beside)
        lock.release()


def _exchange(project: Path, new: Path, elsewhere: Path | None) -> Path | None:
    aside = None
    if project.exists():
        _settle_interrupted(project)
        aside = _second_name(project, elsewhere)
        _move_journal(project, aside)
    try:
        new.replace(project)
    except OSError:
        # Two names of one file would be no copy.
        if aside is not None:
            aside.unlink()
        raise
    with suppress(OSError):
        # The file is in its place; a disk that fails now is met again by the next edit, which says so.
        database.sync_folder(project.parent)
    return aside


def _refuse_itself(project: Path, copy: Path) -> None:
    if project.exists() and copy.exists() and project.samefile(copy):
        raise ProjectProblem(tr("{file} is this project itself; choose one of its copies.", file=copy.name))


def _write_sound(copy: Path, project: Path, beside: Path, on_progress: OnProgress) -> None:
    """Check a copy from its pages to its journal and write it beside the project."""
    with Project.open(copy, write=False, lenient=True) as opened:
        problems = verify(opened.db, on_progress)
        if problems:
            raise DamagedProject(
                tr("{file} is not sound ({what}); nothing was changed.", file=copy.name, what=problems[0])
            )
        backup.backup(opened.db, project, beside)


def _second_name(project: Path, elsewhere: Path | None) -> Path:
    """Give a project's file a second name among its copies, so that it stays when the first goes to another file."""
    aside = backup.name_in(backup.made_folder(project, elsewhere), project, datetime.now().astimezone())
    try:
        os.link(project, aside)
    except (NotImplementedError, OSError):
        # Sticks formatted with FAT know no links, and none leads to another drive.
        shutil.copyfile(project, aside)
    return aside


def _settle_interrupted(project: Path) -> None:
    """Take an interrupted change back, which opening does where the file can be opened at all."""
    with suppress(ProjectProblem):
        Project.open(project, write=False, lenient=True).close()


def _move_journal(project: Path, aside: Path) -> None:
    """Let a change that could not be taken back lie beside the file that it belongs to, and not beside the new one."""
    journal = project.with_name(project.name + "-journal")
    if journal.exists() and journal.stat().st_size:
        journal.replace(aside.with_name(aside.name + "-journal"))
