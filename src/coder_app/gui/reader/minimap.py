"""The strip beside the text that shows the whole of it: where it is coded, what was found, what is in sight."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from coder_app.gui.reader.column import STRIP
from coder_app.gui.reader.density import STRETCHES, Density
from coder_app.gui.reader.margin import tip
from coder_app.gui.reader.spans import Span
from coder_app.gui.theme import Theme
from coder_app.i18n import tr, trn

_BARS = 12
_MOST_COLOURS = 4
_LEAST_IN_SIGHT = 8.0
_HIT_WIDTH, _HIT_HEIGHT = 5.0, 2.0
_SIGHT_SHADE = 30
# Seconds of counting codings between two events.
_SLICE = 0.005
_AT_ONCE = 500
_MOST_TOLD = 12


class MiniMap(QWidget):
    """Where the codings of a text lie, by place; says where the person wants to go. Places are code points."""

    place_wanted = Signal(int)

    def __init__(
        self,
        in_sight: Callable[[], tuple[int, int]],
        between: Callable[[int, int], list[Span]],
        theme: Theme,
        parent: QWidget | None,
    ) -> None:
        """`in_sight` returns the range that is on the screen, `between` the codings within a range."""
        super().__init__(parent)
        self._in_sight = in_sight
        self._between = between
        self._theme = theme
        self._length = 0
        self._density = Density(0)
        self._uncounted: deque[Span] = deque()
        self._hits: list[int] = []
        self._image = QImage(_BARS, STRETCHES, QImage.Format.Format_ARGB32_Premultiplied)
        self._stale: set[int] = set()
        self._most = 0
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(0)
        self._counting.timeout.connect(self._count_slice)
        self.setAccessibleName(tr("Map of the codings in the whole text"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        self.update()

    def set_spans(self, spans: Iterable[Span], length: int) -> None:
        """Show these codings of a text of `length`; many are counted in slices, between other events."""
        self._length = length
        self._density = Density(length)
        self._uncounted.clear()
        self._stale = set(range(STRETCHES))
        self.add_spans(spans)

    def add_spans(self, spans: Iterable[Span]) -> None:
        """Show these codings as well."""
        self._uncounted.extend(spans)
        self._count_slice()

    def is_counting(self) -> bool:
        """Return whether some codings are not counted yet."""
        return self._counting.isActive()

    def _count_slice(self) -> None:
        until = perf_counter() + _SLICE
        add = self._density.add
        left = self._uncounted
        while left:
            for _ in range(min(_AT_ONCE, len(left))):
                span = left.popleft()
                if span.colour:
                    add(span.start, span.stop, span.colour)
            if left and perf_counter() > until:
                self._counting.start()
                return
        self._stale = set(range(STRETCHES))
        self._counting.stop()
        self.update()

    def change(self, before: Span | None, after: Span | None) -> None:
        """Show that a coding came (`before` is None), went (`after` is None) or is another now."""
        if before == after:
            return
        if before is not None and before.colour:
            self._finish_counting()
            self._stale.update(self._density.remove(before.start, before.stop, before.colour))
        if after is not None and after.colour:
            self._stale.update(self._density.add(after.start, after.stop, after.colour))
        self.update()

    def _finish_counting(self) -> None:
        """Count at once what is left, so that nothing is counted out before it was counted in."""
        while self._uncounted:
            span = self._uncounted.popleft()
            if span.colour:
                self._stale.update(self._density.add(span.start, span.stop, span.colour))
        self._counting.stop()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark where a search found something."""
        scale = STRETCHES / max(self._length, 1)
        self._hits = sorted({int(start * scale) for start, _ in hits})
        self.update()

    def density_at(self, position: int) -> list[tuple[str, int]]:
        """Return the colours near a place with how many codings have them, the commonest first."""
        return self._density.at(min(position * STRETCHES // max(self._length, 1), STRETCHES - 1))

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw_image()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        height = float(self.height())
        painter.drawImage(QRectF((STRIP - _BARS) / 2, 0, _BARS, height), self._image)
        for row in self._hits:
            painter.fillRect(QRectF(0, row * height / STRETCHES, _HIT_WIDTH, _HIT_HEIGHT), self._theme.accent)
        self._draw_sight(painter)
        painter.end()

    def _draw_sight(self, painter: QPainter) -> None:
        sight = self.sight_rect()
        if sight is None:
            return
        shade = QColor(self._theme.ink)
        shade.setAlpha(_SIGHT_SHADE)
        painter.fillRect(sight, shade)
        painter.setPen(QPen(self._theme.muted, self._theme.line_width))
        painter.drawRect(sight)

    def sight_rect(self) -> QRectF | None:
        """Return the part of the strip that stands for what is on the screen; None if all of the text is."""
        start, stop = self._in_sight()
        if stop - start >= self._length:
            return None
        scale = self.height() / self._length
        tall = max((stop - start) * scale, _LEAST_IN_SIGHT)
        top = min(start * scale, self.height() - tall)
        return QRectF(0.5, round(top) + 0.5, STRIP - 1, round(tall) - 1)

    def _draw_image(self) -> None:
        if not self._stale:
            return
        most = max(self._density.most(), 1)
        rows: Iterable[int] = self._stale if most == self._most else range(STRETCHES)
        self._most = most
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for row in rows:
            painter.fillRect(0, row, _BARS, 1, Qt.GlobalColor.transparent)
            self._draw_row(painter, row)
        painter.end()
        self._stale = set()

    def _draw_row(self, painter: QPainter, row: int) -> None:
        """Draw a part as a bar: the more codings the longer, shared out among their colours."""
        found = self._density.at(row)[:_MOST_COLOURS]
        if not found:
            return
        count = sum(number for _, number in found)
        # the root, so that one crowded place does not make all others thin
        width = max((count / self._most) ** 0.5, 0.25) * _BARS
        left = 0.0
        for colour, number in found:
            right = left + width * number / count
            painter.fillRect(QRectF(left, row, right - left, 1), QColor(colour))
            left = right

    # the mouse

    def _place(self, y: float) -> int:
        return min(max(round(y / max(self.height(), 1) * self._length), 0), self._length)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.place_wanted.emit(self._place(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.place_wanted.emit(self._place(event.position().y()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._told(event.pos().y()), self)
            return True
        return super().event(event)

    def _told(self, y: float) -> str:
        """Return the names of the codes near a place of the strip, and how much was found there."""
        first, last = self._place(y - 2), self._place(y + 2)
        named = {span.code_name: span for span in self._between(first, max(last, first + 1))}
        told = [span._replace(coder_initial="") for span in islice(named.values(), _MOST_TOLD)]
        if told:
            return tip(told)
        row = first * STRETCHES // max(self._length, 1)
        near = bisect_right(self._hits, row + 2) - bisect_right(self._hits, row - 2)
        return trn("{n} hit here", "{n} hits here", near) if near else ""
