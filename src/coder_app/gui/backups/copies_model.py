"""The copies of a project as rows: when each was made, what it holds, how that differs from today."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QDate, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.gui.history.days import day_words
from coder_app.i18n import tr, trn
from coder_app.queries.backups import Copy, Held, difference
from coder_app.store.backups import Backup

MADE, HOLDS, COMPARED, SIZE = range(4)
_ROOT = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CopiesModel(QAbstractTableModel):
    """Rows are known by their copies; what a copy holds may come later than its name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._copies: list[Copy] = []
        self._read = False
        self._today: Held | None = None

    def show_names(self, backups: Sequence[Backup], today: Held | None) -> None:
        """Show when copies were made, before it is known what they hold; `today` is the project itself."""
        self._set([Copy(one, None) for one in backups], today, read=False)

    def show_copies(self, copies: Sequence[Copy]) -> None:
        """Show copies with what they hold."""
        self._set(list(copies), self._today, read=True)

    def _set(self, copies: list[Copy], today: Held | None, *, read: bool) -> None:
        self.beginResetModel()
        self._copies, self._today, self._read = copies, today, read
        self.endResetModel()

    def copy_at(self, row: int) -> Copy | None:
        """Return the copy of a row, None where there is none."""
        return self._copies[row] if 0 <= row < len(self._copies) else None

    def compared(self, copy: Copy) -> str:
        """Return how a copy differs from the project of today, in words."""
        if copy.held is None or self._today is None:
            return ""
        return difference(copy.held, self._today)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._copies)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Made"), tr("Holds"), tr("Compared with today"), tr("Size"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if section == SIZE else Qt.AlignmentFlag.AlignLeft) | _MIDDLE
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        copy = self.copy_at(index.row())
        if copy is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(copy, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return copy.problem or self._words(copy, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == SIZE:
            return Qt.AlignmentFlag.AlignRight | _MIDDLE
        return None

    def _words(self, copy: Copy, column: int) -> str:
        if column == MADE:
            return when_words(copy.backup.made_at)
        if column == SIZE:
            return QLocale().formattedDataSize(copy.backup.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        if copy.held is None:
            unreadable = tr("cannot be read") if self._read else "…"
            return unreadable if column == HOLDS else ""
        return held_words(copy.held) if column == HOLDS else self.compared(copy)


def when_words(made_at: datetime) -> str:
    """Return when a copy was made, such as "Yesterday, 14:03" or "Thu 12 Mar 2026, 14:03"."""
    day = made_at.date()
    recent = (datetime.now().astimezone().date() - day).days in {0, 1}
    named = day_words(day) if recent else QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")
    return f"{named}, {made_at:%H:%M}"


def held_words(held: Held) -> str:
    """Return how much a copy holds, in words."""
    return ", ".join((trn("{n} source", "{n} sources", held.sources), trn("{n} coding", "{n} codings", held.codings)))
