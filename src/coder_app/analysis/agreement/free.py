"""Coders compared on stretches as they drew them: |u-alpha, alpha_U, matched stretches and borders, code by code."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.boundaries import Borders, compared
from coder_app.analysis.agreement.continuum import continua
from coder_app.analysis.agreement.decisions import YES, by_character
from coder_app.analysis.agreement.intervals import Draws, Estimate, Material, draws, estimates
from coder_app.analysis.agreement.matching import THRESHOLDS, Matched, matches
from coder_app.analysis.agreement.ratings import Reals, Sums, added_up, pairs_of
from coder_app.analysis.agreement.scope import Scope
from coder_app.analysis.agreement.unitizing import alpha_u, bar_u_alpha
from coder_app.analysis.counting import Pool, merged
from coder_app.domain.progress import OnProgress, tell_nobody


@dataclass(frozen=True, slots=True, eq=False)
class Free:
    """How far stretches agree. `bar_u_alpha` is by code, then pooled, then macro; the others are by code.

    `alpha_u` (2004) rests on the sources that all coders coded; None is undefined. `matched` is by threshold and
    pair of coders, `borders` over all pairs.
    """

    scope: Scope
    bar_u_alpha: Estimate
    drawn: Draws | None
    alpha_u: tuple[float | None, ...]
    matched: Mapping[float, Mapping[tuple[int, int], list[Matched]]]
    borders: tuple[Borders, ...]


def compare_stretches(scope: Scope, *, on_progress: OnProgress = tell_nobody) -> Free:
    """Return how far the coders' stretches agree, whatever the unit of the scope."""
    drawn = draws(len(scope.sources), scope.how.resamples, scope.how.seed)
    found, _ = estimates(_material(scope), drawn, on_progress=on_progress)
    return Free(
        scope=scope,
        bar_u_alpha=found["bar_u_alpha"],
        drawn=drawn,
        alpha_u=tuple(_alpha_u(scope, code) for code in range(len(scope.codes))),
        matched={threshold: matches(scope, threshold) for threshold in THRESHOLDS},
        borders=_borders(scope),
    )


def _merged(scope: Scope) -> Pool:
    codings = scope.codings
    return merged(Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code))


def _material(scope: Scope) -> Material:
    characters = by_character(scope)
    many, codes, coders = len(scope.sources), len(scope.codes), len(scope.coders)
    pool = _merged(scope)
    counted = scope.present[pool.source, pool.block]
    size = np.where(counted, (pool.stop - pool.start).astype(np.float64) ** 2, 0.0)
    squares = added_up(pool.source * codes + pool.code, size, many * codes).reshape(many, codes)
    length = (scope.lengths * scope.present.sum(axis=1)).astype(np.float64)

    def by_source(some: range) -> Reals:
        sums = characters.sums(some).array
        whole = np.broadcast_to(length[:, None], sums.shape[:-1])
        return np.concatenate((sums, squares[:, some.start : some.stop, None], whole[..., None]), axis=-1)

    def measure(array: Reals) -> Reals:
        sums = Sums(array[..., :-2], 2, coders)
        value = bar_u_alpha(sums, array[..., -2], array[..., -1])
        return np.where(sums.values[..., YES] > 0, value, np.nan)

    return Material(by_source, codes, many, by_source(range(1)).shape[-1], {"bar_u_alpha": measure})


def _alpha_u(scope: Scope, code: int) -> float | None:
    every = [one for one in continua(scope, [code]) if len(one.units) == len(scope.coders)]
    return alpha_u(every).alpha


def _borders(scope: Scope) -> tuple[Borders, ...]:
    """Return, by code, how the starts and ends of stretches agree, over pairs of coders and the sources of both."""
    found: dict[tuple[int, int, int], set[int]] = {}
    pool = _merged(scope)
    columns = (pool.source, pool.code, pool.block, pool.start, pool.stop)
    rows: list[tuple[int, ...]] = list(zip(*(column.tolist() for column in columns), strict=True))
    for source, code, coder, start, stop in rows:
        found.setdefault((source, code, coder), set()).update((start, stop))
    sums = [Borders(0, 0, 0)] * len(scope.codes)
    for source, code in sorted({(source, code) for source, code, _ in found}):
        for first, second in pairs_of(len(scope.coders)):
            if scope.present[source, first] and scope.present[source, second]:
                mine, theirs = (found.get((source, code, coder), set[int]()) for coder in (first, second))
                sums[code] = sums[code].plus(compared(mine, theirs))
    return tuple(sums)
