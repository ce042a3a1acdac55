"""The tab for tables of codes: options at the left, the table in the middle, the passages of a cell at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coder_app.analysis.how import Mode
from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.domain.table import Cell
from coder_app.gui.analyse.passages_panel import CellPassages
from coder_app.gui.context import Context
from coder_app.gui.layouts import Page
from coder_app.gui.tables.maker import TableMaker
from coder_app.gui.tables.notes import reading
from coder_app.gui.tables.offering import conditions_of
from coder_app.gui.tables.opening import Opened, found_for
from coder_app.gui.tables.options_panel import Offered, TableOptionsPanel
from coder_app.gui.tables.sheet import blocks_of
from coder_app.gui.tables.table_panel import CHART, TABLE, TablePanel
from coder_app.gui.widgets.columns import side_by_side
from coder_app.i18n import tr
from coder_app.queries.cases import cases
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.sets import sets
from coder_app.queries.sources import sources
from coder_app.queries.variables import variables
from coder_app.reports.table_options import WORK_LISTS, TableKind
from coder_app.reports.tables import Made

Index = QModelIndex | QPersistentModelIndex
LEFT_WIDTH, RIGHT_WIDTH = 272, 312
_SETTLES_MILLISECONDS = 60
_OFFERED = ("source", "coder", "code", "case", "case_member", "set", "set_member", "variable", "variable_value")
_COUNTED = ("coding", "segment", "assignment", *_OFFERED)


class TablesPanel(Page):
    """Makes the chosen table, whenever what it counts changes and the tab is in sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._unoffered = True
        self._made: Made | None = None
        self._block = ""
        self._wanted: dict[str, Cell] = {}
        self._column, self._row = "", -1
        self.setAccessibleName(tr("Tables"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLES_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        self.options = TableOptionsPanel()
        self.table = TablePanel(context)
        self.passages = CellPassages(context)
        self.maker = TableMaker(context, self)
        self._arrange()
        self._connect()
        self._clear()

    def _arrange(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(side_by_side((self.options, LEFT_WIDTH), (self.table, 0), (self.passages, RIGHT_WIDTH)))

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._clear)
        signals.changed.connect(self._on_changed)
        signals.released.connect(self._on_released)
        self._context.blinding.changed.connect(self._wait)
        self._context.theme.changed.connect(self.options.refresh)
        self.options.changed.connect(self._on_options)
        self.options.block_changed.connect(self._on_block)
        self.table.cell_chosen.connect(self._on_cell)
        self.table.opened.connect(self._on_opened_cell)
        self.table.place_chosen.connect(self.place_chosen)
        self.table.passages_wanted.connect(self.passages.enter)
        self.passages.place_chosen.connect(self.place_chosen)
        self.maker.made.connect(self._on_made)
        self.maker.begun.connect(self.table.say_counting)
        self.maker.failed.connect(self._on_failed)
        self.maker.stopped.connect(self._on_stopped)

    def enter(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Count again if anything has changed since the last time."""
        self._timer.stop()
        if self._stale and self._context.project is not None:
            self._stale = False
            self._offer()
            self.maker.make(self.options.options)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._timer.isActive():
            self._timer.stop()
            self._stale = True

    def _on_opened(self) -> None:
        self._clear()
        self._wait()

    def _on_released(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        if not change.touches(*_COUNTED):
            return
        self._unoffered = self._unoffered or change.touches(*_OFFERED)
        self.maker.note(change)
        self._wait()

    def _on_options(self) -> None:
        self._stale = True
        self._wanted = {}
        self.table.turn_to(CHART if self.options.options.kind is TableKind.COVERAGE else TABLE)
        self.refresh()

    def _wait(self) -> None:
        """Count in a moment if the table is in sight, else when it comes into sight."""
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _clear(self) -> None:
        self._timer.stop()
        self.maker.forget()
        self._stale = self._unoffered = True
        self._made = None
        self._block = self._column = ""
        self._wanted = {}
        self.options.reset()
        self.options.offer(Offered())
        self.options.offer_blocks((), "")
        self.table.say(tr("Counting…"))
        self._show_cell(None)

    def _offer(self) -> None:
        project = self._context.project
        if project is None or not self._unoffered:
            return
        self._unoffered = False
        self.options.offer(
            Offered(
                {one.id: one.name for one in coders(project)},
                {one.id: one.name for one in sources(project)},
                {one.id: one.name for one in sets(project) if one.sources},
                {one.id: one.name for one in cases(project)},
                {one.id: one.name for one in variables(project)},
                conditions_of(project),
                code_tree(project),
            )
        )

    def _on_made(self, made: Made) -> None:
        self._made = made
        self._show_block()

    def _on_failed(self, error: BaseException) -> None:
        self._made = None
        self.options.offer_blocks((), "")
        self._show_cell(None)
        if isinstance(error, AppError):
            self.table.say(str(error))
            return
        self.table.say(tr("The table could not be counted. Choose other options at the left."))
        self._context.tell(error)

    def _on_stopped(self) -> None:
        self.table.say(tr("Counting was stopped. Choose something at the left to count again."))
        self._show_cell(None)

    def _on_block(self, block: str) -> None:
        self._block = block
        self._show_block()

    def _show_block(self) -> None:
        if self._made is None:
            return
        blocks = blocks_of(self._made)
        if self._block not in blocks:
            self._block = blocks[0] if blocks else ""
        self.options.offer_blocks(blocks, self._block)
        wanted, column, before = self._wanted, self._column, self._row
        self.table.show_block(self._made, self._block)
        row = self.table.model.find(wanted) if wanted else -1
        if row < 0 <= before and wanted and self._made.gathered.options.kind in WORK_LISTS:
            row = min(before, len(self.table.sheet.rows) - 1)  # done with: go on with the next
        ids = [one.id for one in self.table.sheet.columns]
        if row >= 0 and column in ids:
            self.table.view.setCurrentIndex(self.table.model.index(row, ids.index(column)))
        else:
            self._show_cell(None)

    def _on_cell(self, index: Index) -> None:
        record = self.table.model.record(index.row()) if index.isValid() else None
        if record is None:
            self._show_cell(None)
            return
        self._column, self._row = self.table.model.column(index.column()).id, index.row()
        names = ("code_id", "next_id", "source_id", "start", "code_a_id", "code_b_id", "coder_a", "coder_b")
        self._wanted = {name: record[name] for name in names if name in record}
        self._show_cell(record)

    def _show_cell(self, record: dict[str, Cell] | None) -> None:
        made, project = self._made, self._context.project
        if made is None or record is None or project is None:
            if self.options.options.kind is TableKind.COVERAGE:
                self.options.read(tr("Click a place of a strip to read it in its text."), "")
            else:
                self.options.read(
                    tr("Choose a cell of the table: it is said here in words, and read at the right."), ""
                )
            self.passages.clear()
            return
        self.options.read(*reading(made, record, self._column))
        opened: Opened | None = found_for(made, self._block, record, self._column)
        if opened is None:
            self.passages.clear()
            return
        material = made.gathered.material
        names = {one: document.name for one, document in material.sources.items()}, material.coders
        instead = tr("There are no passages behind this cell.")
        self.passages.show_found(opened.title, opened.found, Mode.SEGMENTS, names, instead=instead, codes=opened.codes)

    def _on_opened_cell(self, index: Index) -> None:
        """Open the passage of a work list in its text; elsewhere go on to the passages."""
        record = self.table.model.record(index.row())
        made = self._made
        if record is None or made is None:
            return
        if "start" in record:
            self.place_chosen.emit(str(record["source_id"]), _number(record["start"]), _number(record["stop"]))
        elif made.gathered.options.kind is TableKind.COVERAGE:
            self.place_chosen.emit(str(record["source_id"]), 0, 1)
        else:
            self.passages.enter()


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
