"""How sure a coefficient is: documents drawn anew, because they and not their units are what is independent.

The counts of the drawn documents are added up and the coefficient computed from them again; a resample in which
it is undefined is counted and left out. Where there are few documents all possible resamples are looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.intervals import FEW, Draws, draws
from coder_app.analysis.association import Coefficient, Fourfold, fourfold
from coder_app.analysis.columns import Numbers
from coder_app.analysis.hypergeometric import Reals
from coder_app.domain.progress import OnProgress, tell_nobody

_LEVEL = 0.95
_AT_ONCE = 2_000_000


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
        """Return the units with both codes by pair and document, for pairs that stand one behind the other."""
        begin, end = np.searchsorted(self.pair, [int(pairs[0]), int(pairs[-1]) + 1])
        rows = slice(int(begin), int(end))
        found = np.zeros((len(pairs), self.documents))
        found[self.pair[rows] - pairs[0], self.document[rows]] = self.both[rows]
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
    sampled: Sampled, measure: Coefficient, resamples: int, seed: int, *, on_progress: OnProgress = tell_nobody
) -> Interval:
    """Return how far a coefficient would move with other documents like these. Told about by pairs done."""
    pairs = len(sampled.first)
    drawn = draws(sampled.documents, resamples, seed)
    low, high, least, most = (np.full(pairs, np.nan) for _ in range(4))
    undefined = np.zeros(pairs, dtype=np.int64)
    if drawn is None:
        return Interval(low, high, undefined, (least, most), 0)
    whole = measure(sampled.whole())
    often = _Totals(sampled, drawn.counts)
    # Leaving a document out is one more way to draw: all once, that one never.
    once = _Totals(sampled, 1.0 - np.eye(sampled.documents)) if sampled.documents < FEW else None
    for some in _slices(pairs, max(1, _AT_ONCE // len(drawn.counts))):
        on_progress(int(some[0]), pairs)
        both = sampled.dense(some)
        values = measure(often.of(some, both))
        low[some], high[some], undefined[some] = spread(values, drawn)
        if once is not None:
            without = measure(once.of(some, both))
            least[some], most[some] = without.min(axis=1), without.max(axis=1)
    low[np.isnan(whole)] = high[np.isnan(whole)] = np.nan
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
        return Fourfold(both @ self._counts, first, second, self._units[None, :])


def _slices(many: int, size: int) -> Iterator[Numbers]:
    return (np.arange(begin, min(begin + size, many)) for begin in range(0, many, size))


def spread(values: Reals, drawn: Draws) -> tuple[Reals, Reals, Numbers]:
    """Return the 2.5 % and 97.5 % points of each row of resampled values, and how many of them are undefined.

    Points between two values are interpolated linearly; undefined values are left out.
    """
    ends = ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2)
    if int(drawn.repeats.max(initial=1)) > 1:
        values = np.repeat(values, drawn.repeats, axis=1)
    nothing = np.isnan(values).sum(axis=1)
    if not nothing.any():
        low, high = _points(values, ends)
        return low, high, nothing
    ordered = np.sort(values, axis=1)  # nan comes last
    known = ordered.shape[1] - nothing
    found: list[Reals] = []
    for end in ends:
        place = end * np.maximum(known - 1, 0)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(known - 1, 0))
        one, two = (np.take_along_axis(ordered, at[:, None], axis=1)[:, 0] for at in (below, above))
        found.append(one + (place - below) * (two - one))
    return found[0], found[1], nothing


def _points(values: Reals, ends: tuple[float, float]) -> list[Reals]:
    """Return such points where every value is defined: only the few that count are put in their place."""
    last = values.shape[1] - 1
    places = [(int(end * last), end * last - int(end * last)) for end in ends]
    wanted = sorted({at for below, _ in places for at in (below, min(below + 1, last))})
    ordered = np.partition(values, wanted, axis=1)
    return [ordered[:, below] + part * (ordered[:, min(below + 1, last)] - ordered[:, below]) for below, part in places]
