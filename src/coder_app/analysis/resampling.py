"""How sure a coefficient is: documents drawn anew, because they and not their units are what is independent.

The counts of the drawn documents are added up and the coefficient computed from them again; a resample in which
it is undefined is counted and left out. Where there are few documents all possible resamples are looked at.
"""

from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.intervals import FEW, Draws, draws
from coder_app.analysis.agreement.runs import unfolded
from coder_app.analysis.association import Absent, Coefficient, Fourfold, fourfold
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.hypergeometric import Reals
from coder_app.domain.progress import OnProgress, tell_nobody

_LEVEL = 0.95
_AT_ONCE = 2_000_000
# With so many times more places than numbers it is quicker to go from number to number.
_SPARSE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Counts of units by document: all units, those with each code (document, code), those with both codes.

    Of the last only what is not zero: the document, the place of the pair in `first` and `second`, and the
    number, in the order of the pairs. `first` and `second` are the codes of each pair, columns of `codes`.
    """

    units: Numbers
    codes: Numbers
    first: Numbers
    second: Numbers
    document: Numbers
    pair: Numbers
    both: Numbers

    @property
    def documents(self) -> int:
        """How many documents can be drawn."""
        return len(self.units)

    def whole(self) -> Fourfold:
        """Return the counts of all documents together."""
        both = np.bincount(self.pair, self.both, minlength=len(self.first)).astype(np.int64)
        sums = self.codes.sum(axis=0)
        return fourfold(both, sums[self.first], sums[self.second], int(self.units.sum()))

    def dense(self, pairs: Numbers) -> Reals:
        """Return the units with both codes by pair and document, for pairs in rising order."""
        begin, end = np.searchsorted(self.pair, pairs), np.searchsorted(self.pair, pairs, side="right")
        place, row = unfolded(begin, end)
        found = np.zeros((len(pairs), self.documents))
        found[place, self.document[row]] = self.both[row]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """The 95 % percentile interval of each pair; nan is undefined, or that there are too few documents.

    `undefined` counts the resamples without a value, of `resamples`. `left_out` is the range of values with one
    document left out, given where there are fewer than ten.
    """

    low: Reals
    high: Reals
    undefined: Numbers
    left_out: tuple[Reals, Reals]
    resamples: int


def intervals(
    sampled: Sampled,
    measure: Coefficient,
    resamples: int,
    seed: int,
    *,
    zero: Absent | None = None,
    on_progress: OnProgress = tell_nobody,
) -> Interval:
    """Return how far a coefficient would move with other documents like these. Told about by pairs done.

    `zero` is given for a coefficient that is 0 wherever two codes never meet, which then needs no resampling.
    """
    pairs = len(sampled.first)
    drawn = draws(sampled.documents, resamples, seed)
    low, high, least, most = (np.full(pairs, np.nan) for _ in range(4))
    undefined = np.zeros(pairs, dtype=np.int64)
    if drawn is None:
        return Interval(low, high, undefined, (least, most), 0)
    whole = sampled.whole()
    often = _Totals(sampled, drawn.counts)
    # Leaving a document out is one more way to draw: all once, that one never.
    once = _Totals(sampled, 1.0 - np.eye(sampled.documents)) if sampled.documents < FEW else None
    never: Flags = (whole.both == 0) & (zero is not None and once is None)
    if zero is not None and never.any():
        low[never] = high[never] = 0.0
        undefined[never] = zero(*often.absent(np.flatnonzero(never)))
    met = np.flatnonzero(~never)
    for begin in range(0, len(met), max(1, _AT_ONCE // len(drawn.counts))):
        on_progress(begin, len(met))
        some = met[begin : begin + max(1, _AT_ONCE // len(drawn.counts))]
        both = sampled.dense(some)
        values = measure(often.of(some, both))
        low[some], high[some], undefined[some] = spread(values, drawn)
        if once is not None:
            without = measure(once.of(some, both))
            least[some], most[some] = without.min(axis=1), without.max(axis=1)
    nothing = np.isnan(measure(whole))
    low[nothing] = high[nothing] = np.nan
    return Interval(low, high, undefined, (least, most), drawn.number)


def resampled(sampled: Sampled, measure: Coefficient, drawn: Draws) -> Reals:
    """Return the coefficient of each pair (row) in every resample."""
    pairs = np.arange(len(sampled.first))
    values = measure(_Totals(sampled, drawn.counts).of(pairs, sampled.dense(pairs)))
    return np.repeat(values, drawn.repeats, axis=1)


class _Totals:
    """The counts of each resample."""

    def __init__(self, sampled: Sampled, counts: Reals) -> None:
        self._counts = np.ascontiguousarray(counts.T)
        self._codes: Reals = sampled.codes.T.astype(np.float64) @ self._counts
        self._units: Reals = sampled.units.astype(np.float64) @ self._counts
        self._pairs = sampled.first, sampled.second

    def of(self, pairs: Numbers, both: Reals) -> Fourfold:
        first, second = (self._codes[column[pairs]] for column in self._pairs)
        return Fourfold(_product(both, self._counts), first, second, self._units[None, :])

    def absent(self, pairs: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return in how many resamples the first, the second, and both codes of each pair are in no unit."""
        gone = (self._codes == 0).astype(np.float32)
        both = gone @ gone.T
        alone = gone.sum(axis=1)
        first, second = (column[pairs] for column in self._pairs)
        counts = alone[first], alone[second], both[first, second]
        return counts[0].astype(np.int64), counts[1].astype(np.int64), counts[2].astype(np.int64)


def _product(both: Reals, counts: Reals) -> Reals:
    """Return the matrix product; most pairs are together in few documents, so that most of it is nothing."""
    if np.count_nonzero(both) * _SPARSE > both.size:
        return both @ counts
    from scipy.sparse import csr_array  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType] (it has none; loaded late because it is slow to load)

    return np.asarray(csr_array(both) @ counts, dtype=np.float64)


def spread(values: Reals, drawn: Draws) -> tuple[Reals, Reals, Numbers]:
    """Return the 2.5 % and 97.5 % points of each row of resampled values, and how many of them are undefined.

    Points between two values are interpolated linearly; undefined values are left out.
    """
    if int(drawn.repeats.max(initial=1)) > 1:
        values = np.repeat(values, drawn.repeats, axis=1)
    ordered = np.sort(values, axis=1)  # nan comes last
    last = ordered.shape[1] - 1
    nothing = np.zeros(len(ordered), dtype=np.int64)
    some = np.flatnonzero(np.isnan(ordered[:, last]))
    nothing[some] = np.isnan(ordered[some]).sum(axis=1)
    known = np.maximum(0, last - nothing)
    found: list[Reals] = []
    for end in ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2):
        place = end * known
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, known)
        one, two = (np.take_along_axis(ordered, at[:, None], axis=1)[:, 0] for at in (below, above))
        found.append(one + (place - below) * (two - one))
    return found[0], found[1], nothing
