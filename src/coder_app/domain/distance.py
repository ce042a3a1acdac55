"""How far apart two passages may lie and still be near each other: in characters, words, sentences or paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from coder_app.domain.errors import BadInput
from coder_app.domain.text import paragraphs, sentences, words
from coder_app.i18n import tr

_SHAPE = re.compile(r"\s*(-?\d+)\s*([A-Za-z]+)\s*")


class Measure(StrEnum):
    """In what a distance is counted."""

    CHARACTERS = "characters"
    WORDS = "words"
    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, slots=True)
class Distance:
    """So far and no farther.

    Characters are those between two passages, words those that begin between them. Sentences and paragraphs are
    how many further on the second passage starts than the first ends: 0 is in the same one.
    """

    number: int = 1
    measure: Measure = Measure.PARAGRAPHS

    def __str__(self) -> str:
        """Return it as `distance` reads it, such as "1 paragraph"."""
        return f"{self.number} {self.measure.value.removesuffix('s') if self.number == 1 else self.measure.value}"


def distance(said: str) -> Distance:
    """Read "1 paragraph", "20 words" or "0 characters". Raises BadInput for anything else."""
    found = _SHAPE.fullmatch(said)
    unit = found[2].casefold().removesuffix("s") + "s" if found else ""
    if found is None or unit not in set(Measure):
        raise BadInput(
            tr(
                "“{said}” is no distance; write a number of characters, words, sentences or paragraphs, "
                "such as “1 paragraph”.",
                said=said,
            )
        )
    return checked(Distance(int(found[1]), Measure(unit)))


def checked(wanted: Distance) -> Distance:
    """Return a distance that can be. Raises BadInput for a negative one."""
    if wanted.number < 0:
        raise BadInput(tr("A distance cannot be negative ({said}); 0 is the smallest.", said=wanted))
    return wanted


def marks(text: str, measure: Measure) -> list[int]:
    """Return where words, sentences or paragraphs of a text begin; none for characters, which need no marks."""
    match measure:
        case Measure.CHARACTERS:
            return []
        case Measure.WORDS:
            return [start for start, _ in words(text)]
        case Measure.SENTENCES:
            return [start for start, _ in sentences(text)]
        case Measure.PARAGRAPHS:
            return [start for start, _ in paragraphs(text)]


def reach(text: str, wanted: Distance) -> Callable[[int], int]:
    """Return what tells, of a passage that stops there, the last place at which one near it may start.

    Places are code points. A passage that starts before the first one stops overlaps it, which is not nearness.
    """
    starts = marks(text, wanted.measure)
    end = len(text)

    def last(stop: int) -> int:
        if wanted.measure is Measure.CHARACTERS:
            return min(end, stop + wanted.number)
        if wanted.measure is Measure.WORDS:
            place = bisect_left(starts, stop) + wanted.number
            return starts[place] if place < len(starts) else end
        # What stands between two paragraphs belongs to the one before it.
        place = bisect_right(starts, stop - 1) + wanted.number
        return max(stop, starts[place] - 1) if place < len(starts) else end

    return last
