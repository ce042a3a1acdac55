"""The heat table: an ordinary table whose cells are coloured tiles."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from coder_app.gui.analyse.heat_model import HeatModel
from coder_app.gui.analyse.names_header import NamesHeader
from coder_app.gui.theme import Theme, ThemeSource, contrast, mix, readable_on, set_role
from coder_app.gui.theme.fonts import interface_font
from coder_app.i18n import tr

CELL_WIDTH = 62
CELL_HEIGHT = 38
LEAST_WIDTH = 20
LEAST_HEIGHT = 19
GAP = 2
_RADIUS = 4
_INTERFACE = 13
_ROUNDS = 3
_STEPS = 64
_READABLE = 4.5

Index = QModelIndex | QPersistentModelIndex


class HeatView(QTableView):
    """Shows a HeatModel. The arrow keys move the choice; Enter goes on to the passages."""

    pair_chosen = Signal(str, str)
    """Another cell is the current one: the codes of its row and of its column."""
    passages_wanted = Signal()

    def __init__(self, theme: ThemeSource, model: HeatModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heat = model
        self._across = NamesHeader(Qt.Orientation.Horizontal, theme, self)
        self._down = NamesHeader(Qt.Orientation.Vertical, theme, self)
        self.setAccessibleName(tr("Code co-occurrence"))
        self.setHorizontalHeader(self._across)
        self.setVerticalHeader(self._down)
        self.setModel(model)
        self.setItemDelegate(_Tile(theme, self))
        # One current cell is all there is; a selection besides would only be painted over it.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        set_role(self, "quiet")
        model.modelReset.connect(self._name)
        model.dataChanged.connect(self._fit)
        theme.changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        for header in (self._across, self._down):
            header.mark(-1)
            header.set_names(self._heat.names)
        self._fit()

    def _fit(self) -> None:
        """Give the cells the room that there is: the size of the type asks for, and less where there are many."""
        scale = self._theme.theme.sizes.interface / _INTERFACE
        count = len(self._heat.names)
        full = round(CELL_WIDTH * scale) + GAP
        least = max(round(LEAST_WIDTH * scale), self._widest() + 2 * GAP) + GAP
        width = self._width_that_fits(count, full, least)
        height = min(
            round(CELL_HEIGHT * scale) + GAP, max(round(LEAST_HEIGHT * scale), width * CELL_HEIGHT // CELL_WIDTH)
        )
        self._across.setDefaultSectionSize(width)
        self._down.setDefaultSectionSize(height)
        if count:
            # The last slanted names need room beside their columns when the table is scrolled to its end.
            self._across.resizeSection(count - 1, width + self._across.overhang())
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setMaximumHeight(self._across.sizeHint().height() + count * height + bar)
        self._mark(self.currentIndex())

    def _width_that_fits(self, count: int, full: int, least: int) -> int:
        room = self.width() - self._down.sizeHint().width() - self.verticalScrollBar().sizeHint().width()
        width = full
        for steep in (False, True):
            self._across.slant(steep=steep)
            width = full
            # The narrower the columns, the further the last name reaches beyond them: a few rounds settle it.
            for _ in range(_ROUNDS):
                self._across.setDefaultSectionSize(width)
                width = min(full, max(least, (room - self._across.overhang()) // max(1, count)))
            if width == full:
                break
        return width

    def _widest(self) -> int:
        metrics = QFontMetrics(interface_font(self._theme.theme.sizes.label))
        return metrics.horizontalAdvance(self._heat.widest())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def tile(self, option: QStyleOptionViewItem) -> QRectF:
        """Return where a cell's tile is drawn; the last column is wider than its tile."""
        half = GAP / 2
        width = self._across.defaultSectionSize() - GAP
        height = self._down.defaultSectionSize() - GAP
        return QRectF(option.rect.x() + half, option.rect.y() + half, width, height)

    def choose(self, pair: tuple[str, str] | None) -> bool:
        """Make the cell of two codes the current one and return whether there is one; None chooses none."""
        index = self._heat.index_of(pair) if pair is not None else QModelIndex()
        self.setCurrentIndex(index)
        return index.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._mark(current)
        if current.isValid():
            self.pair_chosen.emit(*self._heat.pair(current))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        # A column is in sight when its slanted name can be read, too, as far as there is room for both.
        column = index.column()
        if column < 0 or not self.isVisible():
            return
        hidden = self._across.reach(column) - self.viewport().width()
        room = self._across.sectionViewportPosition(column)
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + max(0, min(hidden, room)))

    def _mark(self, index: Index) -> None:
        self._across.mark(index.column())
        self._down.mark(index.row())
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.passages_wanted.emit()
        else:
            super().keyPressEvent(event)


class _Tile(QStyledItemDelegate):
    """Draws one cell: a coloured tile with its number, a dashed one on the diagonal, a dot for zero."""

    def __init__(self, theme: ThemeSource, view: HeatView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._scale = heat_scale(theme.theme)
        theme.changed.connect(self._use)

    def _use(self, theme: Theme) -> None:
        self._scale = heat_scale(theme)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.theme
        model = index.model()
        if not isinstance(model, HeatModel):
            return
        look = model.look(index.row(), index.column())
        tile = self._view.tile(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(theme, look.words, tile.width()))
        ink = theme.ink if look.words != "·" and not look.is_own else theme.muted
        if look.is_own:
            pen = QPen(theme.muted if theme.line_width > 1 else mix(theme.muted, theme.line, 0.3), 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        elif look.shade is not None:
            ground, ink = self._scale[round(look.shade * _STEPS)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(tile, _RADIUS, _RADIUS)
        painter.setPen(ink)
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, look.words)
        if index == self._view.currentIndex():
            _outline(painter, tile, theme, focused=self._view.hasFocus())
        painter.restore()


def heat_scale(theme: Theme) -> list[tuple[QColor, QColor]]:
    """Return the colours of tiles from the weakest to the strongest, each with the ink for its number.

    Where no ink can be read on a step, as midway in the light theme, it takes the colour of the nearest step
    on which one can.
    """
    steps = [mix(theme.heat_high, theme.heat_low, step / _STEPS) for step in range(_STEPS + 1)]
    inks = [readable_on(ground, theme) for ground in steps]
    fit = [n for n, ground in enumerate(steps) if contrast(inks[n], ground) >= _READABLE]
    nearest = [min(fit, key=lambda other: abs(other - n)) for n in range(_STEPS + 1)] if fit else range(_STEPS + 1)
    return [(steps[n], inks[n]) for n in nearest]


def _font(theme: Theme, words: str, room: float) -> QFont:
    font = interface_font(theme.sizes.note)
    fits = QFontMetrics(font).horizontalAdvance(words) <= room - 2 * GAP
    return font if fits else interface_font(theme.sizes.label)


def _outline(painter: QPainter, tile: QRectF, theme: Theme, *, focused: bool) -> None:
    width = theme.line_width + (1 if focused else 0.5)
    painter.setPen(QPen(theme.chosen, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # A ring of paper keeps the outline apart from a tile of nearly its own colour.
    painter.drawRoundedRect(tile, _RADIUS, _RADIUS)
    painter.setPen(QPen(theme.paper, 1))
    inset = width / 2 + 0.5
    painter.drawRoundedRect(tile.adjusted(inset, inset, -inset, -inset), _RADIUS - 1, _RADIUS - 1)
