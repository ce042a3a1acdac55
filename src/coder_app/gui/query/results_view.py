"""The table of passages: words in several lines, headings across, keys to open, code and uncode."""

import re

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.gui.query.results_model import HEADING, WORDS, Index, ResultsModel
from coder_app.gui.reader.positions import Positions, shown
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.gui.theme.fonts import interface_font
from coder_app.i18n import tr
from coder_app.queries.quotes import Words

LINES = 3
"""So many lines of a passage are shown."""

_GAPS = re.compile(r"\s+")
_INSIDE = 7
_BEFORE = 40
_WIDTHS = {"before": 240, "after": 240, "codes": 210, "source": 150, "memo": 170, "start": 80, "stop": 80}
_USUAL_WIDTH = 100
_LEAST_TEXT = 300
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_C: "code",
    Qt.Key.Key_Delete: "uncode",
    Qt.Key.Key_X: "uncode",
    Qt.Key.Key_M: "memo",
}


class ResultsView(QTableView):
    """Shows a ResultsModel; Enter or a double click opens the place."""

    opened = Signal(int)
    """The row whose passage is to be read in its text."""
    code_requested = Signal()
    recode_requested = Signal()
    uncode_requested = Signal()
    memo_requested = Signal()

    def __init__(self, theme: ThemeSource, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._results = model
        self._widths: dict[str, int] = {}
        self._fitting = False
        self.setModel(model)
        self.setItemDelegate(_Cell(theme, self))
        self.setAccessibleName(tr("Passages found"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        set_role(self, "rows")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.sectionResized.connect(self._on_resized)
        self.doubleClicked.connect(self._open_index)
        theme.changed.connect(self._measure)
        self._measure()

    def _open_index(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _measure(self) -> None:
        lines = self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(LINES * lines + 2 * _INSIDE)

    def arrange(self) -> None:
        """Give the columns their widths, and the headings of groups the whole one."""
        columns = self._results.columns
        self._fit()
        self.clearSpans()
        answer = self._results.answer
        if answer is None:
            return
        low = self.fontMetrics().lineSpacing() + 2 * _INSIDE + 6
        for row in answer.headings():
            if len(columns) > 1:
                self.setSpan(row, 0, 1, len(columns))
            self.setRowHeight(row, low)

    def _fit(self) -> None:
        """Give the passages what the other columns leave, unless somebody has drawn them wider or narrower."""
        columns = self._results.columns
        self._fitting = True
        widths = {one: self._widths.get(one, _WIDTHS.get(one, _USUAL_WIDTH)) for one in columns}
        if "text" in widths and "text" not in self._widths:
            left = self.viewport().width() - sum(width for one, width in widths.items() if one != "text")
            widths["text"] = max(_LEAST_TEXT, left)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, widths[column])
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        if section < len(self._results.columns) and width and not self._fitting:
            self._widths[self._results.columns[section]] = width

    def chosen_rows(self) -> list[int]:
        """Return the rows of passages that are selected, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for row in rows if self._results.place(row) is not None]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _meant(event):
            # The window has actions on these keys, which mean the text and not this table.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match _meant(event):
            case "open":
                if self.currentIndex().isValid():
                    self.opened.emit(self.currentIndex().row())
            case "code":
                self.code_requested.emit()
            case "recode":
                self.recode_requested.emit()
            case "uncode":
                self.uncode_requested.emit()
            case "memo":
                self.memo_requested.emit()
            case _:
                super().keyPressEvent(event)


def _meant(event: QKeyEvent) -> str:
    """Return what a key asks for: the keys are those of the text."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
        return "recode" if shift and event.key() == Qt.Key.Key_R else ""
    return _KEYS.get(Qt.Key(event.key()), "")


class _Cell(QStyledItemDelegate):
    """Draws words in a few lines; of the passage also what surrounds it, in grey."""

    def __init__(self, theme: ThemeSource, view: ResultsView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_USUAL_WIDTH, self._view.verticalHeader().defaultSectionSize())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.theme
        painter.save()
        painter.setClipRect(option.rect)
        is_heading = bool(index.data(HEADING))
        if is_heading:
            painter.fillRect(option.rect, theme.panel)
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        painter.setPen(theme.line)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inside = option.rect.adjusted(_INSIDE + 1, _INSIDE, -_INSIDE, -_INSIDE)
        words = index.data(WORDS)
        if isinstance(words, Words):
            self._draw(painter, inside, *_around(words))
        else:
            self._draw(painter, inside, "", str(index.data() or ""), "", bold=is_heading)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus() and not is_heading:
            painter.setPen(theme.accent)
            painter.drawLine(option.rect.topLeft(), option.rect.bottomLeft())
        painter.restore()

    def _draw(
        self, painter: QPainter, inside: QRect, before: str, text: str, after: str, *, bold: bool = False
    ) -> None:
        theme = self._theme.theme
        font = interface_font(theme.sizes.interface)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        layout = QTextLayout(before + text + after, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        positions = Positions(before + text + after)
        bounds = [0, len(before), len(before + text), len(before + text + after)]
        places = [positions.to_qt(bound) for bound in bounds]
        formats: list[QTextLayout.FormatRange] = []
        for start, stop, colour in zip(places, places[1:], (theme.muted, theme.ink, theme.muted), strict=False):
            look = QTextCharFormat()
            look.setForeground(colour)
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, stop - start, look
            formats.append(part)
        layout.setFormats(formats)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(inside.width())
            line.setPosition(QPointF(0, y))
            y += line.height()
            if y + line.height() > inside.height() + 2:
                break
        layout.endLayout()
        layout.draw(painter, QPointF(inside.topLeft()), [], QRectF(inside))


def _around(words: Words) -> tuple[str, str, str]:
    """Return a passage with a little of what stands in front, so that it stays in sight, on lines without breaks."""
    before, text, after = (shown(_GAPS.sub(" ", part)) for part in words)
    begin = before[-_BEFORE:]
    return (f"… {begin.partition(' ')[2]}" if len(before) > _BEFORE else begin), text, after
