"""The window to go back to a copy: which there are, what each holds, and where new ones are kept."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.backups.copies_model import HOLDS, MADE, SIZE, CopiesModel, held_words, when_words
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.times import day_and_clock
from coder_app.gui.widgets.words import heading, sentence, words
from coder_app.i18n import tr, trn
from coder_app.queries.backups import Copy, Held, copies
from coder_app.store.backups import all_backups

_WIDTH, _HEIGHT = 880, 620


class RestoreWindow(QDialog):
    """Lists the copies of the project at `path`; `reason` is why that one cannot be used, "" where it can."""

    restore_requested = Signal(object)
    """The copy of this Path should take the place of the project."""
    save_requested = Signal(object)
    """The copy of this Path should be saved under another name."""
    repair_requested = Signal()
    """The damaged project should be rebuilt into a new file."""

    def __init__(
        self, context: Context, parent: QWidget | None, path: Path, *, today: Held | None = None, reason: str = ""
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.path = path
        self._today = today
        self._asked = 0
        self.setWindowTitle(tr("Backups of {file}", file=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = CopiesModel(self)
        self.list = QTreeView(self)
        self.list.setAccessibleName(tr("Backups"))
        self.list.setModel(self.model)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty = words(tr("There is no backup of this project yet."), "muted", self)
        self.about = words("", "strong", self)
        self.steps = self._text(tr("Last steps"))
        self.sources = self._text(tr("Sources"))
        self._make_buttons(can_repair=bool(reason))
        self._arrange(reason)
        self.list.selectionModel().currentRowChanged.connect(self._on_row)
        self.list.activated.connect(self._on_activated)
        context.signals.closed.connect(self.close)
        self.read()
        self.open()

    def _text(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setReadOnly(True)
        made.setTabChangesFocus(True)
        made.setAccessibleName(name)
        return made

    def _make_buttons(self, *, can_repair: bool) -> None:
        self.buttons = QDialogButtonBox(self)
        self.restore = self.buttons.addButton(tr("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.restore.setDefault(True)
        self.save = self.buttons.addButton(tr("Save this copy as…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.other = self.buttons.addButton(tr("Another file…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.other.setToolTip(tr("A copy that lies elsewhere, such as on a stick"))
        self.other.clicked.connect(self._ask_other)
        self.repair = self.buttons.addButton(tr("Repair into a new file"), QDialogButtonBox.ButtonRole.ActionRole)
        self.repair.setVisible(can_repair)
        self.buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.close)
        self.restore.clicked.connect(lambda: self._ask(self.restore_requested))
        self.save.clicked.connect(lambda: self._ask(self.save_requested))
        self.repair.clicked.connect(self._ask_repair)
        values = self._context.settings.values
        self.by_itself = QCheckBox(tr("Make backups by itself: on opening, each half hour and on closing"), self)
        self.by_itself.setChecked(values.backups)
        self.by_itself.toggled.connect(self._on_wish)
        self.elsewhere = QPushButton(self)
        self.elsewhere.setAutoDefault(False)
        self.elsewhere.clicked.connect(self._on_place)
        self.place = words("", "muted", self)
        self._say_place()

    def _arrange(self, reason: str) -> None:
        sizes = self._context.theme.theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.small)
        if reason:
            column.addWidget(sentence(reason, "warning", self))
        told = tr("A copy takes the place of the project. What is there now is kept as the newest backup.")
        column.addWidget(sentence(told, "", self))
        column.addWidget(self.empty)
        column.addWidget(self.list, 3)
        column.addWidget(self.about)
        beside = QHBoxLayout()
        beside.setSpacing(sizes.medium)
        for name, text, share in ((tr("Last steps"), self.steps, 3), (tr("Sources"), self.sources, 2)):
            part = QVBoxLayout()
            part.setSpacing(sizes.tight)
            part.addWidget(heading(name))
            part.addWidget(text)
            beside.addLayout(part, share)
        column.addLayout(beside, 2)
        column.addSpacing(sizes.small)
        column.addWidget(self.by_itself)
        place = QHBoxLayout()
        place.setSpacing(sizes.small)
        place.addWidget(self.place, 1)
        place.addWidget(self.elsewhere)
        column.addLayout(place)
        column.addSpacing(sizes.small)
        column.addWidget(self.buttons)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(MADE, 220)
        header.resizeSection(HOLDS, 190)
        header.resizeSection(SIZE, 84)
        self.resize(_WIDTH, _HEIGHT)

    def read(self) -> None:
        """List the copies there are; what each holds is read on the worker and follows."""
        found = all_backups(self.path, self._context.settings.values.backups_elsewhere())
        self.model.show_names(found, self._today)
        self.empty.setVisible(not found)
        self.list.setVisible(bool(found))
        self._choose(0)
        self._asked += 1
        asked = self._asked

        def done(read: list[Copy]) -> None:
            # The window may be gone, or show another folder.
            if self._asked == asked:
                row = max(0, self.list.currentIndex().row())
                self.model.show_copies(read)
                self._choose(row)

        if found:
            self._context.jobs.run(tr("Reading the backups"), lambda _: copies(found), done)

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))
        self._on_row(self.list.currentIndex())

    def chosen(self) -> Copy | None:
        """Return the copy that is chosen."""
        return self.model.copy_at(self.list.currentIndex().row())

    def _on_row(self, _: QModelIndex | QPersistentModelIndex) -> None:
        copy = self.chosen()
        held = copy.held if copy is not None else None
        self.restore.setEnabled(copy is not None and not copy.problem)
        self.save.setEnabled(copy is not None)
        self.about.setText("" if copy is None else self._about(copy))
        self.steps.setPlainText(
            "\n".join(f"{day_and_clock(one.made_at)}  {one.words or one.label}" for one in held.last) if held else ""
        )
        self.sources.setPlainText("\n".join(held.names) if held else "")

    def _about(self, copy: Copy) -> str:
        if copy.problem:
            return copy.problem
        if copy.held is None:
            return when_words(copy.backup.made_at)
        parts = [
            held_words(copy.held),
            trn("{n} code", "{n} codes", copy.held.codes),
            trn("{n} step", "{n} steps", copy.held.steps),
        ]
        return f"{when_words(copy.backup.made_at)} · {', '.join(parts)}"

    def _on_activated(self, _: QModelIndex | QPersistentModelIndex) -> None:
        if self.restore.isEnabled():
            self._ask(self.restore_requested)

    def _ask(self, wish: SignalInstance) -> None:
        copy = self.chosen()
        if copy is not None:
            wish.emit(copy.backup.path)

    def _ask_other(self) -> None:
        kinds = [(tr("Coder App projects"), self.path.suffix), (tr("All files"), "")]
        copy = choose.file(self, tr("Which copy should take the place of the project?"), self.path.parent, kinds)
        if copy is not None:
            self.restore_requested.emit(copy)

    def _ask_repair(self) -> None:
        self.repair_requested.emit()

    def _on_wish(self, wanted: bool) -> None:  # noqa: FBT001 - the signature of the signal
        self._context.settings.values.backups = wanted
        self._context.settings.save()
        self._say_place()

    def _on_place(self) -> None:
        """Keep the copies of all projects in another folder, or again each beside its project."""
        values = self._context.settings.values
        if values.backup_folder:
            values.backup_folder = ""
        else:
            folder = choose.folder(self, tr("Where should backups be kept?"), self.path.parent)
            if folder is None:
                return
            values.backup_folder = str(folder)
        self._context.settings.save()
        self._say_place()
        self.read()

    def _say_place(self) -> None:
        values = self._context.settings.values
        beside = not values.backup_folder
        self.place.setText(
            tr("Kept beside each project, so that texts stay on the drive that you put them on.")
            if beside
            else tr("Kept in {folder}, for all projects.", folder=values.backup_folder)
        )
        self.elsewhere.setText(tr("Keep elsewhere…") if beside else tr("Keep beside each project"))

    def done(self, result: int) -> None:
        self._asked += 1
        super().done(result)
