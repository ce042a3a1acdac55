"""Decides which SQLite is used and how every connection is set up; nothing else connects."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

APPLICATION_ID = 0x436F4470  # "CoDp", written into each project's header

Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError
IntegrityError = sqlite3.IntegrityError
OperationalError = sqlite3.OperationalError

_BUSY_MILLISECONDS = 5_000


def connect(path: Path, *, mode: str) -> sqlite3.Connection:
    """Connect to the SQLite file at `path`; `mode` is SQLite's: "ro", "rw" or "rwc".

    A rollback journal that is truncated and synced twice is the setting that lost nothing in
    simulated power cuts while keeping the project one self-contained file (never WAL).
    """
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    _set_up(connection)
    return connection


def connect_memory() -> sqlite3.Connection:
    """Return an empty database in memory, for snapshots that a worker may read."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _set_up(connection)
    return connection


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
    ):
        connection.execute(f"PRAGMA {pragma}")
