"""The rows of the work list: what was marked, what stands there now, where it is and what it is coded with."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.domain.alignment import same_before, same_from
from coder_app.gui.correcting.told import codes_and_coders
from coder_app.gui.reader.positions import as_units
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.theme.fonts import text_font
from coder_app.i18n import tr
from coder_app.queries.placing import SegmentToCheck

_MARGIN_X, _MARGIN_Y = 34, 8
_LABEL_WIDTH = 48
_AROUND = 40
_LONGEST = 400
_FAR = 100_000.0

Index = QModelIndex | QPersistentModelIndex


class ToCheckModel(QAbstractListModel):
    """The segments to check, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SegmentToCheck] = []

    def show(self, rows: Sequence[SegmentToCheck]) -> None:
        """Show these segments."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> SegmentToCheck | None:
        """Return the segment in a row; None where there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own shape
        one = self.row(index.row())
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return one.quote
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("Was: {quote}. Now: {guess}. {where}", quote=one.quote, guess=one.guess, where=where(one))
        return None


def where(one: SegmentToCheck) -> str:
    """Return the source of a segment, its codes and its coders."""
    return f"{one.source} · {codes_and_coders(one)}"


class _Part(NamedTuple):
    """Some words of a line and how they look."""

    words: str
    colour: QColor
    is_bold: bool = False


class _Row(QStyledItemDelegate):
    """Draws three lines: the words then, in their context; the words now; the place."""

    def __init__(self, themes: ThemeSource, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.use_theme(themes.theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._face = text_font(theme.sizes.interface + 2, "")
        self._small = QFont(self._view.font())
        self._small.setPixelSize(theme.sizes.label)
        self._line = round(QFontMetricsF(self._face).height() * 1.25)
        self._note = round(QFontMetricsF(self._small).height() + 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 2 * self._line + self._note + 2 * _MARGIN_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        one = model.row(index.row()) if isinstance(model, ToCheckModel) else None
        if one is None:
            return
        theme = self._theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.accent)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        inside = option.rect.adjusted(_MARGIN_X, _MARGIN_Y, -_MARGIN_X, -_MARGIN_Y)
        first, second = QRect(inside), QRect(inside)
        first.setHeight(self._line)
        second.setTop(inside.top() + self._line)
        second.setHeight(self._line)
        same = _same(one.quote, one.guess)
        then = _told(one.quote, *same, theme.ink)
        if same[0] <= _AROUND:
            then.insert(0, _Part("…" + one.before[-_AROUND:].lstrip(), theme.muted))
        then.append(_Part(one.after[:_AROUND] + "…", theme.muted))
        self._draw(painter, first, tr("Was"), then)
        self._draw(painter, second, tr("Now"), _told(one.guess, *same, theme.ink))
        painter.setFont(self._small)
        painter.setPen(theme.muted)
        below = inside.adjusted(_LABEL_WIDTH, 0, 0, 0)
        told = QFontMetricsF(self._small).elidedText(where(one), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, told)
        painter.restore()

    def _draw(self, painter: QPainter, room: QRect, label: str, parts: Sequence[_Part]) -> None:
        painter.setFont(self._small)
        painter.setPen(self._theme.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        words = room.adjusted(_LABEL_WIDTH, 0, 0, 0)
        painter.setClipRect(words)
        layout = _laid_out(parts, self._face)
        painter.setPen(self._theme.ink)
        layout.draw(painter, QPointF(words.left(), words.top()))
        painter.setClipping(False)


def _same(quote: str, guess: str) -> tuple[int, int]:
    """Return how many code points two passages have in common at their start and, behind that, at their end."""
    if quote == guess:
        return 0, len(quote)
    least = min(len(quote), len(guess))
    start = same_from(quote, 0, guess, 0, least)
    return start, same_before(quote, len(quote), guess, len(guess), least - start)


def _told(words: str, start: int, stop: int, ink: QColor) -> list[_Part]:
    """Return a passage with what differs in bold; of a long one what comes before that is left out."""
    end = len(words) - stop
    lead = words[:start] if start <= _AROUND else "…" + words[start - _AROUND : start]
    return [_Part(lead, ink), _Part(words[start:end][:_LONGEST], ink, is_bold=True), _Part(words[end:][:_LONGEST], ink)]


def _laid_out(parts: Sequence[_Part], face: QFont) -> QTextLayout:
    """Return words in several looks on one line that starts at the left, whatever script they are in."""
    shown = [part._replace(words=part.words.replace("\n", " ")) for part in parts]
    layout = QTextLayout("".join(part.words for part in shown), face)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    formats: list[QTextLayout.FormatRange] = []
    start = 0
    for part in shown:
        one, look = QTextLayout.FormatRange(), QTextCharFormat()
        look.setForeground(part.colour)
        if part.is_bold:
            look.setFontWeight(QFont.Weight.Bold)
        one.start, one.length, one.format = start, len(as_units(part.words)), look
        formats.append(one)
        start += one.length
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(_FAR)
    layout.endLayout()
    return layout


class ToCheckView(QListView):
    """The list with its keys."""

    place_wanted = Signal()
    """Enter, Space or a click: the current row's place."""
    accepted = Signal()
    selection_offered = Signal()
    removal_wanted = Signal()

    def __init__(self, themes: ThemeSource, model: ToCheckModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = _Row(themes, self)
        self.setModel(model)
        self.setItemDelegate(self._row)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Passages to check"))
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)
        self.clicked.connect(self._on_clicked)
        self._is_marking = False

    def _on_theme(self, theme: Theme) -> None:
        self._row.use_theme(theme)
        self.scheduleDelayedItemsLayout()

    def rows(self) -> list[int]:
        """Return the rows that are selected, from above."""
        return sorted(index.row() for index in self.selectedIndexes())

    def _on_clicked(self) -> None:
        if len(self.selectedIndexes()) == 1:
            self._look()

    def _look(self) -> None:
        """Show the current row's place and stay here."""
        self.place_wanted.emit()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wishes = {
            Qt.Key.Key_Return: self.place_wanted,
            Qt.Key.Key_Enter: self.place_wanted,
            Qt.Key.Key_A: self.accepted,
            Qt.Key.Key_S: self.selection_offered,
            Qt.Key.Key_Delete: self.removal_wanted,
        }
        wish = wishes.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            self._look()
        elif wish is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            wish.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys here."""
