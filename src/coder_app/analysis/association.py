"""How strongly two codes go together: coefficients of tables of two by two counts of units, for many pairs at once.

Every coefficient is a function of `Fourfold`: in how many units both codes are, in how many the first, the
second, and how many units there are. All are computed with floating point; nan is undefined, which is what a
person reads as "undefined" and never as 0. Jaccard, Dice, Ochiai, overlap and the conditional shares do not
depend on the number of units; lift, PMI, NPMI, phi, chi2, G2 and Fisher do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.hypergeometric import Reals, fisher

# More than so many times the codings of the other code, and c says little (as ATLAS.ti warns).
_LOPSIDED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Fourfold:
    """Units with both codes, with the first, with the second, and all; arrays of one shape."""

    both: Reals
    first: Reals
    second: Reals
    total: Reals

    @property
    def corners(self) -> tuple[Reals, Reals, Reals, Reals]:
        """Units with both, with the first alone, with the second alone, with neither."""
        one, two = self.first - self.both, self.second - self.both
        return self.both, one, two, self.total - self.both - one - two

    def turned(self) -> "Fourfold":
        """Return the same tables with the two codes exchanged."""
        return Fourfold(self.both, self.second, self.first, self.total)


def fourfold(both: Numbers, first: Numbers, second: Numbers, total: Numbers | int) -> Fourfold:
    """Return whole numbers as tables."""
    every = np.broadcast_to(np.asarray(total, dtype=np.float64), np.shape(both))
    whole, one, two = (np.asarray(column, dtype=np.float64) for column in (both, first, second))
    return Fourfold(whole, one, two, every)


def share(part: Reals, whole: Reals) -> Reals:
    """Return part / whole; nan where the whole is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole != 0, part / whole, np.nan)


def jaccard(of: Fourfold) -> Reals:
    """Return units with both / units with either."""
    return share(of.both, of.first + of.second - of.both)


def dice(of: Fourfold) -> Reals:
    """Return twice the units with both / the sum of the units with each (Sørensen)."""
    return share(2 * of.both, of.first + of.second)


def ochiai(of: Fourfold) -> Reals:
    """Return units with both / the geometric mean of the units with each (cosine)."""
    return share(of.both, np.sqrt(of.first * of.second))


def overlap(of: Fourfold) -> Reals:
    """Return units with both / units with the rarer code."""
    return share(of.both, np.minimum(of.first, of.second))


def second_given_first(of: Fourfold) -> Reals:
    """Return the share of the first code's units that have the second, too: P(B|A)."""
    return share(of.both, of.first)


def first_given_second(of: Fourfold) -> Reals:
    """Return the share of the second code's units that have the first, too: P(A|B)."""
    return share(of.both, of.second)


def lift(of: Fourfold) -> Reals:
    """Return how many times as often the codes meet as they would by chance."""
    return share(of.both * of.total, of.first * of.second)


def pmi(of: Fourfold) -> Reals:
    """Return the pointwise mutual information in bits, log2 of the lift; undefined where the codes never meet."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(of.both > 0, np.log2(lift(of)), np.nan)


def npmi(of: Fourfold) -> Reals:
    """Return the PMI / -log2 of the share with both: -1 where the codes never meet, 1 where they are everywhere."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = pmi(of) / -np.log2(of.both / of.total)
    never: Flags = (of.both == 0) & (of.first > 0) & (of.second > 0)
    always: Flags = (of.both == of.total) & (of.total > 0)
    return np.where(never, -1.0, np.where(always, 1.0, found))


def phi(of: Fourfold) -> Reals:
    """Return the correlation of two yes-or-no variables; undefined where a code is in all units or in none."""
    both, one, two, neither = of.corners
    rest = (of.total - of.first) * (of.total - of.second)
    return share(both * neither - one * two, np.sqrt(of.first * of.second * rest))


def chi2(of: Fourfold) -> Reals:
    """Return Pearson's chi-square without continuity correction, N times phi squared."""
    return of.total * phi(of) ** 2


def g2(of: Fourfold) -> Reals:
    """Return Dunning's log-likelihood ratio."""
    margins = (of.first, of.total - of.first), (of.second, of.total - of.second)
    found = np.zeros(np.shape(of.both))
    for number, cell in enumerate(of.corners):
        # The corners come as both, first alone, second alone, neither.
        expected = share(margins[0][number // 2] * margins[1][number % 2], of.total)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = found + np.where(cell > 0, cell * np.log(cell / expected), 0.0)
    return np.where(of.total > 0, 2 * np.maximum(found, 0.0), np.nan)


def fisher_greater(of: Fourfold) -> Reals:
    """Return Fisher's exact one-sided p, which treats units as independent: P(at least so many with both)."""
    return _fisher(of, 0)


def fisher_two_sided(of: Fourfold) -> Reals:
    """Return Fisher's exact two-sided p, which treats units as independent."""
    return _fisher(of, 1)


def _fisher(of: Fourfold, side: int) -> Reals:
    flat = [np.ravel(one).astype(np.int64) for one in (of.both, of.first, of.second, of.total)]
    found = fisher(flat[0], flat[1], flat[2], flat[3])[side].reshape(np.shape(of.both))
    return np.where(of.total > 0, found, np.nan)


Coefficient = Callable[[Fourfold], Reals]

COEFFICIENTS: Mapping[str, Coefficient] = {
    "jaccard": jaccard,
    "dice": dice,
    "ochiai": ochiai,
    "overlap": overlap,
    "p_b_given_a": second_given_first,
    "p_a_given_b": first_given_second,
    "lift": lift,
    "pmi": pmi,
    "npmi": npmi,
    "phi": phi,
    "chi2": chi2,
    "g2": g2,
    "fisher": fisher_two_sided,
}
"""The coefficients of the unit table, by the names that columns bear."""


Absent = Callable[[Numbers, Numbers, Numbers], Numbers]
"""How often a coefficient is undefined, from how often the first, the second, and both codes are absent."""

ZERO_TOGETHER: Mapping[str, Absent] = {
    **dict.fromkeys(("jaccard", "dice"), lambda _first, _second, both: both),
    **dict.fromkeys(("ochiai", "overlap", "lift"), lambda first, second, both: first + second - both),
    "p_b_given_a": lambda first, _second, _both: first,
    "p_a_given_b": lambda _first, second, _both: second,
}
"""The coefficients that are 0 wherever two codes never meet, unless they are undefined there."""


@dataclass(frozen=True, slots=True, eq=False)
class Compatible:
    """The c coefficient as ATLAS.ti computes it, never clipped, and what to know before reading it.

    nan is undefined. `out_of_range` where it cannot be read as a share, `lopsided` where one code has more
    than five times the codings of the other.
    """

    c: Reals
    out_of_range: Flags
    lopsided: Flags


def compatible(pairs: Numbers, first: Numbers, second: Numbers) -> Compatible:
    """Return pairs of overlapping codings / (codings of the first + of the second - pairs)."""
    either = first + second - pairs
    value = np.where(either > 0, share(pairs.astype(np.float64), either.astype(np.float64)), np.nan)
    lopsided: Flags = np.maximum(first, second) > _LOPSIDED * np.minimum(first, second)
    return Compatible(value, (either <= 0) | (pairs > either), lopsided)
