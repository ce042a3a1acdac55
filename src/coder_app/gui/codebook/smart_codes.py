"""The saved queries under the codes: a folded group, which counts only while somebody looks at it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QToolButton, QTreeView, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.progress import OnProgress
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.context import Context
from coder_app.gui.lookup import Lookup
from coder_app.gui.theme import set_role
from coder_app.i18n import tr
from coder_app.queries.smart_codes import smart_codes

if TYPE_CHECKING:
    from coder_app.gui.query.counting import Count

_ID = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SETTLES_MILLISECONDS = 1_500
_COUNT_WIDTH, _ROW, _MOST_ROWS = 64, 26, 6
_FOUND_BY = ("coding", "segment", "code", "coder", "source", "case", "set", "variable", "case_member", "set_member",
             "variable_value", "memo", "saved_query")  # fmt: skip


class SmartCodes(QWidget):
    """Enter or a double click asks for the passages of a query. Nothing is to be seen where no query is saved."""

    chosen = Signal(str)
    """The passages of the saved query with this id are wanted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self.setAccessibleName(tr("Smart codes"))
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolTip(tr("Saved queries, with how many passages each finds now"))
        set_role(self.button, "quiet")
        self._items = QStandardItemModel(self)
        self.list = _List(self._items)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLES_MILLISECONDS)
        self._timer.timeout.connect(self._count)
        self._counting = Lookup(context, tr("Counting what saved queries find"), self)
        self._counting.found.connect(self._show_counts)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(self.button)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        around = QHBoxLayout()
        around.setContentsMargins(9, 0, 9, 0)
        around.addWidget(self.list)
        column.addLayout(around)
        self.button.toggled.connect(self._fold)
        self.list.activated_by_key.connect(self._choose)
        self.list.doubleClicked.connect(self._choose)
        context.theme.changed.connect(self._list)
        signals = context.signals
        signals.opened.connect(self._list)
        signals.closed.connect(self._list)
        signals.changed.connect(self._on_changed)
        signals.released.connect(self._wait)
        signals.coders_shown_changed.connect(self._wait)
        self._list()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("saved_query"):
            self._list()
        elif change.touches(*_FOUND_BY):
            self._wait()

    def _wait(self, *_: object) -> None:
        """Count in a moment if the numbers are in sight, else when they come into sight."""
        self._stale = True
        if self.list.isVisible():
            self._timer.start()

    def _list(self, *_: object) -> None:
        """List the saved queries; their numbers follow."""
        project = self._context.project
        every = smart_codes(project) if project is not None else []
        self._timer.stop()
        self._counting.drop()
        kept = self._current()
        self._items.setRowCount(0)
        self._items.setColumnCount(2)
        for query_id, name in every:
            self._items.appendRow(_row(query_id, name, self._context.theme.theme.muted))
        for row in range(len(every)):
            if self._items.item(row, 0).data(_ID) == kept:
                self.list.setCurrentIndex(self._items.index(row, 0))
        self.list.fit(len(every))
        self.setVisible(bool(every))
        self._stale = True
        self._fold(self.button.isChecked())

    def _fold(self, open_: bool) -> None:  # noqa: FBT001 (QToolButton.toggled's)
        self.list.setVisible(open_)
        number = self._items.rowCount()
        self.button.setText(tr("Smart codes ({n})", n=number) + (" ▾" if open_ else " ▸"))
        self.button.setAccessibleName(tr("Smart codes ({n})", n=number))
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._counting.drop()

    def _look(self) -> None:
        if self._stale and self.list.isVisible():
            self._count()

    def _count(self) -> None:
        """Count on the worker, which also loads the language of queries."""
        project, context = self._context.project, self._context
        if project is None or not self._items.rowCount():
            return
        self._stale = False

        def find(on_progress: OnProgress) -> "dict[str, Count]":
            from coder_app.gui.query.counting import counted, hidden_of
            from coder_app.queries.saved_queries import book_of

            return counted(project, book_of(project), hidden_of(context), on_progress)

        self._counting.ask(find, at_once=False)

    def _show_counts(self, counts: "dict[str, Count]") -> None:
        for row in range(self._items.rowCount()):
            count, number = counts.get(self._items.item(row, 0).data(_ID)), self._items.item(row, 1)
            number.setText(count.shown if count is not None else "")
            number.setToolTip(plain_tip(count.problem) if count is not None else "")

    def _current(self) -> str:
        index = self.list.currentIndex()
        return str(index.siblingAtColumn(0).data(_ID) or "") if index.isValid() else ""

    def _choose(self, *_: object) -> None:
        query_id = self._current()
        if query_id:
            self.chosen.emit(query_id)


def _row(query_id: str, name: str, muted: QColor) -> list[QStandardItem]:
    named, number = QStandardItem(name), QStandardItem("")
    number.setForeground(muted)
    named.setData(query_id, _ID)
    named.setToolTip(plain_tip(name))
    number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for item in (named, number):
        item.setEditable(False)
    return [named, number]


class _List(QTreeView):
    activated_by_key = Signal(QModelIndex)

    def __init__(self, items: QStandardItemModel) -> None:
        super().__init__()
        self.setModel(items)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAccessibleName(tr("Smart codes"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self, "quiet")

    def fit(self, rows: int) -> None:
        """Take the height of a few rows, and give the names what the counts leave."""
        across = self.header()
        if rows:
            across.setStretchLastSection(False)
            across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            across.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
            across.resizeSection(1, _COUNT_WIDTH)
        high = max(_ROW, self.sizeHintForRow(0))
        self.setFixedHeight(min(max(rows, 1), _MOST_ROWS) * high + 6)

    def event(self, event: QEvent) -> bool:
        # While the list has the focus Enter is its own, whatever the window uses it for.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.activated_by_key.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
