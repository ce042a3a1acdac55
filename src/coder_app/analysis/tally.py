"""A counted table that can follow the codings: by the documents that changed, never by counting all anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis import counting
from coder_app.analysis.block import Block, Cooccurrence, Counts, Pairs
from coder_app.analysis.cells import NONE, Cells, tallied
from coder_app.analysis.columns import Codings, Ids, Numbers
from coder_app.analysis.counting import Grid, Pool
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.pools import Pooled, blocks, check_units, pooled, scoped
from coder_app.domain.tree import CodeTree


@dataclass(frozen=True, slots=True)
class _Sums:
    """What adds up over documents, by block; `counts` and `units` hold each code's own number besides the pairs.

    `coders` counts the codings of each coder in scope, `scope` the units of the block's sources.
    """

    counts: Cells
    own: Cells
    codings: Cells
    segments: Cells
    units: Cells
    scope: Cells
    coders: Cells

    def plus(self, other: "_Sums", *, times: int = 1) -> "_Sums":
        return _Sums(*(mine.plus(theirs, times=times) for mine, theirs in zip(self.all(), other.all(), strict=True)))

    def all(self) -> tuple[Cells, ...]:
        return self.counts, self.own, self.codings, self.segments, self.units, self.scope, self.coders


def tally(codings: Codings, tree: CodeTree, how: Counting, *, units: Grid | None = None) -> "Tally":
    """Count codings into a table that can follow them later. Takes and raises what `cooccurrence` does."""
    check_units(how, units)
    return Tally(codings, tree, how, units, _sums(codings, tree, how, units))


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """A counted table together with the codings that it counts."""

    codings: Codings
    tree: CodeTree
    how: Counting
    units: Grid | None
    _sums: _Sums

    def followed(
        self, source_ids: Collection[str], codings: Codings, tree: CodeTree, *, units: Grid | None = None
    ) -> "Tally":
        """Return the table after the codings of some sources have changed; the others are not looked at.

        `codings` are all of today, numbered on from those that are counted here; `units` and `tree` are as they
        are now, too. Under roll-up no code may have come to stand elsewhere. Raises what `cooccurrence` does.
        """
        old, new = (each.where(each.within(source_ids)) for each in (self.codings, codings))
        before = _sums(old, self.tree, self.how, self.units)
        after = _sums(new, tree, self.how, units)
        return Tally(codings, tree, self.how, units, self._sums.plus(after.plus(before, times=-1)))

    def table(self, names: Mapping[str, str]) -> Cooccurrence:
        """Return the table, its blocks sorted by the coders' names (then ids).

        Raises BadInput for a consensus of more people than coded.
        """
        ids = self.codings.ids
        coders = [list(ids.coders)[number] for number in self._sums.coders.blocks()]
        found = blocks(self.how, coders, ids, names)
        nested = _nested(self.tree, ids) if self.how.roll_up else _Nested(frozenset(), NONE.keys)
        shown = tuple(self._block(label, coder, number, nested) for label, coder, number in found)
        return Cooccurrence(self.how, shown, _counts_units(self.how, self.units))

    def _block(self, label: str, coder_id: str | None, number: int, nested: "_Nested") -> Block:
        sums = _Sums(*(cells.of_block(number) for cells in self._sums.all()))
        ids = self.codings.ids
        codings, segments = _own_numbers(sums.codings, ids), _own_numbers(sums.segments, ids)
        total = int(sums.scope.counts.sum())
        units = _counts(sums.units, ids, nested, total)
        counts = units if self.how.mode is Mode.UNITS else _counts(sums.counts, ids, nested)
        return Block(
            coders=label,
            coder_id=coder_id,
            codes=tuple(code.id for code in self.tree.walk() if code.id in codings),
            mode=self.how.mode,
            counts=counts,
            own=_own_numbers(sums.own, ids) if self.how.roll_up else counts.n,
            redundant={code: count - segments[code] for code, count in codings.items()},
            nested=nested.pairs,
            by_unit=units if _counts_units(self.how, self.units) else None,
        )


def _counts_units(how: Counting, units: Grid | None) -> bool:
    return units is not None or how.unit is Unit.DOCUMENT


def _sums(codings: Codings, tree: CodeTree, how: Counting, units: Grid | None) -> _Sums:
    chosen = scoped(codings, tree, how)
    found = pooled(chosen, tree, how)
    merged = counting.merged(found.pool)
    by_unit, scope = _by_unit(found, merged, chosen.ids, how, units) if _counts_units(how, units) else (NONE, NONE)
    return _Sums(
        counts=NONE if how.mode is Mode.UNITS else _counted(how.mode, found.pool, merged),
        own=_own(found.own, chosen.ids, how, units) if how.roll_up else NONE,
        codings=counting.entries_per_code(found.pool),
        segments=counting.entries_per_code(merged),
        units=by_unit,
        scope=scope,
        coders=_per_block(chosen.coder),
    )


def _counted(mode: Mode, pool: Pool, merged: Pool) -> Cells:
    match mode:
        case Mode.CHARACTERS:
            return counting.characters_per_code(merged).plus(counting.shared_characters(merged))
        case Mode.PAIRS:
            return counting.entries_per_code(pool).plus(counting.meeting_entries(pool))
        case _:
            return counting.entries_per_code(merged).plus(counting.meeting_entries(merged))


def _by_unit(found: Pooled, merged: Pool, ids: Ids, how: Counting, units: Grid | None) -> tuple[Cells, Cells]:
    names = list(ids.sources)
    grid = None if how.unit is Unit.DOCUMENT else units
    cells = counting.units_with_codes(counting.codes_per_unit(merged, names, grid))
    many = [1 if grid is None else len(grid[names[number]]) for number in found.source.tolist()]
    return cells, _per_block(found.block, np.array(many, dtype=np.int64))


def _own(own: Pool, ids: Ids, how: Counting, units: Grid | None) -> Cells:
    """Count what each code has without its descendants."""
    merged = counting.merged(own)
    match how.mode:
        case Mode.CHARACTERS:
            return counting.characters_per_code(merged)
        case Mode.PAIRS:
            return counting.entries_per_code(own)
        case Mode.SEGMENTS:
            return counting.entries_per_code(merged)
        case Mode.UNITS:
            grid = None if how.unit is Unit.DOCUMENT else units
            return counting.units_per_code(counting.codes_per_unit(merged, list(ids.sources), grid))


def _per_block(block: Numbers, weights: Numbers | None = None) -> Cells:
    nothing = np.zeros_like(block)
    return tallied(block, nothing, nothing, weights)


@dataclass(frozen=True, slots=True, eq=False)
class _Nested:
    """The pairs of a code and its ancestor: by id in either order, and as keys of cells."""

    pairs: frozenset[tuple[str, str]]
    keys: Numbers


def _nested(tree: CodeTree, ids: Ids) -> _Nested:
    lines = [(code.id, ancestor) for code in tree.walk() for ancestor in tree.ancestors(code.id)]
    code = np.array([ids.codes[one] for one, _ in lines], dtype=np.int64)
    other = np.array([ids.codes[one] for _, one in lines], dtype=np.int64)
    both = frozenset(lines).union((ancestor, one) for one, ancestor in lines)
    return _Nested(both, tallied(np.zeros_like(code), code, other).keys)


def _counts(cells: Cells, ids: Ids, nested: _Nested, total: int | None = None) -> Counts:
    _, own = cells.own()
    pairs = cells.without(own.keys).without(nested.keys)
    return Counts(_own_numbers(cells, ids), Pairs(pairs, ids.codes), total)


def _own_numbers(cells: Cells, ids: Ids) -> dict[str, int]:
    names = list(ids.codes)
    code, own = cells.own()
    return {names[one]: n for one, n in zip(code.tolist(), own.counts.tolist(), strict=True)}
