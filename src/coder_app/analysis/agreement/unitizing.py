"""The alpha coefficients for free units: u-alpha and its family (2016), and alpha_U (2004), which differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from coder_app.analysis.agreement.coefficients import ratio
from coder_app.analysis.agreement.continuum import GAP, Continuum, Lengths, Unit, lengths
from coder_app.analysis.agreement.ratings import Reals, Sums


@dataclass(frozen=True, slots=True)
class Family:
    """The u-alpha family of Krippendorff et al. (2016); None is undefined (no variation).

    `coverage` is the share of the lengths that both coders of a pair valued, on which `cu_alpha` and the
    `k_alpha` of each value rest.
    """

    u_alpha: float | None
    bar_u_alpha: float | None
    cu_alpha: float | None
    coverage: float | None
    k_alpha: tuple[float | None, ...]


def family(continua: Sequence[Continuum], values: int) -> Family:
    """Return the family for units of so many values that exclude one another."""
    sums = Lengths(np.zeros((values + 1, values + 1)), np.zeros(values + 1), np.zeros(values + 1))
    for continuum in continua:
        sums = sums.plus(lengths(continuum, values))
    expected = _expected(sums.shared, sums.squares)
    shared = sums.shared[1:, 1:]
    valued = _expected(shared, sums.valued[1:])
    whole = float(sums.shared.sum())
    gap, gap_by_chance = sums.shared[GAP], expected[GAP]
    return Family(
        u_alpha=_alpha(whole - np.trace(sums.shared), expected.sum() - np.trace(expected)),
        bar_u_alpha=_alpha(gap.sum() - gap[GAP], gap_by_chance.sum() - gap_by_chance[GAP]),
        cu_alpha=_alpha(shared.sum() - np.trace(shared), valued.sum() - np.trace(valued)),
        coverage=float(shared.sum()) / whole if whole else None,
        k_alpha=tuple(_k_alpha(shared, valued, value) for value in range(values)),
    )


def _expected(shared: Reals, squares: Reals) -> Reals:
    """Return the lengths that would be shared by chance."""
    each, whole = shared.sum(axis=1), float(shared.sum())
    spread = whole - float(squares.sum()) / whole if whole else 0.0
    if spread <= 0:
        return np.zeros_like(shared)
    return (np.outer(each, each) - np.diag(squares)) / spread


def _alpha(observed: float, expected: float) -> float | None:
    return 1 - float(observed) / float(expected) if expected > 0 else None


def _k_alpha(shared: Reals, expected: Reals, value: int) -> float | None:
    each, by_chance = float(shared[value].sum()), float(expected[value].sum())
    if not each:
        return None
    observed = by_chance / each * (each - float(shared[value, value]))
    return _alpha(observed, by_chance - float(expected[value, value]))


def bar_u_alpha(sums: Sums, squares: Reals, length: Reals) -> Reals:
    """Return |u-alpha of single codes from sums over characters; nan is undefined.

    `squares` are the squared lengths of the code's stretches and `length` the characters of all texts, each
    counted once for every coder of it. Any axes may stand before; they are those of the sums.
    """
    gap = sums.values[..., 0]
    plain = squares + gap
    spread = length - ratio(plain, length)
    expected = ratio(gap * (length - gap), spread)
    return 1 - ratio(gap - sums.together[..., 0], expected)


@dataclass(frozen=True, slots=True)
class AlphaU:
    """The unitizing alpha of 1995 and 2004 with the disagreements that it rests on; `alpha` None is undefined."""

    observed: float
    expected: float
    alpha: float | None


def alpha_u(continua: Sequence[Continuum]) -> AlphaU:
    """Return alpha_U (Krippendorff 2004) of one value; the coders are the same in all texts.

    A coder's units of other values must not be in the continua. Texts are laid end to end, but no gap goes
    across their borders. Add up the disagreements of several values for the alpha of all (`alpha_u_of_all`).
    """
    many = len(continua[0].units) if continua else 0
    length = sum(continuum.length for continuum in continua)
    units = [unit for one in continua for row in one.units.values() for unit in row]
    gaps = np.sort([gap for one in continua for row in one.units.values() for gap in _gaps(one.length, row)])
    observed = sum(_apart(mine, theirs) for one in continua for mine, theirs in permutations(one.units.values(), 2))
    if many <= 1 or not length:
        return AlphaU(0.0, 0.0, None)
    sizes = np.array([unit.stop - unit.start for unit in units], dtype=np.float64)
    every = many * length
    by_chance = (len(units) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes) + sizes**2 * _room(gaps, sizes)
    pairs = every * (every - 1) - float((sizes * (sizes - 1)).sum())
    expected = 2 / length * float(by_chance.sum()) / pairs
    return alpha_u_of_all([AlphaU(observed / (many * (many - 1) * length**2), expected, None)])


def alpha_u_of_all(values: Sequence[AlphaU]) -> AlphaU:
    """Return alpha_U of several values together."""
    observed, expected = sum(one.observed for one in values), sum(one.expected for one in values)
    return AlphaU(observed, expected, _alpha(observed, expected))


def _gaps(length: int, units: Sequence[Unit]) -> list[float]:
    starts = [*(unit.start for unit in units), length]
    stops = [0, *(unit.stop for unit in units)]
    return [float(start - stop) for stop, start in zip(stops, starts, strict=True) if start > stop]


def _room(gaps: Reals, sizes: Reals) -> Reals:
    """Return in how many places of the gaps each unit would fit."""
    first = np.searchsorted(gaps, sizes)
    sums = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)
    return sums[first] - (len(gaps) - first) * (sizes - 1)


def _apart(mine: Sequence[Unit], theirs: Sequence[Unit]) -> float:
    """Return how far one coder's units lie from another's: both ends of those that meet, all of those in a gap.

    Over both orders of two coders all that meet are looked at twice, and a unit in a gap once: so that counts double.
    """
    starts = np.array([unit.start for unit in theirs], dtype=np.int64)
    stops = np.array([unit.stop for unit in theirs], dtype=np.int64)
    found = 0.0
    for unit in mine:
        begin = int(np.searchsorted(stops, unit.start, side="right"))
        end = int(np.searchsorted(starts, unit.stop))
        if begin >= end:
            found += 2 * float(unit.stop - unit.start) ** 2
        for other in range(begin, end):
            found += float(unit.start - starts[other]) ** 2 + float(unit.stop - stops[other]) ** 2
    return found
