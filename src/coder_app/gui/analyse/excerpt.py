"""The words of a passage as a card shows them: what both codes share stands out, long stretches are cut."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import pairwise

from coder_app.analysis.how import Mode
from coder_app.analysis.passages import Passage
from coder_app.analysis.spans import merged
from coder_app.domain.text import Span

_AROUND = 70
_LONGEST = 340
_GAP = " … "
_APART = frozenset({Mode.UNITS, Mode.RELATION, Mode.PROXIMITY, Mode.WINDOWS})


class Weight(Enum):
    """How a piece of an excerpt is set."""

    AROUND = "around"
    CODED = "coded"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an excerpt in one weight."""

    words: str
    weight: Weight


def excerpt(text: str, passage: Passage, mode: Mode) -> tuple[Piece, ...]:
    """Return a passage in `text` in pieces: the shared stretch, the rest of both codings, some words around.

    Where nothing need be shared, as in units, windows or near each other, what either code covers stands out.
    """
    inside = (passage.start, passage.stop)
    coded = (passage.a, passage.b)
    marks = [_cut(span, inside) for span in coded] if mode in _APART else [inside]
    pieces: list[Piece] = []
    for start, stop in merged(_window(text, mark) for mark in marks):
        if pieces:
            pieces.append(Piece(_GAP, Weight.AROUND))
        elif _goes_on(text, start - 1):
            pieces.append(Piece("…", Weight.AROUND))
        edges = {start, stop, *(place for span in (*marks, *coded) for place in span if start < place < stop)}
        for edge, next_edge in pairwise(sorted(edges)):
            weight = _weight(edge, marks, coded)
            pieces.append(Piece(_shortened(text[edge:next_edge]), weight))
    if _goes_on(text, max(stop for _, stop in map(partial(_window, text), marks))):
        pieces.append(Piece("…", Weight.AROUND))
    return tuple(pieces)


def _weight(place: int, marks: Iterable[Span], coded: Iterable[Span]) -> Weight:
    if any(start <= place < stop for start, stop in marks):
        return Weight.SHARED
    return Weight.CODED if any(start <= place < stop for start, stop in coded) else Weight.AROUND


def _cut(span: Span, inside: Span) -> Span:
    start = max(span[0], inside[0])
    return start, max(start, min(span[1], inside[1]))


def _goes_on(text: str, place: int) -> bool:
    """Say whether the paragraph has a character at `place`."""
    return 0 <= place < len(text) and text[place] != "\n"


def _window(text: str, mark: Span) -> Span:
    """Return the stretch around `mark` that is shown: whole words of its own paragraph."""
    start = max(0, mark[0] - _AROUND, text.rfind("\n", 0, mark[0]) + 1)
    if _goes_on(text, start - 1):
        space = text.find(" ", start, mark[0])
        start = space + 1 if space >= 0 else mark[0]
    newline = text.find("\n", mark[1])
    stop = min(mark[1] + _AROUND, len(text) if newline < 0 else newline)
    if _goes_on(text, stop):
        space = text.rfind(" ", mark[1], stop)
        stop = space if space >= 0 else mark[1]
    return start, stop


def _shortened(words: str) -> str:
    if len(words) > _LONGEST:
        words = words[: _LONGEST * 2 // 3].rstrip() + _GAP + words[-_LONGEST // 3 :].lstrip()
    return words.replace("\n", " ")
