"""Draws the steps: the day as a heading, then time, sentence and whether it was undone, one line each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.gui.history.days import clock_of
from coder_app.gui.history.model import DAY, STEP
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.i18n import tr
from coder_app.queries.history import HistoryStep

_MARGIN = 20
_TIME = 56
_AIR = 13
_CHIP = 8
_BATCH = 5_000
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, themes: ThemeSource, view: QListView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        day = index.data(DAY)
        if day:
            self._paint_day(painter, option.rect, day)
        else:
            self._paint_step(painter, option, index.data(STEP))
        painter.restore()

    def _paint_day(self, painter: QPainter, rect: QRect, day: str) -> None:
        theme = self._themes.theme
        font = QFont(self._view.font())
        font.setPixelSize(theme.sizes.label)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.muted)
        inside = rect.adjusted(_MARGIN, 0, -_MARGIN, -6)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, day)
        painter.setPen(QPen(theme.line, theme.line_width))
        painter.drawLine(inside.left(), rect.bottom(), inside.right(), rect.bottom())

    def _paint_step(self, painter: QPainter, option: QStyleOptionViewItem, step: HistoryStep | None) -> None:
        theme = self._themes.theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, theme.line_width))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        if step is None:
            return
        inside = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        small = QFont(self._view.font())
        small.setPixelSize(theme.sizes.note)
        painter.setFont(small)
        painter.setPen(theme.muted)
        painter.drawText(inside, _LEFT, clock_of(step.made_at))
        right = inside.right()
        if step.undone_by:
            right = self._paint_chip(painter, inside, tr("undone"))
        font = QFont(self._view.font())
        font.setStrikeOut(bool(step.undone_by))
        painter.setFont(font)
        painter.setPen(theme.muted if step.undone_by or step.step in {"undo", "redo"} else theme.ink)
        line = QRect(inside.left() + _TIME, inside.top(), right - inside.left() - _TIME, inside.height())
        words = QFontMetrics(font).elidedText(step.words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT, words)

    def _paint_chip(self, painter: QPainter, inside: QRect, words: str) -> int:
        """Draw a small frame with words at the right end and return where the room before it ends."""
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(words) + 2 * _CHIP, metrics.height() + 2
        box = QRect(inside.right() - width, inside.center().y() - height // 2, width, height)
        painter.setPen(QPen(self._themes.theme.muted, self._themes.theme.line_width))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return box.left() - _CHIP

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, QFontMetrics(self._view.font()).height() + _AIR)


class StepList(QListView):
    """A list of steps; Enter asks to look at the project as it was after the current one."""

    chosen = Signal(object)
    """The step that is current now, a HistoryStep, or None."""
    look_requested = Signal()

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_StepDelegate(themes, self))
        self.setUniformItemSizes(True)
        # Qt asks for each row: 200,000 of them would keep the window waiting.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Steps"))
        self._wanted = QPersistentModelIndex()
        self.verticalScrollBar().rangeChanged.connect(self._reach)
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)

    def reveal(self, index: QModelIndex) -> None:
        """Scroll to a row, as soon as the rows before it have been laid out."""
        self._wanted = QPersistentModelIndex(index)
        self._reach()

    def _reach(self, *_: object) -> None:
        if self._wanted.isValid():
            index = self.model().index(self._wanted.row(), 0)
            self.scrollTo(index)
            if self.visualRect(index).isValid():
                self._wanted = QPersistentModelIndex()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.data(STEP) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.look_requested.emit()
        else:
            super().keyPressEvent(event)

    def _on_theme(self, _: object) -> None:
        self.doItemsLayout()
