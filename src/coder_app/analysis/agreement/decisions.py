"""Who gave a code to which units: the decisions that the coefficients sum up, for all codes and sources at once."""

from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.ratings import MISSING, Ratings, Reals, Sums, added_up, summed
from coder_app.analysis.agreement.scope import WHOLES, Scope, Unit
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.counting import Pool, Units, codes_per_unit, merged, packed

NO, YES = 0, 1
"""The two categories: the code is not there, or it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """By row: in a source, so many units (`weight`) have a code by exactly the coders whose bits `mask` has.

    Rows are in the order of the codes. Units to which nobody gave the code have no row; `sizes` says how many
    units there are.
    """

    source: Numbers
    code: Numbers
    mask: Numbers
    weight: Numbers
    present: Flags
    sizes: Numbers
    codes: int

    @property
    def coders(self) -> int:
        """How many coders are compared."""
        return self.present.shape[1]

    def ratings(self, code: int) -> Ratings:
        """Return what was decided about one code, equal units in one row."""
        source, mask, weight = self._with_rest(range(code, code + 1))[1:]
        alike = packed(_bits(self.present)[source], mask)
        _, first, place = np.unique(alike, return_index=True, return_inverse=True)
        return Ratings(self._values(source[first], mask[first]), added_up(place, weight, len(first)), 2)

    def sums(self, codes: range) -> Sums:
        """Return the sums of a run of codes by source and code."""
        code, source, mask, weight = self._with_rest(codes)
        group, groups = source * len(codes) + code, len(self.sizes) * len(codes)
        found = summed(Ratings(self._values(source, mask), weight, 2), group, groups)
        return Sums(found.array.reshape(len(self.sizes), len(codes), -1), found.categories, found.coders)

    def _with_rest(self, codes: range) -> tuple[Numbers, Numbers, Numbers, Reals]:
        """Return code (from 0), source, mask and weight: of the rows, and of the units that nobody gave the code."""
        first, last = np.searchsorted(self.code, (codes.start, codes.stop))
        code, source = self.code[first:last] - codes.start, self.source[first:last]
        weight, many = self.weight[first:last].astype(np.float64), len(self.sizes)
        given = added_up(code * many + source, weight, len(codes) * many).reshape(len(codes), many)
        rest = (self.sizes - given).ravel()
        return (
            np.concatenate((code, np.repeat(np.arange(len(codes)), many))),
            np.concatenate((source, np.tile(np.arange(many), len(codes)))),
            np.concatenate((self.mask[first:last], np.zeros(len(rest), dtype=np.int64))),
            np.concatenate((weight, rest)),
        )

    def _values(self, source: Numbers, mask: Numbers) -> Numbers:
        given = mask[:, None] >> np.arange(self.coders) & 1
        return np.where(self.present[source], given, MISSING)


def _bits(present: Flags) -> Numbers:
    return np.asarray(present @ (np.int64(1) << np.arange(present.shape[1])), dtype=np.int64)


def decisions(scope: Scope) -> Decisions:
    """Return who gave which code to which units; a unit has a code when one of its characters has it."""
    codings = scope.codings
    pool = Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code)
    columns = _by_character(merged(pool)) if scope.how.unit is Unit.CHARACTER else _by_unit(pool, scope)
    return Decisions(*columns, scope.present, scope.sizes, len(scope.codes))


def by_character(scope: Scope) -> Decisions:
    """Return the same by character, whatever the unit: what the coefficients of a continuum rest on."""
    codings = scope.codings
    pool = merged(Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code))
    return Decisions(*_by_character(pool), scope.present, scope.lengths, len(scope.codes))


def given_units(pool: Pool, scope: Scope) -> Units:
    """Return who (block) gave which code to which unit (of any kind but characters), each by source and place in it."""
    return codes_per_unit(pool, scope.sources, None if scope.how.unit in WHOLES else scope.grid)


def _by_unit(pool: Pool, scope: Scope) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    units = given_units(pool, scope)
    cell = packed(units.source, units.place, units.code)
    _, first, place = np.unique(cell, return_index=True, return_inverse=True)
    mask = np.zeros(len(first), dtype=np.int64)
    np.bitwise_or.at(mask, place, np.int64(1) << units.block)
    return _alike(units.source[first], units.code[first], mask, np.ones(len(first), dtype=np.int64))


def _by_character(pool: Pool) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Walk along the borders of each code in each source; between two of them the same coders gave it."""
    bit = np.int64(1) << pool.block
    key = packed(pool.source, pool.code)
    key = np.concatenate((key, key))
    place = np.concatenate((pool.start, pool.stop))
    order = np.argsort(packed(key, place), kind="stable")
    key, place = key[order], place[order]
    mask = np.cumsum(np.concatenate((bit, -bit))[order])[:-1]
    length = np.diff(place)
    rows = np.flatnonzero((np.diff(key) == 0) & (length > 0) & (mask > 0))
    owner = order[rows] % len(pool.source)
    return _alike(pool.source[owner], pool.code[owner], mask[rows], length[rows])


def _alike(source: Numbers, code: Numbers, mask: Numbers, weight: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    _, first, place = np.unique(packed(code, source, mask), return_index=True, return_inverse=True)
    return source[first], code[first], mask[first], added_up(place, weight, len(first)).astype(np.int64)
