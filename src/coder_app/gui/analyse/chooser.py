"""A small list to tick: which sources or codes a table counts. Each tick counts at once; Escape or Enter leaves."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.theme import set_role
from coder_app.i18n import tr

_WIDTH = 340
_HEIGHT = 420
_ID = Qt.ItemDataRole.UserRole + 1


class Chooser(QFrame):
    """A popup with a field to filter by and a list of things, each with a tick."""

    chosen = Signal(frozenset)
    """The ids that are ticked now."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "card")
        self.resize(_WIDTH, _HEIGHT)
        self.setAccessibleName(title)
        self._state_before = Qt.CheckState.Unchecked
        self._items = QStandardItemModel(self)
        self._items.itemChanged.connect(self._tell)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self._items)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Type to filter"))
        self.field.setAccessibleName(tr("Filter: {list}", list=title))
        self.field.textChanged.connect(self._filtered.setFilterFixedString)
        self.field.installEventFilter(self)
        self.list = QListView(self)
        self.list.setModel(self._filtered)
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.installEventFilter(self)
        self.list.pressed.connect(self._note_state)
        self.list.clicked.connect(self._toggle)
        set_role(self.list, "quiet")
        label = QLabel(title, self)
        set_role(label, "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, state in ((tr("All"), True), (tr("None"), False)):
            button = QPushButton(words, self)
            set_role(button, "quiet")
            button.setToolTip(tr("Tick all that are listed") if state else tr("Untick all that are listed"))
            button.clicked.connect(lambda _=False, state=state: self._set_listed(ticked=state))
            row.addWidget(button)
        row.addStretch(1)
        done = QPushButton(tr("Done"), self)
        done.clicked.connect(self.close)
        row.addWidget(done)
        return row

    def ask(self, things: Sequence[tuple[str, str]], ticked: frozenset[str] | None, under: QWidget) -> None:
        """Open below `under` with `things`, id and words each; None ticks all of them."""
        self._items.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._items.clear()
        for thing_id, words in things:
            item = QStandardItem(words.replace("\n", " "))
            item.setData(thing_id, _ID)
            item.setToolTip(plain_tip(words))
            item.setCheckable(True)
            item.setCheckState(_state(ticked=ticked is None or thing_id in ticked))
            self._items.appendRow(item)
        self._items.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._filtered.invalidate()
        self.field.clear()
        self.move(self._place(under))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.setCurrentIndex(self._filtered.index(0, 0))

    def _place(self, under: QWidget) -> QPoint:
        at = under.mapToGlobal(QPoint(0, under.height() + 4))
        screen = QGuiApplication.screenAt(at) or self.screen()
        room = screen.availableGeometry()
        x = min(max(at.x(), room.left() + 8), room.right() - self.width() - 8)
        return QPoint(x, max(room.top() + 8, min(at.y(), room.bottom() - self.height() - 8)))

    def ticked(self) -> frozenset[str]:
        """Return the ids that are ticked."""
        items = (self._items.item(row) for row in range(self._items.rowCount()))
        return frozenset(item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _note_state(self, index: QModelIndex) -> None:
        self._state_before = self._item(index).checkState()

    def _toggle(self, index: QModelIndex) -> None:
        # A click on the box itself has ticked already; one on the words does the same.
        item = self._item(index)
        if item.checkState() is self._state_before:
            item.setCheckState(_state(ticked=self._state_before is not Qt.CheckState.Checked))

    def _item(self, index: QModelIndex) -> QStandardItem:
        return self._items.itemFromIndex(self._filtered.mapToSource(index))

    def _set_listed(self, *, ticked: bool) -> None:
        self._items.itemChanged.disconnect(self._tell)
        for row in range(self._filtered.rowCount()):
            self._item(self._filtered.index(row, 0)).setCheckState(_state(ticked=ticked))
        self._items.itemChanged.connect(self._tell)
        self._tell()

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.ticked())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
            return True
        if event.key() == Qt.Key.Key_Down and watched is self.field:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)


def _state(*, ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
