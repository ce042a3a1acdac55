"""Decides which SQLite is used and how every connection is set up; nothing else connects."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

APPLICATION_ID = 0x436F4470  # "CoDp", written into each project's header

Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError
IntegrityError = sqlite3.IntegrityError
OperationalError = sqlite3.OperationalError
ProgrammingError = sqlite3.ProgrammingError

_BUSY_MILLISECONDS = 5_000
# A step larger than this is written to the file before it ends, which keeps readers waiting until then.
_STEP_KIB = 32_768
# Reading goes through the file from end to end; more of it in memory makes nothing faster.
_READING_KIB = 8_192
_OF_THE_FILE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}


def connect(path: Path, *, mode: str) -> sqlite3.Connection:
    """Connect to the SQLite file at `path`; `mode` is SQLite's: "ro", "rw" or "rwc".

    The file is read once, so that what keeps it from being read is raised here.

    A rollback journal that is truncated and synced twice is the setting that lost nothing in
    simulated power cuts while keeping the project one self-contained file (never WAL).
    """
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _set_up(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def connect_memory() -> sqlite3.Connection:
    """Return an empty database in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _set_up(connection)
    return connection


def connect_temporary() -> sqlite3.Connection:
    """Return an empty database in a nameless file that vanishes with the connection, for copies of any size."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    _set_up(connection)
    return connection


def is_of_the_file(error: sqlite3.DatabaseError) -> bool:
    """Say whether an error speaks of the file (damaged, gone, busy) and not of the statement."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return "Could not decode" in str(error)
    return code & 0xFF in _OF_THE_FILE


def is_busy(error: sqlite3.DatabaseError) -> bool:
    """Say whether an error only means that somebody else holds the file at this moment."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def path_of(connection: sqlite3.Connection) -> Path:
    """Return the file that a connection is to; of one in memory the path is empty."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def hold_in_memory(connection: sqlite3.Connection, *, step: bool) -> None:
    """Let a connection keep more of the file in memory while it writes a `step`, and less before and after."""
    # One that has been closed or has failed has nothing to keep.
    with suppress(sqlite3.Error):
        connection.execute(f"PRAGMA cache_size = -{_STEP_KIB if step else _READING_KIB}")


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
        "synchronous = EXTRA",
        "fullfsync = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        f"cache_size = -{_READING_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
