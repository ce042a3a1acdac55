"""The list of what is undecided: one thing on two lines, walked through and decided by keys."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder_app.domain.field_words import field_name, one_name
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.i18n import tr
from coder_app.queries.conflicts import CUT, DELETED, REVIVED, Conflict

CONFLICT = Qt.ItemDataRole.UserRole
NOTE = Qt.ItemDataRole.UserRole + 1

_MARGIN = 20
_PAD = 7

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def key_of(one: Conflict) -> tuple[str, str, str, str]:
    """Return what a conflict is known by while others come and go."""
    return one.kind, one.table, one.row_id, one.field


def about(one: Conflict) -> str:
    """Return what kind of thing is undecided, and about what of it."""
    if one.kind == DELETED:
        what = tr("deleted and changed")
    elif one.kind == REVIVED:
        what = tr("deleted and used")
    elif one.kind == CUT:
        what = tr("moved in a circle")
    else:
        what = field_name(one.field)
    return tr("{kind}: {what}", kind=one_name(one.table), what=what)


def _people(one: Conflict) -> str:
    return ", ".join(dict.fromkeys(side.coder for side in one.sides if side.coder))


class UndecidedModel(QAbstractListModel):
    """The conflicts of a project."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Conflict] = []

    def show(self, found: list[Conflict]) -> None:
        """Show other conflicts."""
        self.beginResetModel()
        self._rows = found
        self.endResetModel()

    def conflict(self, row: int) -> Conflict:
        """Return the conflict of a row."""
        return self._rows[row]

    def row_of(self, key: tuple[str, str, str, str]) -> int:
        """Return the row of a conflict, or -1 where it is decided."""
        return next((n for n, one in enumerate(self._rows) if key_of(one) == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - the signature of Qt
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        note = " · ".join(word for word in (about(one), _people(one)) if word)
        by_role = {
            Qt.ItemDataRole.DisplayRole: one.thing,
            CONFLICT: one,
            NOTE: note,
            Qt.ItemDataRole.AccessibleTextRole: f"{one.thing}, {note}",
        }
        return by_role.get(role)


class _Delegate(QStyledItemDelegate):
    def __init__(self, themes: ThemeSource, view: QListView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._themes.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, theme.line_width))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        inside = option.rect.adjusted(_MARGIN, _PAD, -_MARGIN, -_PAD)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        small = QFont(self._view.font())
        small.setPixelSize(theme.sizes.note)
        painter.setPen(theme.ink)
        _line(painter, inside, top, str(index.data() or tr("(no words)")), self._view.font())
        painter.setPen(theme.muted)
        _line(painter, inside, bottom, index.data(NOTE), small)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 2 * QFontMetrics(self._view.font()).height() + 2 * _PAD)


def _line(painter: QPainter, inside: QRect, place: Qt.AlignmentFlag, said: str, font: QFont) -> None:
    painter.setFont(font)
    painter.drawText(inside, place, QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, inside.width()))


class UndecidedList(QListView):
    """Keys decide: Enter keeps what stands, a number a side, E edits, Delete deletes what one had deleted."""

    chosen = Signal()
    keep_requested = Signal()
    side_requested = Signal(int)
    edit_requested = Signal()
    delete_requested = Signal()

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(themes, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What is undecided"))
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)

    def _on_theme(self, _: object) -> None:
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        asked = {
            Qt.Key.Key_Return: self.keep_requested,
            Qt.Key.Key_Enter: self.keep_requested,
            Qt.Key.Key_E: self.edit_requested,
            Qt.Key.Key_F2: self.edit_requested,
            Qt.Key.Key_Delete: self.delete_requested,
        }.get(key)
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.side_requested.emit(key - Qt.Key.Key_1)
        elif plain and asked is not None:
            asked.emit()
        else:
            super().keyPressEvent(event)
