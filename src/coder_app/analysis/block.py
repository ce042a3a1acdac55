"""The counts of a co-occurrence table, in blocks: each of one coder, or of several taken as one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.cells import Cells, key_of, keys_of
from coder_app.analysis.columns import Numbers
from coder_app.analysis.how import Counting, Mode

_DENSE = 2


class Pairs(Mapping[tuple[str, str], int]):
    """How often two codes are together, each pair once; looked up in either order, absent where never.

    Where it is `directed`, each order is a pair of its own. A million pairs stay numbers until they are asked for.
    """

    def __init__(self, cells: Cells, numbers: Mapping[str, int], *, directed: bool = False) -> None:
        self.cells = cells
        self.directed = directed
        self._numbers = numbers
        self._unfolded: dict[int, int] | None = None

    def of(self, code_a: str, code_b: str) -> int:
        """Return how often two codes are together."""
        first, second = self._numbers.get(code_a, -1), self._numbers.get(code_b, -1)
        if first < 0 or second < 0:
            return 0
        if self._unfolded is None:
            return self.cells.of(first, second, directed=self.directed)
        return self._unfolded.get(key_of(first, second, directed=self.directed), 0)

    def numbers_of(self, codes: Sequence[str]) -> Numbers:
        """Return the numbers that stand for codes in `cells`."""
        return np.array([self._numbers[code] for code in codes], dtype=np.int64)

    def of_many(self, first: Numbers, second: Numbers) -> Numbers:
        """Return how often each two codes are together, given by their numbers."""
        many = 1 + max(int(numbers.max(initial=0)) for numbers in (first, second, *self.cells.codes()))
        if many * many <= _DENSE * len(first):
            # Nearly all pairs are asked for: in a table with room for all of them no key has to be searched.
            square = np.zeros((many, many), dtype=np.int64)
            square[self.cells.codes()] = self.cells.counts
            return square[(first, second) if self.directed else (np.minimum(first, second), np.maximum(first, second))]
        keys = keys_of(first, second, directed=self.directed)
        place = np.minimum(np.searchsorted(self.cells.keys, keys), max(0, len(self.cells.keys) - 1))
        if not len(self.cells.keys):
            return np.zeros(len(keys), dtype=np.int64)
        return np.where(self.cells.keys[place] == keys, self.cells.counts[place], 0)

    def unfold(self) -> None:
        """Make it quick to look up every pair, for those who do."""
        if self._unfolded is None:
            self._unfolded = dict(zip(self.cells.keys.tolist(), self.cells.counts.tolist(), strict=True))

    def __getitem__(self, pair: tuple[str, str]) -> int:
        found = self.of(*pair)
        if not found:
            raise KeyError(pair)
        return found

    def __iter__(self) -> Iterator[tuple[str, str]]:
        names = list(self._numbers)
        for code, other in zip(*self.cells.codes(), strict=True):
            yield names[int(code)], names[int(other)]

    def __len__(self) -> int:
        return len(self.cells.keys)

    def per_code(self, numbers: Mapping[str, int]) -> Numbers:
        """Return numbers of codes by the numbers that stand for these in `cells`; 0 for a code without."""
        return np.array([numbers.get(code, 0) for code in self._numbers], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one kind: `n` per code, `both` per pair (absent means 0), `total` units or None."""

    n: Mapping[str, int]
    both: Pairs
    total: int | None = None

    def together(self, code_a: str, code_b: str) -> int:
        """Return the number of the pair, in either order unless it is directed."""
        return self.both.of(code_a, code_b)

    def jaccard(self, code_a: str, code_b: str) -> float | None:
        """Return how many of those with either code have both; None where there are none."""
        return _jaccard(self.n.get(code_a, 0), self.n.get(code_b, 0), self.together(code_a, code_b))

    def highest(self) -> int:
        """Return the number of the pair that is together most often; 0 where none is."""
        return int(self.both.cells.counts.max(initial=0))


def _jaccard(n_a: int, n_b: int, both: int) -> float | None:
    either = n_a + n_b - both
    return both / either if either else None


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

    def unfold(self) -> None:
        """Make it quick to ask for every pair."""
        self.counts.both.unfold()
        if self.by_unit is not None:
            self.by_unit.both.unfold()

    def n(self, code_id: str) -> int:
        """Return the code's own number in what the mode counts: the diagonal of the matrix."""
        return self.counts.n.get(code_id, 0)

    def n_ab(self, code_a: str, code_b: str) -> int | None:
        """Return the number of the pair, read from the first code where the mode has a direction.

        None where one is an ancestor of the other.
        """
        return None if (code_a, code_b) in self.nested else self.counts.together(code_a, code_b)

    def unit_ab(self, code_a: str, code_b: str) -> int | None:
        """Return in how many units both are; None where nested or where no units were given."""
        if self.by_unit is None or (code_a, code_b) in self.nested:
            return None
        return self.by_unit.together(code_a, code_b)

    def jaccard(self, code_a: str, code_b: str) -> float | None:
        """Return the Jaccard coefficient of what the mode counts; None for segments and pairs."""
        proper = self.mode in {Mode.CHARACTERS, Mode.UNITS} and (code_a, code_b) not in self.nested
        return self.counts.jaccard(code_a, code_b) if proper else None

    def unit_jaccard(self, code_a: str, code_b: str) -> float | None:
        """Return the Jaccard coefficient over the units; None where nested or where no units were given."""
        if self.by_unit is None or (code_a, code_b) in self.nested:
            return None
        return self.by_unit.jaccard(code_a, code_b)


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """The blocks of a co-occurrence table, by the coders' names, and how they were counted.

    `by_unit` says whether the blocks carry the counts per unit, too.
    """

    how: Counting
    blocks: tuple[Block, ...]
    by_unit: bool
