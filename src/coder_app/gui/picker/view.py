"""Draws a code in the picker: swatch, name, the codes above it, whether it is applied already, its keys."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.gui.theme import ThemeSource
from coder_app.gui.widgets.key_cap import draw_key_cap
from coder_app.gui.widgets.words import SWATCH

NAME = Qt.ItemDataRole.UserRole + 1
NOTE = Qt.ItemDataRole.UserRole + 2
KEYS = Qt.ItemDataRole.UserRole + 3
APPLIED = Qt.ItemDataRole.UserRole + 4
ROW_HEIGHT = 26
_AIR = 8
_TICK = "✓"
_NARROWEST_NOTE = 40
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class ChoiceDelegate(QStyledItemDelegate):
    """The name in ink, what stands above it muted, keys in small frames at the right."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        background = QStyleOptionViewItem(option)
        self.initStyleOption(background, index)
        background.text = ""
        background.icon = QIcon()
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, background, painter, option.widget)
        row = QRect(option.rect).adjusted(_AIR, 0, -_AIR, 0)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(self._theme.theme.muted)
        row = self._draw_right(painter, row, index)
        icon: QIcon | None = index.data(Qt.ItemDataRole.DecorationRole)
        if icon is not None:
            icon.paint(painter, QRect(row.left(), row.center().y() - SWATCH // 2, SWATCH, SWATCH))
            row.setLeft(row.left() + SWATCH + _AIR)
        self._draw_words(painter, row, index)
        painter.restore()

    def _draw_right(self, painter: QPainter, row: QRect, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Draw keys and the tick of an applied code; return the room that is left."""
        for key in index.data(KEYS) or ():
            row.setRight(draw_key_cap(painter, row.right(), row, key) - _AIR // 2)
        if index.data(APPLIED):
            painter.drawText(row, _RIGHT, _TICK)
            row.setRight(row.right() - painter.fontMetrics().horizontalAdvance(_TICK) - _AIR)
        return row

    def _draw_words(self, painter: QPainter, row: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        metrics = painter.fontMetrics()
        name = metrics.elidedText(index.data(NAME), Qt.TextElideMode.ElideRight, row.width())
        painter.setPen(self._theme.theme.ink)
        painter.drawText(row, _LEFT, name)
        row.setLeft(row.left() + metrics.horizontalAdvance(name) + _AIR)
        note = index.data(NOTE)
        if note and row.width() > _NARROWEST_NOTE:
            painter.setPen(self._theme.theme.muted)
            painter.drawText(row, _LEFT, metrics.elidedText(note, Qt.TextElideMode.ElideLeft, row.width()))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, max(ROW_HEIGHT, option.fontMetrics.height() + _AIR))
