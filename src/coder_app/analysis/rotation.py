"""How much two codes would overlap, or follow each other, by chance if one were turned round in each document.

The spans of the second code are moved along by the same number of characters, those that leave the text at its
end coming in at its start, so their lengths and their clumps stay as they are. A document of L characters can be
turned in L ways; the total is the sum over documents, each turned on its own. Where that is little work every
way is looked at, otherwise R random ones, and p = (1 + k) / (1 + R).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from coder_app.analysis.columns import Numbers
from coder_app.analysis.hypergeometric import Reals
from coder_app.analysis.permutation import DRAWS

# Steps of the exact distribution of one pair beyond which random turns are taken.
_MOST_STEPS = 2_000_000


@dataclass(frozen=True, slots=True)
class Turned:
    """What turning gives: the total as it is, its mean over all turns, and P(at least so much). `drawn`: not exact."""

    observed: int
    mean: float
    greater: float
    drawn: bool


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """One document: its length in code points, and the starts and stops of both codes' spans, in order."""

    length: int
    first: tuple[Numbers, Numbers]
    second: tuple[Numbers, Numbers]


Curve = Callable[[Stretch], Numbers]
"""What is counted in a document for each of its turns, from none on."""


def shared_characters(document: Stretch) -> Numbers:
    """Return how many characters both codes cover for each turn of the second; the spans of a code lie apart."""
    # Each pair of borders bends the line by one; the corners of all pairs, added up twice, are the line.
    length = document.length
    bends = np.zeros(length, dtype=np.int64)
    for edge, sign in ((document.first[0], 1), (document.first[1], -1)):
        for other, other_sign in ((document.second[0], 1), (document.second[1], -1)):
            # The second code's border meets the first's after so many characters.
            meets = (edge[:, None] - other[None, :]).ravel() % length
            np.subtract.at(bends, meets, sign * other_sign)
    covered = _covered(document.first, length)
    at_none = int(covered[_places(document.second)].sum())
    one_on = int(covered[(_places(document.second) + 1) % length].sum())
    slope = (one_on - at_none) + np.concatenate(([0], np.cumsum(bends[1:])))
    return at_none + np.concatenate(([0], np.cumsum(slope[:-1])))


def _covered(spans: tuple[Numbers, Numbers], length: int) -> Numbers:
    marks = np.zeros(length + 1, dtype=np.int64)
    np.add.at(marks, spans[0], 1)
    np.subtract.at(marks, spans[1], 1)
    return np.cumsum(marks[:-1])


def _places(spans: tuple[Numbers, Numbers]) -> Numbers:
    """Return every character that the spans cover."""
    many = spans[1] - spans[0]
    step = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    return np.repeat(spans[0], many) + step


def near(reaches: Numbers) -> Curve:
    """Return what counts the pairs in which a span of the second code starts behind one of the first, in reach.

    `reaches` are, for the first code's spans in their order, the last place at which such a span may start.
    """

    def curve(document: Stretch) -> Numbers:
        # A start comes into reach after so many turns and leaves it after so many more.
        found = np.zeros(document.length + 1, dtype=np.int64)
        begin = document.first[1]
        many = np.minimum(reaches, document.length - 1) - begin + 1
        for start in document.second[0].tolist():
            enters = (begin[many > 0] - start) % document.length
            leaves = enters + many[many > 0]
            np.add.at(found, enters, 1)
            np.subtract.at(found, np.minimum(leaves, document.length), 1)
            over = leaves > document.length
            found[0] += int(over.sum())
            np.subtract.at(found, leaves[over] - document.length, 1)
        return np.cumsum(found[:-1])

    return curve


def turned(curves: Sequence[Numbers], *, seed: Sequence[int]) -> Turned:
    """Compare a total over documents with that of all their turns; each curve begins with the document as it is."""
    observed = sum(int(curve[0]) for curve in curves)
    mean = float(sum(curve.mean() for curve in curves))
    ends = [(int(curve.min()), int(curve.max())) for curve in curves]
    # A document in which every turn gives the same adds that and nothing else.
    moving = [(curve, low, high) for curve, (low, high) in zip(curves, ends, strict=True) if high > low]
    above = sum(int(curve[0]) - low for curve, low, _ in moving)
    width = sum(high - low + 1 for _, low, high in moving)
    if width * width <= _MOST_STEPS:
        chances: Reals = reduce(np.convolve, [_distribution(curve, low) for curve, low, _ in moving], np.ones(1))
        return Turned(observed, mean, min(1.0, float(chances[above:].sum())), drawn=False)
    random = np.random.default_rng(tuple(seed))
    total = np.zeros(DRAWS, dtype=np.int64)
    for curve, low, _ in moving:
        total += curve[random.integers(0, len(curve), size=DRAWS)] - low
    return Turned(observed, mean, (1 + int((total >= above).sum())) / (1 + DRAWS), drawn=True)


def _distribution(curve: Numbers, low: int) -> Reals:
    return np.bincount(curve - low) / len(curve)
