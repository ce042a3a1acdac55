"""Draws hits in one line each under headings that fold, and knows the keys with which one walks through them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from coder_app.gui.passages.hits import HEADING, Heading
from coder_app.gui.passages.model import PASSAGE, ShownPassage
from coder_app.gui.passages.view import PassageDelegate
from coder_app.gui.theme import Theme, ThemeSource, icon

_LEFT = 34
_RIGHT = 20
_INDENT = 20
_GAP = 14
_CHEVRON = 16
_TICK = 15
_SWATCH = 9
_AIR = 4
_BEFORE = 38
_NAMED = 2
_CODES_SHARE = 0.34
_LONGEST_NAME = 112


class HitDelegate(PassageDelegate):
    """One line for everything, so that a million rows need no measuring."""

    def __init__(self, themes: ThemeSource, view: QAbstractItemView) -> None:
        super().__init__(themes, view)
        self._before = _BEFORE

    def use_theme(self, theme: Theme) -> None:
        """Take faces and sizes from `theme`."""
        super().use_theme(theme)
        self._strong = QFont(self._view.font())
        self._strong.setPixelSize(theme.sizes.interface)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._note_font = QFont(self._view.font())
        self._note_font.setPixelSize(theme.sizes.note)
        self._icons = {True: icon("chevron_down", theme, theme.muted), False: icon("chevron_right", theme, theme.muted)}

    def row_height(self) -> int:
        """Return the height of every row in pixels."""
        return round(self._line) + _AIR

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._view.viewport().width(), self.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        painter.save()
        painter.setClipRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.accent)
        inside = option.rect.adjusted(_LEFT - _CHEVRON, 0, -_RIGHT, 0)
        heading = index.data(HEADING)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if heading is not None:
            self._paint_heading(painter, inside, heading, ticked)
        else:
            self._paint_hit(painter, inside.adjusted(_CHEVRON, 0, 0, 0), index.data(PASSAGE), ticked)
        painter.restore()

    def _paint_heading(self, painter: QPainter, inside: QRect, heading: Heading, ticked: int | None) -> None:
        theme = self._themes.theme
        middle = inside.center().y()
        self._icons[heading.is_open].paint(painter, QRect(inside.left() - 4, middle - 7, _CHEVRON, _CHEVRON))
        left = inside.left() + _CHEVRON
        if ticked is not None:
            _paint_tick(painter, QRectF(left, middle - _TICK / 2 + 1, _TICK, _TICK), Qt.CheckState(ticked), theme)
            left += _TICK + 8
        if heading.colour:
            _paint_swatch(painter, left, middle, heading.colour)
            left += _SWATCH + 8
        metrics = QFontMetricsF(self._strong)
        room = inside.right() - left - 80
        title = metrics.elidedText(heading.title, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(self._strong)
        painter.setPen(theme.ink)
        painter.drawText(QRect(left, inside.top(), int(room), inside.height()), _MIDDLE, title)
        painter.setFont(self._note_font)
        painter.setPen(theme.muted)
        at = left + int(metrics.horizontalAdvance(title)) + 8
        painter.drawText(QRect(at, inside.top(), 80, inside.height()), _MIDDLE, f"{heading.count:,}")

    def _paint_hit(self, painter: QPainter, inside: QRect, passage: ShownPassage, ticked: int | None) -> None:
        theme = self._themes.theme
        left = inside.left()
        if ticked is not None:
            box = QRectF(left, inside.center().y() - _TICK / 2 + 1, _TICK, _TICK)
            _paint_tick(painter, box, Qt.CheckState(ticked), theme)
        if ticked is not None:
            left += _INDENT + 4
        right = inside.right() - self._paint_notes(painter, inside, passage)
        width = right - left - _GAP
        layout = self.lay_out(_shortened(passage, self._before), width, 1)
        painter.setPen(theme.muted if ticked == Qt.CheckState.Unchecked.value else theme.ink)
        layout.draw(painter, QPointF(left, inside.top() + (inside.height() - layout.boundingRect().height()) / 2))

    def _paint_notes(self, painter: QPainter, inside: QRect, passage: ShownPassage) -> int:
        """Draw at the right what codes cover the hit, or where it stands; return how broad that is."""
        notes = _notes(passage)
        if not notes:
            return 0
        metrics = QFontMetricsF(self._note_font)
        most = inside.width() * _CODES_SHARE
        painter.setFont(self._note_font)
        placed: list[tuple[str, str, float]] = []
        used = 0.0
        for words, colour in notes:
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, min(_LONGEST_NAME, most))
            width = metrics.horizontalAdvance(shown) + (_SWATCH + 5 if colour else 0)
            placed.append((shown, colour, width))
            used += width + 10
        at = inside.right() - used + 10
        for shown, colour, width in placed:
            x = at
            if colour:
                _paint_swatch(painter, round(at), inside.center().y(), colour)
                x += _SWATCH + 5
            painter.setPen(self._themes.theme.muted)
            painter.drawText(QRectF(x, inside.top(), width + 4, inside.height()), _MIDDLE, shown)
            at += width + 10
        return round(used)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _notes(passage: ShownPassage) -> list[tuple[str, str]]:
    """Return words and colours for the right of a row: two codes at most by name, the others as a number."""
    notes = list(passage.codes[:_NAMED])
    if len(passage.codes) > _NAMED:
        notes.append((f"+{len(passage.codes) - _NAMED}", ""))
    return [*notes, (passage.where, "")] if passage.where else notes


def _shortened(passage: ShownPassage, most: int) -> ShownPassage:
    """Return the passage with so little before the words that these are always in sight."""
    before = " ".join(passage.before.split())
    if len(before) > most:
        before = before[-most:].split(" ", 1)[-1]
    if passage.before[-1:].isspace():
        before += " "
    return ShownPassage(passage.source_id, passage.start, passage.stop, before, passage.text, passage.after, "")


def _paint_swatch(painter: QPainter, left: int, middle: int, colour: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(left, middle - _SWATCH / 2 + 1, _SWATCH, _SWATCH), 2.5, 2.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_tick(painter: QPainter, box: QRectF, state: Qt.CheckState, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    empty = state == Qt.CheckState.Unchecked
    painter.setPen(QPen(theme.muted if empty else theme.accent, theme.line_width))
    painter.setBrush(theme.paper if empty else theme.accent)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if empty:
        return
    painter.setPen(QPen(theme.on_accent, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    x, y, side = box.left(), box.top(), box.width()
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(x + side * 0.28, y + side * 0.5), QPointF(x + side * 0.72, y + side * 0.5))
        return
    corners = ((0.25, 0.53), (0.43, 0.7), (0.75, 0.32))
    painter.drawPolyline([QPointF(x + side * right, y + side * down) for right, down in corners])
