"""Permutation tests of many codes at once: the values of units are dealt out anew, the codes stay where they are.

All statistics of this package are functions of sums over the units of a group, so one shuffle of all codes is
one product of two matrices.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from coder_app.domain.progress import OnProgress, tell_nobody

Values = NDArray[np.float64]
Statistic = Callable[[Values], Values]
"""Maps sums (… × rows × codes) to a number per code, larger where the codes depend more on the values."""

# So many numbers are worked on together: some megabytes.
_AT_ONCE = 4_000_000
# What differs only by rounding is the same value; as in a test of exact ties.
_SAME = 1e-9


def shuffled_p(
    by_unit: Values,
    codes: Values,
    statistic: Statistic,
    *,
    resamples: int,
    seed: int,
    on_progress: OnProgress = tell_nobody,
) -> Values:
    """Return (1 + shuffles at least as large) / (1 + shuffles) per code.

    `by_unit` (rows × units) is what is dealt out, such as one row of 0 and 1 per value; `codes` (units × codes)
    stays. Not a number where the statistic is undefined.
    """
    observed = statistic(by_unit @ codes)
    in_order = np.array(range(by_unit.shape[1]), dtype=np.int64)
    rng = np.random.default_rng(seed)
    units = by_unit.shape[1]
    rows = by_unit.shape[0]
    batch = max(1, _AT_ONCE // max(1, rows * max(units, codes.shape[1])))
    beyond = np.zeros(codes.shape[1])
    done = 0
    while done < resamples:
        on_progress(done, resamples)
        some = min(batch, resamples - done)
        order = rng.permuted(np.broadcast_to(in_order, (some, units)), axis=1)
        dealt = by_unit[:, order].transpose(1, 0, 2)
        with np.errstate(invalid="ignore"):
            beyond += (statistic(dealt @ codes) >= observed - _SAME * np.maximum(1, np.abs(observed))).sum(axis=0)
        done += some
    return np.where(np.isnan(observed), np.nan, (1 + beyond) / (1 + resamples))


def benjamini_hochberg(p: Values) -> Values:
    """Return q for each p; those that are not a number are not tested and stay so."""
    found = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    many = len(order)
    if many:
        raised = p[order] * many / np.arange(1, many + 1)
        found[order] = np.minimum(1, np.minimum.accumulate(raised[::-1])[::-1])
    return found
