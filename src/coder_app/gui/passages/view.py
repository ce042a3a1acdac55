"""Draws a passage: the words in ink, what surrounds them muted, the place in small type below."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.gui.passages.model import EXTENT, PASSAGE, Extent, ShownPassage
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.theme.fonts import text_font

_MARGIN_X = 34
_MARGIN_Y = 8
_MOST_LINES = 4
_LONGEST = 600
_STRIPE = 3
_AIR = 1.25
_FULL = 0.93  # how full a line is on average, as words break where they do
_SPARED = 0.2
_BROAD_SAMPLE = "\u6587"
_SAMPLE = "The words of a text are of many lengths, and this line has about as many as most."


class PassageDelegate(QStyledItemDelegate):
    """Shows each passage in at most four lines of the text's own type.

    A row's height follows from the number of its letters, so that thousands of rows cost nothing until they
    are seen; only then is a passage read and laid out, in the lines that it was given.
    """

    def __init__(self, themes: ThemeSource, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view
        self.use_theme(themes.theme)

    def use_theme(self, theme: Theme) -> None:
        """Take faces and sizes from `theme`."""
        self._face = text_font(theme.sizes.interface + 2, "")
        self._small = QFont(self._view.font())
        self._small.setPixelSize(theme.sizes.label)
        metrics = QFontMetricsF(self._face)
        self._line = metrics.height() * _AIR
        self._letter = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        # Measured, not assumed: without a font for them they are drawn as narrow boxes.
        self._broad = metrics.horizontalAdvance(_BROAD_SAMPLE)
        self._note = QFontMetricsF(self._small).height() + 4

    def lines(self, extent: Extent, width: float) -> int:
        """Return how many lines a passage gets: an estimate. A little too few costs the end of the context only."""
        own = self._broad if extent.is_broad else self._letter
        needed = ((extent.around + 2) * self._letter + min(extent.own, _LONGEST) * own) / (width * _FULL)
        return min(_MOST_LINES, max(1, math.ceil(needed - _SPARED)))

    def lay_out(self, passage: ShownPassage, width: float, lines: int) -> QTextLayout:
        """Return a passage in at most `lines` lines, its own words in ink, the others muted."""
        theme = self._themes.theme
        before, after = passage.before.replace("\n", " "), passage.after.replace("\n", " ")
        words = passage.text.replace("\n", " ")
        words = words if len(words) <= _LONGEST else words[:_LONGEST] + " …"
        layout = QTextLayout("…" + before + words + after + "…", self._face)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        first = _utf16(before) + 1
        layout.setFormats(
            [
                _range(0, first, theme.muted),
                _range(first, _utf16(words), theme.ink),
                _range(first + _utf16(words), _utf16(after) + 1, theme.muted),
            ]
        )
        whole = layout.text()
        shown = self._fill(layout, width, lines)
        if shown < _utf16(whole):
            layout.setText(_first_units(whole, shown - 2).rstrip() + "…")
            self._fill(layout, width, lines)
        return layout

    def _fill(self, layout: QTextLayout, width: float, lines: int) -> int:
        """Break the words into at most `lines` lines and return how many UTF-16 units these hold."""
        shown = 0
        layout.beginLayout()
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * self._line))
            shown = line.textStart() + line.textLength()
        layout.endLayout()
        return shown

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        passage = index.data(PASSAGE)
        theme = self._themes.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        inside = option.rect.adjusted(_MARGIN_X, _MARGIN_Y, -_MARGIN_X, -_MARGIN_Y)
        if passage.colour:
            stripe = QRect(inside.left() - 14, inside.top(), _STRIPE, inside.height())
            painter.fillRect(stripe, QColor(passage.colour))
        layout = self.lay_out(passage, inside.width(), self.lines(index.data(EXTENT), inside.width()))
        painter.setPen(theme.ink)
        layout.draw(painter, QPointF(inside.topLeft()))
        painter.setFont(self._small)
        painter.setPen(theme.muted)
        left = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        metrics = QFontMetricsF(self._small)
        where = metrics.elidedText(passage.where, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, left, where)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        lines = self.lines(index.data(EXTENT), max(100, width - 2 * _MARGIN_X))
        return QSize(width, round(lines * self._line + self._note) + 2 * _MARGIN_Y)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")


def _range(start: int, length: int, colour: QColor) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setForeground(colour)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form  # type: ignore[attr-defined]  # missing in the stubs
    return made


class PassageList(QListView):
    """A list of passages; Enter or a click opens one."""

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = PassageDelegate(themes, self)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)

    def _on_theme(self, theme: Theme) -> None:
        self._delegate.use_theme(theme)
        self.doItemsLayout()
