"""Sets, with the sources and codes in each."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.errors import BadInput
from coder_app.domain.tree import CodeTree
from coder_app.edits.sets import add_set, delete_sets, describe_set, put_into_set, rename_set, take_out_of_set
from coder_app.gui.cases.menus import do_and_say
from coder_app.gui.cases.picking import Pick
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.only import choose_only
from coder_app.gui.widgets.words import SWATCH, swatch, words
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.sets import NamedSet, sets
from coder_app.queries.sources import sources
from coder_app.store.project import Project

_ID = Qt.ItemDataRole.UserRole


class SetsPanel(QWidget):
    """A tree: sets, and below each its sources and codes. F2 renames a set, Delete deletes it or takes out."""

    source_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open: set[str] = set()
        set_role(self, "paper")
        self.told = words("", "muted")
        self.tree = _Tree(self)
        self.new = QPushButton(tr("New set…"))
        self.add_sources = QPushButton(tr("Add sources…"))
        self.add_codes = QPushButton(tr("Add codes…"))
        self.out = QPushButton(tr("Take out"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.new, self.add_sources, self.add_codes, self.out):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(buttons)
        column.addWidget(self.told)
        column.addWidget(self.tree, 1)
        self.new.clicked.connect(self.ask_new)
        self.add_sources.clicked.connect(partial(self.ask_members, "source"))
        self.add_codes.clicked.connect(partial(self.ask_members, "code"))
        self.out.clicked.connect(self.remove)
        self.tree.itemSelectionChanged.connect(self._check)
        self.tree.itemDoubleClicked.connect(self._on_double_click)
        self.tree.itemExpanded.connect(self._on_expanded)
        self.tree.itemCollapsed.connect(self._on_collapsed)
        self.tree.delete_pressed.connect(self.remove)
        self.tree.rename_pressed.connect(self.rename)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)

    def refresh(self) -> None:
        """Read the sets; what was open and current stays so."""
        project = self._context.project
        current = self._current()
        found = sets(project) if project is not None else []
        names = {one.id: one.name for one in sources(project)} if project is not None and found else {}
        tree = code_tree(project) if project is not None else None
        with QSignalBlocker(self.tree):
            self._fill(found, names, tree)
        self._choose(current)
        self.told.setText(tr("A set is a name for sources and codes that you work with as one."))
        self.told.setVisible(not found)
        self._check()

    def _fill(self, found: list[NamedSet], names: dict[str, str], tree: CodeTree | None) -> None:
        self.tree.clear()
        for one in found:
            top = self._item(None, (one.id, "", ""), one.name, _counted(one))
            for source_id in one.sources:
                self._item(top, (one.id, "source", source_id), names.get(source_id, ""), tr("Source"))
            for code_id in one.codes:
                if tree is not None and code_id in tree:
                    item = self._item(top, (one.id, "code", code_id), tree.path(code_id), tr("Code"))
                    item.setIcon(0, swatch(tree[code_id].colour))
            top.setExpanded(one.id in self._open or len(found) == 1)
            top.setToolTip(0, one.description)

    def _item(self, top: QTreeWidgetItem | None, key: tuple[str, str, str], name: str, told: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name, told])
        item.setData(0, _ID, key)
        if top is None:
            self.tree.addTopLevelItem(item)
        else:
            top.addChild(item)
        return item

    def _choose(self, key: tuple[str, str, str] | None) -> None:
        for item in self._items():
            if key is not None and tuple(item.data(0, _ID)) == key:
                choose_only(self.tree, self.tree.indexFromItem(item))
                return
        first = next(self._items(), None)
        if first is not None:
            choose_only(self.tree, self.tree.indexFromItem(first))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        # An iterator of Qt's, left half way, outlives what it stands on.
        for n in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(n)
            if top is not None:
                yield top
                below = map(top.child, range(top.childCount()))
                yield from (item for item in below if item is not None)

    def _current(self) -> tuple[str, str, str] | None:
        item = self.tree.currentItem()
        return tuple(item.data(0, _ID)) if item is not None else None

    def _check(self) -> None:
        writable, any_ = self._context.writable, bool(self.tree.selectedItems())
        self.new.setEnabled(writable)
        for button in (self.add_sources, self.add_codes, self.out):
            button.setEnabled(writable and any_)
        tops = all(item.parent() is None for item in self.tree.selectedItems())
        self.out.setText(tr("Delete set") if any_ and tops else tr("Take out"))

    def ask_new(self) -> None:
        """Ask for the name of a new set."""
        Ask(self._context, self, tr("Name of the new set"), lambda name: self._context.attempt(add_set, name))

    def rename(self) -> None:
        """Ask for another name of the current set."""
        current = self._set()
        if current is not None:
            title = tr("Rename “{name}”", name=current.name)
            Ask(
                self._context,
                self,
                title,
                lambda name: self._context.attempt(rename_set, current.id, name),
                text=current.name,
            )

    def describe(self) -> None:
        """Ask what the current set is for."""
        current = self._set()
        if current is not None:
            Ask(
                self._context,
                self,
                tr("What “{name}” is for", name=current.name),
                lambda text: self._context.attempt(describe_set, current.id, text),
                text=current.description,
                choices=("",),
            )

    def _set(self) -> NamedSet | None:
        current, project = self._current(), self._context.project
        if current is None or project is None:
            return None
        return next((one for one in sets(project) if one.id == current[0]), None)

    def ask_members(self, kind: str) -> None:
        """Let sources or codes (`kind`) be picked for the current set."""
        current, project = self._set(), self._context.project
        if current is None or project is None:
            return
        there = set(current.sources + current.codes)
        if kind == "source":
            offered = [(one.id, one.name) for one in sources(project) if one.id not in there]
            title = tr("Sources for “{name}”", name=current.name)
        else:
            tree = code_tree(project)
            offered = [(one.id, tree.path(one.id)) for one in tree.walk() if one.id not in there]
            title = tr("Codes for “{name}”", name=current.name)

        def put(ids: list[str]) -> None:
            self._open.add(current.id)
            self._context.attempt(put_into_set, current.id, kind, ids)

        Pick(self._context, self, title, offered, put)

    def remove(self) -> None:
        """Delete the selected sets, or take what is selected out of them."""
        keys = [tuple(item.data(0, _ID)) for item in self.tree.selectedItems()]
        doomed = [set_id for set_id, kind, _ in keys if not kind]
        members = [(set_id, kind, one) for set_id, kind, one in keys if kind and set_id not in doomed]
        if not keys or not self._context.writable:
            return

        def edit(project: Project) -> None:
            with project.edit(_label(project, doomed, len(members))):
                if doomed:
                    delete_sets(project, doomed)
                for set_id, kind, one in members:
                    take_out_of_set(project, set_id, kind, [one])

        said = trn("{n} was taken out.", "{n} were taken out.", len(members))
        if doomed:
            said = trn(
                "The set was deleted; what was in it stays.",
                "{n} sets were deleted; what was in them stays.",
                len(doomed),
            )
        do_and_say(self._context, edit, said)

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        self._open.add(item.data(0, _ID)[0])

    def _on_collapsed(self, item: QTreeWidgetItem) -> None:
        self._open.discard(item.data(0, _ID)[0])

    def _on_double_click(self, item: QTreeWidgetItem) -> None:
        _, kind, one = item.data(0, _ID)
        if kind == "source":
            self.source_chosen.emit(one)

    def _menu(self, place: QPoint) -> None:
        if self.tree.itemAt(place) is None or not self._context.writable:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename set…"), self.rename)
        menu.addAction(tr("Describe set…"), self.describe)
        menu.addAction(tr("Add sources…"), partial(self.ask_members, "source"))
        menu.addAction(tr("Add codes…"), partial(self.ask_members, "code"))
        menu.addSeparator()
        menu.addAction(self.out.text(), self.remove)
        menu.popup(self.tree.viewport().mapToGlobal(place))


class _Tree(QTreeWidget):
    delete_pressed = Signal()
    rename_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Sets"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setExpandsOnDoubleClick(False)
        self.setColumnWidth(0, 420)
        self.setIconSize(QSize(SWATCH, SWATCH))
        set_role(self, "quiet")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_pressed.emit()
        else:
            super().keyPressEvent(event)


def _counted(one: NamedSet) -> str:
    parts = [trn("{n} source", "{n} sources", len(one.sources))] if one.sources else []
    parts += [trn("{n} code", "{n} codes", len(one.codes))] if one.codes else []
    return ", ".join(parts) or tr("empty")


def _label(project: Project, doomed: list[str], members: int) -> str:
    names = [one.name for one in sets(project) if one.id in doomed]
    if len(names) > 1:
        return f"Delete {len(names)} sets"
    if names:
        return f"Delete set “{names[0]}”"
    if not members:
        raise BadInput(tr("Nothing is selected."))
    return f"Take {members} members out of sets" if members > 1 else "Take a member out of a set"
