"""The coverage map: each source as a strip, the darker a place, the more codes stand on it; a click opens the place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from coder_app.analysis.tables.coverage import Coverage
from coder_app.domain.text import Span
from coder_app.gui.analyse.heat_view import heat_scale
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.gui.theme.fonts import interface_font
from coder_app.i18n import tr, trn

Index = QModelIndex | QPersistentModelIndex
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NAME, _PERCENT = 200, 64
_GAP = 12
_HIGH, _STRIP = 30, 16
_STEPS = 64
_DARK = (0.0, 0.3, 0.6, 1.0)


@dataclass(frozen=True, slots=True)
class StripRow:
    """One source: where its coded stretches are looked up when it comes in sight, and how much is coded at all."""

    source_id: str
    name: str
    characters: int
    share: float
    block: Coverage

    @property
    def stretches(self) -> list[tuple[int, int, int]]:
        """The coded stretches in order: start, stop and how many codes stand there."""
        return self.block.strip(self.source_id)

    def at(self, place: int) -> tuple[Span, int]:
        """Return the stretch around a character and how many codes stand on it; 0 is one that is not coded."""
        before = 0
        for start, stop, depth in self.stretches:
            if place < start:
                return (before, start), 0
            if place < stop:
                return (start, stop), depth
            before = stop
        return (before, max(self.characters, before + 1)), 0


class StripsModel(QAbstractListModel):
    """One row per source."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[StripRow] = ()

    def show(self, rows: Sequence[StripRow]) -> None:
        """Show other sources."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{source}: {n} % coded", source=row.name, n=f"{100 * row.share:.1f}")
        return None


class StripsView(QListView):
    """Shows a StripsModel. Enter opens a source where it is not coded yet."""

    place_chosen = Signal(str, int, int)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.strips = StripsModel(self)
        self.setModel(self.strips)
        self.setItemDelegate(_Strip(theme, self))
        self.setAccessibleName(tr("Coverage map"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        set_role(self, "quiet")
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def strip_rect(self, row: QRect) -> QRect:
        """Return where the strip of a row is drawn."""
        top = row.top() + (row.height() - _STRIP) // 2
        return QRect(row.left() + _NAME, top, max(10, row.width() - _NAME - _PERCENT), _STRIP)

    def _place(self, at: QPoint) -> tuple[StripRow, Span, int] | None:
        """Return the row, the stretch and its depth at a point of the viewport."""
        index = self.indexAt(at)
        strip = self.strip_rect(self.visualRect(index))
        if not index.isValid() or not strip.left() <= at.x() <= strip.right():
            return None
        row = self.strips.rows[index.row()]
        place = (at.x() - strip.left()) * row.characters // strip.width()
        return row, *row.at(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        found = self._place(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.place_chosen.emit(found[0].source_id, *found[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._place(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: Any) -> bool:  # noqa: ANN401 - QEvent, narrowed below
        if isinstance(event, QHelpEvent):
            found = self._place(event.pos())
            if found is not None:
                QToolTip.showText(event.globalPos(), plain_tip(_said(found[0], found[1], found[2])), self)
                return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            row = self.strips.rows[index.row()]
            gap = next((span for span, depth in _stretches(row) if not depth), (0, 1))
            self.place_chosen.emit(row.source_id, *gap)
        else:
            super().keyPressEvent(event)


def _stretches(row: StripRow) -> list[tuple[Span, int]]:
    found: list[tuple[Span, int]] = []
    place = 0
    for start, stop, depth in row.stretches:
        if place < start:
            found.append(((place, start), 0))
        found.append(((start, stop), depth))
        place = stop
    return [*found, ((place, row.characters), 0)] if place < row.characters else found


def _said(row: StripRow, span: Span, depth: int) -> str:
    codes = trn("{n} code", "{n} codes", depth) if depth else tr("not coded")
    return tr(
        "{source}, characters {start} to {stop}: {codes}", source=row.name, start=span[0], stop=span[1], codes=codes
    )


class _Strip(QStyledItemDelegate):
    """Draws the name of a source, its strip, and how much of it is coded."""

    def __init__(self, theme: ThemeSource, view: StripsView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_NAME + _PERCENT, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.theme
        row = self._view.strips.rows[index.row()]
        scale = heat_scale(theme)
        strip = self._view.strip_rect(option.rect)
        painter.save()
        font = interface_font(theme.sizes.note)
        painter.setFont(font)
        painter.setPen(theme.accent if index == self._view.currentIndex() and self._view.hasFocus() else theme.ink)
        room = option.rect.adjusted(0, 0, 0, 0)
        room.setWidth(_NAME - _GAP)
        name = QFontMetrics(font).elidedText(row.name.replace("\n", " "), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        for start, stop, depth in row.stretches:
            left = strip.left() + start * strip.width() // max(1, row.characters)
            right = strip.left() + stop * strip.width() // max(1, row.characters)
            shade = scale[round(_DARK[min(depth, 3)] * _STEPS)][0]
            painter.fillRect(QRect(left, strip.top(), max(1, right - left), strip.height()), shade)
        painter.setPen(QPen(theme.line, 1))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        painter.setPen(theme.muted)
        end = QRect(strip.right() + _GAP, option.rect.top(), _PERCENT - _GAP, option.rect.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, tr("{n} %", n=f"{100 * row.share:.0f}"))
        painter.restore()
