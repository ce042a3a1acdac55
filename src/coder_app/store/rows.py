"""Reads and writes whole rows of the journaled tables; columns that follow from others are kept right.

A write of many rows is journaled as batches, not row by row; `many` says what counts as many.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from coder_app.domain.change import Row, RowBatch, RowChange, Value
from coder_app.domain.packing import Columns, pack
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.store import journal, many
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns

Image = tuple[Value, ...]

# SQLite notes for each statement how to take it back alone. Within a savepoint that has touched many pages
# letting go of these notes takes milliseconds, so a statement for each row would take minutes.
_AT_ONCE = 500

# Where the rows get so few different values, as after a merge, a statement for each of these is quicker.
_FEW = 8


def fetch(db: Database, table: str, columns: Sequence[str], ids: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of `table` with these ids, as far as they exist."""
    for chunk in chunks(ids):
        found = images(db, table, columns, chunk)
        yield from (dict(zip(columns, values, strict=True)) for values in found)


def images(db: Database, table: str, columns: Sequence[str], ids: Sequence[str]) -> Iterator[Image]:
    """Yield these columns of the rows of `table` with these ids, as far as they exist."""
    names = ", ".join(f'"{name}"' for name in columns)
    return db.conn.execute(f'SELECT {names} FROM "{table}" WHERE id IN {AMONG}', (id_list(ids),))


def _with_derived(table: str, values: Row) -> Row:
    # Until a text is corrected, a segment stands today where it was measured.
    if table == "segment" and "start" in values:
        return values | {"now_start": values["start"], "now_stop": values["stop"], "placed": 1}
    return values


def insert_many(db: Database, table: str, new: Iterable[Row]) -> None:
    """Insert rows that all have the same columns."""
    for chunk in chunks(new):
        if len(chunk) < many.PACK_FROM:
            _insert(db, table, list(chunk[0]), map(itemgetter(*chunk[0]), chunk))
            continue
        with journal.packed(db, table):
            _insert(db, table, list(chunk[0]), map(itemgetter(*chunk[0]), chunk))
            # Read back: the columns' defaults and types have made the rows what they are.
            ids = [str(row["id"]) for row in chunk]
            after = list(images(db, table, journaled_columns(db, table), ids))
            journal.write_batch(db, _batch(db, table, None, after))


def _insert(db: Database, table: str, columns: Sequence[str], values: Iterable[Any]) -> None:
    """Insert tuples of values; `columns` names at least two."""
    derived = {"now_start": "start", "now_stop": "stop"} if table == "segment" and "start" in columns else {}
    names = ", ".join(f'"{name}"' for name in (*columns, *derived))
    pick = itemgetter(*range(len(columns)), *(columns.index(name) for name in derived.values()))
    _each_some(db, f'INSERT INTO "{table}" ({names}) VALUES {{}}', map(pick, values))


def insert_images(db: Database, table: str, columns: Sequence[str], images_: Iterable[Sequence[Value]]) -> None:
    """Insert rows of all journaled columns into a copy in which nothing is journaled."""
    _insert(db, table, columns, images_)


def _each_some(db: Database, sql: str, rows: Iterable[Any]) -> None:
    """Run `sql` with rows of values in the place of {}, _AT_ONCE of them in one statement."""
    iterator = iter(rows)
    while some := list(islice(iterator, _AT_ONCE)):
        marks = f"({', '.join('?' * len(some[0]))})"
        db.conn.execute(sql.format(", ".join([marks] * len(some))), list(chain.from_iterable(some)))


def _batch(db: Database, table: str, before: list[Image] | None, after: list[Image] | None) -> RowBatch:
    """Pack images of all journaled columns, in the same order of rows."""
    columns = journaled_columns(db, table)
    rows = before or after or []

    def packed(rows: list[Image] | None) -> bytes | None:
        return None if rows is None else pack(_by_column(columns, rows))

    return RowBatch(table, len(rows), pack({"id": [row[0] for row in rows]}), packed(before), packed(after))


def _by_column(columns: list[str], rows: list[Image]) -> Columns:
    by_column = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
    del by_column["id"]
    return by_column


def update(db: Database, table: str, row_id: str, values: Row) -> None:
    """Set some fields of one row."""
    if not values:
        return
    complete = _with_derived(table, values) if "stop" in values else values
    if table == "segment" and ("start" in values) != ("stop" in values):
        other = "stop" if "start" in values else "start"
        row = db.conn.execute(f"SELECT {other} FROM segment WHERE id = ?", (row_id,)).fetchone()
        complete = _with_derived(table, {other: row[0], **values})
    assignments = ", ".join(f'"{name}" = ?' for name in complete)
    db.conn.execute(f'UPDATE "{table}" SET {assignments} WHERE id = ?', [*complete.values(), row_id])


def update_many(
    db: Database, table: str, ids: Iterable[str], values: Row, on_progress: OnProgress = tell_nobody
) -> None:
    """Set some fields of many rows to the same values; the range of a segment is not among them."""
    columns = journaled_columns(db, table)
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    sql = f'UPDATE "{table}" SET {assignments} WHERE id IN {AMONG}'
    for chunk in _told(ids, on_progress):
        if len(chunk) < many.PACK_FROM:
            db.conn.execute(sql, [*values.values(), id_list(chunk)])
            continue
        with journal.packed(db, table):
            before = list(images(db, table, columns, chunk))
            db.conn.execute(sql, [*values.values(), id_list(chunk)])
            if before:
                # Read back from one: the columns' types have made the values what they are, in all rows the same.
                one = next(images(db, table, columns, [str(before[0][0])]))
                places = {place: one[place] for place, name in enumerate(columns) if name in values}
                changed = [row for row in before if any(row[place] != value for place, value in places.items())]
                _write_set(db, table, changed, {columns[place]: value for place, value in places.items()})


def _write_set(db: Database, table: str, before: list[Image], values: Row) -> None:
    """Journal that these rows have got these values."""
    if not before:
        return
    old = _by_column(journaled_columns(db, table), before)
    new = old | {name: [value] * len(before) for name, value in values.items()}
    journal.write_batch(
        db, RowBatch(table, len(before), pack({"id": [row[0] for row in before]}), pack(old), pack(new))
    )


def _told(ids: Iterable[str], on_progress: OnProgress) -> Iterator[list[str]]:
    """Yield ids some at a time, and say how far that is."""
    every = list(ids)
    for done, chunk in enumerate(chunks(every)):
        on_progress(done * many.AT_MOST, len(every))
        yield chunk


def delete_many(db: Database, table: str, ids: Iterable[str], on_progress: OnProgress = tell_nobody) -> None:
    """Delete the rows with these ids."""
    for chunk in _told(ids, on_progress):
        if len(chunk) < many.PACK_FROM:
            db.conn.executemany(f'DELETE FROM "{table}" WHERE id = ?', ((row_id,) for row_id in chunk))
            continue
        with journal.packed(db, table):
            before = list(images(db, table, journaled_columns(db, table), chunk))
            if before:
                journal.write_batch(db, _batch(db, table, before, None))
                _delete(db, table, chunk)


def _delete(db: Database, table: str, ids: Sequence[str]) -> None:
    db.conn.execute(f'DELETE FROM "{table}" WHERE id IN {AMONG}', (id_list(ids),))


def write(db: Database, batch: RowBatch) -> None:
    """Make a batch's change, whose rows are known to stand as its `before` says, and journal it as it is."""
    ids, before, after = batch.row_ids(), batch.before(), batch.after()
    with journal.packed(db, batch.table):
        if after is None:
            _delete(db, batch.table, ids)
        elif before is None:
            _insert(db, batch.table, ["id", *after], zip(ids, *after.values(), strict=True))
        else:
            _set(db, batch.table, ids, {name: values for name, values in after.items() if values != before[name]})
        journal.write_batch(db, batch)


def _set(db: Database, table: str, ids: list[str], columns: Columns) -> None:
    if table == "segment" and {"start", "stop"} & columns.keys():
        for row_id, values in zip(ids, zip(*columns.values(), strict=True), strict=True):
            update(db, table, row_id, dict(zip(columns, values, strict=True)))
        return
    by_values: dict[Image, list[str]] = {}
    for row_id, image in zip(ids, zip(*columns.values(), strict=True), strict=True):
        by_values.setdefault(image, []).append(row_id)
    if len(by_values) <= _FEW:
        alike = ", ".join(f'"{name}" = ?' for name in columns)
        for image, some in by_values.items():
            db.conn.execute(f'UPDATE "{table}" SET {alike} WHERE id IN {AMONG}', [*image, id_list(some)])
        return
    assignments = ", ".join(f'"{name}" = new.column{n}' for n, name in enumerate(columns, start=2))
    sql = f'UPDATE "{table}" SET {assignments} FROM (VALUES {{}}) AS new WHERE id = new.column1'
    _each_some(db, sql, zip(ids, *columns.values(), strict=True))


def write_unjournaled(db: Database, table: str, changes: Iterable[RowChange]) -> None:
    """Make rows of one table what the journal says that they are, within an open step, without journaling it again."""
    gone = [change.row_id for change in changes if change.after is None]
    new = [change.after for change in changes if change.before is None and change.after is not None]
    with journal.packed(db, table):
        _delete(db, table, gone)
        if new:
            columns = list(new[0])
            _insert(db, table, columns, map(itemgetter(*columns), new))
        for change in changes:
            if change.before is not None and change.after is not None:
                update(db, table, change.row_id, {name: change.after[name] for name in change.changed()})


def confirm(db: Database, table: str, row_id: str, fields: Sequence[str]) -> None:
    """Journal, within a step, that these fields of a row are meant to be what they are."""
    columns = journaled_columns(db, table)
    for image in images(db, table, columns, [row_id]):
        told = json.dumps(dict(zip(columns, image, strict=True)), ensure_ascii=False)
        db.conn.execute(
            "INSERT INTO row_change (change_set_id, table_name, row_id, before, after, sets)"
            " SELECT change_set_id, ?, ?, ?, ?, ? FROM open_step",
            (table, row_id, told, told, json.dumps(sorted(fields))),
        )
