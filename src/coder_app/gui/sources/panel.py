"""The sources of the project: which there are, in which folders, how much is coded in each."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.model import Source
from coder_app.edits.sources import move_sources, remove_sources, rename_folder, rename_source
from coder_app.gui.actions import ActionSet
from coder_app.gui.cases.menus import fill_putting_menu
from coder_app.gui.context import Context
from coder_app.gui.correcting.replacing import ask_newer_file
from coder_app.gui.files.ask import Ask
from coder_app.gui.files.encoding_flow import correct_encoding
from coder_app.gui.sources.counts import added_codings
from coder_app.gui.sources.memo import SourceMemo
from coder_app.gui.sources.model import SourcesModel
from coder_app.gui.sources.view import SourcesView
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.only import choose_only
from coder_app.gui.widgets.words import heading, words
from coder_app.i18n import tr, trn
from coder_app.queries.placing import numbers_to_check
from coder_app.queries.sources import sources
from coder_app.store.project import Project

_MENU = ("source.rename", "source.group", "source.up", "source.down", "", "source.memo", "source.encoding",
         "source.replace", "", "source.remove")  # fmt: skip

_HEIGHT = 240


class SourcesPanel(QWidget):
    """Lists the sources; a click opens one, a drag moves it, files dropped here are imported."""

    source_chosen = Signal(str)
    """A source, by its id, should be shown."""
    files_dropped = Signal(list)
    """Files and folders, as paths, should be imported."""
    flags_changed = Signal()

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._collapsed: set[str] = set()
        self._flags: set[str] = set()
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Sources"))
        set_role(self, "panel")
        self.model = SourcesModel(self)
        self.view = SourcesView(context.theme, self)
        self.view.setModel(self.model)
        self.count = QLabel(self)
        self.empty = words(tr("No sources yet. Drop files here, or press {keys}.", keys=self._import_keys()), "muted")
        self._arrange()
        self._connect()
        self._reload()

    def sizeHint(self) -> QSize:
        # A handful of sources in sight, and most of the height for the codebook.
        return QSize(super().sizeHint().width(), _HEIGHT)

    def _import_keys(self) -> str:
        return self._actions["sources.import"].shortcut().toString() or "Ctrl+I"

    def _arrange(self) -> None:
        sizes = self._context.theme.theme.sizes
        head = heading(tr("Sources"), self.count)
        head.setContentsMargins(sizes.medium, sizes.medium, sizes.medium, sizes.small)
        self.empty.setContentsMargins(sizes.medium, 0, sizes.medium, sizes.medium)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.empty, 1)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        view, model, signals = self.view, self.model, self._context.signals
        view.chosen.connect(self._on_chosen)
        view.remove_pressed.connect(self.remove)
        view.paste_pressed.connect(self.paste)
        view.files_dropped.connect(self.files_dropped)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.collapsed.connect(self._on_collapsed)
        view.expanded.connect(self._on_expanded)
        view.selectionModel().selectionChanged.connect(self._check_flags)
        model.source_name_requested.connect(self._rename_source)
        model.folder_name_requested.connect(self._rename_folder)
        model.move_requested.connect(self._move)
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_opened)
        signals.changed.connect(self._on_changed)
        self._context.blinding.changed.connect(self._count_again)

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._collapsed.add(self.model.folder_at(index))

    def _on_expanded(self, index: QModelIndex) -> None:
        self._collapsed.discard(self.model.folder_at(index))

    def _rename_source(self, source_id: str, name: str) -> None:
        self._context.attempt(rename_source, source_id, name)

    def _on_opened(self) -> None:
        self._collapsed = set()
        self.view.marked = ""
        self._reload()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("segment") and self._context.project is not None:
            self.model.set_to_check(numbers_to_check(self._context.project))
        if change.touches("source"):
            self._reload()
        elif change.touches("coding", "segment") and self._context.project is not None:
            hidden = self._context.blinding.must_count_again(change)
            added = None if hidden else added_codings(self._context.project, change)
            if added is None:
                self._count_again()
            else:
                self.model.add_codings(added)

    def _count_again(self) -> None:
        project = self._context.project
        if project is not None:
            self.model.set_codings(self._context.blinding.source_uses(project))

    def _seen(self, project: Project) -> list[Source]:
        """Return the sources; what a blind round hides is not in their numbers of codings."""
        every, blinding = sources(project), self._context.blinding
        if not blinding.sources:
            return every
        uses = blinding.source_uses(project)
        return [replace(one, codings=uses.get(one.id, 0)) for one in every]

    def _reload(self) -> None:
        """Read all sources; what was selected, open and in sight stays so."""
        project = self._context.project
        view, bar = self.view, self.view.verticalScrollBar()
        before, selected, top = self.current_id(), self.selected_ids(), bar.value()
        self.model.editable = self._context.writable
        self.model.show(self._seen(project) if project else [])
        self.model.set_to_check(numbers_to_check(project) if project else {})
        for folder in self.model.folder_paths():
            view.setExpanded(self.model.index_of_folder(folder), folder not in self._collapsed)
        if before != self.current_id() or selected != self.selected_ids():
            self._select([one for one in selected if self.model.index_of(one).isValid()], before)
        bar.setValue(top)
        self.count.setText(str(self.model.count()))
        self.count.setAccessibleName(trn("{n} source", "{n} sources", self.model.count()))
        view.setVisible(self.model.count() > 0)
        self.empty.setVisible(self.model.count() == 0)
        self._check_flags()

    def _select(self, ids: list[str], current: str) -> None:
        chosen = self.view.selectionModel()
        flag = chosen.SelectionFlag
        chosen.clearSelection()
        for one in ids:
            chosen.select(self.model.index_of(one), flag.Select)
        if self.model.index_of(current).isValid():
            chosen.setCurrentIndex(self.model.index_of(current), flag.NoUpdate)

    def _check_flags(self, *_: object) -> None:
        now = self.flags()
        if now != self._flags:
            self._flags = now
            self.flags_changed.emit()

    def flags(self) -> set[str]:
        """Return "source" where at least one source is selected."""
        return {"source"} if any(map(self.model.source_at, self.view.selectedIndexes())) else set()

    def selected_ids(self) -> list[str]:
        """Return the ids of the sources that are selected, from top to bottom."""
        chosen = map(self.model.source_at, sorted(self.view.selectedIndexes(), key=_path))
        return [source.id for source in chosen if source]

    def current_id(self) -> str:
        """Return the id of the source that the keyboard stands on, or ""."""
        source = self.model.source_at(self.view.currentIndex())
        return source.id if source else ""

    def mark(self, source_id: str) -> None:
        """Show which source is open in the reader."""
        self.view.marked = source_id
        index = self.model.index_of(source_id)
        if index.isValid() and self.selected_ids() != [source_id]:
            choose_only(self.view, index)
            self.view.scrollTo(index)
        self.view.viewport().update()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions that belong to this panel."""
        return {
            "source.rename": self.rename,
            "source.group": self.group,
            "source.up": lambda: self._step(-1),
            "source.down": lambda: self._step(1),
            "source.memo": self.open_memo,
            "source.encoding": self.correct_encoding,
            "source.replace": self.replace_text,
            "source.remove": self.remove,
        }

    def _chosen_source(self) -> Source | None:
        """Return the source that an action on one source means."""
        current = self.model.source_at(self.view.currentIndex())
        ids = self.selected_ids()
        if current is not None and current.id in ids:
            return current
        return self.model.source_at(self.model.index_of(ids[0])) if ids else None

    def _on_chosen(self, index: QModelIndex) -> None:
        source = self.model.source_at(index)
        if source is not None:
            self.source_chosen.emit(source.id)
        else:
            self.view.setExpanded(index, not self.view.isExpanded(index))

    def rename(self) -> None:
        """Edit the name in its row."""
        source = self._chosen_source()
        if source is not None:
            choose_only(self.view, self.model.index_of(source.id))
            self.view.edit(self.view.currentIndex())

    def group(self) -> None:
        """Ask for the folder that the selected sources should go into."""
        source, ids = self._chosen_source(), self.selected_ids()
        if source is None:
            return
        title = tr("Put “{name}” into the folder", name=source.name)
        if len(ids) > 1:
            title = trn("Put {n} source into the folder", "Put {n} sources into the folder", len(ids))
        Ask(
            self._context,
            self,
            title,
            lambda folder: self._move(ids, folder, None),
            text=source.folder,
            choices=["", *self.model.folder_paths()],
            hint=tr("A new name makes a new folder, “A/B” one inside another; an empty field means no folder."),
        )

    def _move(self, ids: list[str], folder: str, before: str | None) -> None:
        self._context.attempt(move_sources, ids, folder, before)

    def _step(self, by: int) -> None:
        source = self._chosen_source()
        if source is None:
            return
        siblings = self.model.siblings(source.id)
        place = siblings.index(source.id) + by
        if 0 <= place < len(siblings):
            siblings.remove(source.id)
            self._move([source.id], source.folder, siblings[place] if place < len(siblings) else None)

    def open_memo(self) -> None:
        """Open the memo on the selected source."""
        source = self._chosen_source()
        if source is not None:
            memo = SourceMemo(self._context, source, self)
            memo.show()
            memo.editor.setFocus(Qt.FocusReason.PopupFocusReason)

    def correct_encoding(self) -> None:
        """Show how the file of the selected source was read, and let it be read otherwise."""
        source = self._chosen_source()
        if source is not None:
            correct_encoding(self._context, self, source)

    def replace_text(self) -> None:
        """Ask for a newer file of the selected source, and show what becomes of its passages."""
        source = self._chosen_source()
        if source is not None:
            ask_newer_file(self._context, self, source)

    def remove(self) -> None:
        """Remove the selected sources; the notice says how many codings went with them."""
        found = [self.model.source_at(self.model.index_of(one)) for one in self.selected_ids()]
        going = [source for source in found if source]
        if not going or not self._context.writable:
            return

        def done(_: None) -> None:
            self._context.say(_removed(going), undo=True)

        ids = [one.id for one in going]
        self._context.attempt_large(
            trn("Removing {n} source", "Removing {n} sources", len(ids)),
            len(ids) + 2 * sum(one.codings for one in going),
            lambda project, on_progress: remove_sources(project, ids, on_progress=on_progress),
            done,
        )

    def _rename_folder(self, folder: str, to: str) -> None:
        self._context.attempt(rename_folder, folder, to)

    def paste(self) -> None:
        """Import the files that were copied elsewhere, or else the words as a new source."""
        data = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.files_dropped.emit(paths)
        else:
            self._actions["sources.paste"].trigger()

    def _open_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if index.isValid() and self.model.source_at(index) is None:
            folder = self.model.folder_at(index)
            rename = menu.addAction(tr("Rename folder…"), lambda: self.view.edit(self.model.index_of_folder(folder)))
            above = folder.rpartition("/")[0]
            remove = menu.addAction(tr("Remove folder, keep its sources"), lambda: self._rename_folder(folder, above))
            for action in (rename, remove):
                action.setEnabled(self._context.writable)
        else:
            for action_id in _MENU if index.isValid() else ("sources.import", "sources.import_folder", "sources.paste"):
                menu.addAction(self._actions[action_id]) if action_id else menu.addSeparator()
            fill_putting_menu(menu, self._context, self, self.selected_ids() if index.isValid() else [])
        menu.popup(self.view.viewport().mapToGlobal(place))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._context.writable and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def _path(index: QModelIndex) -> list[int]:
    """Return the rows that lead to an index from the top; asking where it is in sight would lay all rows out."""
    path: list[int] = []
    while index.isValid():
        path.append(index.row())
        index = index.parent()
    return path[::-1]


def _removed(going: list[Source]) -> str:
    codings = Counter[str]({one.id: one.codings for one in going}).total()
    if len(going) == 1:
        what = tr("“{name}” was removed", name=going[0].name)
    else:
        what = trn("{n} source was removed", "{n} sources were removed", len(going))
    if not codings:
        return tr("{what}; nothing was coded in it.", what=what)
    return trn("{what}, with {n} coding.", "{what}, with {n} codings.", codings, what=what)
