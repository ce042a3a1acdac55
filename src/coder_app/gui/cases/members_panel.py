"""Beside the grid of cases: what belongs to the case in the current row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.edits.cases import put_sources, take_out_of_case
from coder_app.gui.cases.menus import do_and_say
from coder_app.gui.cases.picking import Pick
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import heading, words
from coder_app.i18n import tr, trn
from coder_app.queries.cases import Case, Member, cases, members_of
from coder_app.queries.sources import sources
from coder_app.queries.things import shortened

_MEMBER = Qt.ItemDataRole.UserRole


class MembersPanel(QWidget):
    """Lists sources and passages; a double click reads one, Delete takes it out."""

    place_chosen = Signal(str, int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case: Case | None = None
        set_role(self, "panel")
        self.setAccessibleName(tr("What belongs to the case"))
        self.name = words("", "heading")
        self.told = words("", "muted")
        self.list = _Members(self)
        self.list.setAccessibleName(tr("What belongs to the case"))
        self.add = QPushButton(tr("Add sources…"))
        self.out = QPushButton(tr("Take out"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add, self.out):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 20, 14, 14)
        column.setSpacing(8)
        column.addWidget(heading(tr("Case")))
        column.addWidget(self.name)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.add.clicked.connect(self.ask_sources)
        self.out.clicked.connect(self.take_out)
        self.list.itemActivated.connect(self._open)
        self.list.itemSelectionChanged.connect(self._check)
        self.list.delete_pressed.connect(self.take_out)
        self.show_case("")

    @property
    def case_id(self) -> str:
        """The case that is shown, or ""."""
        return self._case.id if self._case else ""

    def show_case(self, case_id: str) -> None:
        """Show what belongs to a case, "" for none."""
        project = self._context.project
        every = cases(project) if project is not None else []
        self._case = next((one for one in every if one.id == case_id), None)
        self.name.setText(self._case.name if self._case else tr("No case"))
        self.list.clear()
        members = members_of(project, case_id) if project is not None and self._case else []
        for member in members:
            item = QListWidgetItem(_said(member))
            item.setToolTip(member.text or member.source)
            item.setData(_MEMBER, member)
            self.list.addItem(item)
        self.told.setText(self._words(members))
        self._check()

    def _words(self, members: list[Member]) -> str:
        if self._case is None:
            return tr("A case is who or what the sources are about. Make one, or import a table of them.")
        if not members:
            return self._case.description or tr("Nothing belongs to it yet.")
        return self._case.description

    def _check(self) -> None:
        self.add.setEnabled(self._case is not None and self._context.writable)
        self.out.setEnabled(bool(self.list.selectedItems()) and self._context.writable)

    def ask_sources(self) -> None:
        """Let sources be picked that should belong to the case."""
        project, case = self._context.project, self._case
        if project is None or case is None:
            return
        there = {one.source_id for one in members_of(project, case.id) if one.segment_id is None}
        offered = [(one.id, one.name) for one in sources(project) if one.id not in there]
        title = tr("Sources that belong to “{name}”", name=case.name)
        Pick(self._context, self, title, offered, lambda ids: self._context.attempt(put_sources, case.id, ids))

    def take_out(self) -> None:
        """Take what is selected out of the case."""
        chosen = [item.data(_MEMBER).id for item in self.list.selectedItems()]
        if chosen and self._context.writable:
            said = trn("{n} was taken out of the case.", "{n} were taken out of the case.", len(chosen))
            do_and_say(self._context, lambda project: take_out_of_case(project, chosen), said)

    def _open(self, item: QListWidgetItem) -> None:
        member: Member = item.data(_MEMBER)
        self.place_chosen.emit(member.source_id, member.start or 0, member.stop or 0)


class _Members(QListWidget):
    delete_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


def _said(member: Member) -> str:
    if member.segment_id is None:
        return member.source
    return tr("{source}: “{words}”", source=member.source, words=shortened(member.text))
