"""The table of a sheet: names stay in sight while it is scrolled, numbers stand on tiles of their strength."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.domain.table import Kind
from coder_app.gui.analyse.heat_view import heat_scale
from coder_app.gui.tables.sheet_model import SheetModel
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.theme.fonts import interface_font
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WIDEST_NAME, _WIDEST, _WIDEST_HEAD, _LEAST = 240, 220, 130, 56
_NARROW_TEXT, _LEAST_HEAD = 84, 66
_SAMPLE, _MOST_SAMPLED = 200, 4_000
_AROUND = 22
_AIR = 10
_STEPS = 64
_RADIUS = 4


class SheetView(QTableView):
    """Shows a SheetModel. Enter, or a double click, asks to open what the cell stands for."""

    cell_chosen = Signal(object)
    """Another cell is the current one; an invalid one where there is none."""
    opened = Signal(object)

    def __init__(self, theme: ThemeSource, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet = model
        # What each column needs at least, and what it asks for, in pixels.
        self._needed: list[tuple[int, int]] = []
        self.setModel(model)
        self.setItemDelegate(_Cell(theme, self))
        self.setAccessibleName(tr("Table of codes"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        set_role(self, "sheet")
        across, down = self.horizontalHeader(), self.verticalHeader()
        for header in (across, down):
            header.setHighlightSections(False)
            # To draw a heading Qt looks whether each cell of it is selected, which takes long in large tables.
            header.setSelectionModel(QItemSelectionModel(model, header))
        across.setSectionsClickable(True)
        across.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        down.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.sectionClicked.connect(model.turn)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)
        self.doubleClicked.connect(self._on_double_click)

    def _on_double_click(self, index: QModelIndex) -> None:
        self.opened.emit(index)

    def _fit(self) -> None:
        """Give the columns the room that their numbers and names need, and long words what is left."""
        sizes = self._theme.theme.sizes
        metrics = QFontMetrics(interface_font(sizes.note))
        down = self.verticalHeader()
        down.setDefaultSectionSize(round(sizes.interface * 1.25) + _AIR)
        rows = self._sheet.rowCount()
        names = [str(self._sheet.headerData(row, Qt.Orientation.Vertical)) for row in range(min(rows, _SAMPLE * 5))]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        down.setFixedWidth(min(_WIDEST_NAME, widest + _AROUND))
        self._needed.clear()
        sampled = _sampled(rows, max(3, min(_SAMPLE, _MOST_SAMPLED // max(1, len(self._sheet.sheet.columns)))))
        for section, column in enumerate(self._sheet.sheet.columns):
            cells = [str(self._sheet.index(row, section).data()) for row in sampled]
            width = max((metrics.horizontalAdvance(cell) for cell in cells), default=0)
            head = metrics.horizontalAdvance(column.title + " ▾")
            text = column.kind is Kind.TEXT
            least = max(
                _LEAST, min(_NARROW_TEXT if text else _WIDEST, width) + _AROUND, min(_LEAST_HEAD, head) + _AROUND
            )
            self._needed.append((least, max(least, min(_WIDEST, width) + _AROUND, min(_WIDEST_HEAD, head) + _AROUND)))
        self._spread()

    def _spread(self) -> None:
        """Give each column what it asks for, less where all would not fit, and long words what is left."""
        if len(self._needed) != len(self._sheet.sheet.columns):
            return
        room = self.viewport().width()
        narrow = sum(most for _, most in self._needed) > room
        wide = self._sheet.sheet.wide
        place = next((n for n, column in enumerate(self._sheet.sheet.columns) if column.id == wide), -1)
        # What is left beyond the least goes to those who ask for more, by how much they do.
        left = max(0, room - sum(least for least, _ in self._needed)) if narrow and place < 0 else 0
        asked = max(1, sum(most - least for least, most in self._needed))
        for section, (least, most) in enumerate(self._needed):
            self.setColumnWidth(section, least + left * (most - least) // asked if narrow else most)
        if place >= 0:
            others = sum(self.columnWidth(section) for section in range(len(self._needed)) if section != place)
            self.setColumnWidth(place, max(_WIDEST - _AROUND, room - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._spread()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.cell_chosen.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _sampled(rows: int, most: int) -> list[int]:
    """Return the first rows and the last ones, which hold the totals."""
    return [*range(min(rows, most)), *range(max(most, rows - 3), rows)]


class _Cell(QStyledItemDelegate):
    """Draws one cell: its number on a tile as dark as it is high, totals muted, a frame around the current one."""

    def __init__(self, theme: ThemeSource, view: SheetView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._scale = heat_scale(theme.theme)
        theme.changed.connect(self._use)

    def _use(self, theme: Theme) -> None:
        self._scale = heat_scale(theme)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, SheetModel):
            return
        theme = self._theme.theme
        words, share = str(index.data() or ""), model.share(index)
        ink = theme.muted if model.is_total(index) or words == "·" else theme.ink
        tile = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if share is not None:
            ground, ink = self._scale[round(share * _STEPS)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(tile, _RADIUS, _RADIUS)
        font = interface_font(theme.sizes.note)
        painter.setFont(font)
        painter.setPen(ink)
        room = tile.adjusted(8, 0, -8, 0)
        is_text = model.column(index.column()).kind is Kind.TEXT
        side = Qt.AlignmentFlag.AlignLeft if is_text else Qt.AlignmentFlag.AlignRight
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if index == self._view.currentIndex():
            painter.setPen(QPen(theme.chosen, theme.line_width + (1 if self._view.hasFocus() else 0)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile, _RADIUS, _RADIUS)
        painter.restore()
