"""Whether codes depend on a variable: a test for each code over sources or cases, never over passages.

What is tested follows from what is compared:
- words by presence: chi-square of the table values × present/absent; with two values Fisher's exact p besides;
  effect Cramér's V.
- words by a number (codings, segments, characters, share): Kruskal–Wallis, effect epsilon squared; with two
  values Mann–Whitney, effect rank-biserial (positive: more under the first value).
- numbers by presence: Mann–Whitney of the variable between units with and without the code, effect rank-biserial
  (positive: higher where the code is).
- numbers by a number: Spearman's rho.
The p that counts is that of a permutation of the values over the units, because such samples are small; the
textbook p stands beside it. Nothing without variation is tested.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.hypergeometric import fisher
from coder_app.analysis.tables.shuffles import Statistic, Values, benjamini_hochberg, shuffled_p
from coder_app.domain.progress import OnProgress, tell_nobody

_LEAST_EXPECTED = 5
_SHARE_OF_SMALL = 0.2
_TWO = 2


@dataclass(frozen=True, slots=True)
class Shuffles:
    """How often values are dealt out anew, and the seed; 0 leaves p out."""

    resamples: int = 9_999
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """One number per code; not a number is undefined. `exact` is Fisher's p, `least` the smallest expected count."""

    name: str
    effect_name: str
    statistic: Values
    freedom: int | None
    p: Values
    textbook: Values
    exact: Values
    effect: Values
    least: Values
    few: NDArray[np.bool_]
    q: Values = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "q", benjamini_hochberg(self.p if not np.isnan(self.p).all() else self.textbook))


def ranks(values: Values) -> Values:
    """Return ranks from 1 on along the first axis, ties sharing their middle."""
    columns = values if values.ndim > 1 else values[:, None]
    found = np.empty(columns.shape)
    for number, column in enumerate(columns.T):
        _, place, many = np.unique(column, return_inverse=True, return_counts=True)
        found[:, number] = (np.cumsum(many) - (many - 1) / 2)[place]
    return found.reshape(values.shape)


def words_by_presence(
    values: Sequence[str], present: Values, how: Shuffles, on_progress: OnProgress = tell_nobody
) -> Tested:
    """Test words (one per unit) against presence (units × codes, 0 or 1)."""
    hot = _one_hot(values)
    size, n, many = hot.sum(axis=1), present.shape[0], present.sum(axis=0)
    varied = (many > 0) & (many < n) & (len(hot) >= _TWO)
    expected = size[:, None] * many[None, :] / n
    absent = size[:, None] - expected

    def chi(observed: Values) -> Values:
        with np.errstate(invalid="ignore", divide="ignore"):
            gap = (observed - expected) ** 2
            return np.where(varied, (gap / expected + gap / absent).sum(axis=-2), np.nan)

    observed = hot @ present
    statistic = chi(observed)
    freedom = len(hot) - 1
    least = np.where(varied, np.minimum(expected.min(axis=0), absent.min(axis=0)), np.nan)
    small = ((expected < _LEAST_EXPECTED).sum(axis=0) + (absent < _LEAST_EXPECTED).sum(axis=0)) / (2 * len(hot))
    return Tested(
        name="chi-square",
        effect_name="Cramér’s V",
        statistic=statistic,
        freedom=freedom,
        p=_shuffled(hot, present, chi, how, on_progress),
        textbook=_chi_square_p(statistic, freedom),
        exact=_fisher(observed, size, varied),
        effect=np.sqrt(statistic / n),
        least=least,
        few=varied & ((small > _SHARE_OF_SMALL) | (least < 1)),
    )


def words_by_number(
    values: Sequence[str], numbers: Values, how: Shuffles, on_progress: OnProgress = tell_nobody
) -> Tested:
    """Test words (one per unit) against numbers (units × codes)."""
    hot = _one_hot(values)
    ranked = ranks(numbers)
    size, n = hot.sum(axis=1), len(values)
    spread = ((ranked - (n + 1) / 2) ** 2).sum(axis=0)
    varied = (spread > 0) & (len(hot) >= _TWO)

    def kruskal(sums: Values) -> Values:
        gaps = (sums - size[:, None] * (n + 1) / 2) ** 2 / size[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(varied, (n - 1) * gaps.sum(axis=-2) / spread, np.nan)

    sums = hot @ ranked
    h = kruskal(sums)
    p = _shuffled(hot, ranked, kruskal, how, on_progress)
    if len(hot) == _TWO:
        u = sums[0] - size[0] * (size[0] + 1) / 2
        return _mann_whitney(np.where(varied, u, np.nan), float(size[0]), float(size[1]), spread, p)
    return _ranked("Kruskal–Wallis", "epsilon²", h, len(hot) - 1, p, _chi_square_p(h, len(hot) - 1), h / (n - 1))


def number_by_presence(values: Values, present: Values, how: Shuffles, on_progress: OnProgress = tell_nobody) -> Tested:
    """Test a number (one per unit) between units with and without each code (units × codes, 0 or 1)."""
    ranked = ranks(values)[None, :]
    n, many = len(values), present.sum(axis=0)
    spread = float(((ranked - (n + 1) / 2) ** 2).sum())
    varied = (many > 0) & (many < n) & (spread > 0)

    def away(sums: Values) -> Values:
        return np.where(varied, np.abs(sums[..., 0, :] - many * (n + 1) / 2), np.nan)

    u = (ranked @ present)[0] - many * (many + 1) / 2
    p = _shuffled(ranked, present, away, how, on_progress)
    return _mann_whitney(np.where(varied, u, np.nan), many, n - many, np.full(len(many), spread), p)


def number_by_number(values: Values, numbers: Values, how: Shuffles, on_progress: OnProgress = tell_nobody) -> Tested:
    """Test a number (one per unit) against numbers (units × codes)."""
    from scipy.special import stdtr  # pyright: ignore (scipy has no types)

    n = len(values)
    first = ranks(values)[None, :] - (n + 1) / 2
    second = ranks(numbers) - (n + 1) / 2
    scale = np.sqrt((first**2).sum() * (second**2).sum(axis=0))

    def rho(sums: Values) -> Values:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(scale > 0, sums[..., 0, :] / scale, np.nan)

    found = np.clip(rho(first @ second), -1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.abs(found) * np.sqrt((n - 2) / (1 - found**2)) if n > _TWO else np.full(len(found), np.nan)
    p = _shuffled(first, second, lambda sums: np.abs(rho(sums)), how, on_progress)
    return _ranked("Spearman", "rho", found, None, p, 2 * stdtr(max(n - 2, 1), -t), found)


def _shuffled(rows: Values, codes: Values, statistic: Statistic, how: Shuffles, on_progress: OnProgress) -> Values:
    if not how.resamples:
        return np.full(len(codes.T), np.nan)
    return shuffled_p(rows, codes, statistic, resamples=how.resamples, seed=how.seed, on_progress=on_progress)


def _chi_square_p(statistic: Values, freedom: int) -> Values:
    from scipy.special import chdtrc  # pyright: ignore (scipy has no types)

    return chdtrc(max(freedom, 1), statistic)  # pyright: ignore[reportUnknownVariableType] (as above)


def _fisher(observed: Values, size: Values, varied: NDArray[np.bool_]) -> Values:
    """Return the two-sided p of each table of two by two; not a number where there are other tables."""
    found = np.full(observed.shape[1], np.nan)
    codes = np.flatnonzero(varied)
    if len(size) == _TWO and len(codes):
        both, other = observed[:, codes].astype(np.int64)
        first = np.full(len(codes), int(size[0]), dtype=np.int64)
        found[codes] = fisher(both, first, both + other, np.full(len(codes), int(size.sum()), dtype=np.int64))[1]
    return found


def _one_hot(values: Sequence[str]) -> Values:
    names = list(dict.fromkeys(sorted(values)))
    return np.array([[float(value == name) for value in values] for name in names]).reshape(len(names), len(values))


def _mann_whitney(u: Values, first: Values | float, second: Values | float, spread: Values, p: Values) -> Tested:
    """Return U of the first group with the normal p (ties corrected, continuity corrected) as scipy has it."""
    from scipy.special import ndtr  # pyright: ignore (scipy has no types)

    n = np.asarray(first + second)
    middle = np.asarray(first * second / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = np.sqrt(first * second * spread / (n * (n - 1)))
        z = (np.maximum(u, 2 * middle - u) - middle - 0.5) / deviation
        textbook = np.minimum(1, 2 * ndtr(-z))
        effect = u / middle - 1
    return _ranked("Mann–Whitney", "rank-biserial", u, None, p, textbook, effect)


def _ranked(
    name: str, effect_name: str, statistic: Values, freedom: int | None, p: Values, textbook: Values, effect: Values
) -> Tested:
    nothing = np.full(len(statistic), np.nan)
    few = np.zeros(len(statistic), dtype=np.bool_)
    return Tested(name, effect_name, statistic, freedom, p, textbook, nothing, effect, nothing, few)
