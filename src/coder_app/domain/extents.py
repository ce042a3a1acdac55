"""How far a coding reaches around what a search found: the words alone, or all that they stand in."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache, partial

from coder_app.domain.text import Span, paragraph_at, sentences
from coder_app.domain.turns import turns


class Extent(StrEnum):
    """What is coded where something is found."""

    MATCH = "match"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"


def widener(text: str, extent: Extent) -> Callable[[Span], Span]:
    """Return what widens a span of `text` to the units that it touches; it never grows narrower.

    In a text that is no transcript, a paragraph stands for a turn.
    """
    if extent is Extent.TURN and (spoken := turns(text)):
        return partial(widened, among=[(turn.start, turn.stop) for turn in spoken])
    if extent is Extent.SENTENCE:
        return _to_sentences(text)
    if extent is Extent.MATCH:
        return lambda span: span
    return lambda span: _lines_around(text, span)


def widened(span: Span, among: Sequence[Span]) -> Span:
    """Return `span` with all those of `among` that share a character with it; these lie in order and apart."""
    first = bisect_right(among, span[0], key=lambda unit: unit[1])
    last = bisect_left(among, span[1], key=lambda unit: unit[0]) - 1
    if last < first:
        return span
    return min(span[0], among[first][0]), max(span[1], among[last][1])


def _lines_around(text: str, span: Span) -> Span:
    # A pattern may have found the end of a line, which is in no paragraph.
    return paragraph_at(text, span[0])[0], max(span[1], paragraph_at(text, span[1] - 1)[1])


def _to_sentences(text: str) -> Callable[[Span], Span]:
    # A sentence never crosses a line, so only the lines with hits are taken apart, each once.
    @cache
    def inside(start: int, stop: int) -> list[Span]:
        return [(start + first, start + last) for first, last in sentences(text[start:stop])]

    return lambda span: widened(span, inside(*_lines_around(text, span)))
