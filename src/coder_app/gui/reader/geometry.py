"""Where stretches of text stand on the screen, line by line and in the direction of the script."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextLine

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_NEWLINE_WIDTH = 5.0


def is_mixed(text: str) -> bool:
    """Return whether any letter of `text` is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """A line of text on the screen. `start` to `stop` are Qt positions in the document.

    `words_stop` leaves out the white space at the end. `top` and `bottom` bound the line's band, `origin` is
    the place of its block, in pixels of the viewport. `is_mixed` says that its block has letters that run
    from right to left, `is_reversed` that the block itself does, `is_last` that the line ends it.
    """

    line: QTextLine
    block_start: int
    block_stop: int
    start: int
    stop: int
    words_stop: int
    origin: QPointF
    top: float
    bottom: float
    is_mixed: bool
    is_reversed: bool
    is_last: bool

    def x(self, position: int) -> float:
        """Return where a caret at the Qt position `position` stands."""
        return self.origin.x() + _x(self.line, position - self.block_start)

    def words_rect(self) -> QRectF:
        """Return the place of the line's letters."""
        return self.line.naturalTextRect().translated(self.origin)

    def unit_at(self, x: float, *, on_character: bool = False) -> int:
        """Return the Qt position nearest to `x`: between two characters, or of the character under it."""
        kind = QTextLine.CursorPosition.CursorOnCharacter if on_character else _BETWEEN
        found = self.block_start + self.line.xToCursor(x + self.blank_at_end() - self.origin.x(), kind)
        # Beyond the ends of a line from right to left Qt names places of the lines around it.
        return self.words_stop if found >= self.stop and not self.is_last else max(found, self.start)

    def blank_at_end(self) -> float:
        """Return how wide the white space is with which a line from right to left breaks off, 0 for other lines.

        So far beside the point Qt looks for what stands under it in such a line.
        """
        if not self.is_reversed or self.is_last or self.words_stop == self.stop:
            return 0
        after = _x(self.line, self.stop - self.block_start - 1, QTextLine.Edge.Trailing)
        return abs(_x(self.line, self.words_stop - self.block_start) - after)

    def runs(self, start: int, stop: int, *, with_newline: bool = False) -> list[tuple[float, float]]:
        """Return the parts (left, right) of this line that [start, stop) takes up; several in mixed scripts.

        White space at the line's end does not count; `with_newline` adds a little for a newline inside.
        """
        first, last = max(start, self.start), min(stop, self.words_stop)
        found = self._runs_of(first, last) if first < last else []
        if with_newline and self.is_last and start <= self.stop < stop:
            end = self.x(self.stop)
            found.append((end, end + _NEWLINE_WIDTH))
        return found

    def _runs_of(self, first: int, last: int) -> list[tuple[float, float]]:
        if not self.is_mixed:
            return [(self.x(first), self.x(last))]
        # a caret where two directions meet has two places; glyphs have one
        places = [run.boundingRect() for run in self.line.glyphRuns(first - self.block_start, last - first)]
        left = self.origin.x()
        return _joined(sorted((left + place.left(), left + place.right()) for place in places))


_BETWEEN = QTextLine.CursorPosition.CursorBetweenCharacters


def _x(line: QTextLine, place: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    # PySide returns the position with the place, or the place alone, and calls both an object
    found = cast("float | tuple[float, int]", line.cursorToX(place, edge))
    return found[0] if isinstance(found, tuple) else found


def _joined(cells: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return sorted cells with those that touch put together."""
    runs: list[tuple[float, float]] = []
    for left, right in cells:
        if right <= left:
            continue
        if runs and left <= runs[-1][1] + 0.5:
            runs[-1] = runs[-1][0], max(runs[-1][1], right)
        else:
            runs.append((left, right))
    return runs


def line_at(lines: Sequence[ScreenLine], y: float) -> ScreenLine | None:
    """Return the line whose band holds `y`, else the nearest above, else the first."""
    if not lines:
        return None
    return lines[max(bisect_right(lines, y, key=lambda line: line.top) - 1, 0)]


def line_of(lines: Sequence[ScreenLine], position: int) -> ScreenLine | None:
    """Return the line on which the Qt position `position` stands; None if it is not on the screen."""
    at = bisect_right(lines, position, key=lambda line: line.start) - 1
    if at < 0 or position > lines[at].stop:
        return None
    return lines[at]


def rects(lines: Sequence[ScreenLine], start: int, stop: int, *, with_newline: bool = False) -> list[QRectF]:
    """Return the places of [start, stop) (Qt positions) on the screen: one or more per line, a band high."""
    found: list[QRectF] = []
    first = max(bisect_right(lines, start, key=lambda line: line.start) - 1, 0)
    for line in lines[first:]:
        if line.start >= stop:
            break
        for left, right in line.runs(start, stop, with_newline=with_newline):
            found.append(QRectF(QPointF(left, line.top), QPointF(right, line.bottom)))
    return found
