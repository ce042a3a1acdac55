"""A read-only text with a caret, set in a column that can be read, in a margin that can be drawn on.

The outside speaks in code points; Qt's positions stay in here and in the drawing below it.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coder_app.domain.imported import Block
from coder_app.gui.reader.geometry import ScreenLine, is_mixed, line_at, rects
from coder_app.gui.reader.layout import SIDE, ReaderLayout, ReaderStyle
from coder_app.gui.reader.positions import Positions, shown
from coder_app.gui.theme import Theme
from coder_app.gui.theme.fonts import text_font

_SAMPLE = "The words of a text are of many lengths, and this line has about as many as most."
_FULL = 0.94  # how full a line is on average, as words break where they do
_FEWEST_COLUMNS = 36
_MOST_INDENT = 120
_NARROW_MARGIN = 64
_NARROWEST_WITH_STRIP = 240
_THIRD = 3
STRIP = 14
"""The width of the map of the whole text at the right edge, in pixels."""
_WHEEL_STEP = 120


class TextColumn(QPlainTextEdit):
    """The text of a source in a column. All positions are code points of the canonical text."""

    caret_moved = Signal(int)
    selection_changed = Signal(int, int)
    column_changed = Signal(int, int)
    """Left edge and width of the words, in pixels of this widget: for what stands above them."""
    zoom_requested = Signal(int)
    """Ctrl and the wheel: how many steps larger."""

    def __init__(self, theme: Theme, style: ReaderStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style
        self._text = ""
        self._positions = Positions("")
        self._strip = 0
        # Each repaint asks three times for the same lines.
        self._lines: list[ScreenLine] = []
        self._lines_for: tuple[int, int, float, float, int] | None = None
        self.setProperty("role", "reader")
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(SIDE)
        self._layout = ReaderLayout(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        document.setDefaultTextOption(option)
        self.cursorPositionChanged.connect(lambda: self.caret_moved.emit(self.caret()))
        self.selectionChanged.connect(self._selection_was_changed)
        self._apply_style()

    # the text

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self._text

    @property
    def reader_style(self) -> ReaderStyle:
        """How the text is set."""
        return self._style

    def set_text(self, text: str, blocks: Iterable[Block] = ()) -> None:
        """Show `text` from its start; blocks of kind "heading" are drawn larger and bold."""
        self._text = text
        self._positions = Positions(text)
        headings = [block for block in blocks if block.kind == "heading"]
        self._layout.set_headings((self._positions.to_qt(block.start), block.level) for block in headings)
        self.setPlainText(shown(text))
        self._layout.estimate(self._per_line(), anew=True)

    def set_reader_style(self, style: ReaderStyle) -> None:
        """Set the text in another face, size or width; the place that is read stays."""
        top = self.first_position()
        self._style = style
        self._apply_style()
        self._fit_column()
        self._layout.estimate(self._per_line())
        self.scroll_to(top)

    def _apply_style(self) -> None:
        self.setFont(text_font(self._style.pixels, self._style.family))
        self.document().setDefaultFont(self.font())
        self._layout.set_style(self._style)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`. The selection is drawn by the reader itself, a band high."""
        self._theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.ink)
        self.setPalette(palette)
        self.viewport().update()

    # caret and selection

    def caret(self) -> int:
        """Return where the caret stands."""
        return self._positions.from_qt(self.textCursor().position())

    def selection(self) -> tuple[int, int]:
        """Return the selected range; the caret's place twice where nothing is selected."""
        cursor = self.textCursor()
        return self._positions.from_qt(cursor.selectionStart()), self._positions.from_qt(cursor.selectionEnd())

    def select(self, start: int, stop: int) -> None:
        """Select a range, the caret at its stop; an empty one only moves the caret. Does not scroll."""
        length = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._positions.to_qt(max(start, 0)), length))
        cursor.setPosition(min(self._positions.to_qt(max(stop, 0)), length), QTextCursor.MoveMode.KeepAnchor)
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)

    def _selection_was_changed(self) -> None:
        self.viewport().update()  # Qt repaints the letters only, but bands are higher
        self.selection_changed.emit(*self.selection())

    # places

    def screen_lines(self) -> list[ScreenLine]:
        """Return the lines on the screen, from above."""
        block, offset, height = self.firstVisibleBlock(), self.contentOffset(), self.viewport().height()
        asked = self._layout.generation, block.blockNumber(), offset.x(), offset.y(), height
        if asked != self._lines_for:
            self._lines = self._find_lines(block, offset, height)
            self._lines_for = self._layout.generation, *asked[1:]
        return self._lines

    def _find_lines(self, block: QTextBlock, offset: QPointF, height: int) -> list[ScreenLine]:
        lines: list[ScreenLine] = []
        while block.isValid() and offset.y() < height:
            block_height = self._layout.blockBoundingRect(block).height()
            lines += self._lines_of(block, offset, height)
            offset = offset + QPointF(0, block_height)
            block = block.next()
        return lines

    def _lines_of(self, block: QTextBlock, origin: QPointF, height: int) -> list[ScreenLine]:
        first, last = block.position(), block.position() + block.length() - 1
        text = block.text()
        mixed = is_mixed(text)
        is_reversed = mixed and block.textDirection() == Qt.LayoutDirection.RightToLeft
        made: list[ScreenLine] = []
        for band in self._layout.bands(block, -origin.y(), height - origin.y()):
            start = first + band.line.textStart()
            stop = start + band.line.textLength()
            words = self._line_words(block, band.line.textStart(), band.line.textLength())
            made.append(
                ScreenLine(
                    line=band.line,
                    block_start=first,
                    block_stop=last,
                    start=start,
                    stop=stop,
                    words_stop=stop - (len(words) - len(words.rstrip())),
                    origin=origin,
                    top=origin.y() + band.top,
                    bottom=origin.y() + band.bottom,
                    is_mixed=mixed,
                    is_reversed=is_reversed,
                    is_last=stop == last,
                )
            )
        return made

    def _line_words(self, block: QTextBlock, start: int, length: int) -> str:
        """Return a piece of a block; both are units of Qt's."""
        first = block.position() + start
        return self._text[self._positions.from_qt(first) : self._positions.from_qt(first + length)]

    def position_at(self, point: QPointF) -> int:
        """Return the place between two characters nearest to `point` (pixels of the viewport)."""
        line = line_at(self.screen_lines(), point.y())
        return self._positions.from_qt(line.unit_at(point.x())) if line else 0

    def character_at(self, point: QPointF) -> int | None:
        """Return the character under `point` (pixels of the viewport); None beside the words."""
        line = line_at(self.screen_lines(), point.y())
        if line is None or point.y() >= line.bottom:
            return None
        words = line.words_rect()
        if not words.left() <= point.x() < words.right():
            return None
        return self._positions.from_qt(line.unit_at(point.x(), on_character=True))

    def rects_of(self, start: int, stop: int) -> list[QRectF]:
        """Return the places of a range on the screen, in pixels of the viewport."""
        return rects(self.screen_lines(), self._positions.to_qt(start), self._positions.to_qt(stop))

    def first_position(self) -> int:
        """Return the first character on the screen."""
        lines = [line for line in self.screen_lines() if line.top > -1]
        return self._positions.from_qt(lines[0].start) if lines else 0

    def visible_range(self) -> tuple[int, int]:
        """Return about what is on the screen, without looking at its lines."""
        bar = self.verticalScrollBar()
        return self._position_of_line(bar.value()), self._position_of_line(bar.value() + bar.pageStep())

    def _position_of_line(self, number: int) -> int:
        block = self.document().findBlockByLineNumber(number)
        if not block.isValid():
            return len(self._text)
        share = (number - block.firstLineNumber()) / max(block.lineCount(), 1)
        return self._positions.from_qt(block.position() + int(share * block.length()))

    # scrolling

    def reveal(self, start: int, stop: int) -> None:
        """Scroll so that the range stands in the upper third, unless all of it is well in sight already."""
        height = self.viewport().height()
        seen = self.rects_of(start, max(stop, start + 1))
        lines = self.screen_lines()
        whole = bool(lines) and self._positions.to_qt(start) >= lines[0].start
        whole = whole and self._positions.to_qt(stop) <= lines[-1].stop
        if whole and seen and seen[0].top() >= 0 and seen[-1].bottom() <= height * 0.8:
            return
        self.scroll_to(start, height / _THIRD)

    def keep_in_sight(self, position: int) -> None:
        """Scroll to a character that is not seen; where it is seen, the text stays."""
        seen = self.rects_of(position, position + 1)
        if not seen or seen[0].top() < 0 or seen[0].bottom() > self.viewport().height():
            self.reveal(position, position)

    def scroll_to(self, position: int, above: float = 0) -> None:
        """Scroll so that the line of `position` has `above` pixels of text over it, as far as there is text."""
        # A place that was left in a longer text, which a shorter one has replaced.
        position = min(position, len(self._text))
        block = self.document().findBlock(self._positions.to_qt(position))
        self._layout.blockBoundingRect(block)
        inside = self._positions.to_qt(position) - block.position()
        borders = self._layout.borders(block)
        number = max(block.layout().lineForTextPosition(inside).lineNumber(), 0)
        room = above
        while room >= self._layout.pitch:
            while number and room >= self._layout.pitch:
                number -= 1
                room -= borders[number + 1] - borders[number]
            if number or not block.previous().isValid():
                break
            block = block.previous()
            height = self._layout.blockBoundingRect(block).height()
            borders = self._layout.borders(block)
            room -= height - borders[-1]
            number = len(borders) - 1
        self.verticalScrollBar().setValue(block.firstLineNumber() + number)

    # Qt's overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        fitted = self._fit_column()  # which resizes the viewport once more
        now = self.viewport().size()
        if now.width() == self._layout.width:
            if not fitted:
                super().resizeEvent(QResizeEvent(now, QSize(now.width(), event.oldSize().height())))
            return
        top = self.first_position() if self._layout.width else 0
        self._layout.set_width(now.width())
        super().resizeEvent(QResizeEvent(now, QSize(-1, -1)))
        self._layout.estimate(self._per_line())
        self.scroll_to(top)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def _letter(self) -> float:
        """Return how wide a letter is on average, in pixels."""
        return QFontMetricsF(self.font()).horizontalAdvance(_SAMPLE) / len(_SAMPLE)

    def _per_line(self) -> int:
        """Return about how many characters a line holds at the width of today."""
        width = self._layout.width - 2 * SIDE
        return min(self._style.columns, round(width / self._letter() * _FULL)) if width > 0 else self._style.columns

    def _fit_column(self) -> bool:
        """Share the width among air, words and margin, the words first; return whether anything changed."""
        letter = self._letter()
        left = max(round(self._theme.sizes.wide - SIDE), self._numbers_width())
        margins = self.viewportMargins()
        whole = self.viewport().width() + margins.left() + margins.right()
        self._strip = strip = STRIP if self._style.minimap and whole > _NARROWEST_WITH_STRIP else 0
        room = whole - left - strip
        wanted = round(letter * self._style.columns / _FULL + 2 * SIDE)
        fewest = round(letter * _FEWEST_COLUMNS + 2 * SIDE)
        indent = min(max(room - wanted - self._style.margin, 0) // 4, _MOST_INDENT)
        left, room = left + indent, room - indent
        least = _NARROW_MARGIN if self._style.margin else 0
        column = max(min(wanted, room - self._style.margin), min(fewest, room - least), 1)
        right = max(room - column, 0) + strip
        if (margins.left(), margins.right()) == (left, right):
            return False
        self.setViewportMargins(left, 0, right, 0)
        self.column_changed.emit(round(left + SIDE), round(column - 2 * SIDE))
        return True

    def _numbers_width(self) -> int:
        """Return the room that numbers beside the text need, in pixels: none here."""
        return 0

    def snapped(self, event: QMouseEvent) -> QMouseEvent:
        """Return `event` moved onto the letters of its line: Qt takes the air between lines for a line's end."""
        point = event.position()
        line = line_at(self.screen_lines(), point.y())
        if line is None or not 0 <= point.y() < self.viewport().height():
            return event
        words = line.words_rect()
        y = min(max(point.y(), words.top() + 1), words.bottom() - 1)
        beside = line.blank_at_end()
        x = line.x(line.unit_at(point.x())) + beside if beside else point.x()
        moved = QPointF(x, y)
        return QMouseEvent(
            event.type(), moved, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )

    def caret_point(self) -> QPoint:
        """Return the middle of the caret, in pixels of the viewport."""
        return self.cursorRect().center()
