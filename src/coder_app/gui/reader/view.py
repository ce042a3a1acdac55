"""The reader's view: every gesture of the mouse on a text and its codings, told to the outside as wishes."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from coder_app.domain.text import paragraph_at, sentence_at, word_at
from coder_app.gui.reader.edges import moved, taken
from coder_app.gui.reader.geometry import line_at
from coder_app.gui.reader.layout import ReaderStyle
from coder_app.gui.reader.margin import tip
from coder_app.gui.reader.mime import CODE_MIME, codes_in, selection_data
from coder_app.gui.reader.selecting import SelectingText
from coder_app.gui.theme import ThemeSource

_GRAB = 6.0
_WORD_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class ReaderView(SelectingText):
    """A text with its codings. Positions are code points; it changes no project, it tells what is wanted."""

    coding_chosen = Signal(object)
    """A click chose this coding (its id), or let go of the chosen one (None)."""
    recode_requested = Signal(str)
    """The bracket of this coding, which is chosen, was double-clicked."""
    coding_wanted = Signal()
    """Enter was pressed where nothing is selected and nothing coded."""
    resize_requested = Signal(str, int, int)
    """An end of a coding was dragged: coding id, start, stop. Its whole segment is meant."""
    code_dropped = Signal(str, int, int)
    """A code (its id) was dropped on the selection or on a coding, whose range is given."""
    context_menu_requested = Signal(QPoint)
    """In global pixels; the caret stands there already, unless the place was selected."""

    def __init__(self, themes: ThemeSource, style: ReaderStyle | None = None, parent: QWidget | None = None) -> None:
        super().__init__(themes, style, parent)
        self._pressed: QPointF | None = None
        self._double_clicked: tuple[int, QPointF] | None = None
        self._is_own_press = False
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        # A click beside the text goes to the text: the keys, and the menu, mean what was clicked.
        self.margin.coding_pressed.connect(lambda: self.setFocus(Qt.FocusReason.MouseFocusReason))
        self.margin.coding_pressed.connect(self._choose_by_hand)
        self.margin.menu_requested.connect(self.context_menu_requested)
        self.margin.recode_requested.connect(self.recode_requested)
        self.margin.edge_pressed.connect(self._take_edge)
        self.margin.edge_moved.connect(self._move_edge_from_margin)
        self.margin.edge_released.connect(self._release_edge)

    # pressing, moving, letting go

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()  # the right button opens the menu and leaves the selection alone
            return
        self._pressed = None
        self._is_own_press = False
        grip = self._grip_at(event.position())
        if grip is not None and self._chosen:
            self._take_edge(self._chosen, grip)
        elif self._is_third_click(event):
            self._is_own_press = True
            self.select(*paragraph_at(self.text, self.position_at(event.position())))
        else:
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._pressed = event.position()
            super().mousePressEvent(self.snapped(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._move_edge(event.position(), by_character=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return
        if not self._is_own_press:
            super().mouseMoveEvent(self.snapped(event))
        if not event.buttons():
            on_grip = self._grip_at(event.position()) is not None
            shape = Qt.CursorShape.SizeHorCursor if on_grip else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._release_edge()
            return
        if self._is_own_press:
            # Qt remembers the press before, and would clear what was selected if that was on a selection.
            self._is_own_press = False
            return
        super().mouseReleaseEvent(self.snapped(event))
        pressed, self._pressed = self._pressed, None
        start, stop = self.selection()
        if pressed is not None and start == stop:
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._double_clicked = event.timestamp(), event.position()
        self._pressed = None
        self._is_own_press = True
        position = self.character_at(event.position())
        if position is None:
            position = self.position_at(event.position())
        stretch_at = word_at if event.modifiers() & _WORD_KEYS else sentence_at
        self.select(*stretch_at(self.text, position))

    def _is_third_click(self, event: QMouseEvent) -> bool:
        before, self._double_clicked = self._double_clicked, None
        if before is None:
            return False
        soon = event.timestamp() - before[0] <= QApplication.doubleClickInterval()
        near = (event.position() - before[1]).manhattanLength() <= QApplication.startDragDistance()
        return soon and near

    def _click(self, point: QPointF) -> None:
        """Choose the innermost coding under `point`; a click on the chosen one goes on to the next outer one."""
        position = self.character_at(point)
        ids = [span.coding_id for span in self._index.at(position)] if position is not None else []
        if not ids:
            self._choose_by_hand(None)
        elif self._chosen in ids:
            self._choose_by_hand(ids[ids.index(self._chosen) - 1])
        else:
            self._choose_by_hand(ids[-1])

    def _choose_by_hand(self, coding_id: str | None) -> None:
        if coding_id == self._chosen:
            return
        self.choose(coding_id)
        self.coding_chosen.emit(coding_id)

    # moving an end of a coding

    def _grip_at(self, point: QPointF) -> bool | None:
        """Return whether the handle under `point` is the start's; None if there is no handle."""
        span = self._chosen_span()
        if span is None:
            return None
        for is_start, top, bottom in self._grips(self.screen_lines(), span):
            if abs(point.x() - top.x()) <= _GRAB and top.y() - _GRAB <= point.y() <= bottom + _GRAB:
                return is_start
        return None

    def _take_edge(self, coding_id: str, is_start: bool) -> None:  # noqa: FBT001 - a slot
        span = self._index.get(coding_id)
        self._drag = taken(span, is_start=is_start) if span else None

    def _move_edge(self, point: QPointF, *, by_character: bool) -> None:
        if self._drag is None:
            return
        height = self.viewport().height()
        if not 0 <= point.y() < height:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (1 if point.y() > 0 else -1))
        place = self.position_at(QPointF(point.x(), min(max(point.y(), 0), height - 1)))
        self._drag = moved(self._drag, self.text, place, by_character=by_character)
        self.viewport().update()
        self.margin.update()

    def _move_edge_from_margin(self, point: QPointF, by_character: bool) -> None:  # noqa: FBT001 - a slot
        x = point.x() + self.viewport().width()
        if self._drag is not None and point.x() >= 0:
            # Beside the text a start means the line's start, a stop its end, whichever way the script runs.
            line = line_at(self.screen_lines(), point.y())
            is_reversed = line is not None and line.is_reversed
            x = 0 if self._drag.is_start != is_reversed else self.viewport().width()
        self._move_edge(QPointF(x, point.y()), by_character=by_character)

    def _release_edge(self) -> None:
        drag, self._drag = self._drag, None
        self.viewport().update()
        self.margin.update()
        if drag is not None and drag.has_moved:
            self.resize_requested.emit(drag.span.coding_id, drag.start, drag.stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self.viewport().update()
            self.margin.update()
            return
        if event.key() == Qt.Key.Key_Escape and self._block_start is not None:
            self.drop_block()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            # Where there is a passage, the window takes the key before.
            self.coding_wanted.emit()
        super().keyPressEvent(event)

    # dragging words out, dropping codes in

    def createMimeDataFromSelection(self) -> QMimeData:
        start, stop = self.selection()
        return selection_data(start, stop, self.text[start:stop])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._show_drop(self._drop_range(event.position()) if event.mimeData().hasFormat(CODE_MIME) else None)
        if self._drop is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        reach = self._drop_range(event.position())
        self._show_drop(None)
        if reach is None:
            event.ignore()
            return
        event.acceptProposedAction()
        for code_id in codes_in(event.mimeData()):
            self.code_dropped.emit(code_id, *reach)

    def _drop_range(self, point: QPointF) -> tuple[int, int] | None:
        """Return what a code dropped at `point` would code: the selection, else the innermost coding there."""
        position = self.character_at(point)
        if position is None:
            return None
        start, stop = self.selection()
        if start <= position < stop:
            return start, stop
        spans = self._index.at(position)
        return (spans[-1].start, spans[-1].stop) if spans else None

    def _show_drop(self, reach: tuple[int, int] | None) -> None:
        if reach != self._drop:
            self._drop = reach
            self.viewport().update()

    # menu and tooltip

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = self.cursorRect().center()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = event.pos()
            position = self.position_at(QPointF(point))
            start, stop = self.selection()
            if not start <= position < stop:
                self.select(position, position)
                self._click(QPointF(point))
        self.context_menu_requested.emit(self.viewport().mapToGlobal(point))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self.character_at(QPointF(event.pos()))
            spans = self._index.at(position) if position is not None else []
            QToolTip.showText(event.globalPos(), tip(spans, self._to_check), self.viewport())
            return True
        return super().viewportEvent(event)
