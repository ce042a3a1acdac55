"""Gamma (Mathet, Widlöcher & Métivier 2015): units aligned as cheaply as can be, against the same by chance.

An alignment puts every unit of every coder into one tuple with at most one unit of each other coder. A tuple
costs the mean over its pairs of coders, where a pair that lacks one unit or both costs the same. The cheapest
set of tuples that holds each unit once is an integer programme. What chance gives is found by shifting coders'
whole annotations at random.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, comb, inf, sqrt
from typing import Protocol, TypeVar, cast

import numpy as np

from coder_app.analysis.agreement.continuum import Unit
from coder_app.analysis.agreement.ratings import Reals, pairs_of
from coder_app.analysis.agreement.runs import unfolded
from coder_app.analysis.columns import Flags, Numbers
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr

_FEWEST_SAMPLES = 30
_CONFIDENCE = 1.96
_TRIES = 100
_ROUNDING = 1e-9

Held = TypeVar("Held", int, Numbers)


class _Solved(Protocol):
    """What we use of a result of scipy, which ships without types."""

    x: Reals


@dataclass(frozen=True, slots=True)
class Costs:
    """What places that differ (`alpha`), values that differ (`beta`) and a unit without a partner (`empty`) cost."""

    alpha: float = 1.0
    beta: float = 1.0
    empty: float = 1.0


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma, gamma-cat and by value gamma-k, with what they rest on; None is undefined.

    `precision` is the relative half width of the interval of `expected` after so many `samples`.
    """

    gamma: float | None
    gamma_cat: float | None
    gamma_k: dict[int, float | None]
    observed: float
    expected: float
    samples: int
    precision: float


@dataclass(frozen=True, slots=True, eq=False)
class _Aligned:
    """The tuples of a best alignment as rows of places in each coder's units (-1 for none), and their cost."""

    tuples: Numbers
    disorder: float
    coders: tuple[Reals, ...]


def observed_disorder(coders: Sequence[Sequence[Unit]], costs: Costs) -> float:
    """Return the disorder of the best alignment: its cost by the mean number of units of a coder."""
    return _best([_columns(units) for units in coders], costs).disorder


def gamma(
    coders: Sequence[Sequence[Unit]],
    costs: Costs | None = None,
    *,
    precision: float = 0.02,
    seed: int = 1,
    on_progress: OnProgress = tell_nobody,
) -> Gamma:
    """Return gamma of the units of two or more coders, which may overlap.

    The work is one integer programme for the data and one for each of 30 shuffles or more, until the mean is
    known to within `precision`. Told about by shuffles done; what `on_progress` raises goes through.
    Raises BadInput where fewer than two coders marked anything.
    """
    weights = costs or Costs()
    columns = [_columns(units) for units in coders]
    if sum(len(one) > 0 for one in columns) < 2:  # noqa: PLR2004 - a pair
        raise BadInput(tr("Gamma needs two coders who marked something in these sources."))
    best = _best(columns, weights)
    values = sorted({unit.value for units in coders for unit in units})
    random = np.random.default_rng(seed)
    sampled: list[_Aligned] = []
    needed = _FEWEST_SAMPLES
    while len(sampled) < needed:
        on_progress(len(sampled), needed)
        sampled.append(_best(_shuffled(columns, random), weights))
        if len(sampled) >= _FEWEST_SAMPLES:
            needed = _needed(sampled, precision)
    disorders = np.array([one.disorder for one in sampled])
    expected = float(disorders.mean())
    return Gamma(
        gamma=_against(best.disorder, expected),
        gamma_cat=_of_values(best, sampled, weights, None),
        gamma_k={value: _of_values(best, sampled, weights, value) for value in values},
        observed=best.disorder,
        expected=expected,
        samples=len(sampled),
        precision=_CONFIDENCE * float(disorders.std(ddof=1)) / sqrt(len(sampled)) / expected if expected else 0.0,
    )


def _needed(sampled: Sequence[_Aligned], precision: float) -> int:
    disorders = np.array([one.disorder for one in sampled[:_FEWEST_SAMPLES]])
    mean = float(disorders.mean())
    variation = float(disorders.std(ddof=1)) / mean if mean else 0.0
    return max(_FEWEST_SAMPLES, ceil((variation * _CONFIDENCE / precision) ** 2))


def _against(observed: float, expected: float) -> float | None:
    return 1 - observed / expected if expected > 0 else None


def _columns(units: Sequence[Unit]) -> Reals:
    """Return start, stop and value by row, in order."""
    return np.array(sorted((unit.start, unit.stop, unit.value) for unit in units), dtype=np.float64).reshape(-1, 3)


def _cost(one: Reals, other: Reals, costs: Costs) -> Reals:
    """Return what it costs to align units, row by row."""
    return costs.empty * (costs.alpha * _displaced(one, other) + costs.beta * (one[:, 2] != other[:, 2]))


def _displaced(one: Reals, other: Reals) -> Reals:
    ends = np.abs(one[:, 0] - other[:, 0]) + np.abs(one[:, 1] - other[:, 1])
    return (ends / (one[:, 1] - one[:, 0] + other[:, 1] - other[:, 0])) ** 2


def _best(coders: Sequence[Reals], costs: Costs) -> _Aligned:
    from scipy.optimize import Bounds, LinearConstraint, milp  # pyright: ignore (scipy has no types)
    from scipy.sparse import csr_array  # pyright: ignore[reportMissingTypeStubs] (as above)

    tuples, cost = _tuples(coders, costs)
    offsets = np.cumsum([0, *(len(units) for units in coders)])
    rows, places = np.nonzero(tuples >= 0)
    held = tuples[rows, places] + offsets[places]
    holds = csr_array((np.ones(len(rows)), (held, rows)), shape=(int(offsets[-1]), len(tuples)))
    solve = cast("Callable[..., _Solved]", milp)
    solved = solve(cost, integrality=np.ones(len(cost)), bounds=Bounds(0, 1), constraints=LinearConstraint(holds, 1, 1))
    chosen = np.flatnonzero(solved.x > 0.5)  # noqa: PLR2004 - one or zero, up to rounding
    mean = float(offsets[-1]) / len(coders)
    return _Aligned(tuples[chosen], float(cost[chosen].sum()) / mean, tuple(coders))


def _tuples(coders: Sequence[Reals], costs: Costs) -> tuple[Numbers, Reals]:
    """Return every tuple that can be in a best alignment, and its cost.

    Taking a unit out of a tuple of k must not be cheaper, so what it costs there has a bound (`_most`).
    """
    many = len(coders)
    found = np.full((1, many), -1, dtype=np.int64)
    for place, units in enumerate(coders):
        rows, members = _within_reach(found[:, :place], coders, units, costs)
        grown = found[rows]
        grown[:, place] = members
        found = np.concatenate((found, _bearable(grown, coders, costs, _most(many, many) * costs.empty)))
    found = found[(found >= 0).any(axis=1)]
    sums, _ = _sums(found, coders, costs)
    held = (found >= 0).sum(axis=1)
    bearable = (sums <= _most(many, held)[:, None] * costs.empty + _ROUNDING).all(axis=1) | (held == 1)
    found, sums, held = found[bearable], sums[bearable], held[bearable]
    pairs = held * (held - 1) / 2
    cost = (sums.sum(axis=1) / 2 + costs.empty * (comb(many, 2) - pairs)) / comb(many, 2)
    return found, cost


def _most(coders: int, held: Held) -> Held:
    """Return what a unit may cost in a tuple of `held`, in `empty`: alone it costs one for each pair of coders."""
    return held - 1 + comb(coders, 2)


def _within_reach(tuples: Numbers, coders: Sequence[Reals], units: Reals, costs: Costs) -> tuple[Numbers, Numbers]:
    """Return which units may join which tuples: those that begin near the tuple's first unit, and all join none."""
    begin, end = np.zeros(len(tuples), dtype=np.int64), np.full(len(tuples), len(units))
    longest = float((units[:, 1] - units[:, 0]).max(initial=0))
    factor = sqrt(_most(len(coders), len(coders)) / costs.alpha) if costs.alpha > 0 else inf
    for place in reversed(range(tuples.shape[1])):
        rows = np.flatnonzero(tuples[:, place] >= 0)
        mine = coders[place][tuples[rows, place]]
        reach = factor * (mine[:, 1] - mine[:, 0] + longest)
        begin[rows] = np.searchsorted(units[:, 0], mine[:, 0] - reach)
        end[rows] = np.searchsorted(units[:, 0], mine[:, 0] + reach, side="right")
    return unfolded(begin, end)


def _bearable(tuples: Numbers, coders: Sequence[Reals], costs: Costs, most: float) -> Numbers:
    _, worst = _sums(tuples, coders, costs)
    return tuples[worst <= most + _ROUNDING]


def _sums(tuples: Numbers, coders: Sequence[Reals], costs: Costs) -> tuple[Reals, Reals]:
    """Return what each unit of a tuple costs with all others of it, and the dearest pair."""
    sums = np.zeros(tuples.shape)
    worst = np.zeros(len(tuples))
    for one, other in pairs_of(len(coders)):
        rows = np.flatnonzero((tuples[:, one] >= 0) & (tuples[:, other] >= 0))
        cost = _cost(coders[one][tuples[rows, one]], coders[other][tuples[rows, other]], costs)
        sums[rows, one] += cost
        sums[rows, other] += cost
        worst[rows] = np.maximum(worst[rows], cost)
    return sums, worst


def _shuffled(coders: Sequence[Reals], random: np.random.Generator) -> list[Reals]:
    """Return for each coder the units of one drawn at random, shifted round the continuum by a distance of its own."""
    every = np.concatenate(coders)
    begin, end = float(every[:, 0].min()), float(every[:, 1].max())
    apart = float((every[:, 1] - every[:, 0]).mean()) / 2
    shifts: list[float] = []
    found: list[Reals] = []
    for _ in coders:
        shifts.append(_shift(end - begin, apart, shifts, random))
        units = coders[int(random.integers(len(coders)))].copy()
        units[:, :2] += shifts[-1]
        units[units[:, 0] > end, :2] -= end - begin
        found.append(units[np.lexsort((units[:, 1], units[:, 0]))])
    return found


def _shift(length: float, apart: float, taken: Sequence[float], random: np.random.Generator) -> float:
    drawn = float(random.integers(max(1, int(length))))
    for _ in range(_TRIES):
        if all(abs(drawn - other) >= apart for other in taken):
            break
        drawn = float(random.integers(max(1, int(length))))
    return drawn


def _of_values(best: _Aligned, sampled: Sequence[_Aligned], costs: Costs, value: int | None) -> float | None:
    observed = _value_disorder(best, costs, value)
    known = [one for one in (_value_disorder(each, costs, value) for each in sampled) if one is not None]
    if observed is None or not known:
        return None
    return _against(observed, float(np.mean(known)))


def _value_disorder(aligned: _Aligned, costs: Costs, value: int | None) -> float | None:
    """Return how often aligned units differ in value, those that lie well counting more; None where none are aligned.

    With a `value`, only pairs of which one unit bears it.
    """
    weight = disorder = 0.0
    held = (aligned.tuples >= 0).sum(axis=1)
    asked: Callable[[Reals, Reals], Flags] = _bears(value)
    for one, other in pairs_of(len(aligned.coders)):
        rows = np.flatnonzero((aligned.tuples[:, one] >= 0) & (aligned.tuples[:, other] >= 0))
        mine = aligned.coders[one][aligned.tuples[rows, one]]
        theirs = aligned.coders[other][aligned.tuples[rows, other]]
        sure = np.maximum(0, 1 - costs.alpha * costs.empty * _displaced(mine, theirs)) / (held[rows] - 1)
        sure = sure * asked(mine[:, 2], theirs[:, 2])
        weight += float(sure.sum())
        disorder += float((sure * costs.empty * (mine[:, 2] != theirs[:, 2])).sum())
        alone = float(_without_partner(aligned, one, other, value)) * costs.empty
        weight += alone
        disorder += alone * costs.empty
    return disorder / weight if weight > 0 else None


def _without_partner(aligned: _Aligned, one: int, other: int, value: int | None) -> int:
    """Return how many units of one of two coders, bearing `value` if one is given, lack a partner of the other's."""
    found = 0
    for mine, theirs in ((one, other), (other, one)):
        rows = np.flatnonzero((aligned.tuples[:, mine] >= 0) & (aligned.tuples[:, theirs] < 0))
        values = aligned.coders[mine][aligned.tuples[rows, mine], 2]
        found += len(rows) if value is None else int((values == value).sum())
    return found


def _bears(value: int | None) -> Callable[[Reals, Reals], Flags]:
    return lambda one, other: np.full(len(one), fill_value=True) if value is None else (one == value) | (other == value)
