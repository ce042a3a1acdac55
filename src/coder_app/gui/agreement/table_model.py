"""Any result table as Qt's tables see it: numbers to the right, what is undefined in words, one column drawn."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.number_words import decimal
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
INTERVAL = Qt.ItemDataRole.UserRole + 1
"""The value, low and high end that a cell of the drawn column shows; an end is None where there is none."""

_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DRAWN = "interval"
_LEFT_OUT = {"alpha_low", "alpha_high"}


class TableModel(QAbstractTableModel):
    """One row per row of the table. `drawn` names the column of values whose interval is drawn, where there is one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table("", (), (), {})
        self._places: list[int] = []
        self._drawn: tuple[int, int, int] | None = None

    def show(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self.table = table
        ids = [column.id for column in table.columns]
        self._drawn = None
        if {"krippendorff_alpha", *_LEFT_OUT} <= set(ids):
            self._drawn = (ids.index("krippendorff_alpha"), ids.index("alpha_low"), ids.index("alpha_high"))
        self._places = [place for place, one in enumerate(ids) if self._drawn is None or one not in _LEFT_OUT]
        if self._drawn is not None:
            # The alpha and its interval stand beside the code, where the eye looks first.
            self._places.remove(self._drawn[0])
            self._places[1:1] = [self._drawn[0], -1]
        self.endResetModel()

    @property
    def drawn_column(self) -> int | None:
        """Return the column that is drawn, or None."""
        return self._places.index(-1) if -1 in self._places else None

    def name_of(self, row: int) -> str:
        """Return what the first cell of a row says."""
        return str(self.table.rows[row][0] or "")

    def row_named(self, name: str) -> int:
        """Return the row whose first cell says `name`, or -1."""
        return next((n for n, row in enumerate(self.table.rows) if row[0] == name), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def _column(self, section: int) -> Column:
        place = self._places[section]
        return Column(_DRAWN, tr("95 % interval of alpha")) if place < 0 else self.table.columns[place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        row, place = self.table.rows[index.row()], self._places[index.column()]
        if place < 0:
            return self._interval(row, role)
        column = self.table.columns[place]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.kind is Kind.TEXT else _RIGHT
        said = cell_words(row[place], column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return said
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._why(row) if not said and column.kind is Kind.NUMBER else said or None
        return None

    def _interval(self, row: tuple[Cell, ...], role: int) -> Any:  # noqa: ANN401 - Qt's variant
        if self._drawn is None:
            return None
        value, low, high = (number_or_none(row[place]) for place in self._drawn)
        if role == INTERVAL:
            return value, low, high
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if value is None:
                return self._why(row)
            if low is None or high is None:
                return tr("alpha {value}, no interval", value=decimal(value))
            return tr("alpha {value}, from {low} to {high}", value=decimal(value), low=decimal(low), high=decimal(high))
        return None

    def _why(self, row: tuple[Cell, ...]) -> str:
        notes = [
            str(row[place])
            for place, column in enumerate(self.table.columns)
            if column.id in {"note", "undefined"} and row[place]
        ]
        return notes[0] if notes else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._places):
            return None
        column = self._column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.kind is Kind.TEXT else _RIGHT
        return None


def sums_first(table: Table) -> Table:
    """Return a table by code with what holds for all codes, its last two rows, in front."""
    if not {"krippendorff_alpha", "alpha_low"} <= {column.id for column in table.columns}:
        return table
    return replace(table, rows=(*table.rows[-2:], *table.rows[:-2]))


def number_or_none(value: Cell) -> float | None:
    """Return a cell as a number, None for one that is empty or says something else."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def cell_words(value: Cell, column: Column) -> str:
    """Return what a cell says: numbers with three digits behind the point, nothing where there is no value."""
    if value is None:
        return ""
    if column.kind is Kind.NUMBER and isinstance(value, int | float):
        return decimal(value)
    if column.kind is Kind.COUNT and isinstance(value, int | float):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return str(value)
