"""A counted table that can follow the codings: by the documents that changed, never by counting all anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis import counting, directed, windows
from coder_app.analysis.block import Block, Cooccurrence, Counts, Pairs
from coder_app.analysis.cells import NONE, Cells, tallied
from coder_app.analysis.columns import Codings, Ids, Numbers
from coder_app.analysis.counting import Pool, Units
from coder_app.analysis.directed import Marks
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.pools import Pooled, blocks, check_units, pooled, scoped
from coder_app.analysis.units import Cases, Cut, Grid
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


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is known of the texts: the units of each source, or its cases, and where its words or paragraphs begin.

    `lengths` are those of the texts in code points, by source id; only turning codes round needs them. `case_of`
    is the one case to which a source belongs as a whole; only drawing cases needs it.
    """

    cut: Cut | None = None
    marks: Marks | None = None
    lengths: Mapping[str, int] | None = None
    case_of: Mapping[str, str] | None = None


def tally(
    codings: Codings,
    tree: CodeTree,
    how: Counting,
    *,
    units: Cut | None = None,
    marks: Marks | None = None,
    ground: Ground | None = None,
) -> "Tally":
    """Count codings into a table that can follow them later. Takes and raises what `cooccurrence` does.

    `ground` stands for `units` and `marks` with all else that is known of the texts.
    """
    ground = Ground(units, marks) if ground is None else ground
    check_units(how, ground.cut, ground.marks)
    return Tally(codings, tree, how, ground, _sums(codings, tree, how, ground))


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """A counted table together with the codings that it counts."""

    codings: Codings
    tree: CodeTree
    how: Counting
    ground: Ground
    _sums: _Sums

    @property
    def units(self) -> Cut | None:
        """The units by which it was counted."""
        return self.ground.cut

    def followed(
        self,
        source_ids: Collection[str],
        codings: Codings,
        tree: CodeTree,
        *,
        units: Cut | None = None,
        marks: Marks | None = None,
        ground: Ground | None = None,
    ) -> "Tally":
        """Return the table after the codings of some sources have changed; the others are not looked at.

        `codings` are all of today, numbered on from those that are counted here; what is known of the texts and
        `tree` are as they are now, too. Under roll-up no code may have come to stand elsewhere. Raises what
        `cooccurrence` does.
        """
        if self.how.unit is Unit.CASE:
            # A case may hold several documents, so its counts are no sum over these.
            return tally(codings, tree, self.how, units=units, marks=marks, ground=ground)
        ground = Ground(units, marks) if ground is None else ground
        old, new = (each.where(each.within(source_ids)) for each in (self.codings, codings))
        before = _sums(old, self.tree, self.how, self.ground)
        after = _sums(new, tree, self.how, ground)
        return Tally(codings, tree, self.how, ground, self._sums.plus(after.plus(before, times=-1)))

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
        ids, mode = self.codings.ids, self.how.mode
        codings, segments = _own_numbers(sums.codings, ids), _own_numbers(sums.segments, ids)
        total = int(sums.scope.counts.sum())
        units = _counts(sums.units, ids, nested, total)
        counts = units if mode is Mode.UNITS else _counts(sums.counts, ids, nested, directed=self.how.is_directed)
        return Block(
            coders=label,
            coder_id=coder_id,
            codes=tuple(code.id for code in self.tree.walk() if code.id in codings),
            mode=mode,
            counts=counts,
            own=_own_numbers(sums.own, ids) if self.how.roll_up else counts.n,
            redundant={code: count - segments[code] for code, count in codings.items()},
            nested=nested.pairs,
            by_unit=units if _counts_units(self.how, self.units) else None,
        )


def _counts_units(how: Counting, cut: Cut | None) -> bool:
    return cut is not None or how.unit is Unit.DOCUMENT


def _sums(codings: Codings, tree: CodeTree, how: Counting, ground: Ground) -> _Sums:
    chosen = scoped(codings, tree, how)
    found = pooled(chosen, tree, how)
    merged = counting.merged(found.pool)
    names = list(chosen.ids.sources)
    units = _units(merged, names, how, ground) if _counts_units(how, ground.cut) else None
    return _Sums(
        counts=_counted(how, found.pool, merged, _Known(names, ground, units)),
        own=_own(found.own, names, how, ground) if how.roll_up else NONE,
        codings=counting.entries_per_code(found.pool),
        segments=counting.entries_per_code(merged),
        units=NONE if units is None else counting.units_with_codes(units),
        scope=NONE if units is None else _scope(found, names, how, ground.cut),
        coders=_per_block(chosen.coder),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What a mode may need of the texts: the ids of the sources by number, the units with codes, the marks."""

    names: list[str]
    ground: Ground
    units: Units | None


def _counted(how: Counting, pool: Pool, merged: Pool, known: _Known) -> Cells:
    """Return each code's own number and that of each pair."""
    mode = how.mode
    if mode is Mode.SEGMENTS:
        found = counting.entries_per_code(merged).plus(counting.meeting_entries(merged))
    elif mode is Mode.PAIRS:
        found = counting.entries_per_code(pool).plus(counting.meeting_entries(pool))
    elif mode is Mode.CHARACTERS:
        found = counting.characters_per_code(merged).plus(counting.shared_characters(merged))
    elif mode is Mode.RELATION:
        found = counting.entries_per_code(pool).plus(directed.relation_counts(pool, how.relation))
    elif mode is Mode.PROXIMITY:
        near = directed.nearness_counts(pool, how.distance, known.names, known.ground.marks)
        found = counting.entries_per_code(pool).plus(near)
    elif mode is Mode.WINDOWS and known.units is not None:
        found = _in_windows(known.units, known.names, how, known.ground.cut)
    else:
        found = NONE  # in the mode `units` they are counted besides
    return found


def _in_windows(units: Units, names: list[str], how: Counting, cut: Cut | None) -> Cells:
    grid: Grid = {} if cut is None or isinstance(cut, Cases) else cut
    sizes = np.array([len(grid.get(name, ())) for name in names], dtype=np.int64)
    once = np.ones_like(units.code)
    lines = windows.Lines(units.block, units.source, units.place, units.code, once)
    return counting.units_per_code(units).plus(windows.window_counts(lines, how.stanza, sizes))


def _units(merged: Pool, names: list[str], how: Counting, ground: Ground) -> Units:
    return counting.codes_per_unit(merged, names, None if how.unit is Unit.DOCUMENT else ground.cut)


def _scope(found: Pooled, names: list[str], how: Counting, cut: Cut | None) -> Cells:
    """Return how many units the sources of each block have; a case counts once."""
    if isinstance(cut, Cases):
        sources: dict[int, set[str]] = {}
        rows: list[tuple[int, int]] = np.stack((found.block, found.source), axis=1).tolist()
        for block, source in rows:
            sources.setdefault(block, set()).add(names[source])
        many = [len(cut.of(there)) for there in sources.values()]
        return _per_block(np.array(list(sources), dtype=np.int64), np.array(many, dtype=np.int64))
    grid = None if how.unit is Unit.DOCUMENT else cut
    numbers: list[int] = found.source.tolist()
    many = [1 if grid is None else len(grid.get(names[number], ())) for number in numbers]
    return _per_block(found.block, np.array(many, dtype=np.int64))


def _own(own: Pool, names: list[str], how: Counting, ground: Ground) -> Cells:
    """Count what each code has without its descendants."""
    merged = counting.merged(own)
    match how.mode:
        case Mode.CHARACTERS:
            return counting.characters_per_code(merged)
        case Mode.PAIRS | Mode.RELATION | Mode.PROXIMITY:
            return counting.entries_per_code(own)
        case Mode.SEGMENTS:
            return counting.entries_per_code(merged)
        case Mode.UNITS | Mode.WINDOWS:
            return counting.units_per_code(_units(merged, names, how, ground))


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
    first, second = np.concatenate((code, other)), np.concatenate((other, code))
    keys = tallied(np.zeros_like(first), first, second, directed=True).keys
    return _Nested(both, keys)


def _counts(cells: Cells, ids: Ids, nested: _Nested, total: int | None = None, *, directed: bool = False) -> Counts:
    _, own = cells.own()
    pairs = cells.without(own.keys).without(nested.keys)
    return Counts(_own_numbers(cells, ids), Pairs(pairs, ids.codes, directed=directed), total)


def _own_numbers(cells: Cells, ids: Ids) -> dict[str, int]:
    names = list(ids.codes)
    code, own = cells.own()
    return {names[one]: n for one, n in zip(code.tolist(), own.counts.tolist(), strict=True)}
