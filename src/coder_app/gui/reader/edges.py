"""Moving one end of a coding by hand: which range comes of it."""

from dataclasses import dataclass, replace

from coder_app.domain.text import word_at
from coder_app.gui.reader.spans import Span


@dataclass(frozen=True, slots=True)
class EdgeDrag:
    """An end of a coding held by the mouse; `start` and `stop` (code points) are what it would become."""

    span: Span
    is_start: bool
    start: int
    stop: int

    @property
    def has_moved(self) -> bool:
        """Whether letting go now would change anything."""
        return (self.start, self.stop) != (self.span.start, self.span.stop)

    def shown(self, span: Span) -> Span:
        """Return `span` as it would become, together with all others on the same segment."""
        if span.segment_id != self.span.segment_id:
            return span
        return span._replace(start=self.start, stop=self.stop)


def taken(span: Span, *, is_start: bool) -> EdgeDrag:
    """Take hold of the start or the stop of `span`."""
    return EdgeDrag(span, is_start, span.start, span.stop)


def moved(drag: EdgeDrag, text: str, position: int, *, by_character: bool) -> EdgeDrag:
    """Return the drag after the held end was moved to `position`, whole words unless `by_character`.

    A range always keeps one character: where the end would pass the other, nothing moves.
    """
    place = position if by_character else _word_end(text, position, is_start=drag.is_start)
    start, stop = (place, drag.stop) if drag.is_start else (drag.start, place)
    return replace(drag, start=start, stop=stop) if start < stop else drag


def _word_end(text: str, position: int, *, is_start: bool) -> int:
    if is_start:
        return word_at(text, position)[0]
    # Between two letters that are words of their own a stop stays behind the first.
    before = word_at(text, max(position - 1, 0))[1]
    return before if before == position else word_at(text, position)[1]
