"""What the tables must hold according to the journal alone, to be held against what they do hold."""

import json
from collections.abc import Iterator
from typing import cast

from sqlite_utils import Database

from coder_app.domain.change import Row
from coder_app.i18n import tr
from coder_app.store.migrations import journaled_columns
from coder_app.store.schema import JOURNALED


def replay(db: Database) -> tuple[dict[tuple[str, str], Row], list[str]]:
    """Fold the journal in its total order (made_at, id) and return the live rows by (table, id).

    With them come the places where the journal contradicts itself, one sentence each: a row
    change whose `before` is not what the changes until then had made of the row.
    """
    state: dict[tuple[str, str], Row] = {}
    problems: list[str] = []
    cursor = db.conn.execute(
        "SELECT table_name, row_id, before, after, change_set.id FROM row_change"
        " LEFT JOIN change_set ON change_set.id = row_change.change_set_id"
        " ORDER BY made_at, change_set.id, seq"
    )
    for table, row_id, before, after, change_set_id in cursor:
        key = (table, row_id)
        if change_set_id is None:
            problems.append(tr("the journal holds a change of {table} {id} without its step", table=table, id=row_id))
            continue
        if _image(before) != state.get(key):
            problems.append(tr("the journal contradicts itself about {table} {id}", table=table, id=row_id))
        made = _image(after)
        if made is None:
            state.pop(key, None)
        else:
            state[key] = made
    return state, problems


def _image(text: str | None) -> Row | None:
    image = None if text is None else json.loads(text)
    if image is None or isinstance(image, dict):
        return cast("Row | None", image)
    raise ValueError(text)


def differences(db: Database) -> Iterator[str]:
    """Yield a sentence for each row in which the tables and the journal's replay differ."""
    expected, problems = replay(db)
    yield from problems
    for table in JOURNALED:
        columns = journaled_columns(db, table)
        names = ", ".join(f'"{name}"' for name in columns)
        for values in db.conn.execute(f'SELECT {names} FROM "{table}"'):
            row = dict(zip(columns, values, strict=True))
            wanted = expected.pop((table, str(row["id"])), None)
            if wanted is None:
                yield tr("{table} {id} is in its table, but not in the journal", table=table, id=row["id"])
            elif wanted != row:
                fields = ", ".join(name for name in columns if wanted.get(name) != row[name])
                yield tr(
                    "{table} {id} was changed behind the journal ({fields})", table=table, id=row["id"], fields=fields
                )
    for table, row_id in expected:
        yield tr("{table} {id} is in the journal, but missing in its table", table=table, id=row_id)
