"""Asks what of then should be copied into today: a list to tick, of what is gone or reads differently now."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.field_words import one_name
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.history_then import Lost

_THING = Qt.ItemDataRole.UserRole + 1
_SIZE = (680, 540)
_ROW = 28


class BringBack(QDialog):
    """Space ticks what is selected. The things that are chosen in the window are ticked at first."""

    wanted = Signal(list)
    """Things, (table, id) each, should be copied into today."""

    def __init__(self, lost: Sequence[Lost], ticked: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Bring back to today"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.model = QStandardItemModel(self)
        for one in lost:
            self.model.appendRow(_item(one, ticked=one.row_id in ticked))
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self.model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Filter"))
        self.field.setAccessibleName(tr("Filter"))
        self.field.setClearButtonEnabled(True)
        self.list = QListView()
        self.list.setModel(self._filtered)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("What can be brought back"))
        self.all = QPushButton(tr("Tick all shown"))
        self.count = QLabel()
        set_role(self.count, "muted")
        self.empty = words(tr("Everything of then is there today, in the same words."), "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.addButton(tr("Bring back"), QDialogButtonBox.ButtonRole.AcceptRole)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())
        self._arrange()
        self.empty.setVisible(not lost)
        for part in (self.field, self.list, self.all):
            part.setVisible(bool(lost))
        self.field.textChanged.connect(self._filtered.setFilterFixedString)
        self.list.activated.connect(self._toggle)
        self.all.clicked.connect(self._tick_shown)
        self.model.itemChanged.connect(self._count)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._count()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 14)
        column.setSpacing(8)
        said = tr(
            "What was there then and is gone today, or reads differently. What you tick is copied into today's "
            "project as one step; everything done since stays."
        )
        column.addWidget(words(said))
        column.addWidget(self.empty)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.all)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.buttons)
        column.addLayout(row)

    def ticked(self) -> list[tuple[str, str]]:
        """Return the things that are ticked."""
        items = (self.model.item(n) for n in range(self.model.rowCount()))
        return [item.data(_THING) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _toggle(self, index: QModelIndex) -> None:
        item = self.model.itemFromIndex(self._filtered.mapToSource(index))
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _tick_shown(self) -> None:
        for row in range(self._filtered.rowCount()):
            index = self._filtered.mapToSource(self._filtered.index(row, 0))
            self.model.itemFromIndex(index).setCheckState(Qt.CheckState.Checked)

    def _count(self, *_: object) -> None:
        n = len(self.ticked())
        self.count.setText(trn("{n} ticked", "{n} ticked", n))
        self.ok.setEnabled(n > 0)

    def _accept(self) -> None:
        things = self.ticked()
        self.accept()
        self.wanted.emit(things)


def _item(one: Lost, *, ticked: bool) -> QStandardItem:
    state = tr("other words today") if one.reworded else tr("gone today")
    item = QStandardItem(f"{one_name(one.table)}, {state}: {one.what}")
    item.setSizeHint(QSize(0, _ROW))
    item.setEditable(False)
    item.setCheckable(True)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    item.setData((one.table, one.row_id), _THING)
    return item
