"""Passages of which a list keeps the places; words are read for the rows in sight."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from coder_app.domain.hits import Placed
from coder_app.gui.passages.model import Extent, ShownPassage

CONTEXT = 80
"""So many code points before and after a passage are shown with it."""

_BLOCK = 16
_MOST_BLOCKS = 64
_FIRST_BROAD = "\u2e80"
_FIRST_EMOJI = "\U0001f000"
_SHARE = 0.2

P = TypeVar("P", bound=Placed)


def is_broad(text: str) -> bool:
    """Say whether a text is written in ideographs and the like, which are broader than letters."""
    return sum(_FIRST_BROAD <= letter < _FIRST_EMOJI for letter in text) > _SHARE * len(text)


class PlacedRows(Generic[P]):
    """Rows of a list that are read in blocks when they come into sight; the last ones are kept.

    `read` returns what to show for places, in their order; None where the project cannot be read now. `broad` are
    the ids of sources whose letters are broad ones.
    """

    def __init__(
        self,
        places: Sequence[P],
        read: Callable[[Sequence[P]], list[ShownPassage] | None],
        broad: Collection[str] = (),
    ) -> None:
        self._places = places
        self._read = read
        self._broad = broad
        self._blocks: OrderedDict[int, list[ShownPassage]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, row: int) -> ShownPassage:
        number, within = divmod(row, _BLOCK)
        if number not in self._blocks:
            found = self._read(self._places[number * _BLOCK : (number + 1) * _BLOCK])
            if found is None:
                place = self._places[row]
                return ShownPassage(place.source_id, place.start, place.stop, "", "…", "", "")
            self._blocks[number] = found
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.popitem(last=False)
        return self._blocks[number][within]

    def extent(self, row: int) -> Extent:
        """Return how much room a row needs, from its place alone."""
        place = self._places[row]
        own = place.stop - place.start
        return Extent(min(CONTEXT, place.start) + CONTEXT, own, is_broad=place.source_id in self._broad)
