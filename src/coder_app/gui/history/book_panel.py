"""How the codebook developed, as a table to read."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.table import Table
from coder_app.gui.context import Context
from coder_app.gui.history.days import moment_words
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.history_codebook import codebook_development

_SHOWN = ("made_at", "coder", "change", "code", "field", "before", "after")
_WIDTHS = (184, 100, 120, 240, 150, 260)
_MARGIN = 20


class BookModel(QAbstractTableModel):
    """The development of the codebook as Qt's table sees it, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = Table("", (), ())
        self._places: list[int] = []

    def show(self, table: Table) -> None:
        """Show another development."""
        self.beginResetModel()
        self._table = table
        places = {column.id: n for n, column in enumerate(table.columns)}
        self._places = [places[name] for name in _SHOWN if name in places]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._places)

    def step_id(self, row: int) -> str:
        """Return the step of a row."""
        place = next(n for n, column in enumerate(self._table.columns) if column.id == "step")
        return str(self._table.rows[-1 - row][place])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self._table.rows[-1 - index.row()][self._places[index.column()]]
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        text = "" if cell is None else str(cell)
        return moment_words(text) if index.column() == 0 else " ".join(text.split())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return tr("When") if section == 0 else self._table.columns[self._places[section]].title


class BookPanel(QWidget):
    """Enter or a double click shows the step behind a row."""

    step_requested = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(tr("Development of the codebook"))
        self.model = BookModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Development of the codebook"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        set_role(self.table, "quiet")
        self.everything = QCheckBox(tr("With what was taken back"))
        self.count = QLabel()
        set_role(self.count, "muted")
        self.empty = words(tr("The codebook has not been changed yet."), "muted")
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        head.setSpacing(14)
        head.addWidget(self.everything)
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        bare = QVBoxLayout()
        bare.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        bare.addWidget(self.empty)
        column.addLayout(bare)
        wide = QVBoxLayout()
        wide.setContentsMargins(14, 0, 0, 0)
        wide.addWidget(self.table)
        column.addLayout(wide, 1)
        self.everything.toggled.connect(self._on_toggled)
        self.table.activated.connect(self._open)

    def refresh(self) -> None:
        """Read the development again."""
        self.model.show(self.shown_table())
        for n, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(n, width)
        rows = self.model.rowCount()
        self.count.setText(trn("{n} change", "{n} changes", rows))
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def shown_table(self) -> Table:
        """Return what is shown, for an export."""
        project = self._context.project
        if project is None:
            return Table("", (), ())
        return codebook_development(project, everything=self.everything.isChecked())

    def _on_toggled(self, _checked: bool) -> None:  # noqa: FBT001 - the signature of the signal
        self.refresh()

    def _open(self, index: QModelIndex) -> None:
        self.step_requested.emit(self.model.step_id(index.row()))
