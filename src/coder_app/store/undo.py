"""Undo, redo and revert: a step is taken back by a new step that writes its rows in reverse.

Nothing is removed from the journal. A row is only put back where the fields that the step changed
still hold what the step gave them; otherwise the step is refused, and what came later is named.

A batch whose rows all stand as it left them is taken back as a batch: its bytes with before and after
changed round, never unpacked to single rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, Row, RowBatch, RowChange, Step, Value
from coder_app.domain.errors import UndoRefused
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
    undone = 0
    for change_set_id, step in _newest_first(db):
        if step is Step.NEW:
            return None
        if step is Step.UNDO:
            undone += 1
        elif undone:
            undone -= 1
        else:
            return change_set_id
    return None


def redo_target(db: Database) -> str | None:
    """Return the undo that Redo takes back next, or None where something else was done since."""
    redone = 0
    for change_set_id, step in _newest_first(db):
        if step is Step.REDO:
            redone += 1
        elif step is not Step.UNDO:
            return None
        elif redone:
            redone -= 1
        else:
            return change_set_id
    return None


def _newest_first(db: Database) -> Iterable[tuple[str, Step]]:
    """Yield the steps that were made in this copy, and its merges; what these brought is not this copy's to undo."""
    cursor = db.conn.execute(
        "SELECT id, step, made_at FROM change_set WHERE id NOT IN (SELECT change_set_id FROM merged)"
        " AND made_at > coalesce((SELECT CAST(value AS INTEGER) FROM local WHERE name = 'joined_at'), -1)"
        f" UNION ALL SELECT id, '{Step.MERGE}', made_at FROM merge ORDER BY made_at DESC, id DESC"
    )
    return ((change_set_id, Step(step)) for change_set_id, step, _ in cursor)


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

    def written(self, table: str) -> Iterator[list[str]]:
        """Yield the ids of the rows of a table that the plan inserts or sets, some at a time."""
        yield from chunks(str(row["id"]) for row in self.inserts.get(table, ()))
        yield from chunks(row_id for row_id, _ in self.updates.get(table, ()))
        yield from (batch.row_ids() for batch in self.batches if batch.table == table and batch.packed_after)


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
    for table, column, referred in references(db):
        for ids in plan.removed(referred):
            found = db.conn.execute(f'SELECT id FROM "{table}" WHERE "{column}" IN {AMONG}', (id_list(ids),))
            yield from (row[0] for row in found)


def _needed_but_gone(db: Database, plan: Plan) -> Iterator[str]:
    """Yield rows that are missing, to which one that the plan has written refers."""
    for table, column, referred in references(db):
        for ids in plan.written(table):
            found = db.conn.execute(
                f'SELECT DISTINCT "{column}" FROM "{table}" AS written WHERE id IN {AMONG} AND "{column}" IS NOT NULL'
                f' AND NOT EXISTS (SELECT 1 FROM "{referred}" AS needed WHERE needed.id = written."{column}")',
                (id_list(ids),),
            )
            yield from (row[0] for row in found)


def _in_a_cycle(db: Database, plan: Plan) -> list[str]:
    """Return the codes that the plan has made their own ancestors."""
    moves = [code_id for ids in plan.written("code") for code_id in ids]
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
    """Return the label of the step that a chain of undos and redos began with, or the name of a merge."""
    merge = db.conn.execute("SELECT name FROM merge WHERE id = ?", (change_set_id,)).fetchone()
    if merge is not None:
        return tr("Merge {name}", name=merge[0])
    row = db.conn.execute("SELECT label, undoes, step FROM change_set WHERE id = ?", (change_set_id,)).fetchone()
    while row is not None and row[2] in (Step.UNDO, Step.REDO) and row[1] is not None:
        earlier = db.conn.execute("SELECT label, undoes, step FROM change_set WHERE id = ?", (row[1],)).fetchone()
        if earlier is None:
            break
        row = earlier
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
