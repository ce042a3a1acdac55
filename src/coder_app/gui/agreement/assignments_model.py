"""Sources by coders: who codes what in a round, and what is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.disagreement import Assignment
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Grid:
    """What the grid shows: sources and coders by id and name, and the assignments of one round by both ids."""

    sources: Sequence[tuple[str, str]] = ()
    coders: Sequence[tuple[str, str]] = ()
    given: dict[tuple[str, str], Assignment] = field(default_factory=dict[tuple[str, str], Assignment])

    def done(self, coder_id: str) -> tuple[int, int]:
        """Return how many sources a coder has finished, and how many are theirs."""
        own = [one for (_, coder), one in self.given.items() if coder == coder_id]
        return sum(1 for one in own if one.done_at), len(own)


class AssignmentsModel(QAbstractTableModel):
    """A row for each source, the name first, then a column for each coder."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid()

    def show(self, grid: Grid) -> None:
        """Show another grid; where only the assignments differ the selection stays."""
        before, self.grid = self.grid, grid
        if (before.sources, before.coders) == (grid.sources, grid.coders) and grid.sources:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.grid = before
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def place(self, index: Index) -> tuple[str, str] | None:
        """Return the source and the coder of a cell; None in the column of names."""
        if not index.isValid() or index.column() == 0:
            return None
        return self.grid.sources[index.row()][0], self.grid.coders[index.column() - 1][0]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.sources)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.coders) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        place = self.place(index)
        if place is None:
            return self.grid.sources[index.row()][1] if role in _WORDS else None
        one = self.grid.given.get(place)
        said = "" if one is None else tr("✓ done") if one.done_at else tr("to code")
        answers = {
            Qt.ItemDataRole.TextAlignmentRole: Qt.AlignmentFlag.AlignCenter,
            Qt.ItemDataRole.DisplayRole: said,
            Qt.ItemDataRole.AccessibleTextRole: said or tr("not assigned"),
            Qt.ItemDataRole.ToolTipRole: tr("done {day}", day=one.done_at[:10]) if one and one.done_at else None,
        }
        return answers.get(Qt.ItemDataRole(role))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if orientation is not Qt.Orientation.Horizontal or section > len(self.grid.coders):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return Qt.AlignmentFlag.AlignCenter if section else left
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return tr("Source")
        coder_id, name = self.grid.coders[section - 1]
        done, all_ = self.grid.done(coder_id)
        return tr("{coder} · {done} of {all} done", coder=name, done=done, all=all_) if all_ else name


_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
