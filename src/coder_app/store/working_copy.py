"""Lets people work on a project of a network or synced folder: on a copy here, taken back in one step.

A copy notes for itself where it comes from and how far the history went there. It is taken back only while the
history there still ends where it ended then; nothing that others have done since is ever overwritten.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path

from coder_app.domain.errors import ProjectProblem
from coder_app.i18n import tr
from coder_app.store import backup, database, driver, journal
from coder_app.store.lock import WriteLock
from coder_app.store.project import Project

_ORIGIN, _LEFT_AT = "origin", "left_at"


def copies_folder() -> Path:
    """Return the folder of the working copies, in the person's own data."""
    return user_data_path("coder-app", appauthor=False) / "working copies"


def working_copy(original: Path) -> Path:
    """Return the path of a working copy of a project that is not open here, made where there is none.

    A copy that is there already is brought up to date, unless it holds changes that were not taken back.
    Raises ProjectProblem where the project cannot be read or the copy not be written.
    """
    original = original.resolve()
    copy = _place_of_copy(original)
    if copy.exists() and (not original.exists() or _is_ahead_or_even(copy, original)):
        return copy
    with Project.open(original, write=False) as project:
        _make_folder(copy.parent)
        lock = WriteLock(copy)
        try:
            _write(project, copy, {_ORIGIN: str(original), _LEFT_AT: _heads(project)})
        finally:
            lock.release()
    return copy


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectProblem(
            tr(
                "The folder {folder} for working copies could not be made ({reason}).",
                folder=folder,
                reason=error.strerror,
            )
        ) from error


def _place_of_copy(original: Path) -> Path:
    sign = hashlib.sha256(str(original).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return copies_folder() / f"{original.stem} {sign}" / original.name


def _is_ahead_or_even(copy: Path, original: Path) -> bool:
    with Project.open(copy, write=False) as project:
        if is_ahead(project):
            return True
        left_at = journal.read_local(project.db, _LEFT_AT)
    with Project.open(original, write=False) as project:
        return _heads(project) == left_at


def is_left(original: Path) -> bool:
    """Say whether there is a working copy of a project with changes that were not taken back."""
    copy = _place_of_copy(original.resolve())
    if copy.exists():
        # A copy that cannot be read is for the next attempt to use it to tell of.
        with suppress(ProjectProblem), Project.open(copy, write=False) as project:
            return is_ahead(project)
    return False


def origin(project: Project) -> Path | None:
    """Return where a working copy comes from; None for a project that is no working copy."""
    if copies_folder().resolve() not in project.path.resolve().parents:
        return None
    noted = journal.read_local(project.db, _ORIGIN)
    return Path(noted) if noted else None


def is_ahead(project: Project) -> bool:
    """Say whether a working copy holds changes that have not been taken back to where it comes from."""
    return journal.read_local(project.db, _LEFT_AT) not in (None, _heads(project))


def is_behind(project: Project) -> bool:
    """Say whether others have changed the project there since a working copy was made; False where it is not there."""
    original = origin(project)
    if original is None:
        return False
    with suppress(ProjectProblem), Project.open(original, write=False) as there:
        return _heads(there) != journal.read_local(project.db, _LEFT_AT)
    return False


def copy_back(project: Project) -> Path | None:
    """Put an open working copy in the place that it comes from; return where the file from there is kept.

    It is kept beside it, one of them: that of the time before goes.

    None where there is nothing to take back. Raises ProjectProblem, with nothing overwritten, where the project
    there has changed meanwhile, is open or gone, or where it cannot be written.
    """
    original = origin(project)
    if original is None:
        raise ProjectProblem(tr("{file} is no working copy, so there is nothing to copy back.", file=project.path.name))
    if not is_ahead(project):
        return None
    if not original.exists():
        raise ProjectProblem(
            tr(
                "{file} is not there, perhaps because its drive is not; nothing was copied back. Your changes are safe "
                "in {copy}.",
                file=original,
                copy=project.path,
            )
        )
    lock = WriteLock(original)
    try:
        _refuse_changed(original, project)
        kept = original.with_name(f"{original.stem} (before copy-back){original.suffix}")
        temporary = original.with_name(f".{original.name}.{os.getpid()}.new")
        _write(project, temporary, {_ORIGIN: None, _LEFT_AT: None})
        try:
            # A second look: writing a large project to a slow place takes its time.
            _refuse_changed(original, project)
            _exchange(temporary, original, kept)
        finally:
            database.discard(temporary)
    except OSError as error:
        raise ProjectProblem(
            tr(
                "{file} could not be copied back ({reason}). The project there is as it was; your changes are in the "
                "working copy.",
                file=original.name,
                reason=error.strerror or error,
            )
        ) from error
    finally:
        lock.release()
    _note(project, _heads(project))
    return kept


def _refuse_changed(original: Path, copy: Project) -> None:
    left_at = journal.read_local(copy.db, _LEFT_AT)
    with Project.open(original, write=False) as there:
        if _heads(there) != left_at:
            raise ProjectProblem(
                tr(
                    "{file} has been changed in its own place since the working copy was made, so nothing was "
                    "overwritten. Your changes are safe in {copy}.",
                    file=original,
                    copy=copy.path,
                )
            )


def _write(project: Project, target: Path, notes: dict[str, str | None]) -> None:
    """Write a complete copy of a project to `target`, replacing what is there, with notes of its own."""
    temporary = target.with_name(f".{target.name}.part")
    database.discard(temporary)
    try:
        backup.backup(project.db, project.path, temporary)
        connection = driver.connect(temporary, mode="rw")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            for name, value in notes.items():
                connection.execute("DELETE FROM local WHERE name = ?", (name,))
                if value is not None:
                    connection.execute("INSERT INTO local (name, value) VALUES (?, ?)", (name, value))
        finally:
            connection.close()
        temporary.replace(target)
        database.sync_folder(target.parent)
    except (driver.DatabaseError, OSError) as error:
        raise ProjectProblem(
            tr("{file} could not be written ({reason}); nothing else was changed.", file=target, reason=error)
        ) from error
    finally:
        database.discard(temporary)


def _exchange(new: Path, original: Path, kept: Path) -> None:
    """Give `new` the name of `original`, whose file goes on under the name `kept`."""
    second = original.with_name(f".{original.name}.{os.getpid()}.old")
    try:
        os.link(original, second)
        second.replace(kept)
    except (NotImplementedError, OSError):
        # Some places know no links; there the name is free for a moment, but both files are always there.
        database.discard(second)
        original.replace(kept)
    try:
        new.replace(original)
    except OSError:
        # Of a link the second name goes; a file that was renamed gets its name back.
        if original.exists():
            kept.unlink()
        else:
            kept.replace(original)
        raise
    database.sync_folder(original.parent)


def _note(project: Project, heads: str) -> None:
    try:
        journal.write_local(project.db, _LEFT_AT, heads)
    except driver.OperationalError as error:
        raise database.translated(error, project.path) from error


def _heads(project: Project) -> str:
    return ",".join(sorted(journal.heads(project.db)))
