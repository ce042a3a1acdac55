"""Undo, redo and revert: a step is taken back by a new step that writes its rows in reverse.

Nothing is removed from the journal. A row is only put back where the fields that the step changed
still hold what the step gave them; otherwise the step is refused, and what came later is named.

A batch whose rows all stand as it left them is taken back as a batch: its bytes with before and after
changed round, never unpacked to single rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, Row, RowBatch, RowChange, Step, Value
from coder_app.domain.errors import UndoRefused
from coder_app.domain.packing import Columns
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr
from coder_app.store import journal, rows
from coder_app.store.fold import ONE_VALUE
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns
from coder_app.store.standing import references

_NAMED = 3


def undo_target(db: Database) -> str | None:
    """Return the change set, or the merge, that Undo takes back next, or None."""
    last = _last_but(db, Step.UNDO)
    return last.id if last is not None and last.step != Step.NEW else None


def redo_target(db: Database) -> str | None:
    """Return the undo that Redo takes back next, or None where something else was done since."""
    last = _last_but(db, Step.REDO)
    return last.id if last is not None and last.step == Step.UNDO else None


_PARTS = "change_set_id IN (SELECT :target UNION ALL SELECT change_set_id FROM merged WHERE merge_id = :target)"
_SIZE = f"""
SELECT (SELECT count(*) + coalesce(sum(rows - 1), 0) FROM row_change LEFT JOIN row_batch USING (seq) WHERE {_PARTS})
    + (SELECT coalesce(sum(codings), 0) FROM source_use WHERE source_id IN
        (SELECT row_id FROM row_change WHERE table_name = 'source' AND after IS NOT NULL AND before IS NOT NULL
            AND after ->> 'text_hash' IS NOT before ->> 'text_hash' AND {_PARTS}))
"""


def size_of(db: Database, target: str | None) -> int:
    """Return how many rows it writes to take a step or merge back, with the codings of texts that it had corrected."""
    return int(db.conn.execute(_SIZE, {"target": target}).fetchone()[0])


class _Made(NamedTuple):
    """A step that was made in this copy, or one of its merges; what these brought is not this copy's to undo."""

    id: str
    step: str
    undoes: str | None


_BEFORE = f"""
SELECT id, step, undoes, made_at FROM change_set WHERE id NOT IN (SELECT change_set_id FROM merged)
    AND made_at > coalesce((SELECT CAST(value AS INTEGER) FROM local WHERE name = 'joined_at'), -1)
    AND (made_at, id) < (:made_at, :id)
UNION ALL SELECT id, '{Step.MERGE}', NULL, made_at FROM merge WHERE (made_at, id) < (:made_at, :id)
ORDER BY made_at DESC, id DESC LIMIT 1
"""
_END = (1 << 63) - 1

_known: WeakKeyDictionary[Database, dict[tuple[Step, str], _Made]] = WeakKeyDictionary()
"""What `_last_but` has found, by the kind and the newest step: it follows from that step and those before it."""


def _last_but(db: Database, kind: Step) -> _Made | None:
    """Return the newest step that is not of `kind`, without those that steps of this kind took back."""
    known = _known.setdefault(db, {})
    passed: list[tuple[Step, str]] = []
    at = _before(db, None)
    while at is not None and at.step == kind:
        if (kind, at.id) in known:
            at = known[kind, at.id]
            break
        passed.append((kind, at.id))
        at = _before(db, at.undoes or "")
    if at is not None and at.step != Step.MERGE:  # which may be taken out from under them
        known.update(dict.fromkeys(passed, at))
    return at


def _before(db: Database, step_id: str | None) -> _Made | None:
    """Return the step made before this one, or the newest for None."""
    made_at = _END
    if step_id is not None:
        row = db.conn.execute("SELECT made_at FROM change_set WHERE id = ?", (step_id,)).fetchone()
        made_at = row[0] if row else -1
    found = db.conn.execute(_BEFORE, {"made_at": made_at, "id": step_id or ""}).fetchone()
    return _Made(*found[:3]) if found else None


@dataclass(slots=True)
class Plan:
    """The writes that take a step back: single rows by table, and batches as they will be journaled."""

    target: ChangeSet
    inserts: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    deletes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    updates: dict[str, list[tuple[str, Row]]] = field(default_factory=dict[str, list[tuple[str, Row]]])
    batches: list[RowBatch] = field(default_factory=list[RowBatch])
    confirms: list[tuple[str, str, frozenset[str]]] = field(default_factory=list[tuple[str, str, frozenset[str]]])
    """Table, id and fields of rows whose fields the step had meant to be as they were."""

    def is_empty(self) -> bool:
        """Say whether there is nothing left to take back."""
        return not (self.inserts or self.deletes or self.updates or self.batches or self.confirms)

    def removed(self, table: str) -> Iterator[list[str]]:
        """Yield the ids of the rows of a table that the plan deletes, some at a time."""
        yield from chunks(self.deletes.get(table, ()))
        yield from (batch.row_ids() for batch in self.batches if batch.table == table and batch.packed_after is None)

    def values(self, table: str) -> Iterator[Columns]:
        """Yield what the plan sets in the rows of a table, by column, some rows at a time."""
        yield from (_by_column(some) for some in chunks(self.inserts.get(table, ())))
        yield from (_by_column(some) for some in chunks(values for _, values in self.updates.get(table, ())))
        for batch in self.batches:
            after = batch.after() if batch.table == table else None
            if after is not None:
                before = batch.before() or {}
                yield {name: values for name, values in after.items() if before.get(name) != values}

    def moved_codes(self) -> Iterator[str]:
        """Yield the codes that the plan inserts or sets."""
        yield from (str(row["id"]) for row in self.inserts.get("code", ()))
        yield from (row_id for row_id, _ in self.updates.get("code", ()))
        for batch in self.batches:
            yield from batch.row_ids() if batch.table == "code" and batch.packed_after else ()


def _by_column(rows_: Iterable[Row]) -> Columns:
    columns: Columns = {}
    for row in rows_:
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return columns


def plan_reverse(db: Database, target: ChangeSet, on_progress: OnProgress | None = None) -> Plan:
    """Return what takes `target` back.

    Raises UndoRefused, with the later steps named, where a field that it changed was changed again.
    """
    plan = Plan(target)
    in_the_way = _plan_rows(db, plan, [part for part in target.parts if isinstance(part, RowChange)])
    batches = [part for part in target.parts if isinstance(part, RowBatch)]
    for done, batch in enumerate(batches):
        if on_progress:
            on_progress(done, 2 * len(batches))
        in_the_way += _plan_batch(db, plan, batch)
    if in_the_way:
        raise _refusal(db, target, in_the_way)
    return plan


def _plan_rows(db: Database, plan: Plan, changes: list[RowChange]) -> list[str]:
    """Add the reverse of single rows to the plan and return those that cannot be taken back."""
    standing = _standing_rows(db, changes)
    return [
        change.row_id for change in changes if not _plan_row(plan, change, standing.get((change.table, change.row_id)))
    ]


def _plan_batch(db: Database, plan: Plan, batch: RowBatch) -> list[str]:
    """Add the reverse of a batch to the plan and return the rows that cannot be taken back."""
    ids, left = batch.row_ids(), batch.after()
    columns = left or batch.before() or {}
    standing = {row[0]: row[1:] for row in rows.images(db, batch.table, ["id", *columns], ids)}
    wanted = zip(*left.values(), strict=True) if left is not None else (None for _ in ids)
    as_left = {row_id for row_id, image in zip(ids, wanted, strict=True) if standing.get(row_id) == image}
    if len(as_left) == len(ids):
        plan.batches.append(batch.reversed())
        return []
    clean, others = batch.only(as_left), batch.only(set(ids) - as_left)
    if clean is not None:
        plan.batches.append(clean.reversed())
    return _plan_rows(db, plan, list(others.changes()) if others is not None else [])


def _plan_row(plan: Plan, change: RowChange, standing: Row | None) -> bool:
    """Add the reverse of one row to the plan; False where a later change stands in the way."""
    if change.before is None:
        if standing is not None:
            plan.deletes.setdefault(change.table, []).append(change.row_id)
        return standing is None or standing == change.after
    if standing is None:
        if change.after is None:
            plan.inserts.setdefault(change.table, []).append(change.before)
        return change.after is None
    if change.after is None:
        return standing == change.before
    wanted = _wanted(change, change.before, change.after, standing)
    if change.confirmed:
        plan.confirms.append((change.table, change.row_id, change.confirmed))
    if wanted:
        plan.updates.setdefault(change.table, []).append((change.row_id, wanted))
    return wanted is not None


def _wanted(change: RowChange, before: Row, after: Row, standing: Row) -> Row | None:
    """Return what to set so that the changed fields are as before; None where one was set otherwise since."""
    wanted: Row = {}
    for names in _values(change):
        if all(standing[name] == after[name] for name in names):
            wanted |= {name: before[name] for name in names}
        elif any(standing[name] != before[name] for name in names):
            return None
    return wanted


def _values(change: RowChange) -> Iterable[tuple[str, ...]]:
    """Yield the fields that changed, each alone or with those that are one value with it."""
    changed = set(change.changed())
    for together in ONE_VALUE.get(change.table, ()):
        if changed.intersection(together):
            changed.difference_update(together)
            yield together
    yield from ((name,) for name in sorted(changed))


def _standing_rows(db: Database, changes: Iterable[RowChange]) -> dict[tuple[str, str], Row]:
    by_table: dict[str, list[str]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change.row_id)
    return {
        (table, str(row["id"])): row
        for table, ids in by_table.items()
        for row in rows.fetch(db, table, journaled_columns(db, table), ids)
    }


def _still_used(db: Database, plan: Plan) -> Iterator[str]:
    """Yield rows that refer to one that the plan has deleted."""
    refers = references(db)
    for referred in dict.fromkeys(one[2] for one in refers):
        for gone in map(id_list, plan.removed(referred)):
            for table, column in ((table, column) for table, column, to in refers if to == referred):
                found = db.conn.execute(f'SELECT id FROM "{table}" WHERE "{column}" IN {AMONG}', (gone,))
                yield from (row[0] for row in found)


def _needed_but_gone(db: Database, plan: Plan) -> Iterator[str]:
    """Yield rows that are missing, to which one that the plan has written refers."""
    refers = references(db)
    for table in dict.fromkeys(one[0] for one in refers):
        for columns in plan.values(table):
            for column, referred in ((column, referred) for at, column, referred in refers if at == table):
                needed = {str(value) for value in columns.get(column, ()) if value is not None}
                sql = f'SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM "{referred}")'
                yield from (row[0] for row in db.conn.execute(sql, (id_list(needed),)))


def _in_a_cycle(db: Database, plan: Plan) -> list[str]:
    """Return the codes that the plan has made their own ancestors."""
    moves = list(plan.moved_codes())
    parents: dict[str, Value] = dict(db.conn.execute("SELECT id, parent_id FROM code")) if moves else {}
    for code_id in moves:
        seen: dict[str, None] = {}
        at: Value = code_id
        while isinstance(at, str) and at not in seen:
            seen[at] = None
            at = parents.get(at)
        if isinstance(at, str):
            return list(seen)
    return []


def _refusal(db: Database, target: ChangeSet, row_ids: list[str]) -> UndoRefused:
    later: dict[str, str] = {}
    for change_set_id, label, wall_time in db.conn.execute(
        "SELECT id, label, wall_time FROM change_set WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY made_at DESC",
        (id_list(_later_steps(db, target, set(row_ids))),),
    ):
        later[change_set_id] = f"{label} ({wall_time[:16].replace('T', ' ')})"
    names = list(later.values())
    told = "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")
    words = tr(
        "“{label}” cannot be taken back, because later steps build on it: {later}. Take these back first.",
        label=target.label,
        later=told or tr("the rows are gone"),
    )
    return UndoRefused(words, tuple(later))


def _later_steps(db: Database, target: ChangeSet, row_ids: set[str]) -> set[str]:
    """Return the change sets behind `target` that changed any of the rows."""
    later = (
        "FROM row_change JOIN change_set ON change_set.id = change_set_id"
        " WHERE (made_at, change_set.id) > (SELECT made_at, id FROM change_set WHERE id = ?)"
    )
    found: set[str] = set()
    for chunk in chunks(row_ids):
        sql = f"SELECT DISTINCT change_set_id {later} AND row_id IN {AMONG}"
        found.update(row[0] for row in db.conn.execute(sql, (target.id, id_list(chunk))))
    sql = f"SELECT change_set_id, seq {later} AND row_id = ''"
    for change_set_id, seq in db.conn.execute(sql, (target.id,)):
        if change_set_id not in found:
            row = db.conn.execute("SELECT rows, row_ids FROM row_batch WHERE seq = ?", (seq,)).fetchone()
            batch = RowBatch("", row[0], row[1], None, None)
            found.update([change_set_id] if row_ids.intersection(batch.row_ids()) else ())
    return found


def apply_plan(db: Database, plan: Plan, on_progress: OnProgress | None = None) -> None:
    """Write a plan's rows, within an open step.

    Raises UndoRefused, with the later steps named, where a row that went is still used, one that is
    needed is gone, or a code would come under itself; the step is then to be rolled back.
    """
    _apply_rows(db, plan)
    for done, batch in enumerate(plan.batches, start=len(plan.batches)):
        if on_progress:
            on_progress(done, 2 * len(plan.batches))
        rows.write(db, batch)
    in_the_way = [*_still_used(db, plan), *_needed_but_gone(db, plan), *_in_a_cycle(db, plan)]
    if in_the_way:
        raise _refusal(db, plan.target, in_the_way)


def _apply_rows(db: Database, plan: Plan) -> None:
    for table, ids in plan.deletes.items():
        rows.delete_many(db, table, ids)
    for table, new in plan.inserts.items():
        rows.insert_many(db, table, new)
    for table, updates in plan.updates.items():
        for row_id, values in updates:
            rows.update(db, table, row_id, values)
    for table, row_id, fields in plan.confirms:
        rows.confirm(db, table, row_id, sorted(fields))


def label_of(db: Database, change_set_id: str) -> str:
    """Return the label of a step (an undo has that of the step that it took back), or the name of a merge."""
    merge = db.conn.execute("SELECT name FROM merge WHERE id = ?", (change_set_id,)).fetchone()
    if merge is not None:
        return tr("Merge {name}", name=merge[0])
    row = db.conn.execute("SELECT label FROM change_set WHERE id = ?", (change_set_id,)).fetchone()
    return row[0] if row else ""


def reverse(db: Database, change_set_id: str, on_progress: OnProgress | None = None) -> Plan:
    """Return the plan that takes back one change set of the journal.

    Raises UndoRefused where there is none of this id or it cannot be taken back.
    """
    target = journal.change_set(db, change_set_id)
    if target is None:
        raise UndoRefused(tr("The history holds no step {id}.", id=change_set_id))
    if target.step is Step.NEW:
        raise UndoRefused(tr("The project's beginning cannot be taken back."))
    return plan_reverse(db, target, on_progress)
