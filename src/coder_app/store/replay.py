"""What the tables must hold according to the journal alone, to be held against what they do hold."""

import json
from collections.abc import Iterator, Sequence
from typing import cast

from sqlite_utils import Database

from coder_app.domain.change import Row
from coder_app.i18n import tr
from coder_app.store.journal import ENTRY, Entry
from coder_app.store.migrations import journaled_columns
from coder_app.store.rows import Image
from coder_app.store.schema import JOURNALED

# The journal is read once for each of these groups, so that the two long tables are not in memory together.
_GROUPS = (("segment",), ("coding",), tuple(table for table in JOURNALED if table not in ("segment", "coding")))
_Change = tuple[str, Image | None, Image | None]


def _replay(db: Database, tables: Sequence[str], state: dict[str, dict[str, Image]]) -> Iterator[str]:
    """Fold what the journal says of `tables`, in its total order (made_at, id), into `state`: images by table and id.

    Yielded are the places where the journal contradicts itself, one sentence each: a row change whose
    `before` is not what the changes until then had made of the row.
    """
    columns = {table: journaled_columns(db, table) for table in tables}
    marks = ", ".join("?" * len(tables))
    cursor = db.conn.execute(
        f"SELECT change_set.id, {ENTRY} FROM row_change LEFT JOIN row_batch USING (seq)"
        f" LEFT JOIN change_set ON change_set.id = row_change.change_set_id WHERE table_name IN ({marks})"
        " ORDER BY made_at, change_set.id, seq",
        list(tables),
    )
    for change_set_id, *values in cursor:
        entry = Entry(*values)
        table, images = entry.table, state[entry.table]
        for row_id, before, after in _changes(entry, columns[table]):
            if change_set_id is None:
                yield tr("the journal holds a change of {table} {id} without its step", table=table, id=row_id)
                continue
            if before != images.get(row_id):
                yield tr("the journal contradicts itself about {table} {id}", table=table, id=row_id)
            if after is None:
                images.pop(row_id, None)
            else:
                images[row_id] = after


def _changes(entry: Entry, columns: list[str]) -> Iterator[_Change]:
    batch = entry.batch()
    if batch is None:
        yield entry.row_id, _image(entry.before, columns), _image(entry.after, columns)
        return
    ids = batch.row_ids()
    if len(ids) != batch.count:
        raise ValueError(tr("a batch of {n} rows holds {ids}", n=batch.count, ids=len(ids)))
    befores, afters = ([None] * len(ids) if side is None else side for side in (batch.before(), batch.after()))
    yield from zip(
        ids,
        befores if isinstance(befores, list) else _images(befores, ids, columns),
        afters if isinstance(afters, list) else _images(afters, ids, columns),
        strict=True,
    )


def _images(by_column: dict[str, list[str | int | None]], ids: list[str], columns: list[str]) -> Iterator[Image]:
    return zip(*(ids if name == "id" else by_column[name] for name in columns), strict=True)


def _image(text: str | None, columns: list[str]) -> Image | None:
    if text is None:
        return None
    image = json.loads(text)
    if isinstance(image, dict):
        row = cast("Row", image)
        return tuple(row.get(name) for name in columns)
    raise ValueError(text)


def differences(db: Database) -> Iterator[str]:
    """Yield a sentence for each row in which the tables and the journal's replay differ."""
    for tables in _GROUPS:
        state: dict[str, dict[str, Image]] = {table: {} for table in tables}
        yield from _replay(db, tables, state)
        for table in tables:
            yield from _table_differences(db, table, state.pop(table))


def _table_differences(db: Database, table: str, expected: dict[str, Image]) -> Iterator[str]:
    columns = journaled_columns(db, table)
    names = ", ".join(f'"{name}"' for name in columns)
    for row in db.conn.execute(f'SELECT {names} FROM "{table}"'):
        wanted = expected.pop(str(row[0]), None)
        if wanted is None:
            yield tr("{table} {id} is in its table, but not in the journal", table=table, id=row[0])
        elif wanted != row:
            fields = ", ".join(name for name, old, new in zip(columns, wanted, row, strict=True) if old != new)
            yield tr("{table} {id} was changed behind the journal ({fields})", table=table, id=row[0], fields=fields)
    for row_id in expected:
        yield tr("{table} {id} is in the journal, but missing in its table", table=table, id=row_id)
