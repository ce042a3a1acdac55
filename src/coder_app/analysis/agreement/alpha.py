"""Krippendorff's alpha for any difference between values: ordered, measured, or sets of codes."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np

from coder_app.analysis.agreement.ratings import Ratings, Reals
from coder_app.analysis.columns import Numbers
from coder_app.domain.progress import OnProgress, tell_nobody

_AT_ONCE = 500
# How much two sets that are one inside the other, that share a code, or that share none, still count (MASI).
_INSIDE, _SHARING = 2 / 3, 1 / 3
# Where all sets are equal, the difference of two large sums may leave this much of them.
_NOTHING = 1e-12


class Metric(StrEnum):
    """How far two values are apart."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


class SetDistance(StrEnum):
    """How far two sets of codes are apart."""

    JACCARD = "jaccard"
    MASI = "masi"


def coincidences(ratings: Ratings) -> Reals:
    """Return how often two values stand in one unit, each unit's pairs weighted by 1 / (its raters - 1)."""
    counts = ratings.counts().astype(np.float64)
    raters = counts.sum(axis=1)
    pairable = raters > 1
    counts, weight = counts[pairable], ratings.weight[pairable] / (raters[pairable] - 1)
    return (counts * weight[:, None]).T @ counts - np.diag((counts * weight[:, None]).sum(axis=0))


def alpha_of(together: Reals, differences: Reals) -> float | None:
    """Return alpha from coincidences and squared differences; None where nothing varies."""
    each = together.sum(axis=1)
    number = float(each.sum())
    expected = float(each @ differences @ each)
    if number <= 1 or expected <= 0:
        return None
    return 1 - (number - 1) * float((together * differences).sum()) / expected


def differences(values: Sequence[float], together: Reals, metric: Metric) -> Reals:
    """Return the squared difference of each two values, which are in their order."""
    scale = np.asarray(values, dtype=np.float64)
    if metric is Metric.ORDINAL:
        each = together.sum(axis=1)
        scale = np.cumsum(each) - each / 2
    apart = np.subtract.outer(scale, scale)
    if metric is Metric.NOMINAL:
        return (apart != 0).astype(np.float64)
    if metric is Metric.RATIO:
        whole = np.add.outer(scale, scale)
        apart = np.divide(apart, whole, out=np.zeros_like(apart), where=whole != 0)
    return apart**2


def alpha_on(ratings: Ratings, values: Sequence[float], metric: Metric) -> float | None:
    """Return alpha where category k of the ratings is `values[k]`; None where nothing varies."""
    together = coincidences(ratings)
    return alpha_of(together, differences(values, together, metric))


def set_alpha(
    units: Sequence[Sequence[frozenset[str] | None]],
    distance: SetDistance,
    *,
    on_progress: OnProgress = tell_nobody,
) -> float | None:
    """Return alpha of sets of codes: by unit and coder the set that the coder gave, None where missing.

    Two empty sets are alike. Two sets that share no code are wholly apart, so only those that share one are looked
    at; the work can be watched and cancelled. None where nothing varies.
    """
    numbers: dict[frozenset[str], int] = {}
    rated = [[numbers.setdefault(one, len(numbers)) for one in unit if one is not None] for unit in units]
    paired = [unit for unit in rated if len(unit) > 1]
    each = np.bincount([one for unit in paired for one in unit], minlength=max(len(numbers), 1)).astype(np.float64)
    number = float(each.sum())
    sets = _Sets(list(numbers), distance)
    observed = _observed(paired, sets)
    alike = 0.0
    for start in range(0, len(numbers), _AT_ONCE):
        on_progress(start, len(numbers))
        rows, others, share = sets.sharing(start, start + _AT_ONCE)
        alike += float((each[rows] * each[others] * share).sum())
    expected = number**2 - alike
    return None if number <= 1 or expected <= _NOTHING * number**2 else 1 - (number - 1) * observed / expected


def _observed(paired: Sequence[Sequence[int]], sets: "_Sets") -> float:
    """Return the sum of the distances within units, each pair weighted by 1 / (the unit's raters - 1)."""
    firsts: list[int] = []
    seconds: list[int] = []
    weights: list[float] = []
    for unit in paired:
        for place, one in enumerate(unit):
            for other in unit[place + 1 :]:
                firsts.append(one)
                seconds.append(other)
                weights.append(2 / (len(unit) - 1))
    one, other = np.array(firsts, dtype=np.int64), np.array(seconds, dtype=np.int64)
    return float((np.array(weights) * (1 - sets.alike(one, other))).sum())


class _Sets:
    """Different sets of codes, and how much any two of them are alike, from 0 to 1."""

    def __init__(self, sets: Sequence[frozenset[str]], distance: SetDistance) -> None:
        from scipy.sparse import csr_matrix  # pyright: ignore[reportMissingTypeStubs] (scipy has no types)

        codes = {code: place for place, code in enumerate(sorted(frozenset[str]().union(*sets)))}
        rows = [row for row, one in enumerate(sets) for _ in one]
        columns = [codes[code] for one in sets for code in one]
        self._holds: Any = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sets), len(codes)))
        self._sizes = np.array([len(one) for one in sets], dtype=np.float64)
        self._distance = distance

    def alike(self, first: Numbers, second: Numbers) -> Reals:
        """Return how much pairs of sets, by number, are alike."""
        both: Reals = np.asarray(self._holds[first].multiply(self._holds[second]).sum(axis=1), dtype=np.float64).ravel()
        return self._share(both, first, second)

    def sharing(self, start: int, stop: int) -> tuple[Numbers, Numbers, Reals]:
        """Return the pairs of these sets with all that share a code, or are both empty, and how much they are alike."""
        found: Any = (self._holds[start:stop] @ self._holds.T).tocoo()
        rows: Numbers = np.asarray(found.row, dtype=np.int64) + start
        others: Numbers = np.asarray(found.col, dtype=np.int64)
        shared: Reals = np.asarray(found.data, dtype=np.float64)
        empty = np.flatnonzero(self._sizes == 0)
        inside = empty[(empty >= start) & (empty < stop)]
        rows = np.concatenate((rows, np.repeat(inside, len(empty))))
        others = np.concatenate((others, np.tile(empty, len(inside))))
        both = np.concatenate((shared, np.zeros(len(inside) * len(empty))))
        return rows, others, self._share(both, rows, others)

    def _share(self, both: Reals, first: Numbers, second: Numbers) -> Reals:
        one, other = self._sizes[first], self._sizes[second]
        either = one + other - both
        alike = np.divide(both, either, out=np.ones_like(both), where=either > 0)
        if self._distance is SetDistance.MASI:
            inside = np.where(both == np.minimum(one, other), _INSIDE, _SHARING)
            alike = alike * np.where(alike == 1, 1.0, np.where(both > 0, inside, 0.0))
        return alike
