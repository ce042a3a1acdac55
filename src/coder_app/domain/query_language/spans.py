"""Sets of passages as columns of numbers, and the questions of a query to them: all by sorting, nothing pair by pair.

A passage is a coding, or a stretch of text that several codings or the words of a search make up. Passages are
compared on one axis, on which each source has a piece of its own, longer than any text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coder_app.domain.query_language.tree import Distance, Lies, Unit

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

PIECE = 1 << 40
"""The length of a source's piece of the axis; no text, and no distance, is as long."""

NO_CODING = -1

_LOWEST = -(1 << 62)


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Passages, each once, in the order of source, start, stop, coding.

    `source` and `coding` are numbers of rows; `coding` is NO_CODING for a stretch that is none.
    """

    source: Numbers
    start: Numbers
    stop: Numbers
    coding: Numbers

    def __len__(self) -> int:
        return len(self.source)

    def where(self, chosen: Flags | Numbers) -> "Passages":
        """Return those that are chosen, by flags or by places in rising order."""
        return Passages(self.source[chosen], self.start[chosen], self.stop[chosen], self.coding[chosen])

    def axis(self) -> tuple[Numbers, Numbers]:
        """Return the starts and the stops on the axis of all sources."""
        base = self.source * PIECE
        return base + self.start, base + self.stop

    def rows(self) -> list[tuple[int, int, int, int]]:
        """Return the passages one by one."""
        columns = (self.source, self.start, self.stop, self.coding)
        return list(zip(*(column.tolist() for column in columns), strict=True))


def passages(source: Numbers, start: Numbers, stop: Numbers, coding: Numbers | None = None) -> Passages:
    """Return passages in order, each once."""
    coding = np.full(len(source), NO_CODING, dtype=np.int64) if coding is None else coding
    order = np.lexsort((coding, stop, start, source))
    found = Passages(source[order], start[order], stop[order], coding[order])
    if not len(order):
        return found
    columns = (found.source, found.start, found.stop, found.coding)
    fresh = np.logical_or.reduce([np.diff(column, prepend=column[0] - 1) != 0 for column in columns])
    return found.where(fresh)


def none() -> Passages:
    """Return no passages."""
    empty = np.zeros(0, dtype=np.int64)
    return Passages(empty, empty, empty, empty)


def union(parts: Sequence[Passages]) -> Passages:
    """Return the passages that are in any of these."""
    if not parts:
        return none()
    columns = [(one.source, one.start, one.stop, one.coding) for one in parts]
    return passages(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def covered(some: Passages) -> Passages:
    """Return the stretches that passages cover: in order and apart; those that only touch stay two."""
    if not len(some):
        return none()
    start, stop = some.axis()
    furthest = np.maximum.accumulate(stop)
    fresh = np.concatenate((np.array([True]), start[1:] >= furthest[:-1]))
    first = np.flatnonzero(fresh)
    last = np.concatenate((first[1:] - 1, np.array([len(start) - 1])))
    source = some.source[first]
    return passages(source, some.start[first], furthest[last] - source * PIECE)


def common(one: Passages, other: Passages) -> Passages:
    """Return the stretches that both cover."""
    a, b = covered(one), covered(other)
    (a_start, a_stop), (b_start, b_stop) = a.axis(), b.axis()
    first = np.searchsorted(b_stop, a_start, side="right")
    behind = np.searchsorted(b_start, a_stop, side="left")
    many = np.maximum(behind - first, 0)
    left = np.repeat(np.arange(len(a)), many)
    right = np.repeat(first, many) + np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    source = a.source[left]
    return passages(source, np.maximum(a.start[left], b.start[right]), np.minimum(a.stop[left], b.stop[right]))


def lying(some: Passages, how: Lies, others: Passages, far: "Far | None" = None) -> Flags:
    """Say of each of `some` whether it lies so to one of `others` that is not itself.

    `far` measures the distance; FOLLOWS and PRECEDES do without one, NEAR does not.
    """
    if not len(some) or not len(others):
        return np.zeros(len(some), dtype=np.bool_)
    return _LYING[how](some, others, far)


def meeting(some: Passages, others: Passages) -> Flags:
    """Say of each of `some` whether it shares a character with one of `others`, or is one of them."""
    if not len(some) or not len(others):
        return np.zeros(len(some), dtype=np.bool_)
    start, stop = some.axis()
    other_start, other_stop = others.axis()
    until = np.searchsorted(other_start, stop, side="left")
    furthest = np.concatenate((np.array([-1]), np.maximum.accumulate(other_stop)))
    return furthest[until] > start


@dataclass(frozen=True, slots=True, eq=False)
class Far:
    """How far passages are from one another: at most `number` steps of a grid.

    `ending` and `beginning` give, by source and position, the step at which what ends or begins there is to be
    found: one passage lies behind another by the beginning of the one less the ending of the other.
    """

    number: int
    ending: Callable[[Numbers, Numbers], Numbers]
    beginning: Callable[[Numbers, Numbers], Numbers]


def held(some: Passages, others: Passages) -> Flags:
    """Say of each of `some` whether it lies wholly within one of `others`, or covers the same."""
    if not len(some) or not len(others):
        return np.zeros(len(some), dtype=np.bool_)
    return _lying_within(some, others, np.full(len(some), -1, dtype=np.int64))


def _within(some: Passages, others: Passages, _far: Far | None) -> Flags:
    return _lying_within(some, others, _same(some, others))


def _lying_within(some: Passages, others: Passages, own: Numbers) -> Flags:
    start, stop = some.axis()
    other_start, other_stop = others.axis()
    return _reaching(own, np.searchsorted(other_start, start, side="right"), other_stop) >= stop


def holding(some: Passages, others: Passages) -> Flags:
    """Say of each of `some` whether one of `others` lies wholly within it, or covers the same."""
    if not len(some) or not len(others):
        return np.zeros(len(some), dtype=np.bool_)
    return _enclosing(some, others, np.full(len(some), -1, dtype=np.int64))


def _encloses(some: Passages, others: Passages, _far: Far | None) -> Flags:
    return _enclosing(some, others, _same(some, others))


def _enclosing(some: Passages, others: Passages, own: Numbers) -> Flags:
    start, stop = some.axis()
    other_start, other_stop = others.axis()
    # The smallest stop from a place on is the largest of the negative ones, read from behind.
    behind = len(others) - np.searchsorted(other_start, start, side="left")
    return -_reaching(np.where(own < 0, -1, len(others) - 1 - own), behind, -other_stop[::-1]) <= stop


def _overlaps(some: Passages, others: Passages, _far: Far | None) -> Flags:
    start, stop = some.axis()
    other_start, other_stop = others.axis()
    return _reaching(_same(some, others), np.searchsorted(other_start, stop, side="left"), other_stop) > start


def _near(some: Passages, others: Passages, far: Far | None) -> Flags:
    if far is None:
        return np.zeros(len(some), dtype=np.bool_)
    low = others.source * PIECE + far.beginning(others.source, others.start)
    high = others.source * PIECE + far.ending(others.source, others.stop)
    most = some.source * PIECE + np.minimum(far.ending(some.source, some.stop) + far.number, PIECE - 1)
    least = some.source * PIECE + np.maximum(far.beginning(some.source, some.start) - far.number, -1)
    return _reaching(_same(some, others), np.searchsorted(low, most, side="right"), high) >= least


def _follows(some: Passages, others: Passages, far: Far | None) -> Flags:
    start, _ = some.axis()
    order = np.argsort(others.axis()[1], kind="stable")
    stop = others.axis()[1][order]
    # A text's end is no beginning of the next source: its piece of the axis is longer than the text.
    place = np.searchsorted(stop, start, side="right") - 1
    nearest = order[np.maximum(place, 0)]
    found = (place >= 0) & (others.source[nearest] == some.source)
    if far is not None:
        gap = far.beginning(some.source, some.start) - far.ending(others.source[nearest], others.stop[nearest])
        found &= gap <= far.number
    return found


def _precedes(some: Passages, others: Passages, far: Far | None) -> Flags:
    _, stop = some.axis()
    other_start, _ = others.axis()
    place = np.searchsorted(other_start, stop, side="left")
    nearest = np.minimum(place, len(others) - 1)
    found = (place < len(others)) & (others.source[nearest] == some.source)
    if far is not None:
        gap = far.beginning(others.source[nearest], others.start[nearest]) - far.ending(some.source, some.stop)
        found &= gap <= far.number
    return found


_LYING: dict[Lies, Callable[[Passages, Passages, Far | None], Flags]] = {
    Lies.WITHIN: _within,
    Lies.ENCLOSES: _encloses,
    Lies.OVERLAPS: _overlaps,
    Lies.NEAR: _near,
    Lies.FOLLOWS: _follows,
    Lies.PRECEDES: _precedes,
}


def _same(some: Passages, others: Passages) -> Numbers:
    """Return for each of `some` its place among `others`, -1 where it is not there."""
    columns = [np.concatenate(pair) for pair in zip(_columns(some), _columns(others), strict=True)]
    order = np.lexsort(columns[::-1])
    new = np.logical_or.reduce([np.diff(column[order], prepend=-2) != 0 for column in columns])
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(new)
    place = np.full(len(order) + 1, -1, dtype=np.int64)
    place[number[len(some) :]] = np.arange(len(others))
    return place[number[: len(some)]]


def _columns(some: Passages) -> tuple[Numbers, ...]:
    return some.source, some.start, some.stop, some.coding


def _reaching(own: Numbers, until: Numbers, values: Numbers) -> Numbers:
    """Return the largest of `values` in front of each place `until`, but for the one at its own place."""
    largest = np.maximum.accumulate(values)
    before = np.concatenate((np.array([_LOWEST]), largest[:-1]))
    record = values > before
    # Where a larger one comes, the largest until then is the second largest; otherwise what comes may be.
    second = np.maximum.accumulate(np.where(record, before, values))
    holder = np.maximum.accumulate(np.where(record, np.arange(len(values)), 0))
    last = np.maximum(until - 1, 0)
    found = np.where(holder[last] == own, second[last], largest[last])
    return np.where(until > 0, found, _LOWEST)


def by_characters(number: int) -> Far:
    """Return the distance in characters that lie between two passages."""
    return Far(number, lambda _source, place: place, lambda _source, place: place)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The units of the sources that matter, in order: their starts and stops on the axis of all sources."""

    start: Numbers
    stop: Numbers


def by_grid(distance: Distance, grid: Grid) -> Far:
    """Return a distance in words between two passages, or in sentences or paragraphs from one to the other."""
    if distance.unit is Unit.WORDS:
        return Far(
            distance.number,
            lambda source, stop: _before(grid.start, source, stop),
            lambda source, start: _before(grid.stop, source, start + 1),
        )
    return Far(
        distance.number,
        lambda source, stop: _before(grid.start, source, stop),
        # What begins in the gap behind a unit belongs to the next one.
        lambda source, start: _before(grid.stop, source, start + 1) + 1,
    )


def _before(edges: Numbers, source: Numbers, place: Numbers) -> Numbers:
    """Return how many edges of its own source stand in front of each place."""
    base = source * PIECE
    return np.searchsorted(edges, base + place, side="left") - np.searchsorted(edges, base, side="left")
