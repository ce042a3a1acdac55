"""A drawing to look at and to walk through: arrow keys go from place to place, Enter opens the passages."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from coder_app.exporters.figures.drawing import POINTS, Drawing, Ink, Target, Words
from coder_app.gui.analyse.pictures.painting import Paint
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.theme import ThemeSource
from coder_app.i18n import tr

_INCH = 96.0
_INTERFACE = 13
MARGIN = 6
_AROUND = 3
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
# A place straight ahead is preferred to a nearer one at the side.
_SIDEWAYS = 2.5


class Canvas(QWidget):
    """Shows one drawing. Its size follows `zoom`."""

    pair_chosen = Signal(str, str)
    """Another place is the current one: its two codes, one twice for a code alone."""
    passages_wanted = Signal()
    moved = Signal(QRectF)
    """The current place is to be in sight: where it is, in pixels."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = Drawing(1, 1, ())
        self.zoomed = 1.0
        self.current: Target | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Picture of the table"))
        theme.changed.connect(self.update)

    @property
    def scale(self) -> float:
        """Pixels for an inch."""
        return self._full * self.zoomed

    @property
    def _full(self) -> float:
        return _INCH * self._theme.theme.sizes.interface / _INTERFACE

    def unzoomed(self) -> QSize:
        """Return the size at full zoom."""
        return QSize(round(self._drawing.width * self._full), round(self._drawing.height * self._full))

    def smallest_type(self) -> float:
        """Return the height of the smallest words at full zoom, in pixels; those beside the codes do not count."""
        sizes = [part.size for part in self._drawing.parts if isinstance(part, Words) and part.ink is Ink.INK]
        return min(sizes, default=POINTS) / POINTS * self._full

    def show_drawing(self, drawing: Drawing, name: str) -> None:
        """Show another drawing; the place of the same codes stays the current one."""
        codes = self.current.codes if self.current is not None else None
        self._drawing = drawing
        self.current = None
        self.setAccessibleName(name)
        if codes is not None:
            self.choose(codes)
        self._fit()

    def choose(self, codes: tuple[str, str] | None) -> bool:
        """Make the place of two codes the current one, in either order, and say whether there is one."""
        found = [one for one in self._drawing.targets if codes is not None and one.codes in (codes, codes[::-1])]
        self.current = next((one for one in found if one.codes == codes), found[0] if found else None)
        self.update()
        return self.current is not None

    def zoom(self, zoom: float) -> None:
        """Show the drawing larger or smaller."""
        self.zoomed = zoom
        self._fit()

    def _fit(self) -> None:
        size = self.unzoomed() * self.zoomed
        self.resize(size.width() + 2 * MARGIN, size.height() + 2 * MARGIN)
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def _rect(self, target: Target) -> QRectF:
        scale = self.scale
        rect = QRectF(target.x * scale, target.y * scale, target.width * scale, target.height * scale)
        return rect.translated(MARGIN, MARGIN)

    def _target_at(self, place: QPointF) -> Target | None:
        # What is painted last lies on top, and small places lie inside large ones.
        hit = [one for one in self._drawing.targets if self._rect(one).adjusted(-2, -2, 2, 2).contains(place)]
        return min(hit, key=lambda one: one.width * one.height, default=None)

    def _go(self, target: Target, *, told: bool = True) -> None:
        self.current = target
        self.setAccessibleDescription(target.said)
        if told:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, target.said))
        self.moved.emit(self._rect(target).adjusted(-12, -12, 12, 12))
        self.update()
        if target.codes is not None:
            self.pair_chosen.emit(*target.codes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        targets = self._drawing.targets
        if (
            key in _STEPS
            and targets
            and event.modifiers()
            in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
        ):
            found = self._beside(_STEPS[key]) if self.current is not None else targets[0]
            if found is not None:
                self._go(found)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and targets:
            self._go(targets[0 if key == Qt.Key.Key_Home else -1])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current is not None and self.current.codes:
            self.passages_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _beside(self, step: tuple[int, int]) -> Target | None:
        """Return the nearest place in a direction from the current one."""
        here = self.current
        if here is None:
            return None
        x, y = here.x + here.width / 2, here.y + here.height / 2

        def cost(one: Target) -> float:
            right, down = one.x + one.width / 2 - x, one.y + one.height / 2 - y
            ahead = right * step[0] + down * step[1]
            aside = abs(right * step[1]) + abs(down * step[0])
            return ahead + _SIDEWAYS * aside if ahead > 1e-6 and aside <= 3 * ahead else math.inf  # noqa: PLR2004 (a wide cone)

        best = min((one for one in self._drawing.targets if one is not here), key=cost, default=None)
        return best if best is not None and cost(best) < math.inf else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        target = self._target_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and target is not None:
            self._go(target, told=False)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._target_at(event.position()) is not None:
            self.passages_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        target = self._target_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if target is not None and target.codes else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            target = self._target_at(QPointF(event.pos()))
            if target is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(target.said), self, self._rect(target).toRect())
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current is None and self._drawing.targets:
            self.setAccessibleDescription(tr("Use the arrow keys to go from place to place, Enter for the passages."))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(MARGIN, MARGIN)
        seen = QRectF(event.rect()).translated(-MARGIN, -MARGIN)
        Paint(painter, self._theme.theme, self.scale).drawing(self._drawing, seen)
        painter.translate(-MARGIN, -MARGIN)
        if self.current is not None:
            self._ring(painter, self._rect(self.current))

    def _ring(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme.theme
        width = theme.line_width + (1.5 if self.hasFocus() else 0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A ring of paper keeps the outline apart from what lies below it.
        for colour, more in ((theme.paper, 2.0), (theme.chosen, 0.0)):
            painter.setPen(QPen(colour, width + more))
            painter.drawRoundedRect(rect.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND), _AROUND, _AROUND)
