"""The list of what is undecided: one thing on two lines, walked through and decided by keys."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QWidget

from coder_app.domain.field_words import field_name, one_name
from coder_app.gui.theme import Theme, ThemeSource
from coder_app.gui.widgets.two_lines import BOTTOM, TOP, TwoLineList, TwoLines, line
from coder_app.i18n import tr
from coder_app.queries.conflicts import CUT, DELETED, REVIVED, Conflict

CONFLICT = Qt.ItemDataRole.UserRole
NOTE = Qt.ItemDataRole.UserRole + 1

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


class _Rows(TwoLines):
    def write(self, painter: QPainter, inside: QRect, index: Index, theme: Theme) -> None:
        line(painter, inside, TOP, str(index.data() or tr("(no words)")), self.large)
        painter.setPen(theme.muted)
        line(painter, inside, BOTTOM, index.data(NOTE), self.small)


class UndecidedList(TwoLineList):
    """Keys decide: Enter keeps what stands, a number a side, E edits, Delete deletes what one had deleted."""

    chosen = Signal()
    keep_requested = Signal()
    side_requested = Signal(int)
    edit_requested = Signal()
    delete_requested = Signal()

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(themes, tr("What is undecided"), parent)
        self.setItemDelegate(_Rows(themes, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

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
