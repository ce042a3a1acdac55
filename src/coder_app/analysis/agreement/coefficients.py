"""The nominal coefficients of agreement, as functions of sums over units; nan is undefined.

Each is 1 - observed / expected disagreement. The expected one is written as a sum of products, not as one
minus something near one, so that it is exactly zero where nothing varies and precise where a code is rare.
"""

import numpy as np

from coder_app.analysis.agreement.ratings import Reals, Sums

# Below this an expected disagreement is rounding and nothing else.
_NOTHING = 1e-14


def ratio(top: Reals, bottom: Reals) -> Reals:
    """Return top / bottom, nan where the bottom is nothing."""
    usable = bottom > _NOTHING
    return np.where(usable, top / np.where(usable, bottom, 1.0), np.nan)


def mean_of_defined(values: Reals) -> Reals:
    """Return the mean over the last axis of what is defined; nan where nothing is."""
    defined = ~np.isnan(values)
    return ratio(np.where(defined, values, 0.0).sum(axis=-1), defined.sum(axis=-1).astype(np.float64))


def percent(sums: Sums) -> Reals:
    """Return the mean over units of the share of coder pairs who agree."""
    return ratio(sums.agree.sum(axis=-1), sums.pairable)


def _corrected(sums: Sums, expected_disagreement: Reals) -> Reals:
    return 1 - ratio(1 - percent(sums), expected_disagreement)


def _shares(sums: Sums) -> Reals:
    return ratio(sums.share, sums.units[..., None])


def fleiss(sums: Sums) -> Reals:
    """Return Fleiss' kappa, with two coders Scott's pi; Gwet's (2014) form where ratings are missing."""
    shares = _shares(sums)
    return _corrected(sums, (shares * (1 - shares)).sum(axis=-1))


def fleiss_by_category(sums: Sums) -> Reals:
    """Return Fleiss' kappa of each category against all others; every unit has as many raters."""
    shares = _shares(sums)
    return 1 - ratio(sums.share - sums.agree, sums.units[..., None] * shares * (1 - shares))


def ac1(sums: Sums) -> Reals:
    """Return Gwet's AC1; the number of categories is that of the codebook."""
    shares = _shares(sums)
    return _corrected(sums, 1 - (shares * (1 - shares)).sum(axis=-1) / (sums.categories - 1))


def brennan_prediger(sums: Sums) -> Reals:
    """Return Brennan and Prediger's coefficient, also known as S or Randolph's kappa."""
    return _corrected(sums, np.full(sums.units.shape, 1 - 1 / sums.categories))


def alpha(sums: Sums) -> Reals:
    """Return Krippendorff's alpha for nominal data."""
    number = sums.values.sum(axis=-1)
    observed = ratio((sums.values - sums.together).sum(axis=-1), number)
    return 1 - ratio(observed, 1 - expected_agreement(sums))


def expected_agreement(sums: Sums) -> Reals:
    """Return the agreement that Krippendorff's alpha expects by chance."""
    number = sums.values.sum(axis=-1)
    differing = (sums.values * (number[..., None] - sums.values)).sum(axis=-1)
    return 1 - ratio(differing, number * (number - 1))


def cohen(sums: Sums) -> Reals:
    """Return Cohen's kappa of each pair of coders, along the last axis."""
    rows, columns, number = _margins(sums.tables)
    agreed = np.trace(sums.tables, axis1=-2, axis2=-1)
    expected = ratio((rows * (number[..., None] - columns)).sum(axis=-1), number**2)
    return 1 - ratio(ratio(number - agreed, number), expected)


def cohen_max(sums: Sums) -> Reals:
    """Return the largest kappa that the coders' margins allow, of each pair, along the last axis."""
    rows, columns, number = _margins(sums.tables)
    expected = ratio((rows * (number[..., None] - columns)).sum(axis=-1), number**2)
    return 1 - ratio(ratio(number - np.minimum(rows, columns).sum(axis=-1), number), expected)


def _margins(tables: Reals) -> tuple[Reals, Reals, Reals]:
    return tables.sum(axis=-1), tables.sum(axis=-2), tables.sum(axis=(-2, -1))


def light(sums: Sums) -> Reals:
    """Return Light's kappa: the mean of Cohen's over the pairs of coders where it is defined."""
    return mean_of_defined(cohen(sums))


def conger(sums: Sums) -> Reals:
    """Return Conger's kappa (Hubert's): the mean agreement of pairs against the mean that their margins expect."""
    marks = sums.marks
    rated = marks.sum(axis=-1)
    coders = (rated > 0).sum(axis=-1).astype(np.float64)
    shares = np.where(rated[..., None] > 0, marks / np.maximum(rated, 1)[..., None], 0.0)
    whole = shares.sum(axis=-2)
    differing = (whole * (coders[..., None] - whole)).sum(axis=-1) - (shares * (1 - shares)).sum(axis=(-2, -1))
    return _corrected(sums, ratio(differing, coders * (coders - 1)))


def specific(sums: Sums, category: int) -> Reals:
    """Return the agreement on one category: the chance that another coder gave it as well."""
    return ratio(sums.together[..., category], sums.values[..., category])


def prevalence(sums: Sums, category: int) -> Reals:
    """Return the mean share of coders who gave a category."""
    return _shares(sums)[..., category]


def bias(sums: Sums, category: int) -> Reals:
    """Return how far the coders' own shares of a category lie apart, at most."""
    rated = sums.marks.sum(axis=-1)
    shares = ratio(sums.marks[..., category], rated)
    highest = np.where(np.isnan(shares), -np.inf, shares).max(axis=-1)
    lowest = np.where(np.isnan(shares), np.inf, shares).min(axis=-1)
    return np.where((rated > 0).any(axis=-1), highest - lowest, np.nan)
