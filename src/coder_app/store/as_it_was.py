"""The project as it was at an earlier step: a copy in which that step is the last one.

A copy of the file is folded back: of each row that a later step touched, the first later image from before is
what it was then. That holds where each step had seen all before it. Where copies were merged, the journal
without the later steps is folded by the rule for merges instead.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlite_utils import Database

from coder_app.domain.change import RowBatch, Value
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr
from coder_app.store import journal, placing, rows, standing, uses
from coder_app.store.ancestry import ancestry
from coder_app.store.journal import ENTRY, Entry
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns, trigger_sql
from coder_app.store.project import Project

_PARTS = 4


def as_it_was(project: Project, change_set_id: str, on_progress: OnProgress = tell_nobody) -> Project:
    """Return the project as it was right after a step, with its history until then, to be read only.

    Nothing of the open project changes; closing the copy makes it vanish. Another thread may call this.
    Raises BadInput where the history holds no such step.
    """
    copy = project.snapshot(on_progress)
    db = copy.db
    try:
        for pragma in ("query_only = OFF", "foreign_keys = OFF", "secure_delete = OFF", "synchronous = OFF"):
            db.conn.execute(f"PRAGMA {pragma}")
        db.conn.execute("BEGIN")
        _fold_back(db, change_set_id, on_progress)
        db.conn.execute("COMMIT")
        for pragma in ("secure_delete = ON", "foreign_keys = ON", "query_only = ON"):
            db.conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        copy.close()
        raise
    return Project(project.path, db, writable=False)


def step_at(project: Project, moment: str) -> str:
    """Return the last step made until a moment, ISO 8601 in UTC or with its offset; of a day alone its end counts.

    Without an offset the time is that of this machine. Raises BadInput where it is no time or lies before all steps.
    """
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError as error:
        raise BadInput(
            tr("“{moment}” is neither a step of the history nor a time such as 2026-03-12 14:03.", moment=moment)
        ) from error
    if len(moment) == len("2026-03-12"):
        parsed = parsed.replace(hour=23, minute=59, second=59, microsecond=999_999)
    until = parsed.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    found = project.rows(
        "SELECT id FROM change_set WHERE wall_time <= ? ORDER BY made_at DESC, id DESC LIMIT 1", (until,)
    )
    if not found:
        raise BadInput(tr("The project was begun after {moment}.", moment=moment))
    return found[0][0]


def _fold_back(db: Database, change_set_id: str, on_progress: OnProgress) -> None:
    later, in_a_row = _later(db, change_set_id)
    triggers = trigger_sql(db)
    for name in triggers:
        # Nothing here is journaled.
        db.conn.execute(f'DROP TRIGGER "{name}"')
    on_progress(1, _PARTS)
    corrected = dict(db.conn.execute("SELECT id, text_hash FROM source"))
    if in_a_row:
        _write_back(db, _first_images(db, later))
        _forget(db, later)
    else:
        touched = _touched(db, later)
        _forget(db, later)
        standing.refold(db, ancestry(db), touched)
    on_progress(2, _PARTS)
    journal.write_local(db, "heads", json.dumps([change_set_id]))
    _place(db, corrected)
    uses.count_all(db)
    on_progress(3, _PARTS)
    for sql in triggers.values():
        db.conn.execute(sql)
    on_progress(_PARTS, _PARTS)


def _later(db: Database, change_set_id: str) -> tuple[list[str], bool]:
    """Return the steps that a step had not seen, in their order, and whether all steps stand in one row."""
    order = db.conn.execute("SELECT id, parents FROM change_set ORDER BY made_at, id").fetchall()
    ids = [row[0] for row in order]
    if change_set_id not in ids:
        raise BadInput(tr("The history holds no step {id}; “history” lists them.", id=change_set_id))
    before: list[list[str]] = [[], *([one] for one in ids)]
    if all(json.loads(parents) == last for (_, parents), last in zip(order, before, strict=False)):
        return ids[ids.index(change_set_id) + 1 :], True
    seen = ancestry(db)
    return [one for one in ids if not seen.has_seen(change_set_id, one)], False


@dataclass(slots=True)
class _Table:
    """What the rows of a table were before the later steps; `gone` are those that were not there."""

    columns: list[str]
    known: set[str] = field(default_factory=set[str])
    gone: list[str] = field(default_factory=list[str])
    images: list[Sequence[Value]] = field(default_factory=list[Sequence[Value]])


def _entries(db: Database, steps: Sequence[str]) -> Iterator[Entry]:
    for some in chunks(steps):
        for entry in db.conn.execute(
            f"SELECT {ENTRY} FROM row_change LEFT JOIN row_batch USING (seq)"
            " JOIN change_set ON change_set.id = row_change.change_set_id"
            f" WHERE change_set_id IN {AMONG} ORDER BY made_at, change_set.id, seq",
            (id_list(some),),
        ):
            yield Entry(*entry)


def _first_images(db: Database, steps: Sequence[str]) -> dict[str, _Table]:
    found: dict[str, _Table] = {}
    for entry in _entries(db, steps):
        table = found.get(entry.table)
        if table is None:
            table = found[entry.table] = _Table(journaled_columns(db, entry.table))
        batch = entry.batch()
        if batch is not None:
            _add_batch(table, batch)
        elif entry.row_id not in table.known:
            table.known.add(entry.row_id)
            if entry.before is None:
                table.gone.append(entry.row_id)
            else:
                image = json.loads(entry.before)
                table.images.append([image.get(name) for name in table.columns])
    return found


def _add_batch(table: _Table, batch: RowBatch) -> None:
    ids = batch.row_ids()
    if not table.known.isdisjoint(ids):
        part = batch.only(set(ids) - table.known)
        if part is None:
            return
        batch, ids = part, part.row_ids()
    table.known.update(ids)
    before = batch.before()
    if before is None:
        table.gone += ids
    else:
        table.images += zip(*(ids if name == "id" else before[name] for name in table.columns), strict=True)


def _write_back(db: Database, tables: dict[str, _Table]) -> None:
    for name, table in tables.items():
        there = [str(image[0]) for image in table.images]
        for some in chunks([*table.gone, *there]):
            db.conn.execute(f'DELETE FROM "{name}" WHERE id IN {AMONG}', (id_list(some),))
        rows.insert_images(db, name, table.columns, table.images)


def _touched(db: Database, steps: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in _entries(db, steps):
        batch = entry.batch()
        found.setdefault(entry.table, set()).update([entry.row_id] if batch is None else batch.row_ids())
    return found


def _forget(db: Database, steps: Sequence[str]) -> None:
    """Take steps out of the journal."""
    for some in chunks(steps):
        ids = id_list(some)
        db.conn.execute(f"DELETE FROM merged WHERE change_set_id IN {AMONG}", (ids,))
        db.conn.execute(
            f"DELETE FROM row_batch WHERE seq IN (SELECT seq FROM row_change WHERE change_set_id IN {AMONG})", (ids,)
        )
        db.conn.execute(f"DELETE FROM row_change WHERE change_set_id IN {AMONG}", (ids,))
        db.conn.execute(f"DELETE FROM change_set WHERE id IN {AMONG}", (ids,))
    db.conn.execute("DELETE FROM merge WHERE id NOT IN (SELECT merge_id FROM merged)")


def _place(db: Database, today: dict[str, str]) -> None:
    """Bring segments to where they stood in the texts of then."""
    then = db.conn.execute(
        "SELECT id, text_hash, EXISTS (SELECT 1 FROM segment WHERE source_id = source.id"
        " AND segment.text_hash <> source.text_hash) FROM source"
    ).fetchall()
    for source_id, text_hash, elsewhere in then:
        if elsewhere or today.get(source_id, text_hash) != text_hash:
            placing.place_source(db, source_id)
