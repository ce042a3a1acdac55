"""The codebook's panel: heading, filter, tree, and what can be done with the chosen codes."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.domain.palette import PALETTE
from coder_app.edits.codes import (
    add_code,
    delete_codes,
    merge_codes,
    move_codes,
    recolour_code,
    rename_code,
    set_codable,
)
from coder_app.edits.settings import pin_code
from coder_app.gui.actions import ActionSet
from coder_app.gui.codebook.model import ID, CodebookModel
from coder_app.gui.codebook.view import CodeTreeView
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.picker.ranking import plain
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.gui.widgets.words import heading, swatch, unmarked, words
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_uses
from coder_app.queries.settings import pinned_codes

_MENU = (
    "code.add_child",
    "code.rename",
    "code.recolour",
    "code.describe",
    "code.pin",
    "code.codable",
    "",
    "code.passages",
    "",
    "code.move",
    "code.merge",
    "code.delete",
)


class _Filter(QSortFilterProxyModel):
    """Shows the codes whose name holds all typed words, and the codes above them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)

    def set_words(self, typed: str) -> None:
        self._words = plain(typed).split()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]  # the stubs' union
        if not self._words:
            return True
        name = plain(str(self.sourceModel().index(row, 0, parent).data()))
        return all(word in name for word in self._words)


class CodebookPanel(QFrame):
    """Shows the codebook; a click shows a code, a double click or Enter applies it to the selection."""

    code_chosen = Signal(str)
    apply_requested = Signal(str)
    passages_requested = Signal(str)
    selection_dropped = Signal(str, int, int)
    flags_changed = Signal()

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self.setAccessibleName(tr("Codebook"))
        self.model = CodebookModel(self)
        self._filter = _Filter(self)
        self._filter.setSourceModel(self.model)
        self.tree = CodeTreeView(context.theme, self)
        self.tree.setModel(self._filter)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Filter codes…"))
        self._field.setAccessibleName(tr("Filter codes"))
        self._field.setClearButtonEnabled(True)
        self._add = QToolButton(self)
        set_role(self._add, "quiet")
        self._add.setToolTip(actions["code.add"].text())
        self._add.setAccessibleName(actions["code.add"].text())
        self._add.clicked.connect(self._on_add)
        self._count = QLabel(self)
        self._empty = words(
            tr("No codes yet. Press Ctrl+Shift+N for the first, code a passage with V, or import a codebook."), "muted"
        )
        self._picker = CodePicker(context, self)
        self._purpose: Callable[[str], object] = lambda _code_id: None
        self._arrange()
        self._connect()
        self._draw(context.theme.theme)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 14, 8, 0)
        head.addWidget(heading(tr("Codebook"), self._count), 1)
        head.addWidget(self._add)
        filter_row = QHBoxLayout()
        filter_row.setContentsMargins(14, 0, 14, 0)
        filter_row.addWidget(self._field)
        self._empty.setContentsMargins(14, 0, 14, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (head, filter_row):
            column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.tree, 1)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_filter)
        self._field.returnPressed.connect(self.tree.setFocus)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.tree.clicked.connect(self._on_clicked)
        self.tree.doubleClicked.connect(self._on_apply)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.model.move_requested.connect(self._move)
        self.model.rename_requested.connect(self._on_renamed)
        self.model.selection_dropped.connect(self.selection_dropped)
        self._picker.code_picked.connect(self._on_picked)
        signals = self._context.signals
        signals.opened.connect(self._reload)
        signals.closed.connect(self._reload)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._read_pins)
        self._context.theme.changed.connect(self._draw)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what this panel does for the window's actions."""
        return {
            "code.add": self._on_add,
            "code.add_child": lambda: self._add_under(self.current()),
            "code.rename": self._rename,
            "code.recolour": self._recolour,
            "code.pin": self._pin,
            "code.codable": self._toggle_codable,
            "code.move": self._ask_where_to,
            "code.merge": self._ask_merge,
            "code.delete": self._delete,
            "code.passages": lambda: self.passages_requested.emit(self.current() or ""),
            "code.filter": self._field.setFocus,
        }

    def flags(self) -> set[str]:
        """Return "code" where a code is chosen."""
        return {"code"} if self.current() else set()

    def current(self) -> str | None:
        """Return the id of the chosen code."""
        index = self.tree.currentIndex()
        return index.data(ID) if index.isValid() else None

    def chosen(self) -> list[str]:
        """Return the ids of all selected codes."""
        return [index.data(ID) for index in self.tree.selectionModel().selectedRows()]

    def reveal(self, code_id: str) -> None:
        """Choose a code and scroll to it."""
        self._field.clear()
        index = self._filter.mapFromSource(self.model.index_of(code_id))
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def _reload(self, *_: object) -> None:
        current = self.current()
        closed = {code_id for code_id in self._all_ids() if not self._is_expanded(code_id)}
        scrolled = self.tree.verticalScrollBar().value()
        self._read_pins()
        self.model.load(self._context.project)
        self._expand(closed)
        if current:
            index = self._filter.mapFromSource(self.model.index_of(current))
            if index.isValid():
                self.tree.setCurrentIndex(index)
        self.tree.verticalScrollBar().setValue(scrolled)
        count = len(self.model.tree)
        self._count.setText(str(count) if count else "")
        shown = self._context.project is not None
        self._empty.setVisible(shown and not count)
        self._add.setEnabled(self._context.writable)
        self.flags_changed.emit()

    def _all_ids(self) -> list[str]:
        return [code.id for code in self.model.tree.walk() if self.model.tree.children(code.id)]

    def _is_expanded(self, code_id: str) -> bool:
        return self.tree.isExpanded(self._filter.mapFromSource(self.model.index_of(code_id)))

    def _expand(self, closed: set[str]) -> None:
        self.tree.expandAll()
        for code_id in closed:
            self.tree.setExpanded(self._filter.mapFromSource(self.model.index_of(code_id)), False)  # noqa: FBT003 - Qt

    def _read_pins(self, *_: object) -> None:
        project = self._context.project
        pins = pinned_codes(project) if project is not None else {}
        self.model.pinned = {code_id: number for number, code_id in pins.items()}
        self.tree.viewport().update()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("code"):
            self._reload()
        elif change.touches("coding"):
            self.model.take_codings(change)
        if change.touches("setting"):
            self._read_pins()

    def _on_filter(self, typed: str) -> None:
        self._filter.set_words(typed)
        self.tree.expandAll()

    def _on_current(self, *_: object) -> None:
        self.flags_changed.emit()

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

    def _on_picked(self, code_id: str) -> None:
        self._purpose(code_id)

    def _recolour(self) -> None:
        code_id = self.current()
        if code_id is None:
            return
        menu = QMenu(self)
        for colour in PALETTE:
            action = menu.addAction(swatch(colour, 14), colour)
            action.triggered.connect(lambda _=False, colour=colour: self._set_colour(code_id, colour))
        menu.addSeparator()
        menu.addAction(tr("Another colour…")).triggered.connect(lambda: self._ask_colour(code_id))
        menu.exec(self._point())

    def _ask_colour(self, code_id: str) -> None:
        colour = QColorDialog.getColor(QColor(self.model.tree[code_id].colour), self, tr("Colour of the code"))
        if colour.isValid():
            self._set_colour(code_id, colour.name())

    def _set_colour(self, code_id: str, colour: str) -> None:
        self._context.attempt(recolour_code, code_id, colour)

    def _pin(self) -> None:
        code_id = self.current()
        project = self._context.project
        if code_id is None or project is None:
            return
        pins = pinned_codes(project)
        menu = QMenu(self)
        for number in range(1, 10):
            name = unmarked(self.model.tree[pins[number]].name) if number in pins else tr("free")
            action = menu.addAction(f"{number}   {name}")
            action.setCheckable(True)
            action.setChecked(pins.get(number) == code_id)
            wanted = None if pins.get(number) == code_id else code_id
            action.triggered.connect(
                lambda _=False, number=number, wanted=wanted: self._context.attempt(pin_code, number, wanted)
            )
        menu.exec(self._point())

    def _toggle_codable(self) -> None:
        code_id = self.current()
        if code_id is not None:
            self._context.attempt(set_codable, code_id, is_codable=not self.model.tree[code_id].is_codable)

    def _point(self) -> QPoint:
        place = self.tree.visualRect(self.tree.currentIndex())
        return self.tree.viewport().mapToGlobal(place.bottomLeft())

    def _move(self, code_ids: list[str], parent_id: str | None, before: str | None) -> None:
        self._context.attempt(move_codes, code_ids, parent_id, before)

    def _ask_where_to(self) -> None:
        moved = self.chosen()
        menu = QMenu(self)
        menu.addAction(tr("To the top level")).triggered.connect(lambda: self._move(moved, None, None))
        menu.addAction(tr("Under another code…")).triggered.connect(lambda: self._pick_parent(moved))
        menu.exec(self._point())

    def _pick_parent(self, moved: list[str]) -> None:
        self._purpose = lambda parent_id: self._move(moved, parent_id, None)
        self._picker.ask(self._point(), tr("Move under which code?"), create=False, stay=False, without=set(moved))

    def _ask_merge(self) -> None:
        merged = self.chosen()
        self._purpose = lambda into: self._merge(into, merged)
        self._picker.ask(self._point(), tr("Merge into which code?"), create=False, stay=False, without=set(merged))

    def _merge(self, into: str, merged: list[str]) -> None:
        project = self._context.project
        if project is None:
            return
        uses = code_uses(project)
        count = sum(uses[code_id].codings for code_id in merged if code_id in uses)
        name = self.model.tree[into].name
        self._context.attempt(merge_codes, into, merged)
        if into in self.model.tree and not any(code_id in self.model.tree for code_id in merged):
            self._context.say(
                trn("{n} coding went to “{name}”.", "{n} codings went to “{name}”.", count, name=name), undo=True
            )

    def _delete(self) -> None:
        project = self._context.project
        doomed = self.chosen()
        if project is None or not doomed:
            return
        tree, uses = self.model.tree, code_uses(project)
        branch = {one for code_id in doomed for one in (code_id, *(code.id for code in tree.walk(code_id)))}
        count = sum(uses[code_id].codings for code_id in branch if code_id in uses)
        names = ", ".join(f"“{tree[code_id].name}”" for code_id in doomed)
        if count and not self._confirmed(names, len(branch) - len(doomed), count):
            return
        self._context.attempt(delete_codes, doomed)
        self._context.say(tr("Deleted {names}.", names=names), undo=True)

    def _confirmed(self, names: str, below: int, count: int) -> bool:
        told = trn("{n} coding stands on it", "{n} codings stand on it", count)
        if below:
            told += ", " + trn("with {n} sub-code", "with {n} sub-codes", below)
        box = QMessageBox(QMessageBox.Icon.Question, tr("Delete code"), tr("Delete {names}?", names=names), parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(tr("{told}. They go too; Undo brings everything back.", told=told))
        delete = box.addButton(tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is delete

    def _draw(self, theme: Theme) -> None:
        self._add.setIcon(icon("plus", theme))
        self.tree.viewport().update()
