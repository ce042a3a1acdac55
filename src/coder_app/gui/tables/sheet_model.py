"""A sheet as Qt's table sees it, sorted by a column here; totals stay below whatever the order."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.table import Cell, Column, Kind
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.tables.sheet import Sheet
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EMPTY = Sheet((), (), (), ())


class SheetModel(QAbstractTableModel):
    """Shows one sheet. A click on a heading sorts down, then up, then as it was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = _EMPTY
        self._order: list[int] = []
        self.sorted_by: tuple[str, bool] | None = None
        """The id of the column by which rows are sorted, and whether the highest come first."""

    def show(self, sheet: Sheet) -> None:
        """Show another sheet; the order stays where the column is still there."""
        self.beginResetModel()
        self.sheet = sheet
        if self.sorted_by is not None and self.sorted_by[0] not in {column.id for column in sheet.columns}:
            self.sorted_by = None
        self._arrange()
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.show(_EMPTY)

    def turn(self, section: int) -> None:
        """Sort by a column: first the highest numbers or the first letters on top, then the other way, then not."""
        column = self.sheet.columns[section]
        first = column.kind is not Kind.TEXT
        states: list[tuple[str, bool] | None] = [(column.id, first), (column.id, not first), None]
        now = states.index(self.sorted_by) if self.sorted_by in states[:2] else -1
        self.beginResetModel()
        self.sorted_by = states[now + 1]
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        records = self.sheet.records
        self._order = list(range(len(records)))
        if self.sorted_by is not None:
            name, down = self.sorted_by
            known = [row for row in self._order if records[row][name] is not None]
            known.sort(key=lambda row: _key(records[row][name]), reverse=down)
            self._order = known + [row for row in self._order if records[row][name] is None]

    def record(self, row: int) -> dict[str, Cell] | None:
        """Return what a row of the body stands for; None for a total."""
        return self.sheet.records[self._order[row]] if 0 <= row < len(self._order) else None

    def column(self, section: int) -> Column:
        """Return a column."""
        return self.sheet.columns[section]

    def find(self, wanted: dict[str, Cell]) -> int:
        """Return the row in which these cells stand; -1 where none has them."""
        for row, place in enumerate(self._order):
            if all(self.sheet.records[place].get(name) == value for name, value in wanted.items()):
                return row
        return -1

    def is_total(self, index: Index) -> bool:
        """Say whether a cell is no part of the body."""
        behind = len(self.sheet.columns) - self.sheet.apart
        return index.row() >= len(self._order) or index.column() >= behind

    def share(self, index: Index) -> float | None:
        """Return how strongly a cell is shaded, from 0 to 1; None where it is not."""
        record = self.record(index.row())
        return None if record is None else self.sheet.share(record, self.sheet.columns[index.column()])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._order) + len(self.sheet.totals)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.sheet.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        column = self.sheet.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._said(index.row(), column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if column.kind is Kind.TEXT else _RIGHT
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(index.row(), column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._tip(index.row(), column)
            case _:
                return None

    def _said(self, row: int, column: Column) -> str:
        record = self.record(row)
        if record is not None:
            said = self.sheet.said(record[column.id], column)
            return "·" if said in {"0", tr("{n} %", n="0.0")} and self.sheet.is_cross else said
        name, total = self.sheet.totals[row - len(self._order)]
        value = total[column.id]
        if name != self.sheet.totals[0][0]:
            return f"{value:,}" if isinstance(value, int) else ""
        return self.sheet.said(value, column)

    def _tip(self, row: int, column: Column) -> str:
        if row >= len(self._order):
            return tr("{row}, {column}: {cell}", row=self._name(row), column=column.title, cell=self._said(row, column))
        record = self.sheet.records[self._order[row]]
        if record[column.id] is None:
            said = tr("nobody coded it") if self.sheet.is_cross else tr("undefined")
        else:
            said = self.sheet.said(record[column.id], column)
        return tr("{row}, {column}: {cell}", row=self._path(row), column=column.title, cell=said)

    def _name(self, row: int) -> str:
        if row < len(self._order):
            return self.sheet.names[self._order[row]]
        return self.sheet.totals[row - len(self._order)][0]

    def _path(self, row: int) -> str:
        return self.sheet.paths[self._order[row]] if row < len(self._order) else self._name(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if orientation is Qt.Orientation.Vertical:
            return self._down(section, role)
        if not 0 <= section < len(self.sheet.columns):
            return None
        column = self.sheet.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title.replace("\n", " ") + self._arrow(column.id)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.kind is Kind.TEXT else _RIGHT
        return None

    def _arrow(self, name: str) -> str:
        if self.sorted_by is None or self.sorted_by[0] != name:
            return ""
        return " ▾" if self.sorted_by[1] else " ▴"

    def _down(self, section: int, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        if not 0 <= section < self.rowCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(section).replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._path(section))
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


def _key(value: Cell) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value).casefold())
