"""Makes and opens project files safely: atomic creation, checks of a stranger's file, read-only."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from coder_app.domain.errors import DamagedProject, NoProject, ProjectProblem
from coder_app.domain.ids import new_id
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr
from coder_app.store import driver
from coder_app.store.migrations import NEWEST, migrations

# What ANALYZE leaves behind in a file that somebody has looked at with another tool.
_SQLITES_OWN = {
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}

_PAGES = 256
"""So many pages a snapshot copies at once, about a millisecond, in which nobody else can use the project."""

_PAUSE = 0.0005
"""Seconds between two such portions. A lock that is taken again at once is never had by those who wait for it."""

_WAIT = 0.02
"""Seconds that a snapshot waits for an open step to end before it looks again."""


def wrap(connection: driver.Connection) -> Database:
    """Return sqlite-utils' view of a connection; its plugins, which run other people's code, stay out."""
    return Database(connection, recursive_triggers=False, execute_plugins=False)


def create_file(path: Path) -> Path:
    """Write an empty project with today's schema beside `path` and return that temporary file.

    Raises ProjectProblem where `path` exists or its folder cannot be written to.
    """
    if path.exists():
        raise ProjectProblem(tr("{file} exists already and was left alone; choose another name.", file=path.name))
    if not path.parent.is_dir():
        raise ProjectProblem(
            tr("The folder {folder} does not exist; make it first, or choose another.", folder=path.parent)
        )
    temporary = path.with_name(f".{path.name}.{new_id()[-12:]}.new")
    try:
        connection = driver.connect(temporary, mode="rwc")
        try:
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            migrations.apply(wrap(connection))
        finally:
            connection.close()
    except (driver.DatabaseError, OSError) as error:
        discard(temporary)
        raise ProjectProblem(
            tr("{file} could not be made ({reason}); nothing was written.", file=path.name, reason=error)
        ) from error
    return temporary


def discard(temporary: Path) -> None:
    """Remove a half-made file and the rollback journal that may lie beside it, where the disk lets it."""
    for path in (temporary, temporary.with_name(temporary.name + "-journal")):
        with suppress(OSError):
            path.unlink()


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, without ever replacing a file that is there.

    Raises ProjectProblem where `path` has come to exist meanwhile, or the disk fails.
    """
    try:
        try:
            os.link(temporary, path)
        except (NotImplementedError, OSError) as error:
            # Sticks formatted with FAT know no links; there a check and a rename have to do.
            if isinstance(error, FileExistsError) or path.exists():
                raise FileExistsError(path) from error
            temporary.rename(path)
    except FileExistsError:
        raise ProjectProblem(
            tr("{file} exists already and was left alone; choose another name.", file=path.name)
        ) from None
    except OSError as error:
        raise ProjectProblem(
            tr("{file} could not be made ({reason}); nothing was written.", file=path.name, reason=error.strerror)
        ) from error
    finally:
        discard(temporary)
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise ProjectProblem(
            tr(
                "{file} is there, but the disk reported an error ({reason}), so a power cut might still take it away. "
                "Look after the disk and make a copy elsewhere.",
                file=path.name,
                reason=error.strerror,
            )
        ) from error


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, so that a new file survives a power cut, where there is such a thing.

    Raises OSError where the disk fails.
    """
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network drives cannot sync a folder.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EACCES}:
            raise
    finally:
        os.close(descriptor)


def _nothing(_db: Database, _path: Path) -> None:
    return None


def open_file(
    path: Path,
    *,
    write: bool,
    lenient: bool = False,
    before_migration: Callable[[Database, Path], None] = _nothing,
) -> Database:
    """Open a project file and check that it is one that this app may use.

    `lenient` leaves out the checks of the journal's triggers, for `verify`, which reports them. `before_migration`
    is called with the database as it is where it comes from an older version and is about to be changed.
    Raises ProjectProblem where the file is missing, no project, cut short, or newer than the app.
    """
    check_path(path)
    if write and not os.access(path, os.W_OK):
        raise ProjectProblem(tr("{file} is write-protected, so it can only be read.", file=path.name))
    try:
        connection = _connect(path, write=write)
        try:
            version = _check_header(connection, path)
            if version < NEWEST and not (write or lenient):
                connection = _brought_up_to_date(connection)
            db = wrap(connection)
            if write:
                connection.execute("PRAGMA journal_mode = TRUNCATE")
                (before_migration if version < NEWEST else _nothing)(db, path)
                migrations.apply(db)
            if not lenient:
                check_schema(db, path)
            if write:
                # The triggers use JSON functions, which SQLite runs in a trusted schema only; this
                # one has just been found to be our own, letter by letter.
                connection.execute("PRAGMA trusted_schema = ON")
        except BaseException:
            connection.close()
            raise
    except (driver.DatabaseError, OSError) as error:
        raise translated(error, path) from error
    return db


def check_path(path: Path) -> None:
    """Raise ProjectProblem where there is no file at `path` that could be a project."""
    try:
        if path.is_dir():
            raise ProjectProblem(tr("{file} is a folder, not a project.", file=path.name))
        if not path.exists():
            raise ProjectProblem(
                tr("There is no project {file}; check the name, or make it with “New project”.", file=path)
            )
        if path.stat().st_size == 0:
            raise NoProject(tr("{file} is empty, so it is no Coder App project.", file=path.name))
    except OSError as error:
        raise ProjectProblem(tr("{file} cannot be read ({reason}).", file=path, reason=error.strerror)) from error


def _connect(path: Path, *, write: bool) -> driver.Connection:
    path = path.resolve()
    if write:
        return driver.connect(path, mode="rw")
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        # A crash may have left a journal that must be rolled back before anything can be read.
        connection = driver.connect(path, mode="rw")
        connection.execute("PRAGMA query_only = ON")
        return connection
    try:
        return driver.connect(path, mode="ro")
    except driver.OperationalError:
        journal = path.with_name(path.name + "-journal")
        if not journal.exists() or journal.stat().st_size == 0:
            raise
        return _connect_to_copy(path, journal)


def _connect_to_copy(path: Path, journal: Path) -> driver.Connection:
    # Where nothing can be written the interrupted change is rolled back in a copy of both files.
    snapshot = driver.connect_memory()
    with tempfile.TemporaryDirectory(prefix="coder-app-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(journal, copy.with_name(journal.name))
        connection = driver.connect(copy, mode="rw")
        try:
            connection.backup(snapshot)
        finally:
            connection.close()
    snapshot.execute("PRAGMA query_only = ON")
    return snapshot


def _brought_up_to_date(connection: driver.Connection) -> driver.Connection:
    """Return a copy in today's schema of a project in an older one, which is left as it is and closed."""
    copy = driver.connect_temporary()
    try:
        connection.backup(copy)
        migrations.apply(wrap(copy))
        copy.execute("PRAGMA query_only = ON")
    except BaseException:
        copy.close()
        raise
    connection.close()
    return copy


def _check_header(connection: driver.Connection, path: Path) -> int:
    """Return the schema version. Raises ProjectProblem where the file is no project that this app may use."""

    def pragma(name: str) -> int:
        return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

    if pragma("application_id") != driver.APPLICATION_ID:
        raise NoProject(tr("{file} is a database, but no Coder App project; it was left alone.", file=path.name))
    version = pragma("user_version")
    if version > NEWEST:
        raise ProjectProblem(
            tr("{file} was made by a newer Coder App; it was left alone. Update the app to open it.", file=path.name)
        )
    if path.stat().st_size < pragma("page_count") * pragma("page_size"):
        raise DamagedProject(tr("{file} is cut short: a part of the file is missing. Use a backup.", file=path.name))
    return version


def check_schema(db: Database, path: Path) -> None:
    """Raise ProjectProblem where tables, triggers or views are not letter by letter those of this app."""
    problems = schema_problems(db)
    if problems:
        raise DamagedProject(
            tr(
                "{file} has been altered by another program ({what}); “verify” says more.",
                file=path.name,
                what=problems[0],
            )
        )


def schema_problems(db: Database) -> list[str]:
    """Return what is missing, foreign or altered in the schema, one sentence each."""
    found, wanted = _schema(db), _own_schema()
    problems = [tr("{name} is missing", name=name) for name in sorted(wanted.keys() - found.keys())]
    problems += [tr("{name} does not belong here", name=name) for name in sorted(found.keys() - wanted.keys())]
    return problems + [
        tr("{name} is altered", name=name) for name in sorted(wanted) if name in found and found[name] != wanted[name]
    ]


def has_foreign_tables(db: Database) -> bool:
    """Say whether any table or view is missing, foreign or altered, so that reading it is not safe."""

    def tables(schema: dict[str, list[str]]) -> dict[str, list[str]]:
        return {name: sql for name, sql in schema.items() if not name.startswith(("trigger ", "index "))}

    return tables(_schema(db)) != tables(_own_schema())


def _schema(db: Database) -> dict[str, list[str]]:
    # A list each, because a forged file may hold two entries of one name.
    found: dict[str, list[str]] = {}
    for name, sql in db.conn.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
        if sql not in _SQLITES_OWN:
            found.setdefault(str(name), []).append(sql)
    return found


@cache
def _own_schema() -> dict[str, list[str]]:
    db = wrap(driver.connect_memory())
    migrations.apply(db)
    return _schema(db)


@contextmanager
def in_words(path: Path) -> Generator[None]:
    """Raise what SQLite says of the file at `path` while it is read as a ProjectProblem; other errors stay."""
    try:
        yield
    except driver.DatabaseError as error:
        if driver.is_of_the_file(error):
            raise translated(error, path) from error
        raise


def translated(error: driver.DatabaseError | OSError, path: Path) -> ProjectProblem:
    """Return the sentence for what SQLite or the disk says about the file at `path`."""
    message = str(error)
    if "not a database" in message or "encrypted" in message:
        return NoProject(tr("{file} is no Coder App project; it was left alone.", file=path.name))
    if "malformed" in message or "Could not decode" in message:
        return DamagedProject(tr("{file} is damaged or cut short. Use a backup.", file=path.name))
    if "locked" in message or "busy" in message:
        return ProjectProblem(tr("{file} is being written to by another program; try again.", file=path.name))
    return ProjectProblem(
        tr(
            "{file} cannot be read now ({reason}); nothing was changed. Look whether its disk or folder is still there "
            "and try again.",
            file=path.name,
            reason=message,
        )
    )


def snapshot(db: Database, path: Path, on_progress: OnProgress | None = None) -> Database:
    """Return a copy of a database in a nameless file, for reading alone, made some pages at a time.

    Raises ProjectProblem where the file at `path` cannot be read or the disk has no room.
    """
    connection = driver.connect_temporary()

    def told(_status: int, left: int, of: int) -> None:
        if on_progress:
            on_progress(of - left, of)
        if left:
            time.sleep(_PAUSE)

    try:
        db.conn.backup(connection, pages=_PAGES, progress=told, sleep=_WAIT)
        connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        connection.close()
        if isinstance(error, driver.DatabaseError):
            raise translated(error, path) from error
        raise
    return wrap(connection)
