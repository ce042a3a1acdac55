"""Copies a project that may be open, through SQLite's backup API, and checks the copy; names the copies."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from coder_app.domain.errors import ProjectProblem
from coder_app.domain.ids import new_id
from coder_app.i18n import tr
from coder_app.store import database, driver

STAMP = "%Y-%m-%d %H%M%S"
"""When a copy was made, in local time, as it stands at the end of its name."""


def backup(db: Database, project: Path, target: Path | None = None) -> Path:
    """Write a complete project, journal included, to `target` and return its path.

    Without `target` it goes beside the project under its name and the time. The copy counts only
    once SQLite finds it sound. Raises ProjectProblem where the target exists or cannot be written.
    """
    target = target or free_name(project)
    if target.exists():
        raise ProjectProblem(tr("{file} exists already and was left alone; choose another name.", file=target))
    temporary = target.with_name(f".{target.name}.{new_id()[-12:]}.new")
    try:
        copy = driver.connect(temporary, mode="rwc")
        try:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = TRUNCATE")
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            copy.close()
        if answer != "ok":
            raise ProjectProblem(
                tr(
                    "The backup of {file} was damaged while it was made and was not kept ({reason}).",
                    file=project.name,
                    reason=answer,
                )
            )
        database.put_in_place(temporary, target)
    except (driver.DatabaseError, OSError) as error:
        raise ProjectProblem(
            tr(
                "The backup {file} could not be written ({reason}); the project is untouched.",
                file=target,
                reason=error,
            )
        ) from error
    finally:
        database.discard(temporary)
    return target


def free_name(project: Path) -> Path:
    """Return a name for a backup beside the project that says when it was made."""
    return project.with_name(f"{project.stem} {datetime.now().astimezone().strftime(STAMP)}{project.suffix}")


def folder_of(project: Path, elsewhere: Path | None = None) -> Path:
    """Return the folder in which the app keeps a project's copies: beside it, or in a folder `elsewhere` for all.

    There the place of the project is part of the name, because two projects may be called the same.
    """
    if elsewhere is None:
        return project.with_name(f"{project.stem} backups")
    place = str(project.absolute().parent).encode("utf-8", "surrogatepass")
    return elsewhere / f"{project.stem} backups {hashlib.sha256(place).hexdigest()[:8]}"


def made_folder(project: Path, elsewhere: Path | None = None) -> Path:
    """Return that folder, made where it is missing. Raises ProjectProblem where it cannot be made."""
    folder = folder_of(project, elsewhere)
    try:
        folder.mkdir(parents=elsewhere is not None, exist_ok=True)
    except OSError as error:
        raise ProjectProblem(
            tr(
                "No backup could be made in {folder} ({reason}); the project is untouched.",
                folder=folder,
                reason=error.strerror,
            )
        ) from error
    return folder


def name_in(folder: Path, project: Path, now: datetime) -> Path:
    """Return a free name for a copy made `now`, or as few seconds later as no other copy has."""
    while (path := folder / f"{project.stem} {now.strftime(STAMP)}{project.suffix}").exists():
        now += timedelta(seconds=1)
    return path


def before_migration(db: Database, project: Path) -> None:
    """Copy a project of an older version as it is, before it is brought up to date; always, and always beside it.

    Raises ProjectProblem where no sound copy can be made.
    """
    folder = folder_of(project)
    there = sorted(folder.glob(f"*{project.suffix}")) if folder.is_dir() else []
    if there and _is_the_same(db, there[-1]):
        # A migration that was broken off does not leave a copy each time that it is tried.
        return
    try:
        backup(db, project, name_in(made_folder(project), project, datetime.now().astimezone()))
    except ProjectProblem as error:
        raise ProjectProblem(
            tr(
                "{file} comes from an older Coder App and is copied before it is brought up to date, which failed, "
                "so it can only be read. {reason}",
                file=project.name,
                reason=error,
            )
        ) from error


def _is_the_same(db: Database, copy: Path) -> bool:
    """Say whether a copy is of the same version as a project and holds the same steps."""
    asked = "SELECT (SELECT user_version FROM pragma_user_version), count(*), max(made_at) FROM change_set"
    try:
        connection = driver.connect(copy, mode="ro")
        try:
            return connection.execute(asked).fetchone() == db.conn.execute(asked).fetchone()
        finally:
            connection.close()
    except driver.DatabaseError:
        return False
