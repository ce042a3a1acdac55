"""A sheet as Qt's table sees it, sorted by a column here; totals stay below whatever the order."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.table import Cell, Column, Kind
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.tables.sheet import Row, Sheet
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EMPTY = Sheet()


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
        rows = self.sheet.rows
        self._order = list(range(len(rows)))
        if self.sorted_by is not None:
            name, down = self.sorted_by
            place = self.sheet.place[name]
            known = [row for row in self._order if rows[row][place] is not None]
            known.sort(key=lambda row: _key(rows[row][place]), reverse=down)
            self._order = known + [row for row in self._order if rows[row][place] is None]

    def _row(self, row: int) -> Row | None:
        """Return a row of the body; None for a total."""
        return self.sheet.rows[self._order[row]] if 0 <= row < len(self._order) else None

    def record(self, row: int) -> dict[str, Cell] | None:
        """Return what a row of the body stands for; None for a total."""
        found = self._row(row)
        return None if found is None else self.sheet.record(found)

    def column(self, section: int) -> Column:
        """Return a column."""
        return self.sheet.columns[section]

    def find(self, wanted: dict[str, Cell]) -> int:
        """Return the row in which these cells stand; -1 where none has them."""
        places = [(self.sheet.place.get(name, -1), value) for name, value in wanted.items()]
        if any(place < 0 for place, _ in places):
            return -1
        for row, number in enumerate(self._order):
            cells = self.sheet.rows[number]
            if all(cells[place] == value for place, value in places):
                return row
        return -1

    def is_total(self, index: Index) -> bool:
        """Say whether a cell is no part of the body."""
        behind = len(self.sheet.columns) - self.sheet.apart
        return index.row() >= len(self._order) or index.column() >= behind

    def share(self, index: Index) -> float | None:
        """Return how strongly a cell is shaded, from 0 to 1; None where it is not."""
        row = self._row(index.row())
        return None if row is None else self.sheet.share(row, self.sheet.columns[index.column()])

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
        cells = self._row(row)
        if cells is not None:
            value = self.sheet.cell(cells, column.id)
            return "·" if self.sheet.is_cross and value == 0 else self.sheet.said(value, column)
        name, total = self.sheet.totals[row - len(self._order)]
        value = self.sheet.cell(total, column.id)
        if name != self.sheet.totals[0][0]:
            return f"{value:,}" if isinstance(value, int) else ""
        return self.sheet.said(value, column)

    def _tip(self, row: int, column: Column) -> str:
        cells = self._row(row)
        value = self.sheet.cell(cells, column.id) if cells is not None else ""
        if cells is None:
            said = self._said(row, column)
        elif value is None:
            said = tr("nobody coded it") if self.sheet.is_cross else tr("undefined")
        else:
            said = self.sheet.said(value, column)
        return tr("{row}, {column}: {cell}", row=self._path(row), column=column.title, cell=said)

    def _name(self, row: int) -> str:
        cells = self._row(row)
        return self.sheet.totals[row - len(self._order)][0] if cells is None else self.sheet.name(cells)

    def _path(self, row: int) -> str:
        cells = self._row(row)
        return self._name(row) if cells is None else self.sheet.path(cells)

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
