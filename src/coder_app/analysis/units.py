"""What units a text is cut into, and which cases hold which parts of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coder_app.analysis.how import Unit
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.text import Span, paragraphs, sentences, words
from coder_app.domain.turns import turns

Grid = Mapping[str, Sequence[Span]]
"""The units of each source by its id: in order, without overlaps."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Which stretches of which source belong to which case: by source id, (start, stop, case id) in code points."""

    places: Mapping[str, Sequence[tuple[int, int, str]]]

    def numbers(self) -> dict[str, int]:
        """Return the numbers that stand for the cases, in the order of their ids."""
        return {one: number for number, one in enumerate(sorted(self.of(self.places)))}

    def of(self, sources: Iterable[str]) -> set[str]:
        """Return the cases to which something of these sources belongs."""
        return {case for source in sources for _, _, case in self.places.get(source, ())}


Cut = Grid | Cases
"""All that must be known of the texts to count by unit."""


def splitter(unit: Unit, window: Distance) -> Callable[[str], list[Span]] | None:
    """Return what cuts a text into units; None where a text is not cut. `window` is how long a fixed window is."""
    match unit:
        case Unit.PARAGRAPH:
            return paragraphs
        case Unit.SENTENCE:
            return sentences
        case Unit.TURN:
            return _turns
        case Unit.WINDOW:
            return lambda text: list(_windows(text, window))
        case Unit.DOCUMENT | Unit.CASE:
            return None


def _turns(text: str) -> list[Span]:
    """Return the speakers' turns; a text without speakers has none."""
    return [(turn.start, turn.stop) for turn in turns(text)]


def _windows(text: str, window: Distance) -> Iterator[Span]:
    """Yield stretches of so many words or characters that make up the text; those of white space are no units."""
    if window.measure is Measure.WORDS:
        starts = [start for start, _ in words(text)][:: window.number]
        cuts = [0, *starts[1:], len(text)]
    else:
        cuts = [*range(0, len(text), window.number), len(text)]
    return ((start, stop) for start, stop in pairwise(cuts) if stop > start and not text[start:stop].isspace())
