"""Lays out paragraphs with air between the lines, which QPlainTextEdit does not do by itself.

Only paragraphs that are asked for are laid out. Each line has a band of its own: the text stands in it a
little above the middle, highlights fill it, and the bands of a paragraph touch.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout

_ABOVE = 0.4  # of the spare height of a band: underlines need more room below
_AIR = 3.0
_BLANK = 0.75
# Paragraphs whose lines are guessed in one go: a few milliseconds, so that nobody waits for a long text.
_SLICE = 2_000
_HEADING_SIZES = {1: 1.3, 2: 1.15}
SIDE = 10.0
"""Room to the left and right of the column, inside the viewport, for outlines and counts (pixels)."""


class Numbers(StrEnum):
    """What is counted beside the text: its paragraphs, or the lines of its file and of them each fifth."""

    NONE = ""
    PARAGRAPHS = "paragraphs"
    LINES = "lines"
    FIFTH_LINES = "fifth lines"


@dataclass(frozen=True, slots=True)
class ReaderStyle:
    """How the text is set. `family` "" means the theme's serif; sizes are in pixels.

    `line_height` and `paragraph_gap` are multiples of the type size and of a line's height. `columns` is how
    many characters a line holds, `margin` the width for brackets beside the text in pixels, 0 for none.
    """

    family: str = ""
    pixels: int = 17
    line_height: float = 1.6
    columns: int = 66
    paragraph_gap: float = 0.55
    margin: int = 196
    minimap: bool = True
    numbers: Numbers = Numbers.NONE


@dataclass(frozen=True, slots=True)
class Band:
    """The strip that a line of text owns, in the coordinates of its block: `top` to `bottom`."""

    line: QTextLine
    top: float
    bottom: float


class ReaderLayout(QPlainTextDocumentLayout):
    """A plain text layout whose lines have a height of our own."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._width = 0.0
        self._style = ReaderStyle()
        self._pitch = 27.0
        self._headings: dict[int, int] = {}
        self._is_telling = False
        self._generation = 0
        self._borders: dict[int, list[float]] = {}
        self._per_line = 0
        self._unguessed = 0
        self._guessing = QTimer(self)
        self._guessing.setSingleShot(True)
        self._guessing.setInterval(0)
        self._guessing.timeout.connect(self._guess_slice)

    @property
    def pitch(self) -> float:
        """The usual height of a line's band in pixels."""
        return self._pitch

    @property
    def generation(self) -> int:
        """Another number whenever the lines of some paragraph are others than before, or were made anew."""
        return self._generation

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Qt's override: the text changed, or how it is set, and Qt threw away or made layouts."""
        self._generation += 1
        self._borders.clear()
        super().documentChanged(start, removed, added)

    @property
    def width(self) -> float:
        """The width at which lines break, the sides included; 0 before it is known."""
        return self._width

    def set_style(self, style: ReaderStyle) -> None:
        """Lay out in `style` from now on."""
        self._style = style
        self._pitch = float(round(style.pixels * style.line_height))
        self.document().markContentsDirty(0, self.document().characterCount())

    def set_width(self, width: float) -> None:
        """Break lines at `width` pixels, the sides included."""
        self._generation += 1
        self._width = width

    def set_headings(self, headings: Iterable[tuple[int, int]]) -> None:
        """Draw the blocks that start at these places as headings: (Qt position, level)."""
        self._headings = dict(headings)

    def estimate(self, per_line: int, *, anew: bool = False) -> None:
        """Guess how many lines each paragraph has when one holds `per_line` characters, for the scroll bar.

        The first of them are guessed at once, those of a long text in slices, between which other things
        are done. Nothing is done where the guess was the same, unless `anew`.
        """
        if per_line == self._per_line and not anew:
            return
        self._per_line = max(per_line, 1)
        self._unguessed = 0
        self._guess_slice()

    def _guess_slice(self) -> None:
        block = self.document().findBlockByNumber(self._unguessed)
        left = _SLICE
        while left and block.isValid():
            if not block.layout().lineCount():
                block.setLineCount(1 + block.length() // self._per_line)
            block = block.next()
            left -= 1
        self._unguessed += _SLICE
        if block.isValid():
            self._guessing.start()
        else:
            self._guessing.stop()
        self._tell_size()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Qt's override: the place that a paragraph takes, which lays it out if that is not done yet."""
        if not block.isValid():
            return QRectF()
        if self._is_stale(block.layout()):
            self._lay_out(block)
        return QRectF(0, 0, self._width, self.borders(block)[-1] + self._gap_after(block))

    def borders(self, block: QTextBlock) -> list[float]:
        """Return where the bands of a paragraph that is laid out begin and end, from above: one more than lines.

        They are kept, since a paragraph may have thousands of lines and each picture asks for its height.
        """
        number = block.blockNumber()
        known = self._borders.get(number)
        if known is None:
            layout = block.layout()
            steps = (self._step(layout.lineAt(line)) for line in range(layout.lineCount()))
            known = self._borders[number] = list(accumulate(steps, initial=0.0))
        return known

    def bands(self, block: QTextBlock, top: float, bottom: float) -> Iterator[Band]:
        """Yield the bands of a paragraph that is laid out, from above; only those between two heights in it."""
        borders, layout = self.borders(block), block.layout()
        for number in range(max(bisect_right(borders, top) - 1, 0), layout.lineCount()):
            if borders[number] >= bottom:
                return
            yield Band(layout.lineAt(number), borders[number], borders[number + 1])

    def _is_stale(self, layout: QTextLayout) -> bool:
        """Tell whether a paragraph has no layout, one of another width, or one that Qt made by itself."""
        if not layout.lineCount():
            return True
        line = layout.lineAt(0)
        return line.y() == 0 or line.width() != self._line_width()

    def _lay_out(self, block: QTextBlock) -> None:
        self._generation += 1
        self._borders.pop(block.blockNumber(), None)
        layout = block.layout()
        option = self.document().defaultTextOption()
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        if self._headings:
            level = self._headings.get(block.position())
            layout.setFormats([] if level is None else [self._heading_format(block, level)])
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(self._line_width())
            step = self._step(line)
            # never 0, which marks a layout that Qt made by itself
            line.setPosition(QPointF(SIDE, top + (round((step - line.height()) * _ABOVE) or 1)))
            top += step
        layout.endLayout()
        if block.lineCount() != layout.lineCount():
            block.setLineCount(layout.lineCount())
            self._tell_size()

    def _heading_format(self, block: QTextBlock, level: int) -> QTextLayout.FormatRange:
        wanted = QTextCharFormat()
        wanted.setFontWeight(QFont.Weight.Bold)
        wanted.setProperty(
            QTextCharFormat.Property.FontPixelSize, round(self._style.pixels * _HEADING_SIZES.get(level, 1))
        )
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = 0, block.length() - 1, wanted
        return made

    def _line_width(self) -> float:
        return max(self._width - 2 * SIDE, 1)

    def _step(self, line: QTextLine) -> float:
        if not line.textLength():
            return max(round(self._pitch * _BLANK), 1)
        return max(self._pitch, math.ceil(line.height() + _AIR))

    def _gap_after(self, block: QTextBlock) -> float:
        following = block.next()
        if not following.isValid():
            return self._pitch
        if block.length() == 1 or following.length() == 1:
            return 0
        return round(self._pitch * self._style.paragraph_gap)

    def _tell_size(self) -> None:
        if self._is_telling:  # the scroll bars, when told, ask for more paragraphs
            return
        self._is_telling = True
        self.documentSizeChanged.emit(self.documentSize())
        self._is_telling = False
