"""What one step did to the tables: the only message by which views learn of a change."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | None
Row: TypeAlias = dict[str, Value]


class Step(StrEnum):
    """How a change set came to be, which decides what Undo and Redo do next."""

    NEW = "new"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    REVERT = "revert"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A journaled row before and after one change; `before` is None for an insert, `after` for a delete."""

    table: str
    row_id: str
    before: Row | None
    after: Row | None

    def changed(self) -> frozenset[str]:
        """Return the fields whose value differs; all of them for an insert or a delete."""
        if self.before is None or self.after is None:
            return frozenset(self.before or self.after or {})
        return frozenset(name for name, value in self.after.items() if self.before.get(name) != value)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step, with the net change of each row that it touched."""

    id: str
    label: str
    step: Step
    coder_id: str | None
    wall_time: str
    undoes: str | None = None
    rows: tuple[RowChange, ...] = field(default=(), repr=False)

    def touches(self, *tables: str) -> bool:
        """Say whether any row of one of `tables` changed."""
        return any(change.table in tables for change in self.rows)

    def of(self, table: str) -> Iterator[RowChange]:
        """Yield the changes of one table, in the order in which its rows were first touched."""
        return (change for change in self.rows if change.table == table)
