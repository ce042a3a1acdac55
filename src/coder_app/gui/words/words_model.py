"""The counted words as Qt's table sees them: left out, filtered and sorted here, without a model in between."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.analysis.words import Counting, Words, normal, per_thousand
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
WORD, COUNT, SOURCES, PER_THOUSAND = range(4)
_LEAST_SHOWN = 0.005
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WordsModel(QAbstractTableModel):
    """One row per word that `counting` takes and the filter finds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Words] = ()
        self._taken: list[Words] = []
        self._rows: list[Words] = []
        self._running = 0
        self._typed = ""
        self._column, self._order = COUNT, Qt.SortOrder.DescendingOrder

    @property
    def rows(self) -> Sequence[Words]:
        """The words that are shown, in their order."""
        return self._rows

    @property
    def taken(self) -> int:
        """How many words there are without the filter."""
        return len(self._taken)

    def show(self, rows: Sequence[Words], running: int, counting: Counting) -> None:
        """Show other words; `running` is what all words together are counted among."""
        self.beginResetModel()
        self._all, self._running = rows, running
        self._taken = [row for row in rows if counting.takes(row)]
        self._fill()
        self.endResetModel()

    def filter(self, typed: str) -> None:
        """Show only words that hold what was typed."""
        self.beginResetModel()
        self._typed = normal(typed.strip())
        self._fill()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._column, self._order = column, order
        self._fill()
        self.endResetModel()

    def _fill(self) -> None:
        typed = self._typed
        rows = [row for row in self._taken if typed in normal(row.word)] if typed else list(self._taken)
        # They come by count, equals by the alphabet; a stable sort keeps that among equals.
        down = self._order == Qt.SortOrder.DescendingOrder
        if self._column == WORD:
            rows.sort(key=lambda row: (normal(row.word), row.word), reverse=down)
        elif self._column == SOURCES:
            rows.sort(key=lambda row: -row.sources if down else row.sources)
        elif not down:
            rows.sort(key=lambda row: row.times)
        self._rows = rows

    def rows_of(self, words: Iterable[str]) -> list[int]:
        """Return the rows of those of `words` that are shown."""
        wanted = set(words)
        return [row for row, one in enumerate(self._rows) if one.word in wanted] if wanted else []

    def word(self, row: int) -> str:
        """Return the word of a row."""
        return self._rows[row].word

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else PER_THOUSAND + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != WORD:
            return _RIGHT
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(self._rows[index.row()], index.column())
        return None

    def _said(self, row: Words, column: int) -> str:
        match column:
            case 0:
                return row.word
            case 1:
                return f"{row.times:,}"
            case 2:
                return f"{row.sources:,}"
            case _:
                return rate_words(row.times, self._running)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = " ▾" if self._order == Qt.SortOrder.DescendingOrder else " ▴"
            return column_words()[section] + (arrow if section == self._column else "")
        if role == Qt.ItemDataRole.ToolTipRole and section == PER_THOUSAND:
            return tr("How often in 1,000 running words of what is counted, words left out included")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section != WORD else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def column_words() -> tuple[str, ...]:
    """Return the names of the columns."""
    return tr("Word"), tr("Count"), tr("Sources"), tr("Per 1,000")


def rate_words(times: int, running: int) -> str:
    """Say how often a word comes in 1,000 running words."""
    rate = per_thousand(times, running)
    if rate is None:
        return ""
    return f"{rate:.2f}" if rate >= _LEAST_SHOWN else tr("under 0.01")
