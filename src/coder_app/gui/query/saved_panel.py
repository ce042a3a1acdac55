"""The saved queries with how many passages they find now; each is a smart code."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QMenu, QTreeView, QVBoxLayout, QWidget

from coder_app.domain.errors import BadInput
from coder_app.domain.query_language.meaning import Book, SavedQuery, as_named_today
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.edits.saved_queries import change_query, delete_queries, describe_query, rename_query
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.query.counting import Count
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import heading, words
from coder_app.i18n import tr

_ID = Qt.ItemDataRole.UserRole
_COUNT_WIDTH = 64


class SavedPanel(QFrame):
    """A click shows what a query finds; the menu renames, changes and deletes it."""

    chosen = Signal(object)
    """A SavedQuery is to be shown."""
    added = Signal(object)
    """A SavedQuery is to be used in the present one."""

    def __init__(self, context: Context, present: Callable[[], str], parent: QWidget | None = None) -> None:
        """`present` returns the query that is written now."""
        super().__init__(parent)
        self._context = context
        self._present = present
        self._book: Book | None = None
        set_role(self, "left-panel")
        self.number = QLabel()
        self.list = _List()
        self._rows = QStandardItemModel(self)
        self.list.setModel(self._rows)
        self.empty = words(
            tr("None yet. A query that is saved is a smart code: its passages are always those of now."), "muted"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 20, 8, 8)
        column.setSpacing(8)
        column.addWidget(heading(tr("Saved queries"), self.number))
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)  # without a list, the sentence stands at the top
        self.list.clicked.connect(self._show)
        self.list.entered_by_key.connect(self._show)
        self.list.renamed_by_key.connect(self._rename)
        self.list.deleted_by_key.connect(self._delete)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.show_saved(None, {})

    def show_saved(self, book: Book | None, counts: Mapping[str, Count]) -> None:
        """Show the saved queries; counts that are not known yet are left out."""
        kept = self._current_id()
        self._book = book
        saved: Sequence[SavedQuery] = book.saved if book is not None else ()
        self._rows.setRowCount(0)
        self._rows.setColumnCount(2)
        for one in saved:
            self._rows.appendRow(self._row(one, counts.get(one.id)))
        self.number.setText(f"{len(saved):,}" if saved else "")
        self.empty.setVisible(not saved)
        self.list.setVisible(bool(saved))
        self.list.fit()
        for row in range(self._rows.rowCount()):
            if self._rows.item(row, 0).data(_ID) == kept:
                self.list.setCurrentIndex(self._rows.index(row, 0))

    def _row(self, one: SavedQuery, count: Count | None) -> list[QStandardItem]:
        name = QStandardItem(one.name)
        name.setData(one.id, _ID)
        number = QStandardItem("" if count is None else count.shown)
        number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        told = [as_named_today(one.text, self._book, one.refers) if self._book else one.text, one.description]
        told += [count.problem] if count is not None and count.problem else []
        tip = "\n\n".join(part for part in told if part)
        for item in (name, number):
            item.setEditable(False)
            item.setToolTip(plain_tip(tip))
        number.setAccessibleText(count.problem if count is not None and count.problem else number.text())
        return [name, number]

    def _current_id(self) -> str:
        index = self.list.currentIndex()
        return str(index.siblingAtColumn(0).data(_ID) or "") if index.isValid() else ""

    def current(self) -> SavedQuery | None:
        """Return the chosen query."""
        saved = self._book.saved if self._book is not None else ()
        return next((one for one in saved if one.id == self._current_id()), None)

    def forget_choice(self) -> None:
        """Choose none: the query that is written is another one."""
        self.list.clearSelection()
        self.list.setCurrentIndex(self._rows.index(-1, -1))

    def _show(self, *_: object) -> None:
        one = self.current()
        if one is not None:
            self.chosen.emit(one)

    def _open_menu(self, at: QPoint) -> None:
        one = self.current()
        if one is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Show its passages") + "\tEnter", self._show)
        menu.addAction(tr("Use it in the query above"), lambda: self.added.emit(one))
        menu.addSeparator()
        present = self._present().strip()
        changes = [
            menu.addAction(tr("Rename…") + "\tF2", self._rename),
            menu.addAction(tr("Say what it is for…"), self._describe),
            menu.addAction(tr("Let it ask what is written above"), lambda: self._change(one, present)),
            menu.addAction(tr("Delete") + "\t" + tr("Del"), self._delete),
        ]
        for action in changes:
            action.setEnabled(self._context.writable)
        changes[2].setEnabled(self._context.writable and bool(present))
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _rename(self) -> None:
        one = self.current()
        if one is not None and self._context.writable:

            def rename(name: str) -> None:
                self._context.attempt(rename_query, one.id, name)

            Ask(self._context, self.window(), tr("What the query is called"), rename, text=one.name)

    def _describe(self) -> None:
        one = self.current()
        if one is not None:

            def describe(text: str) -> None:
                self._context.attempt(describe_query, one.id, text)

            Ask(self._context, self.window(), tr("What the query is for"), describe, text=one.description)

    def _change(self, one: SavedQuery, text: str) -> None:
        try:
            if self._context.project is not None:
                change_query(self._context.project, one.id, text)
        except QueryMistake as mistake:
            self._context.say(mistake.words)
        except BadInput as problem:
            self._context.tell(problem)
        else:
            self._context.say(tr("“{name}” asks for something else now.", name=one.name), undo=True)

    def _delete(self) -> None:
        one = self.current()
        if one is not None and self._context.writable:
            self._context.attempt(delete_queries, [one.id])
            self._context.say(tr("The query “{name}” was deleted.", name=one.name), undo=True)


class _List(QTreeView):
    entered_by_key = Signal()
    renamed_by_key = Signal()
    deleted_by_key = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAccessibleName(tr("Saved queries"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Give the names what the counts leave."""
        across = self.header()
        across.setStretchLastSection(False)
        across.setMinimumSectionSize(24)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(1, _COUNT_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered_by_key.emit()
            case Qt.Key.Key_F2:
                self.renamed_by_key.emit()
            case Qt.Key.Key_Delete:
                self.deleted_by_key.emit()
            case _:
                super().keyPressEvent(event)
