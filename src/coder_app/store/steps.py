"""Opens and closes the step that a change is written in, and brings what follows from its rows up to date."""

import json
import os
import platform
from pathlib import Path

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, RowBatch, RowChange, Step
from coder_app.domain.ids import new_id
from coder_app.store import placing, standing, uses
from coder_app.store.journal import (
    digest,
    entries,
    heads,
    net_changes,
    next_made_at,
    now_utc,
    parent_digests,
    read_local,
    write_local,
)

Parts = tuple[RowChange | RowBatch, ...]


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
    standing.confirm_cuts(db, change_set_id)
    parts = net_changes(db, change_set_id)
    if not parts:
        # Rows that came and went within one step leave change rows that cancel out; they stay
        # harmless only together with their change set, so an empty step is rolled back by the caller.
        return None
    wall_time = now_utc()
    parents = json.dumps(heads(db))
    replica_id, made_at = read_local(db, "replica_id"), next_made_at(db)
    told = (change_set_id, replica_id, step, label, coder_id, made_at, wall_time, undoes, parents)
    db.conn.execute(
        "INSERT INTO change_set"
        " (id, replica_id, step, label, coder_id, made_at, wall_time, undoes, parents, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*told, digest(told, parent_digests(db, parents), entries(db, change_set_id))),
    )
    write_local(db, "heads", json.dumps([change_set_id]))
    parts += standing.after_step(db, parts)
    db.conn.execute("DELETE FROM open_step")
    follow(db, parts)
    return ChangeSet(change_set_id, label, step, coder_id, wall_time, undoes, parts)


def _claim_replica(db: Database, path: Path) -> None:
    # A project is shared by copying its file: a copy that finds itself elsewhere takes a new id.
    place = f"{platform.node()}:{os.path.realpath(path)}"
    if read_local(db, "place") != place:
        write_local(db, "place", place)
        write_local(db, "replica_id", new_id())


def follow(db: Database, parts: Parts) -> None:
    """Bring what is counted and placed up to date with changes of rows, all of which are written."""
    placing.keep(db, parts)
    uses.keep(db, parts)
