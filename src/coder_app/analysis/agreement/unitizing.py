"""The alpha coefficients for free units: u-alpha and its family (2016), and alpha_U (2004), which differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from coder_app.analysis.agreement.coefficients import ratio
from coder_app.analysis.agreement.continuum import GAP, Continuum, Lengths, Unit
from coder_app.analysis.agreement.intervals import Measure
from coder_app.analysis.agreement.ratings import Reals, Sums


def family(values: int) -> dict[str, Measure]:
    """Return the u-alpha family (Krippendorff et al. 2016) as functions of sums over texts (`flat`).

    The ids are u_alpha, bar_u_alpha, cu_alpha, coverage (the share of the lengths that both coders of a pair
    valued, on which the ones before and after rest), and k_alpha:1, k_alpha:2, … for each value.
    """
    found: dict[str, Measure] = {
        "u_alpha": lambda array: _whole(*_of_all(array, values)),
        "bar_u_alpha": lambda array: _gaps_alone(*_of_all(array, values)),
        "cu_alpha": lambda array: _whole(*_of_valued(array, values)),
        "coverage": lambda array: _coverage(array, values),
    }
    return found | {f"k_alpha:{value}": _k_alpha_of(value - 1, values) for value in range(1, values + 1)}


def flat(sums: Lengths) -> Reals:
    """Return the sums of a text in one row."""
    return np.concatenate((sums.shared.ravel(), sums.squares, sums.valued))


def _of_all(array: Reals, values: int) -> tuple[Reals, Reals]:
    """Return the shared lengths, and those by chance, of all values, gaps among them."""
    size = values + 1
    shared = array[..., : size * size].reshape(*array.shape[:-1], size, size)
    return shared, _by_chance(shared, array[..., size * size : size * size + size])


def _of_valued(array: Reals, values: int) -> tuple[Reals, Reals]:
    size = values + 1
    shared = array[..., : size * size].reshape(*array.shape[:-1], size, size)[..., 1:, 1:]
    return shared, _by_chance(shared, array[..., size * size + size + 1 :])


def _by_chance(shared: Reals, squares: Reals) -> Reals:
    each = shared.sum(axis=-1)
    whole = each.sum(axis=-1)
    spread = whole - ratio(squares.sum(axis=-1), whole)
    crossed = each[..., :, None] * each[..., None, :] - squares[..., None] * np.eye(squares.shape[-1])
    return ratio(crossed, spread[..., None, None])


def _alpha(observed: Reals, expected: Reals) -> Reals:
    return 1 - ratio(observed, expected)


def _whole(shared: Reals, expected: Reals) -> Reals:
    return _alpha(_off_diagonal(shared), _off_diagonal(expected))


def _off_diagonal(table: Reals) -> Reals:
    return table.sum(axis=(-2, -1)) - np.trace(table, axis1=-2, axis2=-1)


def _gaps_alone(shared: Reals, expected: Reals) -> Reals:
    return _alpha(shared[..., GAP, 1:].sum(axis=-1), expected[..., GAP, 1:].sum(axis=-1))


def _coverage(array: Reals, values: int) -> Reals:
    whole, valued = _of_all(array, values)[0], _of_valued(array, values)[0]
    return ratio(valued.sum(axis=(-2, -1)), whole.sum(axis=(-2, -1)))


def _k_alpha_of(value: int, values: int) -> Measure:
    def of(array: Reals) -> Reals:
        shared, expected = _of_valued(array, values)
        each, chance = shared[..., value, :].sum(axis=-1), expected[..., value, :].sum(axis=-1)
        own, own_by_chance = shared[..., value, value], expected[..., value, value]
        return _alpha(ratio(chance, each) * (each - own), chance - own_by_chance)

    return of


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
    return AlphaU(observed, expected, 1 - observed / expected if expected > 0 else None)


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
