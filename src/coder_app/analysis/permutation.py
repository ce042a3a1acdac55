"""How often two codes would meet by chance if units were shuffled inside each document, exactly where that can be.

Units of one document are not independent of each other, so only those of the same document are exchanged. In a
document with n units, a with the first code and b with the second, the number with both is hypergeometric; the
total is the sum over documents, and its distribution their convolution (the exact conditional
Cochran-Mantel-Haenszel test). Where that would take too long, R random draws stand in and p = (1 + k) / (1 + R).
"""

from dataclasses import dataclass

import numpy as np

from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.hypergeometric import Reals, alike, lowest, probabilities, tails, width
from coder_app.domain.progress import OnProgress, tell_nobody

DRAWS = 9_999
"""So many random draws where the distribution itself would take too long."""

# Steps of the convolution of one pair beyond which draws are taken.
_MOST_STEPS = 50_000_000
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The documents of each pair, one row each, those of a pair together: units, with the first, with the second."""

    pair: Numbers
    units: Numbers
    first: Numbers
    second: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Shuffled:
    """What shuffling gives for each pair. `two_sided` is twice the smaller tail, `point` adds up what is no likelier.

    `drawn` says where random draws stand for the exact distribution; there `point` is nan.
    """

    expected: Reals
    greater: Reals
    less: Reals
    two_sided: Reals
    point: Reals
    drawn: Flags


def shuffled(
    strata: Strata, observed: Numbers, *, seed: int, names: Numbers | None = None, on_progress: OnProgress = tell_nobody
) -> Shuffled:
    """Compare the observed number of units with both codes with what shuffling inside documents gives.

    `observed` has one number per pair, which `strata.pair` counts from 0. `names` are numbers that tell pairs
    apart whatever else is tested, for draws that stay the same. Told about by pairs done.
    """
    pairs = len(observed)
    tables = strata.units, strata.first, strata.second
    low, reach = lowest(*tables), width(*tables)
    mean = strata.first * strata.second / np.maximum(1, strata.units)
    expected: Reals = np.bincount(strata.pair, mean, minlength=pairs).astype(np.float64)
    above = observed - np.bincount(strata.pair, low, minlength=pairs).astype(np.int64)
    found = np.ones((3, pairs))
    # A document in which only one number is possible adds that number and nothing else.
    open_rows = np.flatnonzero(reach > 0)
    owner = strata.pair[open_rows]
    many = np.bincount(owner, minlength=pairs)
    first_row = np.cumsum(many) - many
    steps = np.bincount(owner, reach[open_rows], minlength=pairs).astype(np.int64)
    work = _Convolution(tuple(column[open_rows] for column in tables), first_row, many)
    hard: Flags = steps * steps > _MOST_STEPS
    easy = np.flatnonzero(~hard)
    done = 0
    for some in alike(steps[easy]):
        for rows in np.array_split(easy[some], max(1, len(some) // 2_000)):
            on_progress(done, pairs)
            found[:, rows] = tails(work.of(rows, int(steps[rows].max(initial=0))), above[rows])
            done += len(rows)
    for pair in np.flatnonzero(hard).tolist():
        on_progress(done, pairs)
        random = np.random.default_rng((seed, pair if names is None else int(names[pair])))
        found[:, pair] = work.drawn(pair, int(above[pair]), random)
        done += 1
    two_sided = np.minimum(1.0, 2 * np.minimum(found[0], found[1]))
    return Shuffled(expected, found[0], found[1], two_sided, np.where(hard, np.nan, found[2]), hard)


class _Convolution:
    """The distribution of a sum of independent hypergeometric numbers, for many pairs side by side."""

    def __init__(self, tables: tuple[Numbers, ...], first_row: Numbers, many: Numbers) -> None:
        self._tables = tables
        self._first_row = first_row
        self._many = many

    def of(self, pairs: Numbers, most: int) -> Reals:
        """Return the distributions of these pairs, from the lowest possible sum on; no sum is `most` above it."""
        order = np.argsort(-self._many[pairs], kind="stable")
        many, begin = self._many[pairs][order], self._first_row[pairs][order]
        sums = np.zeros((len(pairs), most + 1))
        sums[:, 0] = 1.0
        reach = 1
        for step in range(int(many.max(initial=0))):
            # Those with the most documents come first, so those that have one more are the first rows.
            here = int(np.searchsorted(-many, -step))
            rows = begin[:here] + step
            chance = probabilities(*(column[rows] for column in self._tables))
            reach = min(most + 1, reach + chance.shape[1] - 1)
            sums[:here, :reach] = _added(sums[:here, :reach], chance)
        back = np.empty_like(sums)
        back[order] = sums
        return back

    def drawn(self, pair: int, above: int, random: np.random.Generator) -> tuple[float, float, float]:
        """Return both tails from random draws, and nan."""
        rows = slice(int(self._first_row[pair]), int(self._first_row[pair] + self._many[pair]))
        total = np.zeros(DRAWS, dtype=np.int64)
        for units, first, second in zip(*(column[rows].tolist() for column in self._tables), strict=True):
            low = max(0, first + second - units)
            total += random.hypergeometric(first, units - first, second, size=DRAWS) - low
        greater, less = int((total >= above).sum()), int((total <= above).sum())
        return (1 + greater) / (1 + DRAWS), (1 + less) / (1 + DRAWS), float("nan")


def _added(sums: Reals, chance: Reals) -> Reals:
    """Return the distributions of the sums with one more number each, whose probabilities stand in `chance`."""
    found = sums * chance[:, :1]
    for step in range(1, min(chance.shape[1], sums.shape[1])):
        found[:, step:] += sums[:, :-step] * chance[:, step : step + 1]
    return found


def adjusted(p: Reals) -> Reals:
    """Return the p values after Benjamini and Hochberg over all that are no nan; nan stays nan."""
    found = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    if len(order):
        raised = p[order] * len(order) / np.arange(1, len(order) + 1)
        found[order] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    return found
