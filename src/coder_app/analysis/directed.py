"""Counts that are read from one code to another: relations of codings, and which follow each other closely."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from coder_app.analysis.cells import Cells, begins, tallied, total
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.counting import Pool, of_runs, on_one_line, packed, pairs_of
from coder_app.analysis.spans import Relation
from coder_app.domain.distance import Distance, Measure

Marks = Mapping[str, Sequence[int]]
"""Where the words, sentences or paragraphs of each source begin, by its id."""

_Holds = Callable[[Pool, Numbers, Numbers], Flags]

# Runs so much longer than the codes are many are counted by sums over the codes, not one by one.
_LONG_RUNS = 4
_ROWS_AT_ONCE = 2_000
_ENDLESS = 1 << 40


def relation_counts(pool: Pool, relation: Relation) -> Cells:
    """Return how many codings of one code (row) lie in this relation to codings of another (column)."""
    pool, start, stop = _in_order(pool)
    match relation:
        case Relation.MEETS | Relation.MET_BY:
            ends = np.searchsorted(start, stop, side="right")
            return _turned(_runs(pool, np.searchsorted(start, stop), ends), relation is Relation.MET_BY)
        case Relation.BEFORE | Relation.AFTER:
            document = packed(pool.block, pool.source)
            last = np.searchsorted(document, document, side="right")
            found = _runs(pool, np.searchsorted(start, stop, side="right"), last)
            return _turned(found, relation is Relation.AFTER)
        case _:
            return _of_meetings(pool, np.searchsorted(start, stop), _HOLDS[relation])


def nearness_counts(pool: Pool, wanted: Distance, names: Sequence[str], marks: Marks | None) -> Cells:
    """Return how many codings of one code (row) end so close before codings of another (column) begin.

    `names` are the ids of the sources by number; `marks` are needed for all distances but characters.
    """
    pool, start, stop = _in_order(pool)
    last = reaches(pool.source, pool.stop, wanted, names, marks)
    room = last - pool.stop + stop
    # Nothing in another document is near: each of them has so much room on the line and no more.
    document = packed(pool.block, pool.source)
    ends = np.minimum(np.searchsorted(start, room, side="right"), np.searchsorted(document, document, side="right"))
    return _runs(pool, np.searchsorted(start, stop), ends)


def reaches(source: Numbers, stop: Numbers, wanted: Distance, names: Sequence[str], marks: Marks | None) -> Numbers:
    """Return, for spans that stop there, the last place at which a near one may start (as `distance.reach`)."""
    if wanted.measure is Measure.CHARACTERS or marks is None:
        return stop + wanted.number
    there, place = np.unique(source, return_inverse=True)
    lists = [np.asarray(marks.get(names[int(number)], ()), dtype=np.int64) for number in there]
    lengths = np.array([len(one) for one in lists], dtype=np.int64)
    every = np.concatenate((np.zeros(0, dtype=np.int64), *lists))
    room = int(max(every.max(initial=0), stop.max(initial=0))) + 1
    line = every + np.repeat(np.arange(len(lists)), lengths) * room
    end = np.cumsum(lengths)[place]
    words = wanted.measure is Measure.WORDS
    at = stop + place * room - (0 if words else 1)
    next_one = np.searchsorted(line, at, side="left" if words else "right") + wanted.number
    inside = next_one < end
    found = every[np.minimum(next_one, len(every) - 1)] if len(every) else stop
    # Beyond the last mark everything is near, however long the text is.
    return np.where(inside, found if words else np.maximum(stop, found - 1), stop + _ENDLESS)


def _in_order(pool: Pool) -> tuple[Pool, Numbers, Numbers]:
    """Return the pool in the order of places, and where its entries start and stop on one line."""
    document = packed(pool.block, pool.source)
    order = np.argsort(packed(document, pool.start))
    pool = pool.at(order)
    return pool, *on_one_line(document[order], pool.start, pool.stop)


def _runs(pool: Pool, begin: Numbers, end: Numbers) -> Cells:
    """Count, for each entry (row), the entries of other codes (column) in its run."""
    codes = int(pool.code.max(initial=0)) + 1
    if int(np.maximum(end - begin, 0).sum()) > _LONG_RUNS * len(pool.code) * codes:
        return total(list(_summed(pool, begin, end)))
    return of_runs(pool, begin, end, directed=True)


def _cells(pool: Pool, row: Numbers, column: Numbers) -> Cells:
    other = pool.code[row] != pool.code[column]
    one, two = row[other], column[other]
    return tallied(pool.block[one], pool.code[one], pool.code[two], directed=True)


def _summed(pool: Pool, begin: Numbers, end: Numbers) -> Iterator[Cells]:
    """Count long runs document by document: how many of each code stand behind a place, less those behind another."""
    document = packed(pool.block, pool.source)
    edges = np.append(np.flatnonzero(begins(document)), len(document))
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        codes, code = np.unique(pool.code[first:last], return_inverse=True)
        sums = np.zeros((len(codes), len(codes)), dtype=np.int64)
        size = last - first
        # Those whose run begins or ends at a place, by code; what stands from there on is added or taken away.
        for edge, sign in ((begin, 1), (end, -1)):
            at = np.clip(np.where(end > begin, edge, last)[first:last] - first, 0, size)
            open_runs = np.zeros(len(codes), dtype=np.int64)
            for low in range(0, size, _ROWS_AT_ONCE):
                high = min(low + _ROWS_AT_ONCE, size)
                here = np.flatnonzero((at >= low) & (at < high))
                runs = np.zeros((high - low, len(codes)), dtype=np.int64)
                np.add.at(runs, (at[here] - low, code[here]), 1)
                open_at = open_runs + np.cumsum(runs, axis=0)
                places = np.zeros((high - low, len(codes)), dtype=np.int64)
                places[np.arange(high - low), code[low:high]] = 1
                sums += sign * (open_at.T @ places)
                open_runs = open_at[-1]
        np.fill_diagonal(sums, 0)
        row, column = np.nonzero(sums)
        block = np.full(len(row), pool.block[first])
        yield tallied(block, codes[row], codes[column], sums[row, column], directed=True)


def _turned(cells: Cells, turn: bool) -> Cells:  # noqa: FBT001 - said by the caller's comparison
    if not turn:
        return cells
    block, row, column = cells.places()
    return tallied(block, column, row, cells.counts, directed=True)


def _of_meetings(pool: Pool, ends: Numbers, holds: _Holds) -> Cells:
    """Count the pairs that share a character and for which it holds, in both directions."""
    found: list[Cells] = []
    for first, second in pairs_of(np.arange(1, len(ends) + 1), ends):
        for row, column in ((first, second), (second, first)):
            true = holds(pool, row, column)
            found.append(_cells(pool, row[true], column[true]))
    return total(found)


def _equal(pool: Pool, row: Numbers, column: Numbers) -> Flags:
    return (pool.start[row] == pool.start[column]) & (pool.stop[row] == pool.stop[column])


def _within(pool: Pool, row: Numbers, column: Numbers) -> Flags:
    inside = (pool.start[row] >= pool.start[column]) & (pool.stop[row] <= pool.stop[column])
    return inside & ~_equal(pool, row, column)


def _overlaps(pool: Pool, row: Numbers, column: Numbers) -> Flags:
    return (pool.start[row] < pool.start[column]) & (pool.stop[row] < pool.stop[column])


_HOLDS: Mapping[Relation, _Holds] = {
    Relation.EQUAL: _equal,
    Relation.WITHIN: _within,
    Relation.ENCLOSES: lambda pool, row, column: _within(pool, column, row),
    Relation.OVERLAPS: _overlaps,
    Relation.OVERLAPPED_BY: lambda pool, row, column: _overlaps(pool, column, row),
}
