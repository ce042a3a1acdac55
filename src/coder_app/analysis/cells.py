"""Counts by block and pair of codes, of which most are zero: sorted keys with the counts beside them."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from coder_app.analysis.columns import Flags, Numbers

# A key is (block, code, other code) in 63 bits, so that cells stay comparable when codes come or go.
_CODE_BITS = 21
_CODES = (1 << _CODE_BITS) - 1
# So many cells per row are cheaper to make room for than the rows are to sort.
_SPARSE = 4
# So many rows are counted together, and for so many cells room is made where there are more rows.
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counts that are not zero, in the order of their keys. A code's own number is the pair of it with itself."""

    keys: Numbers
    counts: Numbers

    def plus(self, other: "Cells", *, times: int = 1) -> "Cells":
        """Return the sums of both; `times=-1` takes the other away. Cheap where the other has few cells."""
        place, known = self._places(other.keys)
        counts = self.counts.copy()
        counts[place[known]] += times * other.counts[known]
        gone = place[known][counts[place[known]] == 0]
        new = ~known & (other.counts != 0)
        keys = np.insert(self.keys, place[new], other.keys[new]) if new.any() else self.keys
        if new.any():
            counts = np.insert(counts, place[new], times * other.counts[new])
        if len(gone):
            left = counts != 0
            return Cells(keys[left], counts[left])
        return Cells(keys, counts)

    def _places(self, keys: Numbers) -> tuple[Numbers, Flags]:
        """Return where sorted keys stand or would stand here, and which of them do."""
        place = np.searchsorted(self.keys, keys)
        known = np.zeros(len(keys), dtype=np.bool_)
        inside = place < len(self.keys)
        known[inside] = self.keys[place[inside]] == keys[inside]
        return place, known

    def of_block(self, block: int) -> "Cells":
        """Return the cells of one block, their keys without its number."""
        first, last = np.searchsorted(self.keys, [block << 2 * _CODE_BITS, (block + 1) << 2 * _CODE_BITS])
        return Cells(self.keys[first:last] - (block << 2 * _CODE_BITS), self.counts[first:last])

    def blocks(self) -> list[int]:
        """Return the blocks that have cells."""
        return [int(block) for block in np.unique(self.keys >> 2 * _CODE_BITS)]

    def own(self) -> tuple[Numbers, "Cells"]:
        """Return the codes that have a number of their own, and the cells of these numbers."""
        first, second = self.codes()
        own = np.flatnonzero(first == second)
        return first[own], Cells(self.keys[own], self.counts[own])

    def without(self, keys: Numbers) -> "Cells":
        """Return the cells but those with these sorted keys."""
        place, known = self._places(keys)
        return Cells(np.delete(self.keys, place[known]), np.delete(self.counts, place[known]))

    def places(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return the block and the two codes of each cell."""
        return self.keys >> 2 * _CODE_BITS, *self.codes()

    def codes(self) -> tuple[Numbers, Numbers]:
        """Return the two codes of each cell; where the cells have no direction, the smaller number first."""
        return self.keys >> _CODE_BITS & _CODES, self.keys & _CODES

    def of(self, code: int, other: int, *, directed: bool = False) -> int:
        """Return the count of two codes in a block, in either order unless it is `directed`."""
        key = key_of(code, other, directed=directed)
        place = int(self.keys.searchsorted(key))
        return int(self.counts[place]) if place < len(self.keys) and self.keys[place] == key else 0


def key_of(code: int, other: int, *, directed: bool = False) -> int:
    """Return the key of two codes in a block, in either order unless it is `directed`."""
    return code << _CODE_BITS | other if directed else min(code, other) << _CODE_BITS | max(code, other)


def keys_of(first: Numbers, second: Numbers, *, directed: bool = False) -> Numbers:
    """Return the keys of many pairs of codes in a block, as `key_of`."""
    low, high = (first, second) if directed else (np.minimum(first, second), np.maximum(first, second))
    return (low << _CODE_BITS) + high


NONE = Cells(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def tallied(
    block: Numbers, code: Numbers, other: Numbers, weights: Numbers | None = None, *, directed: bool = False
) -> Cells:
    """Count how often each pair of codes stands there in each block, or add up the weights of its rows.

    Unless it is `directed`, (code, other) and (other, code) are the same pair.
    """
    codes = int(max(code.max(initial=0), other.max(initial=0))) + 1
    return counted(numbered(block, code, other, codes, directed=directed), codes, weights)


def numbered(block: Numbers, code: Numbers, other: Numbers, codes: int, *, directed: bool = False) -> Numbers:
    """Return one number for each row, for `counted`; all codes are below `codes`."""
    low, high = (code, other) if directed else (np.minimum(code, other), np.maximum(code, other))
    return (block * codes + low) * codes + high


def counted(numbers: Numbers, codes: int, weights: Numbers | None = None) -> Cells:
    """Count rows by the numbers that `numbered` gave them, or add up their weights."""
    if int(numbers.max(initial=0)) < _SPARSE * len(numbers):
        # Many rows for so few cells: a table with room for all cells is filled without any sorting.
        return _of_table(np.bincount(numbers, weights).astype(np.int64), codes)
    if weights is None:
        return _named(*np.unique(numbers, return_counts=True), codes)
    order = np.argsort(numbers)
    numbers = numbers[order]
    first = begins(numbers)
    sums = np.add.reduceat(weights[order], np.flatnonzero(first)) if len(numbers) else weights
    return _named(numbers[first], sums, codes)


class Portions:
    """Counts rows that come in portions; so many of them are kept at a time, and room for so many cells."""

    def __init__(self, codes: int, blocks: int) -> None:
        self._codes = codes
        self._room = blocks * codes * codes
        self._numbers: list[Numbers] = []
        self._weights: list[Numbers] = []
        self._kept = 0
        self._table: Numbers | None = None
        self._cells = NONE

    def add(self, numbers: Numbers, weights: Numbers | None = None) -> None:
        """Add rows as `counted` takes them; weights are given for all rows or for none."""
        self._numbers.append(numbers)
        if weights is not None:
            self._weights.append(weights)
        self._kept += len(numbers)
        if self._kept >= _AT_ONCE:
            self._take_in()

    def _take_in(self) -> None:
        numbers, weights = self._all_kept()
        if self._room > _AT_ONCE:
            self._cells = self._cells.plus(counted(numbers, self._codes, weights))
        else:
            sums = np.bincount(numbers, weights, minlength=self._room).astype(np.int64)
            self._table = sums if self._table is None else self._table + sums

    def _all_kept(self) -> tuple[Numbers, Numbers | None]:
        found = np.concatenate(self._numbers), np.concatenate(self._weights) if self._weights else None
        self._numbers, self._weights, self._kept = [], [], 0
        return found

    def cells(self) -> Cells:
        """Return what all rows come to."""
        if self._table is not None and self._numbers:
            self._take_in()
        if self._table is not None:
            return _of_table(self._table, self._codes)
        if not self._numbers:
            return self._cells
        numbers, weights = self._all_kept()
        return self._cells.plus(counted(numbers, self._codes, weights))


def _of_table(sums: Numbers, codes: int) -> Cells:
    numbers = np.flatnonzero(sums)
    return _named(numbers, sums[numbers], codes)


def _named(numbers: Numbers, sums: Numbers, codes: int) -> Cells:
    block, pair = np.divmod(numbers, codes * codes)
    return Cells(_keys(block, *np.divmod(pair, codes)), sums)


def _keys(block: Numbers, low: Numbers, high: Numbers) -> Numbers:
    return (block << 2 * _CODE_BITS) + (low << _CODE_BITS) + high


def begins(column: Numbers) -> Flags:
    """Say of each row whether it is the first of its value in a sorted column."""
    found = np.ones(len(column), dtype=np.bool_)
    np.not_equal(column[1:], column[:-1], out=found[1:])
    return found


def distinct(column: Numbers) -> Numbers:
    """Return the values of a column in order, each once; numpy's `unique` takes a hundred times as long for many."""
    ordered = np.sort(column)
    return ordered[begins(ordered)]


def total(parts: list[Cells]) -> Cells:
    """Return the sum of several."""
    return reduce(Cells.plus, [one for one in parts if len(one.keys)] or [NONE])
