"""Coding all hits of a search: what would be coded is shown first, each passage can be dropped, one step."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.extents import Extent
from coder_app.domain.hits import Place
from coder_app.edits.autocode import PlannedRange, autocode, planned
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import text_of
from coder_app.store.project import Project

Index = QModelIndex | QPersistentModelIndex
_SHOWN_CHARACTERS = 160
_AROUND = 36


def _extents() -> tuple[tuple[Extent, str], ...]:
    return (
        (Extent.MATCH, tr("the words found")),
        (Extent.SENTENCE, tr("their sentences")),
        (Extent.PARAGRAPH, tr("their paragraphs")),
        (Extent.TURN, tr("the speakers’ turns")),
    )


class PlanModel(QAbstractListModel):
    """The planned passages with a tick each; their words are read when a row is shown."""

    def __init__(self, project: Project, parent: QWidget) -> None:
        super().__init__(parent)
        self._project = project
        self._rows: Sequence[PlannedRange] = ()
        self._dropped: set[int] = set()
        self._text = ("", "")

    def show(self, rows: Sequence[PlannedRange]) -> None:
        """Show another plan, all of it ticked."""
        self.beginResetModel()
        self._rows, self._dropped = rows, set()
        self.endResetModel()

    def kept(self) -> list[PlannedRange]:
        """Return what is ticked."""
        return [row for place, row in enumerate(self._rows) if place not in self._dropped]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            # A plain number: Qt's own views and checks read the enum's wrapper as nothing.
            return (Qt.CheckState.Unchecked if index.row() in self._dropped else Qt.CheckState.Checked).value
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        return f"{self._excerpt(row)}   ({row.source})"

    def _excerpt(self, row: PlannedRange) -> str:
        """Return the passage in square brackets with some words on either side, in one line."""
        if self._text[0] != row.source_id:
            self._text = (row.source_id, text_of(self._project, row.source_id))
        text = self._text[1]
        words = text[row.start : row.stop]
        words = words if len(words) <= _SHOWN_CHARACTERS else words[:_SHOWN_CHARACTERS] + "…"
        before = text[max(0, row.start - _AROUND) : row.start]
        return " ".join(f"{before}[{words}]{text[row.stop : row.stop + _AROUND]}".split())

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._dropped.discard(index.row())
        else:
            self._dropped.add(index.row())
        self.dataChanged.emit(index, index, [role])
        return True


class AutocodePreview(QDialog):
    """Asks how far each coding reaches and which hits are meant; nothing is written before the button."""

    def __init__(self, context: Context, project: Project, hits: list[Place], code_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._project = project
        self._hits = hits
        self._code_id = code_id
        name = code_tree(project)[code_id].name
        self.setWindowTitle(tr("Code all hits"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 520)
        self._told = sentence("")
        self._extent = QComboBox()
        self._extent.setAccessibleName(tr("How far each coding reaches"))
        for extent, words in _extents():
            self._extent.addItem(words, extent)
        self.model = PlanModel(project, self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Passages to be coded"))
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._code = QPushButton()
        set_role(self._code, "primary")
        cancel = QPushButton(tr("Cancel"))
        cancel.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(sentence(tr("Code with “{name}”:", name=name)))
        top.addWidget(self._extent)
        top.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(cancel)
        foot.addWidget(self._code)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(14)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._extent.currentIndexChanged.connect(self._plan)
        self.model.dataChanged.connect(self._count)
        self._code.clicked.connect(self._apply)
        cancel.clicked.connect(self.close)
        # The plan belongs to the project and the coder it was made for.
        context.signals.closed.connect(self.close)
        context.signals.coder_changed.connect(self._plan)
        self._plan()

    def _plan(self, *_: object) -> None:
        extent = Extent(self._extent.currentData())  # Qt gives the word back, not the member
        rows = self._context.attempt(planned, self._hits, self._code_id, extent) or []
        there = sum(row.is_coded for row in rows)
        self.model.show([row for row in rows if not row.is_coded])
        coded = trn("{n} passage is coded so already.", "{n} passages are coded so already.", there)
        self._told.setText(coded if there else "")
        self._count()

    def _count(self, *_: object) -> None:
        count = len(self.model.kept())
        self._code.setText(trn("Code {n} passage", "Code {n} passages", count))
        self._code.setEnabled(count > 0)

    def _apply(self) -> None:
        done = self._context.attempt(autocode, self.model.kept())
        if done is not None:
            self._context.say(trn("Coded {n} passage.", "Coded {n} passages.", done.added), undo=True)
            self.close()
