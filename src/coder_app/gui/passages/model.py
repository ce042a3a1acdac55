"""Passages as Qt's list sees them: words with their context, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

PASSAGE = Qt.ItemDataRole.UserRole
EXTENT = Qt.ItemDataRole.UserRole + 2
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, PASSAGE)
_FIRST_BROAD = "\u2e80"  # ideographs and what follows them are broader than letters


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """One row: the words, what surrounds them, a line that says where; start and stop in code points.

    `codes` are names and colours of the codes that cover the words, for rows that are not codings themselves.
    """

    source_id: str
    start: int
    stop: int
    before: str
    text: str
    after: str
    where: str
    colour: str = ""
    coding_id: str = ""
    codes: tuple[tuple[str, str], ...] = ()


class Extent(NamedTuple):
    """How many letters a row has to show: around the words, and of the words themselves; broad ones take more room."""

    around: int
    own: int
    is_broad: bool


class Rows(Protocol):
    """Passages by row, read when one asks for them."""

    def __len__(self) -> int:
        """How many rows there are."""
        ...

    def __getitem__(self, row: int, /) -> ShownPassage:
        """What a row shows."""
        ...

    def extent(self, row: int) -> Extent:
        """How much room a row needs; known without its words."""
        ...


class _ReadRows(list[ShownPassage]):
    """Passages that have been read already."""

    def extent(self, row: int) -> Extent:
        one = self[row]
        is_broad = max(one.text, default="") >= _FIRST_BROAD
        return Extent(len(one.before) + len(one.after), len(one.text), is_broad=is_broad)


class PassagesModel(QAbstractListModel):
    """A plain list of passages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Rows = _ReadRows()

    def show(self, rows: Sequence[ShownPassage]) -> None:
        """Show other passages."""
        self.show_rows(_ReadRows(rows))

    def show_rows(self, rows: Rows) -> None:
        """Show other passages, which may be read when they come into sight."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        if role == EXTENT:
            return self._rows.extent(index.row())
        if role not in _ROLES:
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.text}. {row.where}"
            case _:
                return row
