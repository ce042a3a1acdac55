"""The passages behind one cell of a co-occurrence table, so that every number can be read in the texts."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coder_app.analysis import counting
from coder_app.analysis.columns import Codings
from coder_app.analysis.counting import Pool
from coder_app.analysis.directed import Marks, reaches
from coder_app.analysis.how import WHOLES, Counting, Mode
from coder_app.analysis.pools import blocks, check_units, pooled, scoped
from coder_app.analysis.spans import meetings, relation, shared, touched
from coder_app.analysis.units import Cases, Cut
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
    units: Cut | None = None,
    marks: Marks | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Passage]:
    """Return where the two codes of `pair` meet, block by block, by source id and place.

    `codings` were numbered with this tree. There are as many passages as the cell says: meeting segments,
    pairs of codings, units, or lines whose window holds both; of a case the first. In the mode `characters`
    their stretches lie apart and add up to the cell. The same code twice gives the code's own segments, codings
    or units. A code and its ancestor under roll-up have no passages.
    Raises what `cooccurrence` raises, and BadInput for an unknown code.
    """
    for code in pair:
        if code not in tree:
            raise BadInput(tr("There is no code “{name}” in the codebook; check its spelling, or add it.", name=code))
    check_units(how, units, marks)
    if how.roll_up and (pair[0] in tree.ancestors(pair[1]) or pair[1] in tree.ancestors(pair[0])):
        return []
    chosen = scoped(codings, tree, how)
    ids = chosen.ids
    pool = pooled(chosen, tree, replace(how, codes=frozenset(pair))).pool
    pool = pool if how.mode in _OF_CODINGS else counting.merged(pool)
    coders = [list(ids.coders)[int(number)] for number in np.unique(chosen.coder)]
    found: list[Passage] = []
    for label, coder_id, number in blocks(how, coders, ids, names or {}):
        by_source = _spans_by_source(pool.at(pool.block == number), list(ids.sources))
        sides = {
            source: (spans.get(ids.codes[pair[0]], []), spans.get(ids.codes[pair[1]], []))
            for source, spans in sorted(by_source.items())
        }
        found += [Passage(label, coder_id, *place) for place in _all_places(how, sides, units, marks)]
    return found


_OF_CODINGS = frozenset({Mode.PAIRS, Mode.RELATION, Mode.PROXIMITY})
_Place = tuple[Span, Span, Span]
_Sides = Mapping[str, tuple[list[Span], list[Span]]]


def _all_places(
    how: Counting, sides: _Sides, cut: Cut | None, marks: Marks | None
) -> Iterator[tuple[str, int, int, Span, Span]]:
    """Yield source, start and stop of each stretch that counts, with the two spans that meet there."""
    if isinstance(cut, Cases) and how.mode is Mode.UNITS:
        yield from _by_case(sides, cut)
        return
    for source, (first, second) in sides.items():
        if first and second:
            units = None if cut is None or isinstance(cut, Cases) or how.unit in WHOLES else cut.get(source, ())
            for (start, stop), a, b in sorted(_places(how, first, second, units, _of(marks, source))):
                yield source, start, stop, a, b


def _of(marks: Marks | None, source: str) -> Marks | None:
    return None if marks is None else {"": marks.get(source, ())}


def _spans_by_source(pool: Pool, sources: list[str]) -> Mapping[str, Mapping[int, list[Span]]]:
    """Return the spans of each code in each source, in order."""
    columns = (pool.source, pool.code, pool.start, pool.stop)
    found: defaultdict[str, defaultdict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for source, code, start, stop in sorted(zip(*(column.tolist() for column in columns), strict=True)):
        found[sources[source]][code].append((start, stop))
    return found


def _places(
    how: Counting, first: list[Span], second: list[Span], units: Sequence[Span] | None, marks: Marks | None
) -> list[_Place]:
    """Return the stretches that count, each with the two spans that meet there."""
    if how.mode is Mode.UNITS:
        return _shared_units(first, second, units)
    if how.mode is Mode.WINDOWS:
        return _shared_windows(first, second, units or (), how.stanza)
    if first is second:
        return [(span, span, span) for span in first]
    if how.mode is Mode.RELATION:
        pairs = [(a, b) for a in first for b in second if relation(a, b) is how.relation]
        return [(_around(a, b), a, b) for a, b in pairs]
    if how.mode is Mode.PROXIMITY:
        return [(_around(a, b), a, b) for a, b in _near(how, first, second, marks)]
    met = ((first[a], second[b]) for a, b in meetings(first, second))
    return [(shared(a, b), a, b) for a, b in met]


def _around(a: Span, b: Span) -> Span:
    return min(a[0], b[0]), max(a[1], b[1])


def _near(how: Counting, first: list[Span], second: list[Span], marks: Marks | None) -> Iterator[tuple[Span, Span]]:
    """Yield each span with those of the other code that begin behind it and near it."""
    stops = np.array([stop for _, stop in first], dtype=np.int64)
    starts = [start for start, _ in second]
    for a, last in zip(first, reaches(np.zeros_like(stops), stops, how.distance, [""], marks).tolist(), strict=True):
        for place in range(bisect_left(starts, a[1]), bisect_right(starts, last)):
            yield a, second[place]


def _shared_units(first: list[Span], second: list[Span], units: Sequence[Span] | None) -> list[_Place]:
    if units is None:
        whole = min(first[0][0], second[0][0]), max(stop for _, stop in first + second)
        return [(whole, first[0], second[0])]
    both = sorted(touched(first, units) & touched(second, units))
    return [(units[n], _first_in(first, units[n]), _first_in(second, units[n])) for n in both]


def _shared_windows(first: list[Span], second: list[Span], units: Sequence[Span], stanza: int) -> list[_Place]:
    """Return the lines in which one code stands while the other one is in their window."""
    sides = [sorted(touched(spans, units)) for spans in (first, second)]
    found: list[_Place] = []
    for line in sorted({*sides[0], *sides[1]}):
        latest = [side[bisect_right(side, line) - 1] if side and side[0] <= line else -stanza for side in sides]
        if min(latest) > line - stanza and max(latest) == line:
            a, b = (_first_in(spans, units[at]) for spans, at in zip((first, second), latest, strict=True))
            found.append(((units[min(latest)][0], units[line][1]), a, b))
    return found


def _first_in(spans: list[Span], unit: Span) -> Span:
    return next(span for span in spans if span[0] < unit[1] and span[1] > unit[0])


def _by_case(sides: _Sides, cases: Cases) -> Iterator[tuple[str, int, int, Span, Span]]:
    """Yield one place for each case with both codes: where they stand in one source, or else the first code's."""
    found: dict[str, list[tuple[str, list[Span], list[Span]]]] = {}
    for source, (first, second) in sides.items():
        held: dict[str, list[Span]] = {}
        for start, stop, case in cases.places.get(source, ()):
            held.setdefault(case, []).append((start, stop))
        for case, parts in held.items():
            inside = [[span for span in side if any(_meet(span, part) for part in parts)] for side in (first, second)]
            found.setdefault(case, []).append((source, inside[0], inside[1]))
    for case in sorted(found):
        rows = found[case]
        if any(a for _, a, _ in rows) and any(b for _, _, b in rows):
            source, a, b = next((row for row in rows if row[1] and row[2]), None) or next(row for row in rows if row[1])
            start, stop = _around(a[0], (b or a)[0])
            yield source, start, stop, a[0], (b or a)[0]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
