"""The table of agreement. Alpha and its interval are drawn as a dot on a line, without any verdict of colour."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.gui.agreement.table_model import INTERVAL, TableModel
from coder_app.gui.theme import Theme, ThemeSource, mix, set_role
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_LOWEST, _HIGHEST = -0.2, 1.0
# Krippendorff's marks; they are named, they are no verdict.
_MARKS = (0.667, 0.8)
_DRAWN_WIDTH = 190
_NAME_WIDTH = 230
_NARROWEST, _WIDEST = 64, 320
_AIR = 12


class TableView(QTableView):
    """Whole rows to choose; Enter or two clicks lead on."""

    row_entered = Signal(int)

    def __init__(self, themes: ThemeSource, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(tr("Agreement by code"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        set_role(self, "rows")
        self._dots = DotDelegate(themes, self)
        themes.changed.connect(self._fit_rows)
        model.modelReset.connect(self.fit)
        self.doubleClicked.connect(self._on_double_click)
        self._fit_rows(themes.theme)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)

    def _fit_rows(self, theme: Theme) -> None:
        self.verticalHeader().setDefaultSectionSize(round(theme.sizes.interface * 1.25) + _AIR)

    def fit(self) -> None:
        """Give each column the room that its words need, and the drawn one its own."""
        drawn = self._model.drawn_column
        for column in range(self._model.columnCount()):
            self.setItemDelegateForColumn(column, self._dots if column == drawn else None)  # pyright: ignore[reportArgumentType] (None takes a delegate away)
            if column == drawn:
                self.setColumnWidth(column, _DRAWN_WIDTH)
                continue
            self.resizeColumnToContents(column)
            least = _NAME_WIDTH if column == 0 else _NARROWEST
            self.setColumnWidth(column, min(_WIDEST, max(least, self.columnWidth(column) + _AIR)))

    def _on_double_click(self, index: QModelIndex) -> None:
        self.row_entered.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_entered.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class DotDelegate(QStyledItemDelegate):
    """Draws a value as a dot and its interval as a line, from -0.2 to 1; "undefined" where there is none."""

    def __init__(self, themes: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._themes.theme
        found = index.data(INTERVAL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        room = QRectF(option.rect).adjusted(12, 0, -12, 0)
        if found is None or found[0] is None:
            painter.setPen(theme.muted)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("undefined"))
        else:
            _draw(painter, room, theme, *found)
        painter.restore()


def _draw(painter: QPainter, room: QRectF, theme: Theme, value: float, low: float | None, high: float | None) -> None:
    middle = room.center().y()

    def x_of(number: float) -> float:
        share = (min(max(number, _LOWEST), _HIGHEST) - _LOWEST) / (_HIGHEST - _LOWEST)
        return room.left() + share * room.width()

    painter.setPen(QPen(theme.line, 1))
    painter.drawLine(QPointF(room.left(), middle), QPointF(room.right(), middle))
    for mark, reach in ((0.0, 5.0), *((mark, room.height() / 2) for mark in _MARKS)):
        painter.setPen(
            QPen(mix(theme.muted, theme.paper, 0.5), 1, Qt.PenStyle.DotLine if mark else Qt.PenStyle.SolidLine)
        )
        painter.drawLine(QPointF(x_of(mark), middle - reach), QPointF(x_of(mark), middle + reach))
    if low is not None and high is not None:
        painter.setPen(QPen(theme.ink, 2))
        painter.drawLine(QPointF(x_of(low), middle), QPointF(x_of(high), middle))
        for end in (low, high):
            painter.drawLine(QPointF(x_of(end), middle - 3), QPointF(x_of(end), middle + 3))
    painter.setPen(QPen(theme.paper, 1.5))
    painter.setBrush(theme.accent)
    painter.drawEllipse(QPointF(x_of(value), middle), 5, 5)
