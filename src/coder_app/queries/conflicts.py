"""What copies that were changed apart have left undecided, both sides with author and time."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder_app.domain.change import Row, Value
from coder_app.i18n import tr
from coder_app.queries.things import Things
from coder_app.store.ancestry import Ancestry, ancestry
from coder_app.store.fold import GONE, ONE_VALUE, Folded, Setting, folded
from coder_app.store.migrations import journaled_columns
from coder_app.store.project import Project
from coder_app.store.standing import CUT, REVIVED, references

DELETED, DIFFERENT = "deleted", "different"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that were done: what, by whom, when (UTC), in which step; `values` is None for a delete."""

    values: tuple[Value, ...] | None
    shown: str
    coder: str
    wall_time: str
    step_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that was done differently in two copies, earliest side first; the last one stands.

    `kind` is DIFFERENT for a field (`field`, or the first of fields that are one value), DELETED for a delete beside
    a change, and for repairs REVIVED (deleted, but used: no sides but the delete) or CUT (moved into a circle).
    """

    kind: str
    table: str
    row_id: str
    field: str
    thing: str
    sides: tuple[Side, ...]


def conflicts(project: Project, seen: Ancestry | None = None) -> list[Conflict]:
    """Return what is undecided, codes and sources first; `seen` spares finding out who had seen what."""
    if not count(project):
        return []
    things, seen = Things(project), seen or ancestry(project.db)
    rows = project.rows("SELECT table_name, row_id, field, '' FROM conflict UNION ALL SELECT *, kind FROM repair")
    by_table: dict[str, set[str]] = {}
    for table, row_id, *_ in rows:
        by_table.setdefault(table, set()).add(row_id)
    known = {table: folded(project.db, table, seen, ids) for table, ids in by_table.items()}
    steps = _Steps(project)
    made: list[Conflict] = []
    for table, row_id, field, kind in rows:
        row = known[table][row_id]
        columns = journaled_columns(project.db, table)
        thing = things.name(table, dict(zip(columns, row.image, strict=True)))
        sides = _repaired(project, kind, table, row_id, steps) if kind else _sides(field, table, row, things, steps)
        told = kind or (DELETED if field == GONE else DIFFERENT)
        made.append(Conflict(told, table, row_id, "" if kind else field, thing, tuple(sides)))
    return sorted(made, key=_in_order)


def count(project: Project) -> int:
    """Return how much is undecided."""
    return int(project.rows("SELECT (SELECT count(*) FROM conflict) + (SELECT count(*) FROM repair)")[0][0])


def _in_order(one: Conflict) -> tuple[int, str, str, str]:
    first = ("code", "source", "segment", "coding", "memo")
    return first.index(one.table) if one.table in first else len(first), one.thing, one.row_id, one.field


class _Steps:
    """Who made a step when."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def side(self, step_id: str, values: tuple[Value, ...] | None, shown: str) -> Side:
        sql = (
            "SELECT coalesce(coder.name, ''), wall_time, label FROM change_set"
            " LEFT JOIN coder ON coder.id = coder_id WHERE change_set.id = ?"
        )
        coder, wall_time, label = self._project.rows(sql, (step_id,))[0]
        return Side(values, shown, coder, wall_time, step_id, label)


def _sides(field: str, table: str, row: Folded, things: Things, steps: _Steps) -> Iterator[Side]:
    settings = row.conflicts.get(field, ())
    for setting in settings:
        if (table, field) == ("source", "text_hash"):
            other = settings[0] if setting is settings[-1] else settings[-1]
            yield steps.side(setting.change_set_id, setting.values, things.wording(setting.values[0], other.values[0]))
        elif field != GONE:
            yield steps.side(setting.change_set_id, setting.values, things.value(table, field, setting.values))
        else:
            gone = not setting.values
            yield steps.side(setting.change_set_id, None if gone else setting.values, _what(setting))


def _what(setting: Setting) -> str:
    return tr("changed") if setting.values else tr("deleted")


def _repaired(project: Project, kind: str, table: str, row_id: str, steps: _Steps) -> Iterator[Side]:
    """Yield the last delete of a revived row; of a code that was cut, the moves that set where it stands."""
    column = "after IS NULL" if kind == REVIVED else "json_extract(after, '$.parent_id') IS NOT NULL"
    sql = (
        "SELECT change_set_id FROM row_change JOIN change_set ON change_set.id = change_set_id"
        f" WHERE table_name = ? AND row_id = ? AND {column} ORDER BY made_at DESC, change_set.id DESC LIMIT 1"
    )
    for (step_id,) in project.rows(sql, (table, row_id)):
        yield steps.side(step_id, None, tr("deleted, but used") if kind == REVIVED else tr("moved into a circle"))


def fields_of(conflict: Conflict) -> tuple[str, ...]:
    """Return the columns that a conflict is about."""
    together = ONE_VALUE.get(conflict.table, ())
    return next((names for names in together if names[0] == conflict.field), (conflict.field,))


def row_of(project: Project, table: str, row_id: str) -> Row | None:
    """Return a row as it stands, or None."""
    columns = journaled_columns(project.db, table)
    names = ", ".join(f'"{name}"' for name in columns)
    found = project.rows(f'SELECT {names} FROM "{table}" WHERE id = ?', (row_id,))
    return dict(zip(columns, found[0], strict=True)) if found else None


def uses(project: Project, conflict: Conflict) -> dict[str, int]:
    """Return how many rows of which tables refer to what a conflict is about."""
    found: dict[str, int] = {}
    for table, column, used in references(project.db):
        if used == conflict.table:
            sql = f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?'
            found[table] = found.get(table, 0) + project.rows(sql, (conflict.row_id,))[0][0]
    return {table: n for table, n in found.items() if n}


__all__ = [
    "CUT",
    "DELETED",
    "DIFFERENT",
    "REVIVED",
    "Conflict",
    "Side",
    "conflicts",
    "count",
    "fields_of",
    "row_of",
    "uses",
]
