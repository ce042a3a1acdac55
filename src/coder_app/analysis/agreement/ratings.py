"""What coders said of units, and the sums over units from which every nominal coefficient follows.

The sums add up: over documents, over codes that are pooled, and over resampled documents. So a coefficient
is written once, and the same function serves one table, all codes at once, and ten thousand resamples.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.columns import Numbers

Reals: TypeAlias = NDArray[np.float64]

MISSING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Units by row and coders by column: the number of a category, or MISSING; `weight` is how many units are alike."""

    values: Numbers
    weight: Reals
    categories: int

    def counts(self) -> Numbers:
        """Return how many coders gave each category, by row."""
        numbers = [(self.values == category).sum(axis=1) for category in range(self.categories)]
        return np.stack(numbers, axis=1).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over units, along the last axis of `array`; any axes may stand before it. `coders` is 0 where unknown."""

    array: Reals
    categories: int
    coders: int

    def _part(self, number: int) -> Reals:
        start = 2 + number * self.categories
        return self.array[..., start : start + self.categories]

    @property
    def units(self) -> Reals:
        """Units that anybody rated."""
        return self.array[..., 0]

    @property
    def pairable(self) -> Reals:
        """Units that two or more rated."""
        return self.array[..., 1]

    @property
    def agree(self) -> Reals:
        """By category: the share of the coder pairs of a unit who both gave it."""
        return self._part(0)

    @property
    def share(self) -> Reals:
        """By category: the share of a unit's coders who gave it."""
        return self._part(1)

    @property
    def together(self) -> Reals:
        """By category: Krippendorff's coincidences with itself."""
        return self._part(2)

    @property
    def values(self) -> Reals:
        """By category: how often it was given in pairable units."""
        return self._part(3)

    @property
    def marks(self) -> Reals:
        """By coder and category: how often."""
        start = 2 + 4 * self.categories
        return self._shaped(start, (self.coders, self.categories))

    @property
    def tables(self) -> Reals:
        """By pair of coders, in the order of `pairs_of`: the contingency table, first coder by second."""
        start = 2 + (4 + self.coders) * self.categories
        return self._shaped(start, (len(pairs_of(self.coders)), self.categories, self.categories))

    def _shaped(self, start: int, shape: tuple[int, ...]) -> Reals:
        size = int(np.prod(shape))
        return self.array[..., start : start + size].reshape(*self.array.shape[:-1], *shape)


def pairs_of(coders: int) -> list[tuple[int, int]]:
    """Return the pairs of coders by number, each once."""
    return list(combinations(range(coders), 2))


def summed(ratings: Ratings, group: Numbers | None = None, groups: int = 1) -> Sums:
    """Return the sums over the units of each group; `group` numbers the rows, and without it all are one group."""
    where = np.zeros(len(ratings.weight), dtype=np.int64) if group is None else group
    values, weight = ratings.values, ratings.weight
    columns = _of_counts(ratings.counts(), weight)
    for coder in range(values.shape[1]):
        columns += [weight * (values[:, coder] == category) for category in range(ratings.categories)]
    for first, second in pairs_of(values.shape[1]):
        for one in range(ratings.categories):
            given = weight * (values[:, first] == one)
            columns += [given * (values[:, second] == other) for other in range(ratings.categories)]
    return Sums(_grouped(columns, where, groups), ratings.categories, values.shape[1])


def summed_counts(counts: Numbers) -> Sums:
    """Return the sums over units of which only is known how many coders gave each category; one row per unit."""
    columns = _of_counts(counts, np.ones(len(counts)))
    return Sums(_grouped(columns, np.zeros(len(counts), dtype=np.int64), 1), counts.shape[1], 0)


def _grouped(columns: list[Reals], group: Numbers, groups: int) -> Reals:
    return np.stack([added_up(group, column, groups) for column in columns], axis=-1)


def added_up(group: Numbers, weight: Numbers | Reals, groups: int) -> Reals:
    """Return the sum of the weights of each group."""
    return np.bincount(group, weight, minlength=groups).astype(np.float64)


def _of_counts(counts: Numbers, weight: Reals) -> list[Reals]:
    """Return units, pairable, then agree, share, together and values by category, row by row."""
    raters = counts.sum(axis=1)
    rated, pairable = weight * (raters >= 1), weight * (raters >= 2)  # noqa: PLR2004 - a pair
    each, others = np.maximum(raters, 1), np.maximum(raters - 1, 1)
    same = counts * (counts - 1)
    by_category = [
        (pairable / (each * others))[:, None] * same,
        (rated / each)[:, None] * counts,
        (pairable / others)[:, None] * same,
        pairable[:, None] * counts,
    ]
    return [rated, pairable, *(part[:, category] for part in by_category for category in range(counts.shape[1]))]
