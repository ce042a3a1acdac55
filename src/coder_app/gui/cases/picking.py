"""A small window in which several things are picked from a list that can be filtered, such as sources for a case."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.context import Context
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr

_WIDTH, _HEIGHT = 420, 460
_ID = Qt.ItemDataRole.UserRole


class Pick(QDialog):
    """Calls `picked(ids)` once, with what was ticked; Escape forgets it. Goes when the project goes."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        title: str,
        things: Sequence[tuple[str, str]],
        picked: Callable[[list[str]], object],
    ) -> None:
        """Show the list; `things` are ids and names."""
        # Of the window: lists in a panel look otherwise.
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        sizes = context.theme.theme.sizes
        self._picked = picked
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type to filter"))
        self.field.setAccessibleName(tr("Filter"))
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        for one, name in things:
            item = QListWidgetItem(name)
            item.setData(_ID, one)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.small)
        column.addWidget(sentence(title, "", self))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._check)
        context.signals.closed.connect(self.reject)
        self._check()
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    def ids(self) -> list[str]:
        """Return what is ticked."""
        return [str(item.data(_ID)) for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def _check(self, *_: object) -> None:
        self.ok.setEnabled(bool(self.ids()))

    def accept(self) -> None:
        if self.ok.isEnabled() and self.isVisible():
            super().accept()
            self._picked(self.ids())
