"""The numbers beside the text: of its paragraphs, or of the lines of its file."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from coder_app.domain.text import paragraphs
from coder_app.gui.reader.geometry import ScreenLine
from coder_app.gui.reader.layout import Numbers
from coder_app.gui.theme import Theme
from coder_app.gui.theme.fonts import interface_font
from coder_app.i18n import tr

_FIFTH = 5
_AIR = 8


class Numbering:
    """Which number a line or paragraph of one text has, counted from 1."""

    def __init__(self, text: str, numbers: Numbers) -> None:
        self._numbers = numbers
        if numbers is Numbers.PARAGRAPHS:
            self._starts = [start for start, _ in paragraphs(text)]
        elif numbers is Numbers.NONE:
            self._starts = []
        else:
            self._starts = _line_starts(text)

    @property
    def last(self) -> int:
        """The highest number."""
        return len(self._starts)

    def at(self, start: int) -> str:
        """Return what stands beside the line of the file that starts at `start` (code points); "" for nothing."""
        number = bisect_left(self._starts, start)
        if number >= len(self._starts) or self._starts[number] != start:
            return ""
        number += 1
        if self._numbers is Numbers.PARAGRAPHS:
            return tr("¶ {n}", n=number)
        return "" if self._numbers is Numbers.FIFTH_LINES and number % _FIFTH else str(number)

    def widest(self) -> str:
        """Return the widest of all numbers as it is written; "" where nothing is numbered."""
        digits = "0" * len(str(self.last)) if self.last else ""
        return tr("¶ {n}", n=digits) if self._numbers is Numbers.PARAGRAPHS and digits else digits


def _line_starts(text: str) -> list[int]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


class NumbersView(QWidget):
    """Draws the numbers of the lines on the screen, to the left of the words."""

    def __init__(
        self,
        lines: Callable[[], Sequence[ScreenLine]],
        from_qt: Callable[[int], int],
        theme: Theme,
        parent: QWidget | None,
    ) -> None:
        """`lines` returns what is on the screen, `from_qt` turns Qt's positions into code points."""
        super().__init__(parent)
        self._lines = lines
        self._from_qt = from_qt
        self._theme = theme
        self._numbering = Numbering("", Numbers.NONE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Numbers beside the text"))

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        self.update()

    def set_numbering(self, numbering: Numbering) -> None:
        """Show these numbers."""
        self._numbering = numbering
        self.update()

    def wanted_width(self) -> int:
        """Return the room that the widest number needs, in pixels; 0 where nothing is numbered."""
        widest = self._numbering.widest()
        return round(self._metrics().horizontalAdvance(widest)) + 2 * _AIR if widest else 0

    def numbers_shown(self) -> list[str]:
        """Return the numbers on the screen, from above."""
        return [number for _, number in self._placed()]

    def _placed(self) -> list[tuple[QRectF, str]]:
        width = self.width() - _AIR
        found: list[tuple[QRectF, str]] = []
        for line in self._lines():
            if line.start != line.block_start:
                continue
            number = self._numbering.at(self._from_qt(line.block_start))
            if number:
                found.append((QRectF(0, line.top, width, line.bottom - line.top), number))
        return found

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(interface_font(self._theme.sizes.label))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._numbering.last:
            return
        painter = QPainter(self)
        painter.setFont(interface_font(self._theme.sizes.label))
        painter.setPen(self._theme.muted)
        for room, number in self._placed():
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        painter.end()
