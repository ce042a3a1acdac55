"""Copies a project that may be open, through SQLite's backup API, and checks the copy."""

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from coder_app.domain.errors import ProjectProblem
from coder_app.domain.ids import new_id
from coder_app.i18n import tr
from coder_app.store import database, driver


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
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
    return project.with_name(f"{project.stem} {stamp}{project.suffix}")
