"""A grid with what belongs to it: a filter, menus on rows and columns, and the way from typing to the project."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.edits import cases as of_cases
from coder_app.edits.variables import Cell, set_values
from coder_app.gui.cases.grid_model import Grid, GridModel, read_grid, read_values
from coder_app.gui.cases.grid_view import GridView
from coder_app.gui.cases.menus import do_and_say, variable_menu
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn


class GridPanel(QWidget):
    """Shows cases or sources by variables; all that is typed, pasted or cleared at once is one step."""

    source_chosen = Signal(str)
    """A source should be read."""
    row_chosen = Signal(str)
    """Another row is the current one: the id of its case or source, or ""."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.on = "case"
        self.model = GridModel(self)
        self.grid = GridView(context.theme, self.model)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type to filter the rows"))
        self.field.setAccessibleName(tr("Filter the rows"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(320)
        self.count = words("", "muted")
        self.count.setWordWrap(False)
        self.empty = words("", "muted")
        filtering = QHBoxLayout()
        filtering.setSpacing(14)
        filtering.addWidget(self.field)
        filtering.addWidget(self.count)
        filtering.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(filtering)
        column.addWidget(self.empty)
        column.addWidget(self.grid, 1)
        column.addStretch(0)
        self._connect()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._filter)
        self.model.value_requested.connect(self._set_one)
        self.grid.values_requested.connect(self._set)
        self.grid.cut_off.connect(self._say_cut)
        self.grid.variable_menu_requested.connect(self._variable_menu)
        self.grid.row_menu_requested.connect(self._row_menu)
        self.grid.row_opened.connect(self._open_row)
        self.grid.selectionModel().currentChanged.connect(self._tell_row)
        self.model.modelReset.connect(self._tell_row)

    def _tell_row(self, *_: object) -> None:
        self.row_chosen.emit(self.grid.current_id())

    def follow(self, change: ChangeSet) -> None:
        """Read the values that a change has touched."""
        if self._context.project is not None:
            self.model.show_values(read_values(self._context.project, self.model.grid, change))

    def refresh(self) -> None:
        """Read all; the current cell and what is scrolled to stay so."""
        project = self._context.project
        current, column = self.grid.current_id(), self.grid.currentIndex().column()
        down, across = self.grid.verticalScrollBar(), self.grid.horizontalScrollBar()
        place = down.value(), across.value()
        grid = read_grid(project, self.on) if project is not None else Grid(self.on)
        self.model.editable = self._context.writable and bool(grid.variables)
        self.model.show(grid)
        self.grid.choose(current, column)
        if not self.grid.current_id() and self.model.rows:
            self.grid.choose(self.model.rows[0].id)
        down.setValue(place[0])
        across.setValue(place[1])
        self._show_state()

    def _show_state(self) -> None:
        all_, shown = len(self.model.grid.rows), len(self.model.rows)
        form = trn("{n} case", "{n} cases", all_) if self.on == "case" else trn("{n} source", "{n} sources", all_)
        self.count.setText(form if shown == all_ else tr("{n} of {all}", n=shown, all=form))
        self.grid.setVisible(all_ > 0)
        self.field.setVisible(all_ > 0)
        self.count.setVisible(all_ > 0)
        self.empty.setText(self._empty())
        self.empty.setVisible(bool(self.empty.text()))

    def _empty(self) -> str:
        if not self.model.grid.rows and self.on == "case":
            return tr(
                "No cases yet. A case is who or what the sources are about, such as a person. Make one here, import a "
                "table with a row for each, or select sources in the list of sources and choose “Put into a case”."
            )
        if not self.model.grid.rows:
            return tr("No sources yet.")
        if not self.model.grid.variables:
            return tr("No variables yet. Make one, such as an age or a region, or import a table of them.")
        return ""

    def _filter(self, typed: str) -> None:
        current, column = self.grid.current_id(), self.grid.currentIndex().column()
        self.model.filter(typed)
        self.grid.choose(current, column)
        self._show_state()

    def choose(self, row_id: str) -> None:
        """Make a row the current one, whatever the filter hides."""
        if self.model.row_of(row_id) < 0:
            self.field.clear()
        self.grid.choose(row_id)

    def _set_one(self, variable_id: str, one: str, text: str) -> None:
        self._set([(variable_id, one, text)])

    def _set(self, wanted: list[tuple[str, str, str]]) -> None:
        on = self.on
        cells = [Cell(variable_id, on, one, text) for variable_id, one, text in wanted]
        self._context.attempt_large(
            trn("Setting {n} value", "Setting {n} values", len(cells)),
            len(cells),
            lambda project, _: set_values(project, cells),
        )

    def _say_cut(self, rows: int, columns: int) -> None:
        parts = [trn("{n} row", "{n} rows", rows)] if rows else []
        parts += [trn("{n} column", "{n} columns", columns)] if columns else []
        self._context.say(tr("Left out, as there is no place below or beside: {what}.", what=", ".join(parts)))

    def _variable_menu(self, column: int, at: QPoint) -> None:
        if 0 <= column < len(self.model.grid.variables) and self._context.writable:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            variable_menu(menu, self._context, self, self.model.grid.variables, column)
            menu.popup(at)

    def _row_menu(self, row: int, at: QPoint) -> None:
        if row < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy"), self.grid.copy)
        for action in (menu.addAction(tr("Paste"), self.grid.paste), menu.addAction(tr("Clear"), self.grid.clear)):
            action.setEnabled(self._context.writable)
        menu.addSeparator()
        if self.on == "source":
            menu.addAction(tr("Read"), partial(self._open_row, row))
        elif self._context.writable:
            one = self.model.rows[row]
            menu.addAction(tr("Rename case…"), partial(self._rename, one.id, one.name))
            menu.addAction(tr("Describe case…"), partial(self._describe, one.id, one.name, one.detail))
            # A click on another row's name means that row.
            if one.id not in self.grid.chosen_rows():
                self.grid.selectRow(row)
            menu.addAction(tr("Delete case"), self.delete_cases)
        menu.popup(at)

    def _open_row(self, row: int) -> None:
        one = self.model.rows[row]
        if self.on == "source":
            self.source_chosen.emit(one.id)
        elif self._context.writable:
            self._rename(one.id, one.name)

    def _rename(self, case_id: str, name: str) -> None:
        title = tr("Rename “{name}”", name=name)
        Ask(
            self._context,
            self,
            title,
            lambda typed: self._context.attempt(of_cases.rename_case, case_id, typed),
            text=name,
        )

    def _describe(self, case_id: str, name: str, text: str) -> None:
        Ask(
            self._context,
            self,
            tr("What “{name}” is", name=name),
            lambda typed: self._context.attempt(of_cases.describe_case, case_id, typed),
            text=text,
            choices=("",),
        )

    def delete_cases(self) -> None:
        """Delete the cases in whose rows something is selected."""
        doomed = self.grid.chosen_rows()
        if doomed and self.on == "case" and self._context.writable:
            said = trn(
                "The case was deleted; its sources stay.", "{n} cases were deleted; their sources stay.", len(doomed)
            )
            do_and_say(self._context, lambda project: of_cases.delete_cases(project, doomed), said)
