"""The passages behind one cell of a co-occurrence table, so that every number can be read in the texts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coder_app.analysis import counting
from coder_app.analysis.columns import Codings
from coder_app.analysis.counting import Grid, Pool
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.pools import blocks, check_units, pooled, scoped
from coder_app.analysis.spans import meetings, shared, touched
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
    codings: Codings,
    tree: CodeTree,
    how: Counting,
    pair: tuple[str, str],
    *,
    units: Grid | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Passage]:
    """Return where the two codes of `pair` meet, block by block, by source id and place.

    `codings` were numbered with this tree. There are as many passages as the cell says: meeting segments,
    pairs of codings or units. In the mode `characters` their stretches lie apart and add up to the cell.
    The same code twice gives the code's own segments, codings or units. A code and its ancestor under
    roll-up have no passages.
    Raises what `cooccurrence` raises, and BadInput for an unknown code.
    """
    for code in pair:
        if code not in tree:
            raise BadInput(tr("There is no code “{name}” in the codebook; check its spelling, or add it.", name=code))
    check_units(how, units)
    if how.roll_up and (pair[0] in tree.ancestors(pair[1]) or pair[1] in tree.ancestors(pair[0])):
        return []
    chosen = scoped(codings, tree, how)
    ids = chosen.ids
    pool = pooled(chosen, tree, replace(how, codes=frozenset(pair))).pool
    pool = pool if how.mode is Mode.PAIRS else counting.merged(pool)
    coders = [list(ids.coders)[int(number)] for number in np.unique(chosen.coder)]
    grid = None if how.unit is Unit.DOCUMENT else units
    found: list[Passage] = []
    for label, coder_id, number in blocks(how, coders, ids, names or {}):
        spans_of = _spans_by_source(pool.at(pool.block == number), list(ids.sources))
        for source, by_code in sorted(spans_of.items()):
            first, second = (by_code.get(ids.codes[code], []) for code in pair)
            if first and second:
                places = _places(how.mode, first, second, None if grid is None else grid[source])
                found += [Passage(label, coder_id, source, *place, a, b) for place, a, b in sorted(places)]
    return found


def _spans_by_source(pool: Pool, sources: list[str]) -> Mapping[str, Mapping[int, list[Span]]]:
    """Return the spans of each code in each source, in order."""
    columns = (pool.source, pool.code, pool.start, pool.stop)
    found: defaultdict[str, defaultdict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for source, code, start, stop in sorted(zip(*(column.tolist() for column in columns), strict=True)):
        found[sources[source]][code].append((start, stop))
    return found


def _places(
    mode: Mode, first: list[Span], second: list[Span], units: Sequence[Span] | None
) -> list[tuple[Span, Span, Span]]:
    """Return the stretches that count, each with the two spans that meet there."""
    if mode is Mode.UNITS:
        return _shared_units(first, second, units)
    if first is second:
        return [(span, span, span) for span in first]
    met = ((first[a], second[b]) for a, b in meetings(first, second))
    return [(shared(a, b), a, b) for a, b in met]


def _shared_units(first: list[Span], second: list[Span], units: Sequence[Span] | None) -> list[tuple[Span, Span, Span]]:
    if units is None:
        whole = min(first[0][0], second[0][0]), max(stop for _, stop in first + second)
        return [(whole, first[0], second[0])]
    both = sorted(touched(first, units) & touched(second, units))
    return [(units[n], _first_in(first, units[n]), _first_in(second, units[n])) for n in both]


def _first_in(spans: list[Span], unit: Span) -> Span:
    return next(span for span in spans if span[0] < unit[1] and span[1] > unit[0])
