"""The journal: opens and closes the step that a change is written in, and reads the steps back.

`made_at` is a hybrid logical clock (Kulkarni et al. 2014) in one integer: milliseconds since 1970
shifted left by 16 bits, plus a counter. It never goes back, whatever the computer's clock does.
"""

import json
import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, Row, RowChange, Step
from coder_app.domain.ids import new_id

_COUNTER_BITS = 16


def now_utc() -> str:
    """Return the time of day in UTC as people are shown it: ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def next_made_at(db: Database) -> int:
    """Return a clock value later than all that this file has seen."""
    seen = db.conn.execute("SELECT max(made_at) FROM change_set").fetchone()[0] or 0
    return max(int(seen) + 1, (time.time_ns() // 1_000_000) << _COUNTER_BITS)


def open_step(db: Database, path: Path) -> str:
    """Begin to journal: every row change from now on belongs to the returned change set's id."""
    change_set_id = new_id()
    _claim_replica(db, path)
    db.conn.execute("INSERT INTO open_step (only, change_set_id) VALUES (1, ?)", (change_set_id,))
    return change_set_id


def close_step(
    db: Database, change_set_id: str, *, step: Step, label: str, coder_id: str | None, undoes: str | None
) -> ChangeSet | None:
    """Finish the open step and return what it did; None, and no trace, where it changed nothing."""
    db.conn.execute("DELETE FROM open_step")
    rows = net_changes(db, change_set_id)
    if not rows:
        # Rows that came and went within one step leave change rows that cancel out; they stay
        # harmless only together with their change set, so an empty step is rolled back by the caller.
        return None
    wall_time = now_utc()
    db.conn.execute(
        "INSERT INTO change_set (id, replica_id, step, label, coder_id, made_at, wall_time, undoes, parents)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change_set_id,
            read_local(db, "replica_id"),
            step,
            label,
            coder_id,
            next_made_at(db),
            wall_time,
            undoes,
            json.dumps(heads(db)),
        ),
    )
    write_local(db, "heads", json.dumps([change_set_id]))
    return ChangeSet(change_set_id, label, step, coder_id, wall_time, undoes, rows)


def heads(db: Database) -> list[str]:
    """Return the change sets that nothing else in this copy builds on."""
    kept = read_local(db, "heads")
    return json.loads(kept) if kept else []


def read_local(db: Database, name: str) -> str | None:
    """Return what this copy of the file notes for itself under `name`."""
    row = db.conn.execute("SELECT value FROM local WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def write_local(db: Database, name: str, value: str) -> None:
    """Note something for this copy alone; it is neither journaled nor undone, nor does it travel."""
    db.conn.execute("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (name, value))


def _claim_replica(db: Database, path: Path) -> None:
    # A project is shared by copying its file: a copy that finds itself elsewhere takes a new id.
    place = f"{platform.node()}:{os.path.realpath(path)}"
    if read_local(db, "place") != place:
        write_local(db, "place", place)
        write_local(db, "replica_id", new_id())


def net_changes(db: Database, change_set_id: str) -> tuple[RowChange, ...]:
    """Return one change per row: its first image and its last; rows that end as they began are left out."""
    first: dict[tuple[str, str], str | None] = {}
    last: dict[tuple[str, str], str | None] = {}
    # The images stay text until they are known to be needed; a large import has a hundred thousand.
    for table, row_id, before, after in db.conn.execute(
        "SELECT table_name, row_id, before, after FROM row_change WHERE change_set_id = ? ORDER BY seq",
        (change_set_id,),
    ):
        key = table, row_id
        if key not in first:
            first[key] = before
        last[key] = after
    return tuple(
        RowChange(key[0], key[1], _image(before), _image(after))
        for (key, before), after in zip(first.items(), last.values(), strict=True)
        if before != after
    )


_decode = json.JSONDecoder().raw_decode


def _image(text: str | None) -> Row | None:
    return None if text is None else _decode(text)[0]


def change_set(db: Database, change_set_id: str) -> ChangeSet | None:
    """Return one change set with its net row changes, or None where there is none of this id."""
    row = db.conn.execute(
        "SELECT id, label, step, coder_id, wall_time, undoes FROM change_set WHERE id = ?", (change_set_id,)
    ).fetchone()
    if row is None:
        return None
    rows = net_changes(db, change_set_id)
    return ChangeSet(row[0], row[1], Step(row[2]), row[3], row[4], row[5], rows)
