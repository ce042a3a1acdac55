"""Codes crossed with columns of any kind: how often, and on how many characters, a code stands in each column.

A column is a set of stretches (a source, the parts of a case, all sources with one value of a variable). All
stretches of all columns are laid on one line, so that one search finds, for every coding, what it shares with
each column. A coding that reaches over several stretches of a column counts there once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.cells import distinct
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.counting import Pool, merged
from coder_app.analysis.spans import merged as merged_spans
from coder_app.analysis.tables.material import Group

Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The stretches of each column in each source, in order and apart: a line for every source in a column.

    The lines of a source are first_line[source]..first_line[source + 1]; `start` and `stop` lie on one axis, where
    each line has `room`.
    """

    columns: int
    first_line: Numbers
    column: Numbers
    source: Numbers
    start: Numbers
    stop: Numbers
    line: Numbers
    room: int


def lines(groups: Sequence[Group], sources: Mapping[str, int], *, reach: int) -> Lines:
    """Lay out the columns; `sources` are the numbers of the sources, no coding ends behind `reach`."""
    by_line: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for column, group in enumerate(groups):
        for source_id, start, stop in group.places:
            if source_id in sources and start < stop:
                by_line.setdefault((sources[source_id], column), []).append((start, stop))
    keys = sorted(by_line)
    spans = [(number, *span) for number, key in enumerate(keys) for span in merged_spans(by_line[key])]
    line, start, stop = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    source = np.array([key[0] for key in keys], dtype=np.int64)
    column = np.array([key[1] for key in keys], dtype=np.int64)
    room = int(max(stop.max(initial=0), reach)) + 1
    first = np.searchsorted(source, np.arange(len(sources) + 1))
    return Lines(len(groups), first, column, source, start + line * room, stop + line * room, line, room)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Codes by columns: codings, merged segments, characters of these, and sources with the code."""

    codings: Matrix
    segments: Matrix
    coverage: Matrix
    sources: Matrix

    def of(self, codes: Sequence[int]) -> "Counted":
        """Return the rows of these codes."""
        rows = np.array(codes, dtype=np.int64)
        return Counted(self.codings[rows], self.segments[rows], self.coverage[rows], self.sources[rows])


def crossed(pool: Pool, layout: Lines, codes: int) -> Counted:
    """Count the entries of one block; codes are numbered below `codes`."""
    one = merged(pool)
    row, column, _ = _shared(pool, layout)
    segment, segment_column, characters = _shared(one, layout)
    code = one.code[segment]
    shape = (codes, layout.columns)
    cell = code * layout.columns + segment_column
    room = int(one.source.max(initial=0)) + 1
    pairs = distinct(cell * room + one.source[segment]) // room
    return Counted(
        _table(pool.code[row] * layout.columns + column, shape),
        _table(cell, shape),
        _table(cell, shape, characters),
        _table(pairs, shape),
    )


def _table(cell: Numbers, shape: tuple[int, int], weights: Numbers | None = None) -> Matrix:
    return np.bincount(cell, weights, minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)


def _shared(pool: Pool, layout: Lines) -> tuple[Numbers, Numbers, Numbers]:
    """Return each entry with each column that it shares a character with: entry, column, characters."""
    first, after = layout.first_line[pool.source], layout.first_line[pool.source + 1]
    many = after - first
    row = np.repeat(np.arange(len(many)), many)
    line = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many) + first[row]
    start, stop = pool.start[row] + line * layout.room, pool.stop[row] + line * layout.room
    begin = np.searchsorted(layout.stop, start, side="right")
    end = np.searchsorted(layout.start, stop)
    met = np.flatnonzero(end > begin)
    row, line, start, stop, begin, end = (one[met] for one in (row, line, start, stop, begin, end))
    upto = np.concatenate(([0], np.cumsum(layout.stop - layout.start)))
    before = np.maximum(start - layout.start[begin], 0)
    behind = np.maximum(layout.stop[end - 1] - stop, 0)
    return row, layout.column[line], upto[end] - upto[begin] - before - behind


def base(layout: Lines, coded: Flags) -> tuple[Numbers, Numbers]:
    """Return of each column how many of its sources are among the `coded` ones, and how many characters these have."""
    there = coded[layout.source]
    sources = np.bincount(layout.column[there], minlength=layout.columns)
    lengths = (layout.stop - layout.start)[there[layout.line]]
    column = layout.column[layout.line][there[layout.line]]
    return sources.astype(np.int64), np.bincount(column, lengths, minlength=layout.columns).astype(np.int64)
