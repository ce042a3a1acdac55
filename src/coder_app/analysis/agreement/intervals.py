"""How sure a coefficient is: documents drawn anew, or left out one by one, because they are what is independent.

The sums of the drawn documents are added up and the coefficient computed from them again; a resample in which
it is undefined is counted and left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import factorial, prod, sqrt
from typing import TypeAlias

import numpy as np

from coder_app.analysis.agreement.coefficients import mean_of_defined
from coder_app.analysis.agreement.ratings import Reals
from coder_app.analysis.columns import Numbers
from coder_app.domain.progress import OnProgress, tell_nobody

Measure: TypeAlias = Callable[[Reals], Reals]
"""A coefficient as a function of sums along the last axis; nan is undefined."""

FEWEST = 3
"""With fewer documents there is no interval."""

ENUMERATED = 6
"""With so many documents or fewer, every possible resample is looked at once."""

FEW = 10
"""With fewer documents than this the interval is marked as one of few documents."""

JACKKNIFED = 20
"""With fewer documents than this the jackknife is given too, as the bootstrap covers too little there."""

TENTATIVE, FIRM = 0.667, 0.800
"""Krippendorff's two marks, printed beside the values; they are no verdict."""

_LEVEL = 0.95
# The 97.5 % points of Student's t for 2, 3, … 18 degrees of freedom.
_T = (
    4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985, 2.178813,
    2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922,
)  # fmt: skip
_AT_ONCE = 6_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The sums of each source and code, which `by_source` gives for some codes, and what to compute from them."""

    by_source: Callable[[range], Reals]
    codes: int
    sources: int
    sums: int
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """One coefficient: of each code, then of all decisions pooled, then the mean over the codes (macro).

    nan is undefined, or not computed. `undefined` counts the resamples without a value; `below` is the share
    of those with one that fall short of TENTATIVE and of FIRM.
    """

    value: Reals
    low: Reals
    high: Reals
    undefined: Numbers
    below: tuple[Reals, Reals]
    jackknife: tuple[Reals, Reals]
    left_out: tuple[Reals, Reals]


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Which documents a resample holds how often, by row, and how many resamples are like that."""

    counts: Reals
    repeats: Numbers

    @property
    def number(self) -> int:
        """How many resamples there are."""
        return int(self.repeats.sum())


def draws(sources: int, resamples: int, seed: int) -> Draws | None:
    """Return the resamples of so many documents: all there are where these are few; None where they are too few."""
    if sources < FEWEST or resamples < 1:
        return None
    if sources > ENUMERATED:
        random = np.random.default_rng(seed)
        counts = random.multinomial(sources, np.full(sources, 1 / sources), size=resamples)
        return Draws(counts.astype(np.float64), np.ones(resamples, dtype=np.int64))
    every = [np.bincount(one, minlength=sources) for one in combinations_with_replacement(range(sources), sources)]
    repeats = [factorial(sources) // prod(factorial(int(times)) for times in one) for one in every]
    return Draws(np.array(every, dtype=np.float64), np.array(repeats, dtype=np.int64))


def estimates(
    material: Material, drawn: Draws | None, *, on_progress: OnProgress = tell_nobody
) -> tuple[dict[str, Estimate], Reals]:
    """Return each coefficient of the material for every code, pooled and macro, and the sums by code, then pooled.

    Told about by codes done; what `on_progress` raises goes through.
    """
    work = _Work(material, drawn)
    rows = 1 if drawn is None else len(drawn.counts)
    some = max(1, _AT_ONCE // (max(rows, material.sources) * material.sums))
    whole: list[Reals] = []
    pooled = np.zeros((material.sources, 1, material.sums))
    for start in range(0, material.codes, some):
        on_progress(start, material.codes)
        here = material.by_source(range(start, min(start + some, material.codes)))
        pooled += here.sum(axis=1, keepdims=True)
        whole.append(here.sum(axis=0))
        work.add(here)
    work.add(pooled, counts_for_macro=False)
    return work.finished(), np.concatenate((*whole, pooled.sum(axis=0)))


def quantiles(values: Reals, shares: tuple[float, ...]) -> list[Reals]:
    """Return quantiles over the first axis, interpolated linearly; nan is left out, and none is nan."""
    ordered = np.sort(values, axis=0)
    known = (~np.isnan(ordered)).sum(axis=0)
    found: list[Reals] = []
    for share in shares:
        place = share * np.maximum(known - 1, 0)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(known - 1, 0))
        low, high = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in (below, above))
        found.append(low + (place - below) * (high - low))
    return found


class _Work:
    """Adds up what is found code by code, so that no array ever holds all codes of all resamples."""

    def __init__(self, material: Material, drawn: Draws | None) -> None:
        self._material = material
        self._drawn = drawn
        self._parts: dict[str, list[Estimate]] = {name: [] for name in material.measures}
        self._macro: dict[str, list[Reals]] = {}

    def add(self, here: Reals, *, counts_for_macro: bool = True) -> None:
        """Take in the sums of some codes, by source and code."""
        whole = here.sum(axis=0)
        drawn = None if self._drawn is None else np.tensordot(self._drawn.counts, here, axes=1)
        without = None if self._drawn is None else whole - here
        for name, measure in self._material.measures.items():
            values = [measure(whole[None]), *(measure(part) for part in (drawn, without) if part is not None)]
            self._parts[name].append(self._estimate(values))
            if counts_for_macro:
                self._remember(name, values)

    def _remember(self, name: str, values: list[Reals]) -> None:
        """Keep the sum over codes and how many are defined, which is all that the macro mean needs."""
        parts = [np.stack((np.nansum(one, axis=1), (~np.isnan(one)).sum(axis=1)), axis=1) for one in values]
        known = self._macro.get(name)
        self._macro[name] = parts if known is None else [a + b for a, b in zip(known, parts, strict=True)]

    def finished(self) -> dict[str, Estimate]:
        for name, sums in self._macro.items():
            means = [np.where(one[:, 1] > 0, one[:, 0] / np.maximum(one[:, 1], 1), np.nan)[:, None] for one in sums]
            self._parts[name].append(self._estimate(means))
        return {name: _joined(parts) for name, parts in self._parts.items()}

    def _estimate(self, values: list[Reals]) -> Estimate:
        value = values[0][0]
        nothing = np.full(value.shape, np.nan)
        if self._drawn is None:
            none = np.zeros(value.shape, dtype=np.int64)
            return Estimate(value, nothing, nothing, none, (nothing, nothing), (nothing, nothing), (nothing, nothing))
        resampled, without = np.repeat(values[1], self._drawn.repeats, axis=0), values[2]
        low, high = (np.where(np.isnan(value), np.nan, one) for one in quantiles(resampled, _ends()))
        known = ~np.isnan(resampled)
        below = tuple(mean_of_defined(np.where(known, resampled < mark, np.nan).T) for mark in (TENTATIVE, FIRM))
        ends = quantiles(without, (0.0, 1.0))
        few = self._material.sources < JACKKNIFED
        return Estimate(
            value=value,
            low=low,
            high=high,
            undefined=(~known).sum(axis=0),
            below=(below[0], below[1]),
            jackknife=_jackknife(value, without) if few else (nothing, nothing),
            left_out=(ends[0], ends[1]) if few else (nothing, nothing),
        )


def _ends() -> tuple[float, float]:
    return (1 - _LEVEL) / 2, (1 + _LEVEL) / 2


def _jackknife(value: Reals, without: Reals) -> tuple[Reals, Reals]:
    """Return the interval from leaving out each document once; nan where one of them leaves nothing to compute."""
    many = len(without)
    spread = ((without - without.mean(axis=0)) ** 2).sum(axis=0)
    reach = _T[many - FEWEST] * np.sqrt(spread) * sqrt((many - 1) / many)
    return value - reach, value + reach


def _joined(parts: list[Estimate]) -> Estimate:
    def all_of(of: Callable[[Estimate], Reals]) -> Reals:
        return np.concatenate([of(part) for part in parts])

    return Estimate(
        value=all_of(lambda part: part.value),
        low=all_of(lambda part: part.low),
        high=all_of(lambda part: part.high),
        undefined=np.concatenate([part.undefined for part in parts]),
        below=(all_of(lambda part: part.below[0]), all_of(lambda part: part.below[1])),
        jackknife=(all_of(lambda part: part.jackknife[0]), all_of(lambda part: part.jackknife[1])),
        left_out=(all_of(lambda part: part.left_out[0]), all_of(lambda part: part.left_out[1])),
    )
