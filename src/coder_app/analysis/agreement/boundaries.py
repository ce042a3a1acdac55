"""Boundary similarity (Fournier 2013): how alike two coders cut a text, near misses counting half."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

NEAR = 2
"""How many places a near miss spans; 2 is a boundary that is one place off."""


@dataclass(frozen=True, slots=True)
class Borders:
    """How many boundaries both coders set, how many lie near one of the other's, and how many only one set."""

    matches: int
    misses: int
    additions: int

    def plus(self, other: "Borders") -> "Borders":
        """Return the sums of both."""
        return Borders(self.matches + other.matches, self.misses + other.misses, self.additions + other.additions)

    @property
    def similarity(self) -> float | None:
        """Return boundary similarity B; None where there is no boundary."""
        every = self.matches + self.misses + self.additions
        return 1 - (self.additions + self.misses / 2) / every if every else None


def compared(first: Collection[int], second: Collection[int], near: int = NEAR) -> Borders:
    """Return how two sets of boundaries, by place, agree.

    A boundary of one that the other has less than `near` places away is a near miss, each boundary in one at
    most; from the left, the first that fits is taken.
    """
    one, other = sorted(set(first) - set(second)), sorted(set(second) - set(first))
    misses = len(near_misses(one, other, near))
    return Borders(len(set(first) & set(second)), misses, len(one) + len(other) - 2 * misses)


def near_misses(one: Sequence[int], other: Sequence[int], near: int = NEAR) -> list[int]:
    """Return the boundaries of `one` that are near misses; both are in order and have none in common."""
    found: list[int] = []
    here = there = 0
    while here < len(one) and there < len(other):
        if abs(one[here] - other[there]) < near:
            found.append(one[here])
            here, there = here + 1, there + 1
        elif one[here] < other[there]:
            here += 1
        else:
            there += 1
    return found


def boundaries_of(masses: Sequence[int]) -> set[int]:
    """Return where segments of these lengths, one behind the other, meet."""
    return set(accumulate(masses[:-1]))
