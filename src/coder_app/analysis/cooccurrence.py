"""Which codes occur together, and how often: the counts behind the table, one block per coder.

What the numbers mean
- A count and a coefficient use the same unit. The Jaccard coefficient therefore exists for units
  (n_ab / (n_a + n_b - n_ab)) and for characters (shared / covered by either), and nowhere else: pairs of
  segments or codings divided by numbers of codings can exceed 1 (one long A over four short B gives 4).
  With units at hand, the modes `segments` and `pairs` carry the counts per unit besides (`Block.by_unit`),
  whose Jaccard stands beside the unit that it belongs to.
- N, the number of units, covers the sources in scope: those in which the coders of the block coded
  anything at all. An untouched source is no evidence of absence.
- Under roll-up a code's spans are its own and those of all its descendants, each coding once. A code and
  its ancestor always meet then, so their cell is empty.
- `merged` pools the spans of all coders, so codings of different people meet. `consensus:K` keeps the
  stretches that at least K coders gave the code (after roll-up); each stretch counts as one coding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.analysis import counting
from coder_app.analysis.counting import Cells, Pool
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.pools import Pooled, pooled
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one kind: `n` per code, `both` per pair in tree order (absent means 0), `total` units or None."""

    n: Mapping[str, int]
    both: Mapping[tuple[str, str], int]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The counts of one coder, or of several taken as one (`coder_id` is None).

    `codes` are those that are used, in tree order. `own` is `n` without the descendants.
    `redundant` counts codings that vanish when a code's overlapping codings are merged.
    `nested` holds the pairs (either order) whose cell is empty. `by_unit` needs units to be given.
    """

    coders: str
    coder_id: str | None
    codes: tuple[str, ...]
    mode: Mode
    counts: Counts
    own: Mapping[str, int]
    redundant: Mapping[str, int]
    nested: frozenset[tuple[str, str]]
    by_unit: Counts | None

    def n(self, code_id: str) -> int:
        """Return the code's own number in what the mode counts: the diagonal of the matrix."""
        return self.counts.n.get(code_id, 0)

    def n_ab(self, code_a: str, code_b: str) -> int | None:
        """Return the number of the pair, in either order; None where one is an ancestor of the other."""
        return None if (code_a, code_b) in self.nested else _together(self.counts, code_a, code_b)

    def unit_ab(self, code_a: str, code_b: str) -> int | None:
        """Return in how many units both are; None where nested or where no units were given."""
        if self.by_unit is None or (code_a, code_b) in self.nested:
            return None
        return _together(self.by_unit, code_a, code_b)

    def jaccard(self, code_a: str, code_b: str) -> float | None:
        """Return the Jaccard coefficient of what the mode counts; None for segments and pairs (see above)."""
        proper = self.mode in {Mode.CHARACTERS, Mode.UNITS} and (code_a, code_b) not in self.nested
        return _jaccard(self.counts, code_a, code_b) if proper else None

    def unit_jaccard(self, code_a: str, code_b: str) -> float | None:
        """Return the Jaccard coefficient over the units; None where nested or where no units were given."""
        if self.by_unit is None or (code_a, code_b) in self.nested:
            return None
        return _jaccard(self.by_unit, code_a, code_b)


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """The blocks of a co-occurrence table, by the coders' names, and how they were counted.

    `by_unit` says whether the blocks carry the counts per unit, too.
    """

    how: Counting
    blocks: tuple[Block, ...]
    by_unit: bool


def cooccurrence(
    spans: Iterable[CodedSpan],
    tree: CodeTree,
    how: Counting,
    *,
    units: Mapping[str, Sequence[Span]] | None = None,
    names: Mapping[str, str] | None = None,
) -> Cooccurrence:
    """Count which codes occur together.

    `units` gives the paragraphs or sentences of each source in scope, in order; the unit `document` needs
    none. Without `units`, the modes other than `units` leave `by_unit` out. `names` names the coders.
    Raises BadInput for a span without characters or with an unknown code, for a policy that cannot be
    met, and for the mode `units` without units.
    """
    if how.mode is Mode.UNITS and how.unit is not Unit.DOCUMENT and units is None:
        raise BadInput(tr("To count by {unit}, the texts are needed.", unit=how.unit))
    reading = _Reading(tree, how, None if how.unit is Unit.DOCUMENT else units, [code.id for code in tree.walk()])
    count_units = units is not None or how.unit is Unit.DOCUMENT
    blocks = (_block(block, reading, count_units=count_units) for block in pooled(spans, tree, how, names or {}))
    return Cooccurrence(how, tuple(blocks), count_units)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all blocks of one table share. `grid` are the units of each source, None for whole documents."""

    tree: CodeTree
    how: Counting
    grid: Mapping[str, Sequence[Span]] | None
    ids: list[str]


def _block(block: Pooled, reading: _Reading, *, count_units: bool) -> Block:
    mode, ids = reading.how.mode, reading.ids
    merged = counting.merged_pool(block.pool)
    codings = counting.entries_per_code(block.pool)
    segments = counting.entries_per_code(merged)
    codes = tuple(ids[number] for number in sorted(codings))
    nested = _nested(codes, reading.tree) if reading.how.roll_up else frozenset[tuple[str, str]]()
    by_unit = _unit_counts(merged, block.sources, reading) if count_units else None
    if mode is Mode.UNITS and by_unit is not None:
        counts = by_unit
    else:
        counts = Counts(
            _named(_n(mode, block.pool, merged), ids),
            _pairs(_both(mode, block.pool, merged), ids),
        )
    return Block(
        coders=block.label,
        coder_id=block.coder_id,
        codes=codes,
        mode=mode,
        counts=counts,
        own=_own(block, reading) if reading.how.roll_up else counts.n,
        redundant={ids[code]: count - segments[code] for code, count in codings.items()},
        nested=nested,
        by_unit=by_unit,
    )


def _n(mode: Mode, pool: Pool, merged: Pool) -> dict[int, int]:
    if mode is Mode.CHARACTERS:
        return counting.characters_per_code(merged)
    return counting.entries_per_code(pool if mode is Mode.PAIRS else merged)


def _both(mode: Mode, pool: Pool, merged: Pool) -> Cells:
    if mode is Mode.CHARACTERS:
        return counting.shared_characters(merged)
    return counting.meeting_entries(pool if mode is Mode.PAIRS else merged)


def _unit_counts(merged: Pool, sources: frozenset[str], reading: _Reading) -> Counts:
    grid = reading.grid
    filled = counting.codes_per_unit(merged, grid)
    total = len(sources) if grid is None else sum(len(grid[source]) for source in sources)
    n = _named(counting.units_per_code(filled), reading.ids)
    return Counts(n, _pairs(counting.shared_units(filled), reading.ids), total)


def _own(block: Pooled, reading: _Reading) -> dict[str, int]:
    merged = counting.merged_pool(block.own)
    if reading.how.mode is Mode.UNITS:
        return _named(counting.units_per_code(counting.codes_per_unit(merged, reading.grid)), reading.ids)
    return _named(_n(reading.how.mode, block.own, merged), reading.ids)


def _nested(codes: tuple[str, ...], tree: CodeTree) -> frozenset[tuple[str, str]]:
    lines = {(code, ancestor) for code in codes for ancestor in tree.ancestors(code)}
    return frozenset(lines | {(ancestor, code) for code, ancestor in lines})


def _named(numbers: Mapping[int, int], ids: list[str]) -> dict[str, int]:
    return {ids[code]: count for code, count in numbers.items()}


def _pairs(cells: Cells, ids: list[str]) -> dict[tuple[str, str], int]:
    return {(ids[code], ids[other]): count for (code, other), count in cells.items()}


def _together(counts: Counts, code_a: str, code_b: str) -> int:
    return counts.both.get((code_a, code_b)) or counts.both.get((code_b, code_a), 0)


def _jaccard(counts: Counts, code_a: str, code_b: str) -> float | None:
    both = _together(counts, code_a, code_b)
    either = counts.n.get(code_a, 0) + counts.n.get(code_b, 0) - both
    return both / either if either else None
