"""The list of disagreements: the passage and what it is about on two lines, walked through and decided by keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QWidget

from coder_app.analysis.agreement.disagreement_table import kind_words, outcome_words
from coder_app.domain.disagreement import Decision, Disagreement
from coder_app.gui.theme import Theme, ThemeSource
from coder_app.gui.widgets.two_lines import BOTTOM, TOP, TwoLineList, TwoLines, line
from coder_app.i18n import tr

NOTE = Qt.ItemDataRole.UserRole + 1
STATE = Qt.ItemDataRole.UserRole + 2

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


class _Rows(TwoLines):
    margin = 14

    def write(self, painter: QPainter, inside: QRect, index: Index, theme: Theme) -> None:
        state = str(index.data(STATE) or "")
        painter.setPen(theme.muted if state else theme.ink)
        line(painter, inside, TOP, tr("“{words}”", words=index.data() or ""), self.large)
        room = inside
        if state:
            taken = min(QFontMetrics(self.small).horizontalAdvance(state) + 12, inside.width() // 2)
            painter.setPen(theme.success)
            right = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            line(painter, inside.adjusted(inside.width() - taken, 0, 0, 0), right, state, self.small)
            room = inside.adjusted(0, 0, -taken, 0)
        painter.setPen(theme.muted)
        line(painter, room, BOTTOM, str(index.data(NOTE) or ""), self.small)


class DisagreementList(TwoLineList):
    """Keys decide: a number takes a coder's, B both, N neither, O one's own; Delete takes a decision back."""

    chosen = Signal()
    side_requested = Signal(int)
    key_requested = Signal(str)

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(themes, tr("Disagreements"), parent)
        self.setItemDelegate(_Rows(themes, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

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
