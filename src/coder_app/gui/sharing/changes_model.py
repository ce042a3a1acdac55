"""What a newer version of a shared codebook would change, as Qt's table sees it, with what was decided about it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.codebook_diff import CodeChange, kind_words
from coder_app.i18n import tr
from coder_app.queries.sharing import Offer

Index = QModelIndex | QPersistentModelIndex
ACCEPT, DECLINE, LATER = "accept", "decline", ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a change that can be decided, or a code that stays as it is, which `stays` says why."""

    path: str
    change: CodeChange | None
    stays: str = ""


class ChangesModel(QAbstractTableModel):
    """Three columns: the code, what changed, what is decided."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._decisions: dict[str, str] = {}

    def show(self, offer: Offer) -> None:
        """Show another offer; decisions about what is still open are kept."""
        self.beginResetModel()
        self._lines = [Line(one.path, one) for one in offer.open]
        self._lines += [Line(one.path, one, tr("declined before")) for one in offer.declined]
        self._lines += [Line(one.path, one, tr("changed here")) for one in offer.local]
        self._lines += [Line(path, None, tr("retired, used here")) for _, path in offer.retired]
        self._lines += [Line(path, None, tr("only here")) for path in offer.own]
        known = {line.change.id for line in self._lines if line.change is not None}
        self._decisions = {code_id: what for code_id, what in self._decisions.items() if code_id in known}
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """Return a row, None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def decided(self, what: str) -> list[str]:
        """Return the ids of the codes about which this was decided."""
        return [code_id for code_id, decision in self._decisions.items() if decision == what]

    def decide(self, rows: Collection[int], what: str) -> None:
        """Decide about rows; those that can only stay are left out."""
        for row in rows:
            line = self.line(row)
            if line is not None and line.change is not None:
                self._decisions.pop(line.change.id, None)
                if what:
                    self._decisions[line.change.id] = what
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 2))

    def open_rows(self) -> list[int]:
        """Return the rows that wait for a decision."""
        return [n for n, line in enumerate(self._lines) if line.change is not None and not line.stays]

    def row_of(self, code_id: str) -> int:
        """Return the row of a change, -1 where it is no longer there."""
        return next((n for n, one in enumerate(self._lines) if one.change is not None and one.change.id == code_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return (line.path, _what(line), self._told(line))[index.column()]

    def _told(self, line: Line) -> str:
        decision = self._decisions.get(line.change.id, LATER) if line.change is not None else LATER
        words = {ACCEPT: tr("✓ accept"), DECLINE: tr("– decline")}
        return words.get(decision, line.stays or tr("open"))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (tr("Code"), tr("Change"), tr("Decision"))[section]


def _what(line: Line) -> str:
    if line.change is None:
        return ""
    told = ", ".join(kind_words(kind) for kind in line.change.kinds)
    return tr("{told} into {path}", told=told, path=line.change.merged_into) if line.change.merged_into else told
