"""The pairs of a block as columns, so that a table of half a million pairs is computed at once."""

from dataclasses import dataclass

import numpy as np

from coder_app.analysis.association import Fourfold, fourfold
from coder_app.analysis.block import Block, Counts
from coder_app.analysis.columns import Flags, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Pairs of the codes of a block: the places of both codes in `block.codes`, and which have an empty cell.

    Each pair once, or in both directions where the table has a direction.
    """

    block: Block
    first: Numbers
    second: Numbers
    nested: Flags

    def __len__(self) -> int:
        return len(self.first)

    def own(self, counts: Counts) -> tuple[Numbers, Numbers]:
        """Return the codes' own numbers of each pair."""
        n = np.array([counts.n.get(code, 0) for code in self.block.codes], dtype=np.int64)
        return n[self.first], n[self.second]

    def together(self, counts: Counts, *, turned: bool = False) -> Numbers:
        """Return the number of each pair; `turned` reads it from the second code to the first."""
        numbers = counts.both.numbers_of(self.block.codes)
        first, second = numbers[self.first], numbers[self.second]
        return counts.both.of_many(second, first) if turned else counts.both.of_many(first, second)

    def fourfold(self) -> Fourfold | None:
        """Return the table of units of each pair, an empty one where the cell is; None where no units were counted."""
        counts = self.block.by_unit
        if counts is None:
            return None
        total = np.full(len(self), counts.total or 0)
        columns = (np.where(self.nested, 0, one) for one in (self.together(counts), *self.own(counts), total))
        return fourfold(*columns)

    def once(self) -> Flags:
        """Say of each pair whether it is the one that stands for both directions."""
        return self.first < self.second


def listed(block: Block, *, directed: bool = False) -> Listed:
    """Return the pairs of a block in the order of the table."""
    many = len(block.codes)
    if directed:
        first, second = np.nonzero(~np.eye(many, dtype=np.bool_))
    else:
        first, second = np.triu_indices(many, 1)
    place = {code: number for number, code in enumerate(block.codes)}
    empty = np.zeros((many, many), dtype=np.bool_)
    for one, other in block.nested:
        if one in place and other in place:
            empty[place[one], place[other]] = True
    return Listed(block, first, second, empty[first, second])
