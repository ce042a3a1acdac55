"""A grid of values: a row per case or source, a column per variable, sorted and filtered here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from coder_app.domain.change import ChangeSet
from coder_app.domain.values import is_readable, plainly, read_value, type_name
from coder_app.i18n import tr
from coder_app.queries.cases import cases
from coder_app.queries.sources import sources
from coder_app.queries.variables import Variable, inherited_values, values_on, variables
from coder_app.store.project import Project

Index = QModelIndex | QPersistentModelIndex
INHERITED = Qt.ItemDataRole.UserRole
"""Whether the value of a cell comes from the source's cases."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = ("integer", "decimal")
_BETWEEN = " · "
_FEW = 500


@dataclass(frozen=True, slots=True)
class GridRow:
    """A case or a source; `detail` stands below its name in the tip."""

    id: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """All that a grid shows. Values are as they were written, by variable and by case or source."""

    on: str
    rows: Sequence[GridRow] = ()
    variables: Sequence[Variable] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, dict[str, str]])
    inherited: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict[str, dict[str, tuple[str, ...]]])


def read_grid(project: Project, on: str) -> Grid:
    """Read the grid of cases or of sources (`on` is "case" or "source")."""
    if on == "case":
        rows = [GridRow(one.id, one.name, one.description) for one in cases(project)]
    else:
        rows = [GridRow(one.id, one.name, one.folder) for one in sources(project)]
    inherited = inherited_values(project) if on == "source" else {}
    return Grid(on, rows, variables(project), values_on(project, on), inherited)


def read_values(project: Project, grid: Grid, change: ChangeSet) -> Grid:
    """Read the values of a grid again, as far as a change may have touched them."""
    if change.count("variable_value") > _FEW:
        return read_grid(project, grid.on)
    images = [one.after or one.before or {} for one in change.of("variable_value")]
    read = {
        variable: values_on(project, grid.on, variable).get(variable, {})
        for variable in {str(image.get("variable_id")) for image in images}
    }
    of_cases = grid.on == "source" and any(image.get("case_id") is not None for image in images)
    inherited = inherited_values(project) if of_cases else grid.inherited
    return replace(grid, values={**grid.values, **read}, inherited=inherited)


@lru_cache(maxsize=100_000)
def said(type_: str, text: str) -> str:
    """Return a value as people read it."""
    if not is_readable(type_, text):
        return text
    value = read_value(type_, text)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return plainly(type_, text).replace("T", " ").removesuffix(":00") if type_ == "datetime" else plainly(type_, text)


class GridModel(QAbstractTableModel):
    """Shows a Grid; what is typed goes out as a wish, and what is shown follows the project alone."""

    value_requested = Signal(str, str, str)
    """A value is wanted: variable, case or source, text; "" takes it away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid("case")
        self.editable = False
        self._rows: list[GridRow] = []
        self._typed = ""
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder

    @property
    def rows(self) -> Sequence[GridRow]:
        """The rows that are shown, in their order."""
        return self._rows

    def show(self, grid: Grid) -> None:
        """Show another grid; sorting and filter stay where they still make sense."""
        self.beginResetModel()
        if grid.on != self.grid.on or self._column >= len(grid.variables):
            self._column = -1
        self.grid = grid
        self._fill()
        self.endResetModel()

    def show_values(self, grid: Grid) -> None:
        """Show other values in the same rows and columns; no row moves under the hands of whoever types."""
        self.grid = grid
        if self._rows and grid.variables:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(grid.variables) - 1))

    def filter(self, typed: str) -> None:
        """Show only rows in whose name or values all words that were typed stand."""
        self.beginResetModel()
        self._typed = typed
        self._fill()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._column, self._order = column, order
        self._fill()
        self.endResetModel()

    def _fill(self) -> None:
        wanted = self._typed.casefold().split()
        rows = [one for one in self.grid.rows if self._fits(one, wanted)] if wanted else list(self.grid.rows)
        if 0 <= self._column < len(self.grid.variables):
            variable = self.grid.variables[self._column]
            texts = {one.id: self._text(variable, one.id) for one in rows}
            filled = [one for one in rows if texts[one.id]]
            down = self._order == Qt.SortOrder.DescendingOrder
            filled.sort(key=lambda one: _sort_key(variable.type, texts[one.id]), reverse=down)
            # What is missing stands last in either order.
            rows = filled + [one for one in rows if not texts[one.id]]
        self._rows = rows

    def _fits(self, row: GridRow, wanted: Sequence[str]) -> bool:
        shown = [row.name, row.detail, *(self._said(variable, row.id) for variable in self.grid.variables)]
        text = "\n".join(shown).casefold()
        return all(word in text for word in wanted)

    def _text(self, variable: Variable, row_id: str) -> str:
        """Return the value that counts: a source's own, else those of its cases."""
        own = self.grid.values.get(variable.id, {}).get(row_id)
        return own if own is not None else _BETWEEN.join(self.grid.inherited.get(variable.id, {}).get(row_id, ()))

    def _said(self, variable: Variable, row_id: str) -> str:
        own = self.grid.values.get(variable.id, {}).get(row_id)
        if own is not None:
            return said(variable.type, own)
        given = self.grid.inherited.get(variable.id, {}).get(row_id, ())
        return _BETWEEN.join(said(variable.type, one) for one in given)

    def is_inherited(self, index: Index) -> bool:
        """Say whether a cell shows what the source's cases say."""
        variable, row = self.grid.variables[index.column()], self._rows[index.row()]
        return row.id not in self.grid.values.get(variable.id, {}) and bool(
            self.grid.inherited.get(variable.id, {}).get(row.id)
        )

    def own_text(self, index: Index) -> str:
        """Return the value of its own that a cell has, as people read it."""
        if not self.grid.variables:
            return ""
        variable = self.grid.variables[index.column()]
        own = self.grid.values.get(variable.id, {}).get(self._rows[index.row()].id)
        return "" if own is None else said(variable.type, own)

    def place(self, index: Index) -> tuple[str, str]:
        """Return the variable and the case or source of a cell."""
        return self.grid.variables[index.column()].id, self._rows[index.row()].id

    def row_of(self, row_id: str) -> int:
        """Return the row of a case or source, -1 where it is not shown."""
        return next((n for n, one in enumerate(self._rows) if one.id == row_id), -1)

    def known_values(self, column: int) -> list[str]:
        """Return the values that a variable has, each once, in order."""
        variable = self.grid.variables[column]
        return sorted({said(variable.type, one) for one in self.grid.values.get(variable.id, {}).values()})

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        # Without variables there is one bare column, so that a row can be chosen all the same.
        return 0 if parent.isValid() else len(self.grid.variables) or min(1, len(self.grid.rows))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable and index.isValid() else flags

    def is_unreadable(self, index: Index, typed: str) -> bool:
        """Say whether what was typed is new in a cell and no value of its variable's type."""
        text = typed.strip()
        type_ = self.grid.variables[index.column()].type
        return bool(text) and text != self.own_text(index) and not is_readable(type_, text)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not self.grid.variables:
            return None
        variable, row = self.grid.variables[index.column()], self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._said(variable, row.id)
            case Qt.ItemDataRole.EditRole:
                return self.own_text(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if variable.type in _NUMBERS else _LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{row}, {variable}: {value}", row=row.name, variable=variable.name,
                          value=self._said(variable, row.id) or tr("no value"))  # fmt: skip
            case _:
                return self._look(index, role)

    def _look(self, index: Index, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        if role not in (INHERITED, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.FontRole) or not self.is_inherited(
            index
        ):
            return None
        if role == INHERITED:
            return True
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("From the cases of this source; type to give it a value of its own")
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value).strip() != self.own_text(index):
            self.value_requested.emit(*self.place(index), str(value).strip())
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if orientation is Qt.Orientation.Vertical:
            return self._row_header(section, role) if section < len(self._rows) else None
        if section >= len(self.grid.variables):
            return None
        variable = self.grid.variables[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = " ▾" if self._order == Qt.SortOrder.DescendingOrder else " ▴"
            return variable.name + (arrow if section == self._column else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{variable.name} ({type_name(variable.type)})\n{variable.description}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if variable.type in _NUMBERS else _LEFT
        return None

    def _row_header(self, section: int, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        row = self._rows[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}\n{row.detail}".strip()
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


def _sort_key(type_: str, text: str) -> tuple[int, Any]:
    """Values that cannot be read come behind those that can, by the alphabet."""
    if not is_readable(type_, text):
        return 1, text.casefold()
    value = read_value(type_, text)
    return (0, value.casefold()) if isinstance(value, str) else (0, value)
