"""The steps of the history as Qt's list sees them: by day, the newest first, words read when they are looked at."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.disagreement import NOTHING_HIDDEN, Blinds
from coder_app.gui.history.days import clock_of, day_of, day_words
from coder_app.i18n import tr
from coder_app.queries.history import HistoryStep, StepRef, steps
from coder_app.store.project import Project

STEP = Qt.ItemDataRole.UserRole
"""A HistoryStep, with its words; None for the heading of a day."""
DAY = Qt.ItemDataRole.UserRole + 1
"""The words of a heading; "" for a step."""

_AT_ONCE = 100


def by_day(refs: Iterable[StepRef]) -> list[StepRef | date]:
    """Return steps, the newest first, with each day before its steps."""
    rows: list[StepRef | date] = []
    last: date | None = None
    for ref in refs:
        day = day_of(ref.made_at)
        if day != last:
            rows.append(day)
            last = day
        rows.append(ref)
    return rows


class StepsModel(QAbstractListModel):
    """A row for each step and for each day. Only the rows in sight have been read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._blinds = NOTHING_HIDDEN
        self._rows: list[StepRef | date] = []
        self._steps: dict[int, HistoryStep] = {}

    def show(self, project: Project | None, rows: list[StepRef | date], blinds: Blinds = NOTHING_HIDDEN) -> None:
        """Show other steps, as `by_day` lists them; what `blinds` hide is only said to be hidden."""
        self.beginResetModel()
        self._project = project
        self._blinds = blinds
        self._rows = rows
        self._steps = {}
        self.endResetModel()

    def number(self) -> int:
        """Return how many steps are shown."""
        return sum(isinstance(row, StepRef) for row in self._rows)

    def row_of(self, step_id: str) -> int:
        """Return the row of a step, or -1 where it is not shown."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, StepRef) and row.id == step_id), -1)

    def first_step(self) -> int:
        """Return the row of the newest step, or -1."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, StepRef)), -1)

    def _step(self, row: int) -> HistoryStep | None:
        if row not in self._steps and self._project is not None:
            start = row - row % _AT_ONCE
            rows = range(start, min(start + _AT_ONCE, len(self._rows)))
            wanted = [(n, ref) for n in rows if isinstance(ref := self._rows[n], StepRef)]
            told = steps(self._project, (ref for _, ref in wanted), self._blinds)
            self._steps.update((n, step) for (n, _), step in zip(wanted, told, strict=True))
        return self._steps.get(row)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or not isinstance(self._rows[index.row()], StepRef):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, date):
            day = day_words(row)
            return day if role in (DAY, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == DAY:
            return ""
        if role not in (STEP, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        step = self._step(index.row())
        if role == STEP or step is None:
            return step
        return step.words if role == Qt.ItemDataRole.DisplayRole else _spoken(step)


def _spoken(step: HistoryStep) -> str:
    said = f"{clock_of(step.made_at)}, {step.words}"
    return tr("{words}, undone", words=said) if step.undone_by else said
