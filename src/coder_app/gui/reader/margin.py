"""The margin beside the text: one bracket per coding, with its name, to be clicked and dragged."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from coder_app.gui.reader.frame import Bracket
from coder_app.gui.reader.lanes import Extent, Name, assign_lanes, place_names
from coder_app.gui.reader.spans import Span
from coder_app.gui.theme import Theme
from coder_app.gui.theme.fonts import interface_font
from coder_app.i18n import tr

STEM = 3.0
STEM_CHOSEN = 5.0
TICK = 6.0
_FIRST_LANE = 10.0
_LANE = 13.0
_NARROWEST_LANE = 5.0
_USUAL_LANES = 3
_NAME_WIDTH = 96.0
# A name of which less is seen says nothing; the tip tells it.
_FEWEST_LETTERS = 4
_INITIALS = " M"
_GRAB = 6.0
_FAR = 1e6
_DASH = 4.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a bracket and its name were drawn last."""

    bracket: Bracket
    x: float
    name: QRectF | None

    def stem(self) -> QRectF:
        top, bottom = _ends(self.bracket)
        return QRectF(self.x, top, STEM, bottom - top)

    def is_hit(self, point: QPointF) -> bool:
        near = self.stem().adjusted(-3, -2, 4, 2)
        return near.contains(point) or (self.name is not None and self.name.contains(point))


class MarginView(QWidget):
    """Brackets of the codings on the screen. Says what was pressed; changes nothing itself."""

    coding_pressed = Signal(str)
    recode_requested = Signal(str)
    edge_pressed = Signal(str, bool)
    """The end of a bracket was taken hold of: the coding, and whether it is its start."""
    edge_moved = Signal(QPointF, bool)
    """A held end was moved to this point of the margin; True with Alt: by characters."""
    edge_released = Signal()
    menu_requested = Signal(QPoint)
    """A menu for the coding that was just chosen is wanted, at this global point."""

    def __init__(self, brackets: Callable[[], list[Bracket]], theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._brackets = brackets
        self._theme = theme
        self._chosen: str | None = None
        self._shows_coders = False
        self._to_check: Set[str] = frozenset()
        self._lanes: dict[str, int] = {}
        self._places: list[_Place] = []
        self._is_dragging = False
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Codings beside the text"))

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        self.update()

    def set_chosen(self, coding_id: str | None) -> None:
        """Draw this coding's bracket thicker and its name bold."""
        self._chosen = coding_id
        self.update()

    def set_shows_coders(self, shows: bool) -> None:  # noqa: FBT001 - a setter of Qt's kind
        """Write coders' initials behind the names, when there is more than one coder."""
        self._shows_coders = shows
        self.update()

    def set_to_check(self, segment_ids: Set[str]) -> None:
        """Draw the brackets of these segments dashed: their words were changed."""
        self._to_check = segment_ids
        self.update()

    def forget_lanes(self) -> None:
        """Give out all lanes anew: other codings are shown, or lines broke elsewhere."""
        self._lanes.clear()
        self.update()

    def names_shown(self) -> list[str]:
        """Return the codings whose names found room when the margin was last drawn, from above."""
        shown = [place for place in self._places if place.name is not None]
        return [place.bracket.span.coding_id for place in sorted(shown, key=lambda place: _top(place.name))]

    def bracket_ids(self) -> list[str]:
        """Return the codings that have a bracket now, outer and earlier ones first."""
        return [bracket.span.coding_id for bracket in self._brackets()]

    def bracket_rect(self, coding_id: str) -> QRectF | None:
        """Return where the stem of a coding was last drawn."""
        return next((place.stem() for place in self._places if place.bracket.span.coding_id == coding_id), None)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        self._places = self._placed(self._brackets())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in self._places:
            self._draw_bracket(painter, place)
            if place.name is not None:
                self._draw_name(painter, place.bracket.span, place.name)
        painter.end()

    def _placed(self, brackets: list[Bracket]) -> list[_Place]:
        extents = [
            Extent(
                bracket.span.coding_id,
                bracket.top if bracket.opens else -_FAR,
                bracket.bottom if bracket.closes else _FAR,
            )
            for bracket in brackets
        ]
        self._lanes = assign_lanes(extents, self._lanes)
        count = max(self._lanes.values(), default=0) + 1
        step = min(_LANE, max(_NARROWEST_LANE, (self.width() - _NAME_WIDTH - _FIRST_LANE) / count))
        metrics = QFontMetricsF(self._font(is_chosen=True))
        row = metrics.height() + 1
        left = self._left_of_names(count * step)
        room = self.width() - left - (metrics.horizontalAdvance(_INITIALS) if self._shows_coders else 0)
        wanted = [
            Name(bracket.span.coding_id, _ends(bracket)[0] - 1, bracket.bottom)
            for bracket in brackets
            if room >= metrics.averageCharWidth() * _FEWEST_LETTERS
        ]
        rows = place_names(wanted, row, self.height(), self._chosen)
        return [
            _Place(
                bracket,
                _FIRST_LANE + self._lanes[bracket.span.coding_id] * step,
                QRectF(left, rows[bracket.span.coding_id], self.width() - left, row)
                if bracket.span.coding_id in rows
                else None,
            )
            for bracket in brackets
        ]

    def _left_of_names(self, lanes: float) -> float:
        """Return where names start: in one line with those of other screens, where there is room for that."""
        usual = _FIRST_LANE + _USUAL_LANES * _LANE + 2
        return usual if self.width() - usual >= _NAME_WIDTH and lanes + _FIRST_LANE < usual else _FIRST_LANE + lanes + 2

    def _draw_bracket(self, painter: QPainter, place: _Place) -> None:
        bracket = place.bracket
        width = STEM_CHOSEN if bracket.span.coding_id == self._chosen else STEM
        colour = QColor(bracket.span.colour) if bracket.span.colour else self._theme.muted
        top, bottom = _ends(bracket)
        if bracket.span.segment_id in self._to_check:
            _draw_dashes(painter, QRectF(place.x, top, width, bottom - top), colour)
        else:
            painter.fillRect(QRectF(place.x, top, width, bottom - top), colour)
        if bracket.opens:
            painter.fillRect(QRectF(place.x, top, width + TICK - STEM, 2), colour)
        if bracket.closes:
            painter.fillRect(QRectF(place.x, bottom - 2, width + TICK - STEM, 2), colour)

    def _draw_name(self, painter: QPainter, span: Span, room: QRectF) -> None:
        font = self._font(is_chosen=span.coding_id == self._chosen)
        metrics = QFontMetricsF(font)
        initial = f" {span.coder_initial}" if self._shows_coders and span.coder_initial else ""
        space = room.width() - metrics.horizontalAdvance(initial) - 4
        name = metrics.elidedText(span.code_name, Qt.TextElideMode.ElideRight, space)
        painter.setFont(font)
        painter.setPen(self._theme.ink if span.colour else self._theme.muted)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, left, name)
        if initial:
            painter.setPen(self._theme.muted)
            painter.drawText(room.adjusted(metrics.horizontalAdvance(name), 0, 0, 0), left, initial)

    def _font(self, *, is_chosen: bool) -> QFont:
        font = interface_font(self._theme.sizes.label)
        font.setBold(is_chosen)
        return font

    # the mouse

    def _at(self, point: QPointF) -> _Place | None:
        """Return what is under `point`; of several the chosen one, else the innermost."""
        hit = [place for place in self._places if place.is_hit(point)]
        chosen = [place for place in hit if place.bracket.span.coding_id == self._chosen]
        return (chosen or hit)[-1] if hit else None

    def _edge_at(self, point: QPointF) -> tuple[str, bool] | None:
        place = self._at(point)
        if place is None or not place.stem().adjusted(-4, -4, TICK, 4).contains(point):
            return None
        bracket = place.bracket
        to_top, to_bottom = abs(point.y() - place.stem().top()), abs(point.y() - place.stem().bottom())
        if bracket.opens and to_top <= min(_GRAB, to_bottom):
            return bracket.span.coding_id, True
        if bracket.closes and to_bottom <= _GRAB:
            return bracket.span.coding_id, False
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or place is None:
            return
        edge = self._edge_at(event.position())
        self.coding_pressed.emit(place.bracket.span.coding_id)
        if edge is not None:
            self._is_dragging = True
            self.edge_pressed.emit(*edge)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self.edge_moved.emit(event.position(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return
        if self._edge_at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        elif self._at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._is_dragging = False
            self.edge_released.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self._at(QPointF(event.pos()))
        if place is not None:
            self.coding_pressed.emit(place.bracket.span.coding_id)
            self.menu_requested.emit(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None:
            self.recode_requested.emit(place.bracket.span.coding_id)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = QPointF(event.pos())
            spans = [place.bracket.span for place in self._places if place.is_hit(point)]
            QToolTip.showText(event.globalPos(), tip(spans, self._to_check), self)
            return True
        return super().event(event)


def tip(spans: list[Span], to_check: Set[str] = frozenset()) -> str:
    """Return the names of codings, one per line, as a tooltip shows them; "" for none.

    `to_check` are segments of which is said that they are.
    """
    lines = [
        f"{escape(span.code_name)} <small>{escape(span.coder_initial)}</small>".strip()
        if span.coder_initial
        else escape(span.code_name)
        for span in spans
    ]
    if any(span.segment_id in to_check for span in spans):
        lines.append(f"<i>{escape(tr('To check: the words were changed after they were coded'))}</i>")
    return f"<qt>{'<br>'.join(lines)}</qt>" if lines else ""


def _draw_dashes(painter: QPainter, stem: QRectF, colour: QColor) -> None:
    top = stem.top()
    while top < stem.bottom():
        painter.fillRect(QRectF(stem.left(), top, stem.width(), min(_DASH, stem.bottom() - top)), colour)
        top += 2 * _DASH


def _ends(bracket: Bracket) -> tuple[float, float]:
    """Return the top and bottom of a stem: a little within its lines, so that neighbours stay apart."""
    top = round(bracket.top) + (3 if bracket.opens else 0)
    bottom = round(bracket.bottom) - (2 if bracket.closes else 0)
    return float(top), float(max(bottom, top + 2))


def _top(rect: QRectF | None) -> float:
    return rect.top() if rect is not None else 0.0
