"""The list of disagreements: the passage and what it is about on two lines, walked through and decided by keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

from coder_app.analysis.agreement.disagreement_table import kind_words, outcome_words
from coder_app.domain.disagreement import Decision, Disagreement
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.i18n import tr

NOTE = Qt.ItemDataRole.UserRole + 1
STATE = Qt.ItemDataRole.UserRole + 2

_MARGIN = 14
_PAD = 7
_WORDS = 90

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Named:
    """What things are called: codes, coders and sources by id, and the words of a passage."""

    code: Callable[[str], str]
    coder: Callable[[str], str]
    source: Callable[[str], str]
    text: Callable[[str, int, int], str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A disagreement with what was decided about it."""

    place: Disagreement
    decisions: tuple[Decision, ...] = ()


class DisagreementsModel(QAbstractListModel):
    """The disagreements that are listed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Listed] = []
        self._named: Named | None = None

    def show(self, rows: Sequence[Listed], named: Named | None) -> None:
        """Show others, or the same with other decisions."""
        same = [one.place for one in rows] == [one.place for one in self.rows] and bool(rows)
        if same:
            self.rows, self._named = list(rows), named
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows, self._named = list(rows), named
        self.endResetModel()

    def row_of(self, coding_ids: tuple[str, ...]) -> int:
        """Return the row of the disagreement about these codings, or -1."""
        return next((n for n, one in enumerate(self.rows) if one.place.coding_ids == coding_ids), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - the signature of Qt
        if not index.isValid() or self._named is None:
            return None
        one, named = self.rows[index.row()], self._named
        if role == Qt.ItemDataRole.DisplayRole:
            start = one.place.start
            return " ".join(named.text(one.place.source_id, start, min(one.place.stop, start + _WORDS)).split())
        if role == NOTE:
            codes = ", ".join(dict.fromkeys(named.code(mark.code_id) for mark in one.place.marks))
            return " · ".join((kind_words(one.place.kind), codes, named.source(one.place.source_id)))
        if role == STATE:
            return state_words(one, named.coder)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(str(index.data(which) or "") for which in (Qt.ItemDataRole.DisplayRole, NOTE, STATE))
        return None


def state_words(one: Listed, coder: Callable[[str], str]) -> str:
    """Return what was decided, in a word or two; nothing where it is open."""
    if not one.decisions:
        return ""
    if len({(each.outcome, each.side, each.agreed) for each in one.decisions}) > 1:
        return tr("decided differently")
    return outcome_words(one.decisions[-1], coder)


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
        small = QFont(self._view.font())
        small.setPixelSize(theme.sizes.note)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        state = str(index.data(STATE) or "")
        painter.setPen(theme.muted if state else theme.ink)
        said = tr("“{words}”", words=index.data() or "")
        _line(painter, inside, top, said, self._view.font())
        painter.setPen(theme.muted)
        room = inside
        if state:
            taken = min(QFontMetrics(small).horizontalAdvance(state) + 12, inside.width() // 2)
            painter.setPen(theme.success)
            right = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            _line(painter, inside.adjusted(inside.width() - taken, 0, 0, 0), right, state, small)
            room = inside.adjusted(0, 0, -taken, 0)
            painter.setPen(theme.muted)
        _line(painter, room, bottom, str(index.data(NOTE) or ""), small)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 2 * QFontMetrics(self._view.font()).height() + 2 * _PAD)


def _line(painter: QPainter, inside: QRect, place: Qt.AlignmentFlag, said: str, font: QFont) -> None:
    painter.setFont(font)
    painter.drawText(inside, place, QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, inside.width()))


class DisagreementList(QListView):
    """Keys decide: a number takes a coder's, B both, N neither, O one's own; Delete takes a decision back."""

    chosen = Signal()
    side_requested = Signal(int)
    key_requested = Signal(str)

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(themes, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Disagreements"))
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)

    def _on_theme(self, _: object) -> None:
        self.doItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit()

    def step(self, by: int) -> None:
        """Go to the disagreement so many rows on."""
        model = self.model()
        row = min(max(self.currentIndex().row() + by, 0), model.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        asked = {
            Qt.Key.Key_B: "both",
            Qt.Key.Key_N: "neither",
            Qt.Key.Key_O: "own",
            Qt.Key.Key_R: "reason",
            Qt.Key.Key_Delete: "withdraw",
            Qt.Key.Key_Return: "open",
            Qt.Key.Key_Enter: "open",
        }.get(key)
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.side_requested.emit(key - Qt.Key.Key_1)
        elif plain and key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            self.step(1 if key == Qt.Key.Key_J else -1)
        elif plain and asked is not None:
            self.key_requested.emit(asked)
        else:
            super().keyPressEvent(event)
