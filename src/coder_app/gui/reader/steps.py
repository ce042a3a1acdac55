"""Moving one end of a passage by keys: a start goes from word to word, a stop from word's end to word's end."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from coder_app.domain.text import word_pieces

_CHUNK = re.compile(r"\S+")
# What belongs to the words after it, and what to those before it, where no blank says so.
_OPENING = re.compile(r"[(\[{“‘«¿¡「『\uff08《【]*$")
_CLOSING = re.compile(r"[)\]}”’»」』\uff09》】。\uff01\uff1f、\uff0c\uff1b\uff1a…]*")
_JOINER = "\u200d"
_REACH = 200
_MORE = 8

_Edges = Callable[[str, int, int], Iterator[int]]


def next_start(text: str, position: int, by: int, *, beyond: bool = False) -> int:
    """Return the start of the word before (-1) or after (1) `position`, in code points; `position` where none is.

    Backwards the paragraph is left only `beyond`.
    """
    least = 0 if beyond or by > 0 else text.rfind("\n", 0, position) + 1
    return _next(text, position, by, (least, len(text)), _starts)


def next_stop(text: str, position: int, by: int, *, beyond: bool = False) -> int:
    """Return the end of the word before (-1) or after (1) `position`, in code points; `position` where none is.

    Forwards the paragraph is left only `beyond`.
    """
    newline = -1 if beyond or by < 0 else text.find("\n", position)
    return _next(text, position, by, (0, len(text) if newline < 0 else newline), _stops)


def _next(text: str, position: int, by: int, room: tuple[int, int], edges: _Edges) -> int:
    least, most = room
    reach = _REACH
    while True:
        first, last = max(least, position - reach), min(most, position + reach)
        # Where the view ends within a word, its end is none.
        cut = {place for place, end in ((first, least), (last, most)) if place != end}
        found = [at for at in edges(text, first, last) if (at - position) * by > 0 and at not in cut]
        found = [at for at in found if not _is_within_letter(text, at)]
        if found:
            return min(found) if by > 0 else max(found)
        if (last == most) if by > 0 else (first == least):
            return position
        reach *= _MORE


def _starts(text: str, first: int, last: int) -> Iterator[int]:
    """Yield where words start, and the quotation marks and brackets that open before them."""
    for chunk in _CHUNK.finditer(text, first, last):
        yield chunk.start()
        for start, _ in word_pieces(text, *chunk.span()):
            yield start
            opening = _OPENING.search(text[chunk.start() : start])
            yield start - len(opening[0]) if opening else start


def _stops(text: str, first: int, last: int) -> Iterator[int]:
    """Yield where words end, and the full stops, quotation marks and brackets that close after them."""
    for chunk in _CHUNK.finditer(text, first, last):
        for _, word_stop in word_pieces(text, *chunk.span()):
            stop = word_stop
            while stop < chunk.end() and _is_within_letter(text, stop):
                stop += 1
            yield stop
            closing = _CLOSING.match(text, stop, chunk.end())
            yield closing.end() if closing else stop
        yield chunk.end()


def _is_within_letter(text: str, place: int) -> bool:
    """Say whether a place parts a letter from its accents, or an emoji that is made of several."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return after == _JOINER or unicodedata.category(after)[0] == "M" or (before == _JOINER and not after.isspace())
