"""The counting itself, on columns of numbers: sorting and searching, for all documents and blocks at once.

A pool is what the blocks of a table count: entries with block, source, start, stop and code. All documents
of all blocks are laid on one line, one behind the other with room between, so that one search serves them
all. In start order the partners of an entry that begin no earlier then stand in one run behind it, so each
meeting pair is found once and no pair that does not meet is ever looked at. Another way to meet (nearness,
windows, directions) is another run behind each entry; a resampled document is the same rows moved or drawn
again. What is counted comes back as `Cells`, which add up over documents.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np

from coder_app.analysis.cells import Cells, Portions, begins, numbered, tallied
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.units import Cases, Cut, Grid
from coder_app.domain.text import Span

# Pairs that are looked at together: enough for the loops to run in C, few enough to bound the memory.
_AT_ONCE = 2_000_000
# Where they are only counted: few enough to stay in the processor's cache.
_IN_CACHE = 50_000
_LARGEST = 1 << 62

Weight: TypeAlias = Callable[[Numbers, Numbers], Numbers | None]
"""Takes the rows of some pairs, the first and the second of each; returns what each counts, None for one."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Entries by column: block and source by number, [start, stop) in code points, the code's number."""

    block: Numbers
    source: Numbers
    start: Numbers
    stop: Numbers
    code: Numbers

    def at(self, rows: Numbers | Flags) -> "Pool":
        """Return these rows, in this order."""
        columns = (self.block, self.source, self.start, self.stop, self.code)
        return Pool(*(column[rows] for column in columns))


def packed(*columns: Numbers) -> Numbers:
    """Return numbers that sort as the rows of several columns (from 0 on) do, the first column counting most."""
    key = columns[0]
    for column in columns[1:]:
        size = int(column.max(initial=0)) + 1
        if int(key.max(initial=0)) >= _LARGEST // size:
            key = np.unique(key, return_inverse=True)[1]
        key = key * size + column
    return key


def on_one_line(document: Numbers, start: Numbers, stop: Numbers) -> tuple[Numbers, Numbers]:
    """Return start and stop on one line; the documents stand together, and each has more room than it needs."""
    number = np.cumsum(begins(document)) - 1
    room = int(stop.max(initial=0)) + 1
    return number * room + start, number * room + stop


def merged(pool: Pool) -> Pool:
    """Return the pool with the spans of each code merged where they share a character."""
    key = packed(pool.block, pool.source, pool.code)
    order = np.argsort(packed(key, pool.start))
    pool = pool.at(order)
    start, stop = on_one_line(key[order], pool.start, pool.stop)
    reach = np.maximum.accumulate(stop) if len(stop) else stop
    first = np.ones(len(start), dtype=np.bool_)
    np.greater_equal(start[1:], reach[:-1], out=first[1:])
    firsts = np.flatnonzero(first)
    lasts = np.append(firsts[1:], len(start))[: len(firsts)] - 1
    found = pool.at(firsts)
    return Pool(found.block, found.source, found.start, found.start + reach[lasts] - start[firsts], found.code)


def entries_per_code(pool: Pool) -> Cells:
    """Return how many entries each code has."""
    return tallied(pool.block, pool.code, pool.code)


def characters_per_code(pool: Pool) -> Cells:
    """Return the length of each code's entries; merge the pool first."""
    return tallied(pool.block, pool.code, pool.code, pool.stop - pool.start)


def meeting_entries(pool: Pool) -> Cells:
    """Return, for two codes, how many pairs of their entries share a character."""
    return _meetings(pool, lambda _pool, _first, _second: None)


def shared_characters(pool: Pool) -> Cells:
    """Return, for two codes, how many characters both cover; merge the pool first."""
    return _meetings(
        pool, lambda pool, first, second: np.minimum(pool.stop[first], pool.stop[second]) - pool.start[second]
    )


def _meetings(pool: Pool, weight: Callable[[Pool, Numbers, Numbers], Numbers | None]) -> Cells:
    document = packed(pool.block, pool.source)
    order = np.argsort(packed(document, pool.start))
    pool = pool.at(order)
    start, stop = on_one_line(document[order], pool.start, pool.stop)
    return _of_followers(pool, np.searchsorted(start, stop), lambda one, two: weight(pool, one, two))


def _weighs_nothing(_one: Numbers, _two: Numbers) -> None:
    return None


def _of_followers(rows: "Pool | Units", ends: Numbers, weight: Weight = _weighs_nothing) -> Cells:
    """Tally the pairs of each row with those behind it up to its end, where the codes differ."""
    return of_runs(rows, np.arange(1, len(ends) + 1), ends, weight)


def of_runs(
    rows: "Pool | Units", begin: Numbers, end: Numbers, weight: Weight = _weighs_nothing, *, directed: bool = False
) -> Cells:
    """Tally the pairs of each row with all of begin..end-1 that belong to it, where the codes differ."""
    codes, blocks = (int(column.max(initial=0)) + 1 for column in (rows.code, rows.block))
    found = Portions(codes, blocks)
    for first, second in pairs_of(begin, end, _IN_CACHE):
        other = np.flatnonzero(rows.code[first] != rows.code[second])
        one, two = (first, second) if len(other) == len(first) else (first[other], second[other])
        numbers = numbered(rows.block[one], rows.code[one], rows.code[two], codes, directed=directed)
        found.add(numbers, weight(one, two))
    return found.cells()


def pairs_of(begin: Numbers, end: Numbers, at_once: int = _AT_ONCE) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield each row with all of begin..end-1 that belong to it, as two columns, so many at a time."""
    many = np.maximum(end - begin, 0)
    upto = np.cumsum(many)
    row = 0
    while row < len(many):
        done = int(upto[row] - many[row])
        last = max(row + 1, int(np.searchsorted(upto, done + at_once, side="right")))
        here = many[row:last]
        # From the place of a row's first pair among these to the first that belongs to it.
        shift = begin[row:last] - (upto[row:last] - here - done)
        rows = np.repeat(np.arange(row, last), here)
        yield rows, np.arange(len(rows)) + np.repeat(shift, here)
        row = last


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Which codes are in which units: one row for each, by block, source, the unit's place in it, and code.

    Where cases are the units, `source` is the number of the case.
    """

    block: Numbers
    source: Numbers
    place: Numbers
    code: Numbers


def codes_per_unit(pool: Pool, names: Sequence[str], cut: Cut | None) -> Units:
    """Return the codes of each unit in which anything is coded; without `cut`, of each source.

    A code is in a unit when it covers a character of it. `names` are the ids of the sources by number.
    """
    if cut is None:
        return _distinct(pool.block, pool.source, np.zeros_like(pool.source), pool.code)
    if isinstance(cut, Cases):
        return _codes_per_case(pool, names, cut)
    grid: Grid = cut
    there, place = np.unique(pool.source, return_inverse=True)
    lists = [grid.get(names[int(number)], ()) for number in there]
    lengths = np.array([len(units) for units in lists], dtype=np.int64)
    bounds = _flat(lists)
    room = int(max(bounds.max(initial=0), pool.stop.max(initial=0))) + 1
    offset = np.repeat(np.arange(len(lists)), lengths) * room
    begin = np.searchsorted(bounds[:, 1] + offset, pool.start + place * room, side="right")
    end = np.searchsorted(bounds[:, 0] + offset, pool.stop + place * room)
    before = (np.cumsum(lengths) - lengths)[place]
    return _joined(
        _distinct(pool.block[rows], pool.source[rows], units - before[rows], pool.code[rows])
        for rows, units in pairs_of(begin, end)
    )


def _codes_per_case(pool: Pool, names: Sequence[str], cases: Cases) -> Units:
    numbers = cases.numbers()
    lists = [cases.places.get(name, ()) for name in names]
    lengths = np.array([len(places) for places in lists], dtype=np.int64)
    bounds = _flat([[(start, stop) for start, stop, _ in places] for places in lists])
    case = np.array([numbers[one] for places in lists for _, _, one in places], dtype=np.int64)
    begin = (np.cumsum(lengths) - lengths)[pool.source]

    def part(rows: Numbers, places: Numbers) -> Units:
        meet = (bounds[places, 0] < pool.stop[rows]) & (bounds[places, 1] > pool.start[rows])
        rows, found = rows[meet], case[places[meet]]
        return _distinct(pool.block[rows], found, np.zeros_like(found), pool.code[rows])

    return _joined(part(rows, places) for rows, places in pairs_of(begin, begin + lengths[pool.source]))


def _flat(lists: Sequence[Sequence[Span]]) -> Numbers:
    return np.fromiter(chain.from_iterable(chain.from_iterable(lists)), dtype=np.int64).reshape(-1, 2)


def _joined(parts: Iterable[Units]) -> Units:
    nothing = np.zeros(0, dtype=np.int64)
    columns = [(part.block, part.source, part.place, part.code) for part in parts]
    joined = (np.concatenate(column) for column in zip((nothing,) * 4, *columns, strict=True))
    return _distinct(*joined)


def _distinct(block: Numbers, source: Numbers, place: Numbers, code: Numbers) -> Units:
    _, rows = np.unique(packed(block, source, place, code), return_index=True)
    return Units(block[rows], source[rows], place[rows], code[rows])


def units_per_code(units: Units) -> Cells:
    """Return in how many units each code is."""
    return tallied(units.block, units.code, units.code)


def units_with_codes(units: Units) -> Cells:
    """Return in how many units each code is, and in how many any two codes are together."""
    unit = packed(units.block, units.source, units.place)
    ends = np.searchsorted(unit, unit, side="right")
    return units_per_code(units).plus(_of_followers(units, ends))
