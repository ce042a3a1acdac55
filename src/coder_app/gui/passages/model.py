"""Passages as Qt's list sees them: words with their context, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

PASSAGE = Qt.ItemDataRole.UserRole


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


class PassagesModel(QAbstractListModel):
    """A plain list of passages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[ShownPassage] = ()

    def show(self, rows: Sequence[ShownPassage]) -> None:
        """Show other passages."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.text}. {row.where}"
            case _:
                return row if role == PASSAGE else None
