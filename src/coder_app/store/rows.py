"""Reads and writes whole rows of the journaled tables; columns that follow from others are kept right."""

from collections.abc import Iterable, Iterator, Sequence

from sqlite_utils import Database

from coder_app.domain.change import Row, Value

_BATCH = 500


def batches(ids: Sequence[str]) -> Iterator[list[str]]:
    """Yield `ids` in lists short enough for one statement's parameters."""
    for start in range(0, len(ids), _BATCH):
        yield list(ids[start : start + _BATCH])


def fetch(db: Database, table: str, columns: Sequence[str], ids: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of `table` with these ids, as far as they exist."""
    names = ", ".join(f'"{name}"' for name in columns)
    for batch in batches(ids):
        marks = ", ".join("?" * len(batch))
        cursor = db.conn.execute(f'SELECT {names} FROM "{table}" WHERE id IN ({marks})', batch)
        yield from (dict(zip(columns, values, strict=True)) for values in cursor)


def _with_derived(table: str, values: Row) -> Row:
    # Until a text is corrected, a segment stands today where it was measured.
    if table == "segment" and "start" in values:
        return values | {"now_start": values["start"], "now_stop": values["stop"], "placed": 1}
    return values


def insert_many(db: Database, table: str, new: Iterable[Row]) -> None:
    """Insert rows that all have the same columns."""
    iterator = iter(new)
    first = next(iterator, None)
    if first is None:
        return
    columns = list(_with_derived(table, first))
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))

    def values() -> Iterator[tuple[Value, ...]]:
        yield tuple(_with_derived(table, first).values())
        for row in iterator:
            complete = _with_derived(table, row)
            yield tuple(complete[name] for name in columns)

    db.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values())


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


def delete_many(db: Database, table: str, ids: Sequence[str]) -> None:
    """Delete the rows with these ids."""
    db.conn.executemany(f'DELETE FROM "{table}" WHERE id = ?', ((row_id,) for row_id in ids))
