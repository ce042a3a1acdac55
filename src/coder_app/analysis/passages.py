"""The passages behind one cell of a co-occurrence table, so that every number can be read in the texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coder_app.analysis import counting
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.pools import Pooled, pooled
from coder_app.analysis.spans import CodedSpan, meetings, shared, touched
from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr


@dataclass(frozen=True, slots=True)
class Passage:
    """One place where two codes meet: the stretch that counts and the spans that meet there.

    `coders` and `coder_id` are those of the block that counts it. In the mode `units` the stretch is the
    unit, and `a` and `b` are the first spans in it; a document as unit reaches from its first to its last
    span of the two codes. All positions are code points.
    """

    coders: str
    coder_id: str | None
    source_id: str
    start: int
    stop: int
    a: Span
    b: Span


def passages(
    spans: Iterable[CodedSpan],
    tree: CodeTree,
    how: Counting,
    pair: tuple[str, str],
    *,
    units: Mapping[str, Sequence[Span]] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Passage]:
    """Return where the two codes of `pair` meet, block by block, by source id and place.

    There are as many as the cell says: meeting segments, pairs of codings or units. In the mode
    `characters` their stretches lie apart and add up to the cell. The same code twice gives the code's
    own segments, codings or units. A code and its ancestor under roll-up have no passages.
    Raises what `cooccurrence` raises, and BadInput for an unknown code.
    """
    for code in pair:
        if code not in tree:
            raise BadInput(tr("There is no code “{name}” in the codebook; check its spelling, or add it.", name=code))
    if how.mode is Mode.UNITS and how.unit is not Unit.DOCUMENT and units is None:
        raise BadInput(tr("To count by {unit}, the texts are needed.", unit=how.unit))
    if how.roll_up and (pair[0] in tree.ancestors(pair[1]) or pair[1] in tree.ancestors(pair[0])):
        return []
    narrowed = replace(how, codes=frozenset(pair))
    grid = None if how.unit is Unit.DOCUMENT else units
    numbers = {code.id: number for number, code in enumerate(tree.walk())}
    found: list[Passage] = []
    for block in pooled(spans, tree, narrowed, names or {}):
        found += _in_block(block, how.mode, (numbers[pair[0]], numbers[pair[1]]), grid)
    return found


def _in_block(
    block: Pooled, mode: Mode, pair: tuple[int, int], grid: Mapping[str, Sequence[Span]] | None
) -> list[Passage]:
    pool = block.pool if mode is Mode.PAIRS else counting.merged_pool(block.pool)
    found: list[Passage] = []
    for source in sorted(pool):
        first, second = ([entry[:2] for entry in pool[source] if entry[2] == code] for code in pair)
        if not (first and second):
            continue
        if mode is Mode.UNITS:
            places = _shared_units(first, second, None if grid is None else grid[source])
        elif pair[0] == pair[1]:
            places = [(span, span, span) for span in first]
        else:
            met = ((first[a], second[b]) for a, b in meetings(first, second))
            places = [(shared(a, b), a, b) for a, b in met]
        found += [Passage(block.label, block.coder_id, source, *place, a, b) for place, a, b in sorted(places)]
    return found


def _shared_units(first: list[Span], second: list[Span], units: Sequence[Span] | None) -> list[tuple[Span, Span, Span]]:
    if units is None:
        whole = min(first[0][0], second[0][0]), max(stop for _, stop in first + second)
        return [(whole, first[0], second[0])]
    both = sorted(touched(first, units) & touched(second, units))
    return [(units[n], _first_in(first, units[n]), _first_in(second, units[n])) for n in both]


def _first_in(spans: list[Span], unit: Span) -> Span:
    return next(span for span in spans if span[0] < unit[1] and span[1] > unit[0])
