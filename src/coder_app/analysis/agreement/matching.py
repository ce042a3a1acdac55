"""Codings of two coders matched one to one: how many of the stretches that one marked the other marked as well."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.ratings import pairs_of
from coder_app.analysis.agreement.runs import unfolded
from coder_app.analysis.agreement.scope import Scope
from coder_app.analysis.columns import Numbers
from coder_app.analysis.counting import Pool, merged, packed

ANY = 0.0
"""The threshold at which one shared character makes a match."""

THRESHOLDS = (ANY, 0.5, 0.9, 1.0)
"""Shared characters by covered ones from which on two stretches may be matched."""


@dataclass(frozen=True, slots=True)
class Matched:
    """How many stretches of a code each of two coders has, and how many pairs of them match."""

    first: int
    second: int
    matched: int

    @property
    def recall(self) -> float | None:
        """Return the share of the first coder's stretches that are matched; None where there is none."""
        return self.matched / self.first if self.first else None

    @property
    def precision(self) -> float | None:
        """Return the share of the second coder's stretches that are matched; None where there is none."""
        return self.matched / self.second if self.second else None

    @property
    def f1(self) -> float | None:
        """Return 2M / (N1 + N2), which is Holsti's coefficient; None where neither has any."""
        both = self.first + self.second
        return 2 * self.matched / both if both else None

    def plus(self, other: "Matched") -> "Matched":
        """Return the sums of both."""
        return Matched(self.first + other.first, self.second + other.second, self.matched + other.matched)


def matches(scope: Scope, threshold: float) -> dict[tuple[int, int], list[Matched]]:
    """Return by pair of coders how the stretches of each code match, in the sources that both coded.

    Stretches of one code that share a character are merged first, so a coder's stretches of a code lie apart.
    The matching is the largest there is: two coders' stretches that meet follow one another like teeth of a
    zip, so taking each pair that is free from the left leaves none out.
    """
    codings = scope.codings
    pool = merged(Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code))
    found: dict[tuple[int, int], list[Matched]] = {}
    for first, second in pairs_of(len(scope.coders)):
        shared = scope.present[:, first] & scope.present[:, second]
        one, two = (pool.at((pool.block == coder) & shared[pool.source]) for coder in (first, second))
        own = [np.bincount(side.code, minlength=len(scope.codes)).tolist() for side in (one, two)]
        pairs: Counter[int] = Counter(one.code[_matched(one, two, threshold)].tolist())
        found[first, second] = [Matched(own[0][code], own[1][code], pairs[code]) for code in range(len(scope.codes))]
    return found


def _matched(one: Pool, two: Pool, threshold: float) -> Numbers:
    """Return the rows of `one` that get a partner."""
    rows, others = meeting(one, two)
    both = np.minimum(one.stop[rows], two.stop[others]) - np.maximum(one.start[rows], two.start[others])
    either = one.stop[rows] - one.start[rows] + two.stop[others] - two.start[others] - both
    close = both >= threshold * either
    taken: list[int] = []
    last_row = last_other = -1
    for row, other in zip(rows[close].tolist(), others[close].tolist(), strict=True):
        if row != last_row and other != last_other:
            taken.append(row)
            last_row, last_other = row, other
    return np.array(taken, dtype=np.int64)


def meeting(one: Pool, two: Pool) -> tuple[Numbers, Numbers]:
    """Return the rows of two pools that share a character, by source and code, from left to right.

    Both are merged, and in one and the same order, as `merged` leaves them.
    """
    number = len(one.code)
    key = packed(np.concatenate((one.source, two.source)), np.concatenate((one.code, two.code)))
    room = int(max(one.stop.max(initial=0), two.stop.max(initial=0))) + 1
    key = np.unique(key, return_inverse=True)[1] * room
    starts, stops = key[number:] + two.start, key[number:] + two.stop
    begin = np.searchsorted(stops, key[:number] + one.start, side="right")
    end = np.searchsorted(starts, key[:number] + one.stop)
    return unfolded(begin, end)
