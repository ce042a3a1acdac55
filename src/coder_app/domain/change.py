"""What one step did to the tables: the only message by which views learn of a change."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, overload

from coder_app.domain.packing import Cell, Columns, holds, pack, unpack

Value: TypeAlias = Cell
Row: TypeAlias = dict[str, Value]


class Step(StrEnum):
    """How a change set came to be, which decides what Undo and Redo do next."""

    NEW = "new"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    REVERT = "revert"
    MERGE = "merge"
    """No change set of its own: what another copy's journal brought, or what taking it out again took."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A journaled row before and after one change; `before` is None for an insert, `after` for a delete.

    `confirmed` are fields that the change meant to be as they are, whether they differ or not.
    """

    table: str
    row_id: str
    before: Row | None
    after: Row | None
    confirmed: frozenset[str] = frozenset()

    def changed(self) -> frozenset[str]:
        """Return the fields whose value differs; all of them for an insert or a delete."""
        if self.before is None or self.after is None:
            return frozenset(self.before or self.after or {})
        return frozenset(name for name, value in self.after.items() if self.before.get(name) != value)


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Many rows of one table that one change inserted, deleted or set; packed, and unpacked only where asked for.

    `before` and `after` hold the journaled columns but for `id`, in the order of `row_ids`; `before` is None
    for inserts, `after` for deletes. What unpacks raises ValueError where the bytes are none of ours.
    """

    table: str
    count: int
    packed_ids: bytes = field(repr=False)
    packed_before: bytes | None = field(repr=False)
    packed_after: bytes | None = field(repr=False)

    def row_ids(self) -> list[str]:
        """Return the ids of the rows."""
        return [str(row_id) for row_id in unpack(self.packed_ids)["id"]]

    def before(self) -> Columns | None:
        """Return the rows before the change by column."""
        return None if self.packed_before is None else unpack(self.packed_before)

    def after(self) -> Columns | None:
        """Return the rows after the change by column."""
        return None if self.packed_after is None else unpack(self.packed_after)

    def mentions(self, value: str) -> bool:
        """Say whether any field of any row is exactly `value`, before or after; an id, say, without unpacking."""
        blobs = (self.packed_ids, self.packed_before, self.packed_after)
        return any(holds(blob, value) for blob in blobs if blob is not None)

    def changes(self) -> Iterator[RowChange]:
        """Yield the rows one by one."""
        befores, afters = _images(self.before()), _images(self.after())
        for row_id in self.row_ids():
            before, after = next(befores, None), next(afters, None)
            yield RowChange(
                self.table,
                row_id,
                None if before is None else {"id": row_id, **before},
                None if after is None else {"id": row_id, **after},
            )

    def reversed(self) -> "RowBatch":
        """Return the batch that takes this one back."""
        return RowBatch(self.table, self.count, self.packed_ids, self.packed_after, self.packed_before)

    def only(self, keep: Collection[str]) -> "RowBatch | None":
        """Return the batch of those rows whose id is in `keep`; None where there are none."""
        ids = self.row_ids()
        places = [place for place, row_id in enumerate(ids) if row_id in keep]
        if not places:
            return None
        return RowBatch(
            self.table,
            len(places),
            pack({"id": [ids[place] for place in places]}),
            _picked(self.before(), places),
            _picked(self.after(), places),
        )


def _images(columns: Columns | None) -> Iterator[Row]:
    if columns is not None:
        yield from (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _picked(columns: Columns | None, places: list[int]) -> bytes | None:
    if columns is None:
        return None
    return pack({name: [values[place] for place in places] for name, values in columns.items()})


class _Rows(Sequence[RowChange]):
    """The rows of a step one by one; those of a batch are made while one looks at them."""

    def __init__(self, parts: tuple[RowChange | RowBatch, ...]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[RowChange]:
        for part in self._parts:
            if isinstance(part, RowChange):
                yield part
            else:
                yield from part.changes()

    def __len__(self) -> int:
        return sum(1 if isinstance(part, RowChange) else part.count for part in self._parts)

    @overload
    def __getitem__(self, index: int) -> RowChange: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RowChange]: ...
    def __getitem__(self, index: int | slice) -> RowChange | Sequence[RowChange]:
        return tuple(self)[index]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step, with the net change of each row that it touched: single rows and batches of many.

    A step may hold a million rows. `touches` and `count` know without looking at them; ask these before
    going through `of` or `rows`, and above some hundreds read anew what is shown.
    """

    id: str
    label: str
    step: Step
    coder_id: str | None
    wall_time: str
    undoes: str | None = None
    parts: tuple[RowChange | RowBatch, ...] = field(default=(), repr=False)
    _counts: Counter[str] = field(init=False, repr=False, compare=False, default_factory=Counter[str])

    def __post_init__(self) -> None:
        for part in self.parts:
            self._counts[part.table] += 1 if isinstance(part, RowChange) else part.count

    def touches(self, *tables: str) -> bool:
        """Say whether any row of one of `tables` changed."""
        return any(table in self._counts for table in tables)

    def count(self, *tables: str) -> int:
        """Return how many rows of `tables` changed."""
        return sum(self._counts[table] for table in tables)

    @property
    def rows(self) -> Sequence[RowChange]:
        """The rows that changed, in the order in which they were first touched."""
        return _Rows(self.parts)

    def of(self, table: str) -> Iterator[RowChange]:
        """Yield the changes of one table, in the order in which its rows were first touched."""
        return iter(_Rows(tuple(part for part in self.parts if part.table == table)))
