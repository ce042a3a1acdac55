"""Krippendorff's alpha for any difference between values: ordered, measured, or sets of codes."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np

from coder_app.analysis.agreement.ratings import Ratings, Reals
from coder_app.analysis.columns import Numbers
from coder_app.domain.progress import OnProgress, tell_nobody

_AT_ONCE = 500
# How much two sets that are one inside the other, that share a code, or that share none, still count (MASI).
_INSIDE, _SHARING = 2 / 3, 1 / 3


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

    Two empty sets are alike. The work grows with the square of the number of different sets, so it can be
    watched and cancelled. None where nothing varies.
    """
    numbers: dict[frozenset[str], int] = {}
    rated = [[numbers.setdefault(one, len(numbers)) for one in unit if one is not None] for unit in units]
    paired = [unit for unit in rated if len(unit) > 1]
    each = np.bincount([one for unit in paired for one in unit], minlength=max(len(numbers), 1)).astype(np.float64)
    number = float(each.sum())
    apart = _apart(list(numbers), distance)
    observed = sum(
        float(apart(np.array(unit, dtype=np.int64), np.array(unit, dtype=np.int64)).sum()) / (len(unit) - 1)
        for unit in paired
    )
    every = np.arange(len(numbers))
    expected = 0.0
    for start in range(0, len(every), _AT_ONCE):
        on_progress(start, len(every))
        some = every[start : start + _AT_ONCE]
        expected += float(each[some] @ apart(some, every) @ each)
    return None if number <= 1 or expected <= 0 else 1 - (number - 1) * observed / expected


def _apart(sets: Sequence[frozenset[str]], distance: SetDistance) -> Callable[[Numbers, Numbers], Reals]:
    codes = {code: place for place, code in enumerate(sorted(frozenset[str]().union(*sets)))}
    holds = np.zeros((len(sets), len(codes)))
    for row, one in enumerate(sets):
        holds[row, [codes[code] for code in one]] = 1
    sizes = holds.sum(axis=1)

    def apart(first: Numbers, second: Numbers) -> Reals:
        both = holds[first] @ holds[second].T
        one, other = sizes[first][:, None], sizes[second][None, :]
        either = one + other - both
        alike = np.divide(both, either, out=np.ones_like(both), where=either > 0)
        if distance is SetDistance.MASI:
            inside = np.where(both == np.minimum(one, other), _INSIDE, _SHARING)
            alike = alike * np.where(alike == 1, 1.0, np.where(both > 0, inside, 0.0))
        return 1 - alike

    return apart
