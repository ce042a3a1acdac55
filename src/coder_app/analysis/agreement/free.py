"""Coders compared on stretches as they drew them: |u-alpha, alpha_U, matched stretches and borders, code by code."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.alpha_u import alpha_u
from coder_app.analysis.agreement.boundaries import NEAR, Borders, near_misses
from coder_app.analysis.agreement.decisions import YES, by_character
from coder_app.analysis.agreement.intervals import Draws, Estimate, Material, draws, estimates
from coder_app.analysis.agreement.matching import THRESHOLDS, Matched, matches
from coder_app.analysis.agreement.ratings import Reals, Sums, added_up, pairs_of
from coder_app.analysis.agreement.scope import Scope
from coder_app.analysis.agreement.unitizing import bar_u_alpha
from coder_app.analysis.columns import Numbers
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
        alpha_u=tuple(one.alpha for one in alpha_u(scope)),
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


def _borders(scope: Scope) -> tuple[Borders, ...]:
    """Return, by code, how the starts and ends of stretches agree, over pairs of coders and the sources of both.

    All texts of all codes lie on one line, with room between, so one walk along it serves a pair of coders.
    """
    pool = _merged(scope)
    room = int(scope.lengths.max()) + 2 * NEAR
    line = (pool.code * len(scope.sources) + pool.source) * room
    sums = [Borders(0, 0, 0)] * len(scope.codes)
    for pair in pairs_of(len(scope.coders)):
        shared = np.logical_and(*(scope.present[:, coder] for coder in pair))[pool.source]
        rows = [np.flatnonzero((pool.block == coder) & shared) for coder in pair]
        places = [np.concatenate((line[own] + pool.start[own], line[own] + pool.stop[own])) for own in rows]
        found = _by_code(places[0], places[1], len(scope.sources) * room, len(sums))
        sums = [one.plus(other) for one, other in zip(sums, found, strict=True)]
    return tuple(sums)


def _by_code(mine: Numbers, theirs: Numbers, room: int, codes: int) -> list[Borders]:
    alone = [np.setdiff1d(mine, theirs), np.setdiff1d(theirs, mine)]
    near = np.array(near_misses(alone[0].tolist(), alone[1].tolist()), dtype=np.int64)
    groups = (np.intersect1d(mine, theirs), near, np.concatenate(alone))
    matched, missed, single = (np.bincount(group // room, minlength=codes).tolist() for group in groups)
    return [Borders(matched[code], missed[code], single[code] - 2 * missed[code]) for code in range(codes)]
