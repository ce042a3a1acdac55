"""Undo, redo and revert: a step is taken back by a new step that writes its rows in reverse.

Nothing is removed from the journal. A row is only put back where the fields that the step changed
still hold what the step gave them; otherwise the step is refused, and what came later is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, Row, RowChange, Step, Value
from coder_app.domain.errors import UndoRefused
from coder_app.i18n import tr
from coder_app.store import journal, rows
from coder_app.store.migrations import journaled_columns
from coder_app.store.schema import JOURNALED

_NAMED = 3

# Fields that only together say something: a range is put back whole or not at all.
_ONE_VALUE = {"segment": (("text_hash", "start", "stop"), ("time_start", "time_stop"))}


def undo_target(db: Database) -> str | None:
    """Return the change set that Undo takes back next, or None."""
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
    cursor = db.conn.execute("SELECT id, step FROM change_set ORDER BY made_at DESC, id DESC")
    return ((change_set_id, Step(step)) for change_set_id, step in cursor)


@dataclass(slots=True)
class Plan:
    """The writes that take a step back, by table."""

    inserts: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    deletes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    updates: dict[str, list[tuple[str, Row]]] = field(default_factory=dict[str, list[tuple[str, Row]]])

    def is_empty(self) -> bool:
        """Say whether there is nothing left to take back."""
        return not (self.inserts or self.deletes or self.updates)

    def removed(self) -> set[str]:
        """Return the ids of the rows that the plan deletes."""
        return {row_id for ids in self.deletes.values() for row_id in ids}


def plan_reverse(db: Database, target: ChangeSet) -> Plan:
    """Return what takes `target` back.

    Raises UndoRefused, with the later steps named, where later work would be lost or broken.
    """
    plan = Plan()
    standing = _standing_rows(db, target.rows)
    in_the_way = [
        change.row_id
        for change in target.rows
        if not _plan_row(plan, change, standing.get((change.table, change.row_id)))
    ]
    in_the_way += _still_used(db, plan)
    in_the_way += _needed_but_gone(db, plan)
    in_the_way += _in_a_cycle(db, plan)
    if in_the_way:
        raise UndoRefused(_refusal(db, target, in_the_way))
    return plan


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
    for together in _ONE_VALUE.get(change.table, ()):
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


def references(db: Database) -> list[tuple[str, str, str]]:
    """Return (table, column, table referred to) for each foreign key between journaled tables."""
    return [
        (table, row[3], row[2])
        for table in JOURNALED
        for row in db.conn.execute(f'PRAGMA foreign_key_list("{table}")')
        if row[2] in JOURNALED
    ]


def _still_used(db: Database, plan: Plan) -> list[str]:
    removed = plan.removed()
    moved = {
        (table, row_id, column)
        for table, updates in plan.updates.items()
        for row_id, values in updates
        for column in values
    }
    used: list[str] = []
    for table, column, referred in references(db):
        for batch in rows.batches(plan.deletes.get(referred, [])):
            marks = ", ".join("?" * len(batch))
            found = db.conn.execute(f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IN ({marks})', batch)
            used += [row_id for row_id, _ in found if row_id not in removed and (table, row_id, column) not in moved]
    return used


def _needed_but_gone(db: Database, plan: Plan) -> list[str]:
    needed: dict[str, set[str]] = {}
    for table, column, referred in references(db):
        values = [row.get(column) for row in plan.inserts.get(table, [])]
        values += [row.get(column) for _, row in plan.updates.get(table, [])]
        needed.setdefault(referred, set()).update(str(value) for value in values if value is not None)
    gone: list[str] = []
    for table, ids in needed.items():
        coming = {str(row["id"]) for row in plan.inserts.get(table, [])}
        there = {str(row["id"]) for row in rows.fetch(db, table, ["id"], sorted(ids - coming))}
        gone += sorted(ids - coming - (there - plan.removed()))
    return gone


def _in_a_cycle(db: Database, plan: Plan) -> list[str]:
    """Return the codes that the plan would make their own ancestors."""
    moves = {str(row["id"]): row["parent_id"] for row in plan.inserts.get("code", [])}
    moves |= {row_id: row["parent_id"] for row_id, row in plan.updates.get("code", []) if "parent_id" in row}
    if not moves:
        return []
    parents: dict[str, Value] = dict(db.conn.execute("SELECT id, parent_id FROM code"))
    parents |= moves
    for code_id in moves:
        seen: dict[str, None] = {}
        at: Value = code_id
        while isinstance(at, str) and at not in seen:
            seen[at] = None
            at = parents.get(at)
        if isinstance(at, str):
            return list(seen)
    return []


def _refusal(db: Database, target: ChangeSet, row_ids: list[str]) -> str:
    later: dict[str, str] = {}
    for batch in rows.batches(row_ids):
        marks = ", ".join("?" * len(batch))
        found = db.conn.execute(
            "SELECT DISTINCT change_set.id, label, wall_time FROM row_change"
            " JOIN change_set ON change_set.id = row_change.change_set_id"
            f" WHERE row_id IN ({marks})"
            " AND row_change.seq > (SELECT max(seq) FROM row_change WHERE change_set_id = ?)"
            " ORDER BY made_at DESC",
            [*batch, target.id],
        )
        later |= {
            change_set_id: f"{label} ({wall_time[:16].replace('T', ' ')})" for change_set_id, label, wall_time in found
        }
    names = list(later.values())
    told = "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")
    return tr(
        "“{label}” cannot be taken back, because later steps build on it: {later}. Take these back first.",
        label=target.label,
        later=told or tr("the rows are gone"),
    )


def apply_plan(db: Database, plan: Plan) -> None:
    """Write a plan's rows, within an open step."""
    for table, ids in plan.deletes.items():
        rows.delete_many(db, table, ids)
    for table, new in plan.inserts.items():
        rows.insert_many(db, table, new)
    for table, updates in plan.updates.items():
        for row_id, values in updates:
            rows.update(db, table, row_id, values)


def label_of(db: Database, change_set_id: str) -> str:
    """Return the label of the step that a chain of undos and redos began with."""
    row = db.conn.execute("SELECT label, undoes, step FROM change_set WHERE id = ?", (change_set_id,)).fetchone()
    while row is not None and row[2] in (Step.UNDO, Step.REDO) and row[1] is not None:
        earlier = db.conn.execute("SELECT label, undoes, step FROM change_set WHERE id = ?", (row[1],)).fetchone()
        if earlier is None:
            break
        row = earlier
    return row[0] if row else ""


def reverse(db: Database, change_set_id: str) -> Plan:
    """Return the plan that takes back one change set of the journal.

    Raises UndoRefused where there is none of this id or it cannot be taken back.
    """
    target = journal.change_set(db, change_set_id)
    if target is None:
        raise UndoRefused(tr("The history holds no step {id}.", id=change_set_id))
    if target.step is Step.NEW:
        raise UndoRefused(tr("The project's beginning cannot be taken back."))
    return plan_reverse(db, target)
