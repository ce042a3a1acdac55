"""Standard errors over units by linearisation (Gwet 2014), for units that are independent of one another.

Each unit's part in a coefficient is worked out, its part in the expected agreement included; the spread of
the parts gives the error. Characters are not independent, so nobody should ask for them.
"""

from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.ratings import MISSING, Ratings, Reals
from coder_app.analysis.columns import Numbers

_PAIR = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Units:
    """The rated units: how many gave each category, how many rated at all, and each one's agreement."""

    values: Numbers
    counts: Reals
    raters: Reals
    weight: Reals
    number: float
    agreement: Reals
    observed: float


def standard_errors(ratings: Ratings) -> dict[str, float]:
    """Return the standard error of each coefficient that has one, by its id; none where units are too few or alike.

    The ids are gwet_ac1, fleiss_kappa, conger_kappa, brennan_prediger and krippendorff_alpha.
    """
    units = _units(ratings)
    if units is None:
        return {}
    shares = (units.weight[:, None] * units.counts / units.raters[:, None]).sum(axis=0) / units.number
    categories = ratings.categories
    spread = float((shares * (1 - shares)).sum())
    own_ac1 = (units.counts * (1 - shares)).sum(axis=1) / units.raters / (categories - 1)
    own_fleiss = (units.counts * shares).sum(axis=1) / units.raters
    found = {
        "gwet_ac1": _error(units, spread / (categories - 1), own_ac1),
        "brennan_prediger": _error(units, 1 / categories, None),
        "fleiss_kappa": _error(units, 1 - spread, own_fleiss),
        "conger_kappa": _conger(units),
        "krippendorff_alpha": _alpha(ratings),
    }
    return {name: error for name, error in found.items() if error is not None}


def _units(ratings: Ratings, at_least: int = 1) -> _Units | None:
    counts = ratings.counts().astype(np.float64)
    rows = (counts.sum(axis=1) >= at_least) & (ratings.weight > 0)
    counts, weight = counts[rows], ratings.weight[rows]
    raters = counts.sum(axis=1)
    paired = float(weight[raters >= _PAIR].sum())
    number = float(weight.sum())
    if not paired or number <= 1:
        return None
    agreement = (counts * (counts - 1)).sum(axis=1) / np.maximum(raters * (raters - 1), 1)
    observed = float((weight * agreement).sum()) / paired
    values = ratings.values[rows]
    return _Units(values, counts, raters, weight, number, agreement, observed)


def _error(units: _Units, expected: float, own_expected: Reals | None) -> float | None:
    """Return the error of (observed - expected) / (1 - expected); `own_expected` is each unit's part in the latter."""
    if expected >= 1:
        return None
    paired = units.raters >= _PAIR
    value = (units.observed - expected) / (1 - expected)
    scale = units.number / float(units.weight[paired].sum())
    parts = scale * (units.agreement - expected * paired) / (1 - expected)
    if own_expected is not None:
        parts = parts - 2 * (1 - value) * (own_expected - expected) / (1 - expected)
    return _spread(parts, units, value)


def _spread(parts: Reals, units: _Units, value: float) -> float:
    squares = float((units.weight * (parts - value) ** 2).sum())
    return float(np.sqrt(squares / (units.number * (units.number - 1))))


def _conger(units: _Units) -> float | None:
    rated = units.values != MISSING
    each = (units.weight[:, None] * rated).sum(axis=0)
    coders = each > 0
    values, rated, each = units.values[:, coders], rated[:, coders], each[coders]
    many = len(each)
    if many < _PAIR:
        return None
    gave = np.stack([values == category for category in range(units.counts.shape[1])], axis=2).astype(np.float64)
    shares = (units.weight[:, None, None] * gave).sum(axis=0) / each[:, None]
    others = shares.sum(axis=0) - shares
    expected = float((shares * others).sum()) / (many * (many - 1))
    moved = (gave - (rated - each / units.number)[:, :, None] * shares) * (units.number / each)[None, :, None]
    own = (moved * others).sum(axis=(1, 2)) / (many * (many - 1))
    return _error(units, expected, own)


def _alpha(ratings: Ratings) -> float | None:
    units = _units(ratings, at_least=_PAIR)
    if units is None:
        return None
    mean = float((units.weight * units.raters).sum()) / units.number
    same = (units.counts * (units.counts - 1)).sum(axis=1) / (mean * (units.raters - 1))
    observed = float((units.weight * same).sum()) / units.number
    small_sample = observed + (1 - observed) / (units.number * mean)
    shares = (units.weight[:, None] * units.counts).sum(axis=0) / units.number / mean
    expected = float((shares**2).sum())
    if expected >= 1:
        return None
    value = (observed - expected) / (1 - expected)
    longer = (units.raters - mean) / mean
    parts = (same - small_sample * longer - expected) / (1 - expected)
    own = (units.counts * shares).sum(axis=1) / mean - expected * longer
    return _spread(parts - 2 * (1 - value) * (own - expected) / (1 - expected), units, value)
