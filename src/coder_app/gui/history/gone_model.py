"""What was deleted, as Qt's list sees it; words are read for the rows that are looked at."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.field_words import one_name
from coder_app.gui.history.days import moment_words
from coder_app.i18n import tr
from coder_app.queries.history_deleted import Deleted, Gone, deleted
from coder_app.store.project import Project

GONE = Qt.ItemDataRole.UserRole
"""A Deleted, with its words."""

_AT_ONCE = 100


class GoneModel(QAbstractListModel):
    """A row for each thing that is gone, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._things: list[Gone] = []
        self._told: dict[int, Deleted] = {}

    def show(self, project: Project | None, things: list[Gone]) -> None:
        """Show other things."""
        self.beginResetModel()
        self._project, self._things, self._told = project, things, {}
        self.endResetModel()

    def thing(self, row: int) -> Gone:
        """Return the thing in a row."""
        return self._things[row]

    def _words(self, row: int) -> Deleted | None:
        if row not in self._told and self._project is not None:
            start = row - row % _AT_ONCE
            some = self._things[start : start + _AT_ONCE]
            self._told.update(enumerate(deleted(self._project, some), start))
        return self._told.get(row)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._things)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid() or role not in (
            GONE,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        told = self._words(index.row())
        if role == GONE or told is None:
            return told
        return told.what if role == Qt.ItemDataRole.DisplayRole else spoken(told)


def spoken(one: Deleted) -> str:
    """Return what was deleted, by whom and when, in one sentence."""
    along = tr(" with {what}", what=one.went_along) if one.went_along else ""
    return tr(
        "{kind}: {what}{along}, deleted by {coder}, {when}",
        kind=one_name(one.table),
        what=one.what,
        along=along,
        coder=one.coder,
        when=moment_words(one.made_at),
    )
