"""The journal: what each step wrote, row by row or as batches, and reads the steps back.

`made_at` is a hybrid logical clock (Kulkarni et al. 2014) in one integer: milliseconds since 1970
shifted left by 16 bits, plus a counter. It never goes back, whatever the computer's clock does.

Triggers journal row by row. Where the store writes many rows in one go it journals them itself, as a
batch, and the triggers of that table keep still for so long.
"""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, Row, RowBatch, RowChange, Step

_COUNTER_BITS = 16


def now_utc() -> str:
    """Return the time of day in UTC as people are shown it: ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def next_made_at(db: Database) -> int:
    """Return a clock value later than all that this file has seen."""
    sql = (
        "SELECT max(made_at) FROM (SELECT max(made_at) AS made_at FROM change_set UNION ALL SELECT made_at FROM merge)"
    )
    seen = db.conn.execute(sql).fetchone()[0] or 0
    return max(int(seen) + 1, (time.time_ns() // 1_000_000) << _COUNTER_BITS)


def parent_digests(db: Database, parents: str) -> list[str]:
    """Return the digests of the change sets in a JSON array of ids, as far as they are there."""
    found = db.conn.execute(
        "SELECT digest FROM change_set WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (parents,)
    )
    return [row[0] for row in found]


def digest(told: tuple[object, ...], parents: list[str], rows: "Iterable[Entry]") -> str:
    """Return the SHA-256 of a change set: its columns, its parents' digests, its rows in order."""
    found = hashlib.sha256(_line(*told, parents))
    for row in rows:
        blobs = [blob for blob in (row.ids, row.packed_before, row.packed_after) if blob is not None]
        found.update(_line(row.table, row.row_id, row.before, row.after, row.sets, [len(blob) for blob in blobs]))
        for blob in blobs:
            found.update(blob)
    return found.hexdigest()


# Made once: json.dumps would make an encoder for each of the thousands of lines of a merge.
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _line(*values: object) -> bytes:
    return _ENCODE(values).encode() + b"\n"


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


class Entry(NamedTuple):
    """One row of the journal as it is stored: of a single row, or the place of a batch."""

    table: str
    row_id: str
    before: str | None
    after: str | None
    sets: str | None
    rows: int | None
    ids: bytes | None
    packed_before: bytes | None
    packed_after: bytes | None

    def batch(self) -> RowBatch | None:
        """Return the batch that stands here, None for a single row."""
        if self.rows is None or self.ids is None:
            return None
        return RowBatch(self.table, self.rows, self.ids, self.packed_before, self.packed_after)


ENTRY = (
    "table_name, row_id, row_change.before, row_change.after, sets, rows, row_ids, row_batch.before, row_batch.after"
)
"""The columns of an Entry, from row_change LEFT JOIN row_batch USING (seq)."""


def entries(db: Database, change_set_id: str) -> Iterator[Entry]:
    """Yield what the journal holds of one change set, in order."""
    sql = f"SELECT {ENTRY} FROM row_change LEFT JOIN row_batch USING (seq) WHERE change_set_id = ? ORDER BY seq"
    return (Entry(*row) for row in db.conn.execute(sql, (change_set_id,)))


@contextmanager
def packed(db: Database, table: str) -> Generator[None]:
    """Keep the triggers of `table` still, within a step: what is written inside is journaled by `write_batch`.

    Everything inside is kept or nothing, so that a failure leaves no row that is in no journal.
    """
    with db.atomic():
        db.conn.execute("UPDATE open_step SET packed = ?", (table,))
        yield
        db.conn.execute("UPDATE open_step SET packed = NULL")


def write_batch(db: Database, batch: RowBatch) -> None:
    """Journal a batch as the next change of the open step."""
    cursor = db.conn.execute(
        "INSERT INTO row_change (change_set_id, table_name, row_id) SELECT change_set_id, ?, '' FROM open_step",
        (batch.table,),
    )
    db.conn.execute(
        "INSERT INTO row_batch (seq, rows, row_ids, before, after) VALUES (?, ?, ?, ?, ?)",
        (cursor.lastrowid, batch.count, batch.packed_ids, batch.packed_before, batch.packed_after),
    )


_Key = tuple[str, str]


def net_changes(db: Database, change_set_id: str) -> tuple[RowChange | RowBatch, ...]:
    """Return the net change of each row: its first image and its last.

    Left out are rows that end as they began, but for those of which a field was confirmed.

    A batch stays packed but for the rows that the step changed more than once.
    """
    first: dict[_Key, str | None] = {}
    last: dict[_Key, str | None] = {}
    confirmed: dict[_Key, frozenset[str]] = {}
    batches: list[RowBatch] = []
    for entry in entries(db, change_set_id):
        batch = entry.batch()
        if batch is not None:
            batches.append(batch)
            continue
        # The images stay text until they are known to be needed.
        key = entry.table, entry.row_id
        if key not in first:
            first[key] = entry.before
        last[key] = entry.after
        if entry.sets:
            confirmed[key] = confirmed.get(key, frozenset()).union(json.loads(entry.sets))
    twice = _repeated(first, batches)
    if twice:
        return _folded(db, change_set_id, twice, confirmed)
    singles = (
        RowChange(key[0], key[1], _image(before), _image(after), confirmed.get(key, frozenset()))
        for (key, before), after in zip(first.items(), last.values(), strict=True)
        if before != after or key in confirmed
    )
    return (*singles, *batches)


def _repeated(singles: Iterable[_Key], batches: list[RowBatch]) -> set[_Key]:
    """Return the rows that are in a batch and somewhere else, too."""
    if not batches:
        return set()
    seen: dict[str, set[str]] = {}
    twice: set[_Key] = set()
    for table, row_id in singles:
        seen.setdefault(table, set()).add(row_id)
    kinds: dict[str, set[tuple[bool, bool]]] = {}
    for batch in batches:
        kinds.setdefault(batch.table, set()).add((batch.packed_before is None, batch.packed_after is None))
    number = Counter(batch.table for batch in batches)
    for batch in batches:
        # What was only inserted, or only deleted, was so once.
        once = number[batch.table] == 1 or kinds[batch.table] in ({(True, False)}, {(False, True)})
        if once and batch.table not in seen:
            continue
        before, ids = seen.setdefault(batch.table, set()), batch.row_ids()
        twice.update((batch.table, row_id) for row_id in before.intersection(ids))
        before.update(ids)
    return twice


def _folded(
    db: Database, change_set_id: str, twice: set[_Key], confirmed: dict[_Key, frozenset[str]]
) -> tuple[RowChange | RowBatch, ...]:
    net: dict[_Key, RowChange] = {}
    batches: list[RowBatch] = []
    for entry in entries(db, change_set_id):
        batch = entry.batch()
        if batch is None:
            changes = iter([RowChange(entry.table, entry.row_id, _image(entry.before), _image(entry.after))])
        else:
            folded = {row_id for row_id in batch.row_ids() if (batch.table, row_id) in twice}
            rest = batch.only(set(batch.row_ids()) - folded) if folded else batch
            batches += [rest] if rest else []
            apart = batch.only(folded)
            changes = apart.changes() if apart else iter([])
        for change in changes:
            key = change.table, change.row_id
            earlier = net.get(key)
            before = earlier.before if earlier else change.before
            net[key] = RowChange(*key, before, change.after, confirmed.get(key, frozenset()))
    return (*(one for one in net.values() if one.before != one.after or one.confirmed), *batches)


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
    return ChangeSet(row[0], row[1], Step(row[2]), row[3], row[4], row[5], net_changes(db, change_set_id))
