"""How often two things meet by chance: hypergeometric distributions, for many tables of two by two at once."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.columns import Flags, Numbers

Reals = NDArray[np.float64]

# Two probabilities that differ by less than this share are taken as equal, as R and scipy do.
_AS_LIKELY = 1 + 1e-7
# Numbers that are looked at together; few enough to stay in memory.
_AT_ONCE = 4_000_000


def lowest(total: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Return the smallest number of units with both, given how many have either."""
    return np.maximum(0, first + second - total)


def width(total: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Return by how much the largest possible number of units with both exceeds the smallest."""
    return np.minimum(first, second) - lowest(total, first, second)


def probabilities(total: Numbers, first: Numbers, second: Numbers) -> Reals:
    """Return one row per table: the probability that `lowest` + column units have both; 0 beyond what is possible."""
    low = lowest(total, first, second)[:, None]
    both = low + np.arange(int(width(total, first, second).max(initial=0)))[None, :]
    # How much likelier each number is than the one before it; beyond the last possible one that is 0.
    more = np.maximum(0, first[:, None] - both) * np.maximum(0, second[:, None] - both)
    rest = (both + 1) * (total[:, None] - first[:, None] - second[:, None] + both + 1)
    logs = np.zeros((len(total), both.shape[1] + 1))
    with np.errstate(divide="ignore"):
        np.cumsum(np.log(more / rest), axis=1, out=logs[:, 1:])
    likely: Reals = np.exp(logs - logs.max(axis=1, keepdims=True))
    return likely / likely.sum(axis=1, keepdims=True)


def tails(distribution: Reals, observed: Numbers) -> tuple[Reals, Reals, Reals]:
    """Return P(X >= observed), P(X <= observed) and the sum of all that is no likelier than observed, row by row."""
    step = np.arange(int(distribution.shape[1])).reshape(1, -1)
    at = observed.reshape(-1, 1)
    here = np.take_along_axis(distribution, at, axis=1)
    parts: tuple[Flags, ...] = (step >= at, step <= at, distribution <= here * _AS_LIKELY)
    greater, less, point = (np.minimum(1.0, np.where(part, distribution, 0.0).sum(axis=1)) for part in parts)
    return greater, less, point


def fisher(both: Numbers, first: Numbers, second: Numbers, total: Numbers) -> tuple[Reals, Reals]:
    """Return Fisher's exact p of each table: one-sided P(X >= both), and two-sided."""
    greater, two_sided = np.ones(len(both)), np.ones(len(both))
    for rows in alike(width(total, first, second)):
        tables = total[rows], first[rows], second[rows]
        found = tails(probabilities(*tables), both[rows] - lowest(*tables))
        greater[rows], two_sided[rows] = found[0], found[2]
    return greater, two_sided


def alike(sizes: Numbers) -> Iterator[Numbers]:
    """Yield the places of rows of about the same size together, so many that a table of them stays small."""
    order = np.argsort(sizes, kind="stable")
    begin = 0
    while begin < len(order):
        # The largest of a group decides how wide all of it is.
        rows = order[begin : begin + max(1, _AT_ONCE // (int(sizes[order[begin]]) + 2))]
        fit: Flags = np.cumsum(np.ones_like(rows)) * (sizes[rows] + 1) <= _AT_ONCE
        rows = rows[: max(1, int(fit.sum()))]
        yield rows
        begin += len(rows)
