"""Coders who cut a text as they like: what each marked, laid on one line, for the coefficients of unitizing.

A continuum is a text of so many code points. Each coder's units bear one value each and do not overlap;
between them are gaps. Several texts are several continua: no unit and no gap goes across their borders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np

from coder_app.analysis.agreement.ratings import Reals
from coder_app.analysis.agreement.scope import Scope
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.counting import Pool, merged
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

GAP = 0
"""The value of what is in no unit; those of units start at 1."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that a coder marked, [start, stop) in code points, with its value."""

    start: int
    stop: int
    value: int


@dataclass(frozen=True, slots=True)
class Continuum:
    """One text: its length, and by coder the units in order; coders who did not code it are not in it."""

    length: int
    units: Mapping[int, Sequence[Unit]]


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """The sums over continua on which the u-alpha family rests; axes are values, GAP first.

    `shared` are the lengths that two coders gave these two values, over ordered pairs, each weighted by
    1 / (coders - 1). `squares` are the squared lengths of units (of gaps, the plain ones), `valued` the squared
    lengths of each unit that another coder valued as well, weighted likewise.
    """

    shared: Reals
    squares: Reals
    valued: Reals


def continua(scope: Scope, codes: Sequence[int]) -> list[Continuum]:
    """Return the texts with the units of these codes (places in the scope), valued 1, 2, … in their order.

    Overlapping codings of one code by one coder are one unit. Raises BadInput, naming the place, where a coder
    gave two of the codes to one stretch: they do not exclude one another.
    """
    values = np.full(len(scope.codes), -1, dtype=np.int64)
    values[list(codes)] = np.arange(1, len(codes) + 1)
    codings = scope.codings
    pool = Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code)
    pool = merged(pool.at(values[pool.code] > 0))
    found = [_nothing(scope.present[n]) for n in range(len(scope.sources))]
    columns = (pool.source, pool.block, pool.start, pool.stop, values[pool.code])
    rows: list[tuple[int, ...]] = sorted(zip(*(column.tolist() for column in columns), strict=True))
    for source, coder, start, stop, value in rows:
        if coder in found[source]:
            found[source][coder].append(Unit(start, stop, value))
    for source, units in enumerate(found):
        for coder, row in units.items():
            _check_apart(scope, source, coder, row, codes)
    return [Continuum(int(length), units) for length, units in zip(scope.lengths, found, strict=True)]


def _nothing(present: Flags) -> dict[int, list[Unit]]:
    return {int(coder): [] for coder in np.flatnonzero(present)}


def _check_apart(scope: Scope, source: int, coder: int, units: Sequence[Unit], codes: Sequence[int]) -> None:
    for one, other in pairwise(units):
        if other.start < one.stop:
            first, second = (scope.code_names[codes[unit.value - 1]] for unit in (one, other))
            raise BadInput(
                tr(
                    "“{first}” and “{second}” do not exclude one another: {coder} gave both to characters {start} to"
                    " {stop} of “{source}”. Compare each code alone, or name codes that never overlap.",
                    first=first,
                    second=second,
                    coder=scope.names[coder],
                    start=other.start,
                    stop=min(one.stop, other.stop),
                    source=scope.source_names[source],
                )
            )


def lengths(continuum: Continuum, values: int) -> Lengths:
    """Return the sums of one text; `values` is how many values there are besides GAP."""
    coders = list(continuum.units)
    every = [unit for units in continuum.units.values() for unit in units]
    borders = np.unique([0, continuum.length, *(unit.start for unit in every), *(unit.stop for unit in every)])
    size = np.diff(borders).astype(np.float64)
    rows = [_along(borders, units) for units in continuum.units.values()]
    shared = np.zeros((values + 1, values + 1))
    squares, valued = np.zeros(values + 1), np.zeros(values + 1)
    for coder in range(len(coders)):
        units = continuum.units[coders[coder]]
        squares[GAP] += continuum.length - sum(unit.stop - unit.start for unit in units)
        np.add.at(squares, [unit.value for unit in units], [float(unit.stop - unit.start) ** 2 for unit in units])
    for (mine, unit), (theirs, _) in permutations(rows, 2):
        np.add.at(shared, (mine, theirs), size)
        both = np.bincount(unit, np.where(theirs != GAP, size, 0.0), minlength=int(unit.max(initial=0)) + 1)
        value = np.zeros(len(both), dtype=np.int64)
        value[unit] = mine
        np.add.at(valued, value[1:], both[1:] ** 2)
    others = max(len(coders) - 1, 1)
    return Lengths(shared / others, squares, valued / others)


def _along(borders: Numbers, units: Sequence[Unit]) -> tuple[Numbers, Numbers]:
    """Return the value, and the number of the unit (0 in a gap), of each stretch between two borders."""
    starts = np.array([unit.start for unit in units], dtype=np.int64)
    stops = np.array([unit.stop for unit in units], dtype=np.int64)
    value = np.array([GAP, *(unit.value for unit in units)], dtype=np.int64)
    number = np.searchsorted(starts, borders[:-1], side="right")
    inside = (number > 0) & (borders[:-1] < np.append(0, stops)[number])
    number = np.where(inside, number, 0)
    return value[number], number
