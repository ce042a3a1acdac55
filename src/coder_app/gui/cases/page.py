"""The layout for cases: a grid of cases or sources by variables, what belongs to a case, sets, tables in and out."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.domain.values import TYPES, type_name
from coder_app.edits import cases as of_cases
from coder_app.edits.variables import add_variable
from coder_app.exporters.tables import write_table
from coder_app.gui.cases.grid_panel import GridPanel
from coder_app.gui.cases.importing import look_at_table
from coder_app.gui.cases.members_panel import MembersPanel
from coder_app.gui.cases.sets_panel import SetsPanel
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.ask import Ask
from coder_app.gui.layouts import Page
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.tabs import tabs
from coder_app.i18n import tr
from coder_app.queries.attributes import attribute_table

CASES, SOURCES, SETS = range(3)
_ON = ("case", "source", "source")
_RIGHT_WIDTH = 320
_SHOWN = ("case", "case_member", "variable", "source", "segment", "code", "set", "set_member")
_TABLES = ((".csv", ".csv"), (".xlsx", ".xlsx"), (".json", ".json"))


class CasesPage(Page):
    """Reads when it is in sight; what changes meanwhile is read when it comes into sight again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self.setAccessibleName(tr("Cases"))
        self.grid = GridPanel(context)
        self.members = MembersPanel(context)
        self.sets = SetsPanel(context)
        self.tabs = QButtonGroup(self)
        self.new_case = QPushButton(tr("New case…"))
        self.new_variable = QPushButton(tr("New variable…"))
        self.load = QPushButton(tr("Import table…"))
        self.save = QPushButton(tr("Export table…"))
        self._stack = QStackedWidget()
        self._right = QFrame()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(tabs((tr("Cases"), tr("Sources"), tr("Sets")), self.tabs))
        head.addSpacing(6)
        for button in (self.new_case, self.new_variable):
            head.addWidget(button)
        head.addStretch(1)
        for button in (self.load, self.save):
            head.addWidget(button)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.sets)
        paper = QFrame()
        set_role(paper, "paper")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(20, 14, 20, 14)
        inside.setSpacing(14)
        inside.addLayout(head)
        inside.addWidget(self._stack, 1)
        set_role(self._right, "right-panel")
        self._right.setMinimumWidth(220)
        around = QVBoxLayout(self._right)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.members)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(0)  # the panel brings the line between them
        columns.addWidget(paper)
        columns.addWidget(self._right)
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 0)
        columns.setSizes([1440 - _RIGHT_WIDTH, _RIGHT_WIDTH])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(columns)

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._wait)
        signals.closed.connect(self._wait)
        signals.released.connect(self._wait)
        signals.changed.connect(self._on_changed)
        self.tabs.idClicked.connect(self.turn_to)
        self.grid.row_chosen.connect(self._show_members)
        self.grid.source_chosen.connect(self._read)
        self.members.place_chosen.connect(self.place_chosen)
        self.sets.source_chosen.connect(self._read)
        self.new_case.clicked.connect(self.ask_case)
        self.new_variable.clicked.connect(self.ask_variable)
        self.load.clicked.connect(self.ask_table)
        self.save.clicked.connect(self.ask_target)

    def _read(self, source_id: str) -> None:
        self.place_chosen.emit(source_id, 0, 0)

    def _show_members(self, row_id: str) -> None:
        if self.grid.on == "case":
            self.members.show_case(row_id)

    def _wait(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches(*_SHOWN):
            self._wait()
        elif change.touches("variable_value"):
            if self.isVisible():
                self.grid.follow(change)
            else:
                self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def enter(self) -> None:
        """Read what has changed, and give the grid the keys."""
        if self._stale:
            self.refresh()
        (self.sets.tree if self.tabs.checkedId() == SETS else self.grid.grid).setFocus()

    def turn_to(self, number: int) -> None:
        """Show one of CASES, SOURCES and SETS."""
        self.tabs.button(number).setChecked(True)
        self._stack.setCurrentWidget(self.sets if number == SETS else self.grid)
        self.grid.on = _ON[number]
        self.refresh()

    def refresh(self) -> None:
        """Read what is in sight."""
        tab, writable = self.tabs.checkedId(), self._context.writable
        self._stale = self._context.busy
        if tab == SETS:
            self.sets.refresh()
        else:
            self.grid.refresh()
        if tab == CASES:
            self.members.show_case(self.grid.grid.current_id())
        for button in (self.new_case, self.new_variable, self.load):
            button.setEnabled(writable)
        self.save.setEnabled(self._context.project is not None)
        self.new_case.setVisible(tab == CASES)
        for button in (self.new_variable, self.load, self.save):
            button.setVisible(tab != SETS)
        self._right.setVisible(tab == CASES)

    def ask_case(self) -> None:
        """Ask for the name of a new case."""
        Ask(self._context, self, tr("Name of the new case"), self._add_case)

    def _add_case(self, name: str) -> None:
        made = self._context.attempt(of_cases.add_case, name)
        if made is not None:
            self.grid.choose(made)

    def ask_variable(self) -> None:
        """Offer the types of a new variable, then ask for its name."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for type_ in TYPES:
            menu.addAction(type_name(type_), partial(self.ask_variable_name, type_))
        menu.popup(self.new_variable.mapToGlobal(self.new_variable.rect().bottomLeft()))

    def ask_variable_name(self, type_: str) -> None:
        """Ask for the name of a new variable of a type."""
        title = tr("Name of the new variable ({type})", type=type_name(type_))
        Ask(self._context, self, title, lambda name: self._context.attempt(add_variable, name, type_))

    def ask_table(self) -> None:
        """Ask for a table and show what taking it in would do."""
        folder = choose.last_folder(self._context.settings)
        path = choose.file(self, tr("Import table"), folder, [(tr("Tables"), ".csv .tsv .xlsx")])
        if path is not None:
            choose.remember(self._context.settings, path)
            look_at_table(self._context, self, path, self.grid.on)

    def ask_target(self) -> None:
        """Ask where the table should go, and write it."""
        name = tr("cases") if self.grid.on == "case" else tr("sources")
        suggestion = choose.last_folder(self._context.settings) / f"{name}.csv"
        path = choose.target(self, tr("Export table"), suggestion, _TABLES)
        if path is not None:
            choose.remember(self._context.settings, path)
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the table of what is in the grid, all rows and columns."""
        project = self._context.project
        if project is None:
            return
        table = attribute_table(project, self.grid.on)

        def done(_: None) -> None:
            self._context.say(tr("Wrote {file}", file=path.name))

        self._context.jobs.run(
            tr("Writing {file}", file=path.name), lambda _: write_table(table, path), done, failed=self._context.tell
        )
