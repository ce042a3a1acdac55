"""The codebook's panel: heading, filter, tree, and what can be done with the chosen codes."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.edits.codes import add_code, rename_code
from coder_app.gui.actions import ActionSet
from coder_app.gui.codebook.key_dialog import KeyDialog
from coder_app.gui.codebook.menus import CodeMenus
from coder_app.gui.codebook.model import ID, CodebookModel
from coder_app.gui.codebook.smart_codes import SmartCodes
from coder_app.gui.codebook.view import CodeTreeView
from coder_app.gui.context import Context
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.gui.widgets.key_cap import keys_of_codes
from coder_app.gui.widgets.only import choose_only
from coder_app.gui.widgets.words import heading, words
from coder_app.i18n import tr, trn

_MENU = (
    "code.add_child",
    "code.rename",
    "code.recolour",
    "code.describe",
    "code.pin",
    "code.key",
    "code.codable",
    "",
    "code.passages",
    "code.show_only",
    "code.show_all",
    "",
    "code.move",
    "code.merge",
    "code.delete",
)


class CodebookPanel(QFrame):
    """Shows the codebook; a click shows a code, a double click or Enter applies it to the selection."""

    code_chosen = Signal(str)
    """A code was clicked: what it means and its passages are wanted."""
    code_reached = Signal(str)
    """The arrow keys came to a code: what it means is wanted."""
    apply_requested = Signal(str)
    passages_requested = Signal(str)
    selection_dropped = Signal(str, int, int)
    flags_changed = Signal()

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._collapsed: set[str] = set()
        self._last: str | None = None
        self.setAccessibleName(tr("Codebook"))
        self.model = CodebookModel(self, context.blinding.code_uses)
        self.tree = CodeTreeView(context.theme, self)
        self.tree.setModel(self.model)
        self.menus = CodeMenus(context, self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Filter codes…"))
        self.field.setAccessibleName(tr("Filter codes"))
        self.field.setClearButtonEnabled(True)
        self._add = QToolButton(self)
        set_role(self._add, "quiet")
        self._add.setToolTip(actions["code.add"].text())
        self._add.setAccessibleName(actions["code.add"].text())
        self._count = QLabel(self)
        self.smart_codes = SmartCodes(context, self)
        self._empty = words("", "muted")
        actions["code.codable"].setCheckable(True)
        self._arrange()
        self._connect()
        self._draw(context.theme.theme)
        self._reload()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 14, 8, 0)
        head.addWidget(heading(tr("Codebook"), self._count), 1)
        head.addWidget(self._add)
        filter_row = QHBoxLayout()
        filter_row.setContentsMargins(14, 0, 14, 0)
        filter_row.addWidget(self.field)
        self._empty.setContentsMargins(14, 0, 14, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (head, filter_row):
            column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.tree, 1)
        column.addWidget(self.smart_codes)
        QWidget.setTabOrder(self._add, self.field)
        QWidget.setTabOrder(self.field, self.tree)

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add)
        self.field.textChanged.connect(self._on_filter)
        self.field.returnPressed.connect(self._to_first)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.field, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._to_first)
        tree = self.tree
        tree.selectionModel().currentChanged.connect(self._on_current)
        tree.clicked.connect(self._on_clicked)
        tree.doubleClicked.connect(self._on_apply)
        tree.apply_pressed.connect(self._on_apply)
        tree.reached.connect(self._on_reached)
        tree.delete_pressed.connect(self._delete)
        tree.collapsed.connect(self._on_collapsed)
        tree.expanded.connect(self._on_expanded)
        tree.customContextMenuRequested.connect(self._open_menu)
        self.model.move_requested.connect(self.menus.move)
        self.model.rename_requested.connect(self._on_renamed)
        self.model.selection_dropped.connect(self.selection_dropped)
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_opened)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._read_keys)
        self._context.blinding.changed.connect(self._count_again)
        self._context.theme.changed.connect(self._draw)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what this panel does for the window's actions."""
        menus = self.menus
        return {
            "code.add": self._on_add,
            "code.add_child": lambda: self._add_under(self.current()),
            "code.rename": self._rename,
            "code.recolour": lambda: self._for_current(lambda code_id: menus.recolour(code_id, self._point())),
            "code.pin": lambda: self._for_current(lambda code_id: menus.pin(code_id, self._point())),
            "code.key": lambda: self._for_current(self._ask_key),
            "code.codable": lambda: self._for_current(menus.toggle_codable),
            "code.move": lambda: self._for_current(lambda _: menus.ask_where_to(self.chosen(), self._point())),
            "code.merge": lambda: self._for_current(lambda _: menus.ask_merge(self.chosen(), self._point())),
            "code.delete": self._delete,
            "code.show_only": lambda: self._context.shown_codes.show_branches(self.chosen()),
            "code.show_all": self._context.shown_codes.show_all,
            "code.passages": lambda: self._for_current(self.passages_requested.emit),
            "code.filter": self._to_filter,
        }

    def flags(self) -> set[str]:
        """Return "code" where a code is chosen."""
        return {"code"} if self.current() else set()

    def current(self) -> str | None:
        """Return the id of the chosen code."""
        index = self.tree.currentIndex()
        return index.data(ID) if index.isValid() else None

    def chosen(self) -> list[str]:
        """Return the ids of all selected codes; the one the keyboard stands on where none is."""
        found = [index.data(ID) for index in self.tree.selectionModel().selectedRows()]
        current = self.current()
        return found or ([current] if current else [])

    def reveal(self, code_id: str) -> None:
        """Choose a code and scroll to it; a filter that hides it is cleared."""
        if not self._index(code_id).isValid():
            self.field.clear()
        index = self._index(code_id)
        if index.isValid():
            choose_only(self.tree, index)
            self.tree.scrollTo(index)

    def _index(self, code_id: str | None) -> QModelIndex:
        return self.model.index_of(code_id)

    def _for_current(self, do: Callable[[str], object]) -> None:
        code_id = self.current()
        if code_id is not None:
            do(code_id)

    def _on_opened(self, *_: object) -> None:
        self._collapsed.clear()
        self._last = None
        self.field.clear()
        self._reload()

    def _reload(self) -> None:
        """Read the codebook; what was chosen, closed and in sight stays so."""
        scrolled = self.tree.verticalScrollBar().value()
        self._read_keys()
        self._keep_chosen(lambda: self.model.load(self._context.project))
        self.tree.verticalScrollBar().setValue(scrolled)
        self._add.setEnabled(self._context.writable)

    def _keep_chosen(self, reset: Callable[[], object]) -> None:
        """Let all rows be shown anew; what was chosen stays so, or is chosen again once it is shown again."""
        self._last = self.current() or self._last
        chosen = self.chosen()
        reset()
        self._expand()
        choose_only(self.tree, self._index(self._last))
        for code_id in chosen:
            self.tree.selectionModel().select(self._index(code_id), QItemSelectionModel.SelectionFlag.Select)
        self._say_count()
        self._on_current()

    def _say_count(self) -> None:
        count = len(self.model.tree)
        self._count.setText(str(count) if count else "")
        self._count.setAccessibleName(trn("{n} code", "{n} codes", count))
        told = tr("No codes yet. Press Ctrl+Shift+N for the first, code a passage with V, or import a codebook.")
        if count:
            told = tr("No code has these words in its name.")
        elif not self._context.writable:
            told = tr("No codes yet.")
        self._empty.setText(told)
        self._empty.setVisible(self._context.project is not None and not self.model.rowCount())

    def _expand(self) -> None:
        with QSignalBlocker(self.tree):  # it would tell of each of 1,000 rows
            self.tree.expandAll()
            for code_id in () if self.model.is_filtering else self._collapsed:
                self.tree.collapse(self._index(code_id))

    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self.model.is_filtering:
            self._collapsed.add(index.data(ID))

    def _on_expanded(self, index: QModelIndex) -> None:
        if not self.model.is_filtering:
            self._collapsed.discard(index.data(ID))

    def _read_keys(self, *_: object) -> None:
        project = self._context.project
        self.model.keys = keys_of_codes(project) if project is not None else {}
        self.tree.viewport().update()

    def _ask_key(self, code_id: str) -> None:
        project = self._context.project
        if project is not None:
            KeyDialog(self._context, self._actions, project, code_id, self).open()

    def _on_changed(self, change: ChangeSet) -> None:
        project = self._context.project
        if project is None:
            return
        if change.touches("code") and not self.model.take_codes(project, change):
            self._reload()
        elif self._context.blinding.must_count_again(change):
            self.model.count_again(project)
        elif change.touches("coding"):
            self.model.take_codings(change, project)
        if change.touches("code"):
            self._on_current()
        if change.touches("setting"):
            self._read_keys()

    def _count_again(self) -> None:
        if self._context.project is not None:
            self.model.count_again(self._context.project)

    def _on_filter(self, typed: str) -> None:
        self._keep_chosen(lambda: self.model.show_fitting(typed))
        current = self.tree.currentIndex()
        if current.isValid():
            self.tree.scrollTo(current)

    def _to_filter(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _to_first(self) -> None:
        """Go from the filter to the first code whose own name fits."""
        first = self.model.first_fitting()
        if first is not None:
            choose_only(self.tree, self._index(first))
        self.tree.setFocus()

    def _on_current(self, *_: object) -> None:
        code_id = self.current()
        only_groups = code_id is not None and not self.model.tree[code_id].is_codable
        self._actions["code.codable"].setChecked(only_groups)
        self.flags_changed.emit()

    def _on_reached(self, index: QModelIndex) -> None:
        self.code_reached.emit(index.data(ID))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.code_chosen.emit(index.data(ID))

    def _on_apply(self, index: QModelIndex) -> None:
        self.apply_requested.emit(index.data(ID))

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for action_id in _MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.exec(self.tree.viewport().mapToGlobal(at))
        menu.deleteLater()

    def _on_add(self) -> None:
        self._add_under(None)

    def _add_under(self, parent_id: str | None) -> None:
        code_id = self._context.attempt(add_code, tr("New code"), parent_id)
        if code_id is not None:
            self.reveal(code_id)
            self._rename()

    def _rename(self) -> None:
        if self._context.writable and self.tree.currentIndex().isValid():
            self.tree.setFocus()
            self.tree.edit(self.tree.currentIndex())

    def _on_renamed(self, code_id: str, name: str) -> None:
        self._context.attempt(rename_code, code_id, name)

    def _delete(self) -> None:
        if self._context.writable and self.chosen():
            self.menus.delete(self.chosen())

    def _point(self) -> QPoint:
        place = self.tree.visualRect(self.tree.currentIndex())
        return self.tree.viewport().mapToGlobal(place.bottomLeft())

    def _draw(self, theme: Theme) -> None:
        self._add.setIcon(icon("plus", theme))
        self.tree.viewport().update()
