"""Boundary similarity (Fournier 2013): how alike two coders cut a text, near misses counting half."""

from collections.abc import Collection, Sequence
from itertools import accumulate

NEAR = 2
"""How many places a near miss spans; 2 is a boundary that is one place off."""


def boundary_similarity(first: Collection[int], second: Collection[int], near: int = NEAR) -> float | None:
    """Return B for two sets of boundaries, by place; None where neither has any.

    A boundary of one that the other has less than `near` places away is a near miss, each boundary in one at
    most; the nearest to the left is taken first.
    """
    one, other = sorted(set(first) - set(second)), sorted(set(second) - set(first))
    matches = len(set(first) & set(second))
    misses = _near_misses(one, other, near)
    additions = len(one) + len(other) - 2 * misses
    every = matches + additions + misses
    return 1 - (additions + misses / 2) / every if every else None


def _near_misses(one: Sequence[int], other: Sequence[int], near: int) -> int:
    found = here = there = 0
    while here < len(one) and there < len(other):
        if abs(one[here] - other[there]) < near:
            found, here, there = found + 1, here + 1, there + 1
        elif one[here] < other[there]:
            here += 1
        else:
            there += 1
    return found


def boundaries_of(masses: Sequence[int]) -> set[int]:
    """Return where segments of these lengths, one behind the other, meet."""
    return set(accumulate(masses[:-1]))
