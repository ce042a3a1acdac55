"""Draws passages as cards: the words with their shared stretch in bold, below it the place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.gui.analyse.excerpt import Piece, Weight
from coder_app.gui.analyse.passages_model import PIECES, PLACE
from coder_app.gui.reader.positions import Positions, shown
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.theme.fonts import interface_font, text_font
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex

_LINE_HEIGHT = 1.04
_INSIDE = 12
_BETWEEN = 12
_BATCH = 60
_SCROLL_BAR = 12


class PassagesView(QListView):
    """A list of cards; a click, or Enter, asks to open the place."""

    passage_chosen = Signal(int)
    """The row of the passage to open in its text."""

    def __init__(self, theme: ThemeSource, family: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards = _Card(theme, family, self)
        self.setItemDelegate(self._cards)
        self.setAccessibleName(tr("Passages of the chosen cell"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Heights of long lists are measured a batch at a time, so that the first cards show at once.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setMouseTracking(True)
        set_role(self, "quiet")
        theme.changed.connect(self._measure_again)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._cards.forget)

    def card_width(self) -> int:
        """Return how wide cards are, whether or not there is a scroll bar beside them."""
        return self.width() - _SCROLL_BAR

    def _measure_again(self) -> None:
        self._cards.forget()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._cards.forget()
        super().resizeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.passage_chosen.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.passage_chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _Card(QStyledItemDelegate):
    """Lays out and draws one card; heights are kept until the width, the type or the passages change."""

    def __init__(self, theme: ThemeSource, family: str, view: PassagesView) -> None:
        super().__init__(view)
        self._theme = theme
        self._family = family
        self._view = view
        self._heights: dict[int, int] = {}

    def forget(self) -> None:
        """Measure all cards again when they are needed."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.card_width()
        if index.row() not in self._heights:
            words = self._words(index.data(PIECES) or (), width - 2 * _INSIDE)
            place = QFontMetrics(self._place_font()).height()
            self._heights[index.row()] = round(words.boundingRect().height()) + place + 2 * _INSIDE + 6 + _BETWEEN
        return QSize(width, self._heights[index.row()])

    def _place_font(self) -> QFont:
        return interface_font(self._theme.theme.sizes.label)

    def _words(self, pieces: tuple[Piece, ...], width: int) -> QTextLayout:
        sizes = self._theme.theme.sizes
        words = shown("".join(piece.words for piece in pieces))
        layout = QTextLayout(words, text_font(sizes.interface + 1, self._family))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_formats(pieces, Positions(words), self._theme.theme))
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() * _LINE_HEIGHT
        layout.endLayout()
        return layout

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.theme
        width = self._view.card_width()
        card = QRect(0, option.rect.y(), width, option.rect.height() - _BETWEEN)
        chosen = index == self._view.currentIndex() and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = card.contains(self._view.viewport().mapFromGlobal(self._view.cursor().pos()))
        pen = QPen(theme.accent if chosen else theme.line, theme.line_width + chosen)
        painter.setPen(pen)
        painter.setBrush(theme.hover if hovered and self._view.underMouse() else theme.paper)
        edge = pen.widthF() / 2
        painter.drawRoundedRect(
            QRectF(card).adjusted(edge, edge, -edge, -edge), theme.sizes.card_radius, theme.sizes.card_radius
        )
        inside = card.adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE)
        painter.setPen(theme.ink)
        self._words(index.data(PIECES) or (), inside.width()).draw(painter, QPointF(inside.topLeft()))
        painter.setFont(self._place_font())
        painter.setPen(theme.muted)
        metrics = painter.fontMetrics()
        place = metrics.elidedText(str(index.data(PLACE)), Qt.TextElideMode.ElideMiddle, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, place)
        painter.restore()


def _formats(pieces: tuple[Piece, ...], positions: Positions, theme: Theme) -> list[QTextLayout.FormatRange]:
    found: list[QTextLayout.FormatRange] = []
    place = 0
    for piece in pieces:
        stop = place + len(piece.words)
        start_unit, stop_unit = positions.to_qt(place), positions.to_qt(stop)
        part = QTextLayout.FormatRange()
        part.start = start_unit
        part.length = stop_unit - start_unit
        part.format = _format(piece.weight, theme)
        found.append(part)
        place = stop
    return found


def _format(weight: Weight, theme: Theme) -> QTextCharFormat:
    made = QTextCharFormat()
    colour: QColor = theme.muted if weight is Weight.AROUND else theme.ink
    made.setForeground(colour)
    if weight is Weight.SHARED:
        made.setFontWeight(QFont.Weight.Bold)
    return made
