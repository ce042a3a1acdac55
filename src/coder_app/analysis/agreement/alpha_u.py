"""The unitizing alpha of 1995 and 2004 (alpha_U), which is another coefficient than those of 2016."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.matching import meeting
from coder_app.analysis.agreement.ratings import Reals, added_up, pairs_of
from coder_app.analysis.agreement.scope import Scope
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.counting import Pool, merged, packed


@dataclass(frozen=True, slots=True)
class AlphaU:
    """The disagreement that was observed, and that chance would give."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """Return alpha_U; None where it is undefined."""
        return 1 - self.observed / self.expected if self.expected > 0 else None


def alpha_u(scope: Scope) -> list[AlphaU]:
    """Return alpha_U of each code (Krippendorff 2004) over the sources that all coders coded.

    The sources are laid end to end, but no gap between stretches goes across their borders. Add the
    disagreements of several codes for the alpha of all (`together`).
    """
    shared: Flags = np.asarray(scope.present.sum(axis=1) == len(scope.coders), dtype=np.bool_)
    coders, codes, length = len(scope.coders), len(scope.codes), int(scope.lengths[shared].sum())
    if not length:
        return [AlphaU(0.0, 0.0)] * codes
    codings = scope.codings
    pool = merged(Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code))
    pool = pool.at(shared[pool.source])
    observed = _observed(pool, codes, coders) / (coders * (coders - 1) * length**2)
    pool = pool.at(np.argsort(packed(pool.code, pool.source, pool.block, pool.start)))
    bounds = np.searchsorted(pool.code, np.arange(codes + 1)).tolist()
    found: list[AlphaU] = []
    for code in range(codes):
        units = pool.at(np.arange(bounds[code], bounds[code + 1], dtype=np.int64))
        found.append(AlphaU(float(observed[code]), _expected(units, scope, shared, coders * length)))
    return found


def together(values: Sequence[AlphaU]) -> AlphaU:
    """Return alpha_U of several codes as one."""
    return AlphaU(sum(one.observed for one in values), sum(one.expected for one in values))


def _observed(pool: Pool, codes: int, coders: int) -> Reals:
    """Return by code how far stretches lie apart: both ends of those that meet, and the length of those that meet none.

    Each pair of coders counts in both orders.
    """
    found = np.zeros(codes)
    for first, second in pairs_of(coders):
        one, two = (pool.at(pool.block == coder) for coder in (first, second))
        rows, others = meeting(one, two)
        ends = (one.start[rows] - two.start[others]) ** 2 + (one.stop[rows] - two.stop[others]) ** 2
        found += added_up(one.code[rows], ends, codes)
        for side, met in ((one, rows), (two, others)):
            alone = np.setdiff1d(np.arange(len(side.code)), met)
            found += added_up(side.code[alone], (side.stop[alone] - side.start[alone]) ** 2, codes)
    return 2 * found


def _expected(units: Pool, scope: Scope, shared: Flags, every: int) -> float:
    """Return what chance gives for one code, whose stretches are in order by source, coder and place."""
    sizes = (units.stop - units.start).astype(np.float64)
    gaps = _gaps(units, scope, shared)
    fits = np.searchsorted(gaps, sizes)
    sums = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)
    room = sums[fits] - (len(gaps) - fits) * (sizes - 1)
    chance = (len(sizes) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes) + sizes**2 * room
    length = every / len(scope.coders)
    return 2 / length * float(chance.sum()) / (every * (every - 1) - float((sizes * (sizes - 1)).sum()))


def _gaps(units: Pool, scope: Scope, shared: Flags) -> Reals:
    """Return the lengths of all gaps of all coders, sorted; a source in which a coder marked nothing is one gap."""
    coders = len(scope.coders)
    key = units.source * coders + units.block
    new = np.diff(key, prepend=-1) != 0
    before = np.where(new, 0, np.roll(units.stop, 1))
    last = np.flatnonzero(np.diff(key, append=-1) != 0)
    bare: Numbers = np.setdiff1d(np.flatnonzero(np.repeat(shared, coders)), key) // coders
    found = np.concatenate(
        (units.start - before, scope.lengths[units.source[last]] - units.stop[last], scope.lengths[bare])
    )
    return np.sort(found[found > 0]).astype(np.float64)
