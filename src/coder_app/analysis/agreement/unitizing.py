"""The alpha coefficients for free units of 2016: u-alpha and its family, as functions of sums over texts."""

import numpy as np

from coder_app.analysis.agreement.coefficients import ratio
from coder_app.analysis.agreement.continuum import GAP, Lengths
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
