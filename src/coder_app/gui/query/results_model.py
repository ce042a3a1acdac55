"""Passages as Qt's table sees them; their words are read when they come into sight."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.gui.context import Context
from coder_app.gui.query.answer import Answer, Heading
from coder_app.gui.reader.positions import shown
from coder_app.i18n import trn
from coder_app.queries.retrieval import FoundPlace

Index = QModelIndex | QPersistentModelIndex
HEADING = Qt.ItemDataRole.UserRole
"""Whether a row is a heading."""

WORDS = Qt.ItemDataRole.UserRole + 1
"""The words of a passage with what surrounds them, for the column that shows them."""

_LONGEST = 400
_MOST_CELLS = 20_000


class ResultsModel(QAbstractTableModel):
    """One row per passage or heading, one column for each that was chosen."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.answer: Answer | None = None
        self._cells: dict[tuple[int, str], str] = {}

    def show(self, answer: Answer | None) -> None:
        """Show another answer."""
        self.beginResetModel()
        self.answer = answer
        self._cells.clear()
        self.endResetModel()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are shown."""
        return self.answer.asked.columns if self.answer is not None else ()

    def place(self, row: int) -> FoundPlace | None:
        """Return the passage of a row; None for a heading."""
        return self.answer.place(row) if self.answer is not None else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() or self.answer is None else len(self.answer.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.place(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid() or self.answer is None:
            return None
        row = self.answer.rows[index.row()]
        if isinstance(row, Heading):
            return self._of_heading(row, index.column(), role)
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(self.answer, row, column)
        if role == WORDS and column == "text" and self._context.project is not None:
            return self.answer.quotes.words(row)
        return None

    def _of_heading(self, heading: Heading, column: int, role: int) -> str | bool | None:
        if role == HEADING:
            return True
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == 0:
            return f"{heading.text}  ·  " + trn("{n} passage", "{n} passages", heading.passages)
        return None

    def _cell(self, answer: Answer, row: int, column: str) -> str:
        if (row, column) not in self._cells:
            if self._context.project is None:
                return ""  # a large edit holds it; the cells are drawn again when it is back
            value = answer.quotes.cell(row, column)
            if len(self._cells) >= _MOST_CELLS:
                self._cells.clear()
            words = " ".join(str(value if value is not None else "")[:_LONGEST].split())
            self._cells[row, column] = shown(words)
        return self._cells[row, column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if orientation is not Qt.Orientation.Horizontal or self.answer is None or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            sort = self.answer.asked.sort
            sign = " ▴" if sort == (column,) else " ▾" if sort == (f"-{column}",) else ""
            return self.answer.quotes.column(column).title + sign
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
