"""The layout for the history: which steps at the left, the steps in the middle, the chosen one at the right."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError, UndoRefused
from coder_app.domain.progress import OnProgress
from coder_app.domain.table import Table
from coder_app.edits.restore import Restored, Thing, restore_all, restore_wording
from coder_app.exporters.history import write_history
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.new_project import file_name
from coder_app.gui.history.book_panel import BookPanel
from coder_app.gui.history.details import StepDetails
from coder_app.gui.history.filters import Filters
from coder_app.gui.history.gone_panel import GonePanel
from coder_app.gui.history.model import STEP, StepsModel, by_day
from coder_app.gui.history.view import StepList
from coder_app.gui.history.visit import Visit
from coder_app.gui.layouts import Page
from coder_app.gui.lookup import Lookup
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.columns import side_by_side
from coder_app.gui.widgets.tabs import tabs
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.history import HistoryStep, StepRef, step_list, steps
from coder_app.queries.history_codebook import development_in_numbers
from coder_app.queries.history_filter import Wanted, journal_size
from coder_app.queries.history_tables import history_table
from coder_app.queries.overview import overview
from coder_app.store.project import Project

LEFT_WIDTH = 272
RIGHT_WIDTH = 400
_STEPS, _GONE, _BOOK = range(3)
_SHORT = 20_000
"""So many changed rows are looked through in the window's own time."""


class HistoryPage(Page):
    """Reads what is in sight, and again when something has changed meanwhile."""

    def __init__(self, visit: Visit, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._sought = ""
        self.setAccessibleName(tr("History"))
        self.filters = Filters()
        self.model = StepsModel(self)
        self.lookup = Lookup(context, tr("Looking through the history…"), self)
        self.list = StepList(context.theme)
        self.list.setModel(self.model)
        self.empty = words("", "muted")
        self.gone = GonePanel(context)
        self.book = BookPanel(context)
        self.details = StepDetails(context)
        self.visit = visit
        self.count = QLabel()
        set_role(self.count, "muted")
        self.export = QPushButton(tr("Export…"))
        self._tabs = QButtonGroup(self)
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        steps_page = QWidget()
        column = QVBoxLayout(steps_page)
        column.setContentsMargins(0, 0, 0, 0)
        bare = QVBoxLayout()
        bare.setContentsMargins(20, 0, 20, 0)
        bare.addWidget(self.empty)
        column.addLayout(bare)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        for page in (steps_page, self.gone, self.book):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.setSpacing(14)
        head.addWidget(tabs((tr("Steps"), tr("Deleted"), tr("Codebook")), self._tabs))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.export)
        middle = QFrame()
        set_role(middle, "paper")
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 14, 0, 0)
        inside.setSpacing(14)
        inside.addLayout(head)
        inside.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(side_by_side((self.filters, LEFT_WIDTH), (middle, 0), (self.details, RIGHT_WIDTH)))

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)
        signals.released.connect(self._wait)
        self._context.blinding.changed.connect(self._wait)
        self.filters.changed.connect(self._wait)
        self.lookup.found.connect(self._show_steps)
        self.lookup.begun.connect(lambda: self.count.setText(tr("Looking…")))
        self.list.chosen.connect(self.details.show_step)
        self.list.look_requested.connect(self._look)
        self._tabs.idClicked.connect(self._show_tab)
        self.gone.restore_requested.connect(self._restore)
        self.gone.step_chosen.connect(self._show_details)
        self.book.step_requested.connect(self.show_step)
        self.details.look_requested.connect(self.visit.look)
        self.details.revert_requested.connect(self._revert)
        self.details.step_requested.connect(self.show_step)
        self.details.wording_requested.connect(self._restore_wording)
        self.export.clicked.connect(self.ask_target)

    def _on_opened(self, *_: object) -> None:
        self.filters.reset()
        self._wait()

    def _on_closed(self) -> None:
        self.model.show(None, [])
        self._sought = ""
        self.details.show_step(None)
        self._stale = True

    def _on_changed(self, _: ChangeSet) -> None:
        self._wait()

    def _wait(self) -> None:
        """Read again now if the page is in sight, else when it comes into sight."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def enter(self) -> None:
        """Give the list the keys."""
        lists = (self.list, self.gone.list, self.book.table)
        lists[self._pages.currentIndex()].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Read the part that is in sight."""
        project = self._context.project
        if project is None:
            return
        self._stale = False
        page = self._pages.currentIndex()
        self.filters.setVisible(page == _STEPS)
        self.filters.offer(project)
        if page == _STEPS:
            wanted, blinds = self.filters.wanted(), self._context.blinding.blinds

            def find(progress: OnProgress) -> list[StepRef | date]:
                return by_day(step_list(project, wanted, progress, blinds))

            self.lookup.ask(find, at_once=journal_size(project) <= _SHORT)
        elif page == _GONE:
            self.gone.refresh()
        else:
            self.book.refresh()
        self.count.setVisible(page == _STEPS)
        self.details.setVisible(page != _BOOK)
        self.export.setVisible(page != _GONE)

    def _show_steps(self, rows: list[StepRef | date]) -> None:
        project = self._context.project
        if project is None:
            return
        index = self.list.currentIndex()
        current: HistoryStep | None = index.data(STEP) if index.isValid() else None
        scrolled = self.list.verticalScrollBar().value()
        blinding = self._context.blinding
        self.model.show(project, rows, blinding.blinds)
        said = (trn("{n} step", "{n} steps", self.model.number()), blinding.words())
        self.count.setText(" · ".join(filter(None, said)))
        self.empty.setText(tr("No step fits. Choose less at the left, or show all steps."))
        self.empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.filters.note_shown()
        if self._sought:
            self._choose_sought()
            return
        row = self.model.row_of(current.id) if current is not None else -1
        self.list.verticalScrollBar().setValue(scrolled)
        self._choose(row if row >= 0 else self.model.first_step())

    def _choose_sought(self) -> None:
        row = self.model.row_of(self._sought)
        if row < 0 and self.filters.wanted() != Wanted():
            self.filters.reset()
            return
        self._sought = ""
        self._choose(row)
        self.list.reveal(self.list.currentIndex())

    def _choose(self, row: int) -> None:
        index = self.model.index(row)
        if row >= 0 and index != self.list.currentIndex():
            self.list.setCurrentIndex(index)  # which shows it
        else:
            self.details.show_step(index.data(STEP) if row >= 0 else None)

    def _show_tab(self, n: int) -> None:
        self._pages.setCurrentIndex(n)
        self.refresh()
        self.enter()

    def show_step(self, step_id: str) -> None:
        """Show one step in the list, whatever the filter says."""
        button = self._tabs.button(_STEPS)
        button.setChecked(True)
        self._pages.setCurrentIndex(_STEPS)
        self._sought = step_id
        self.refresh()
        self.enter()

    def _show_details(self, step_id: str) -> None:
        project = self._context.project
        if project is not None and self._pages.currentIndex() == _GONE:
            refs = [StepRef(step_id, "", None)] if step_id else []
            self.details.show_step(next(steps(project, refs, self._context.blinding.blinds), None))

    def _look(self) -> None:
        step = self.list.currentIndex().data(STEP)
        if step is not None:
            self.visit.look(step.id)

    def _revert(self, step_id: str) -> None:
        project = self._context.project
        if project is None:
            return
        size = next((step.rows for step in steps(project, [StepRef(step_id, "", None)])), 0)

        def revert(held: Project, progress: OnProgress) -> str | UndoRefused:
            try:
                return held.revert(step_id, progress)
            except UndoRefused as refusal:
                return refusal

        def done(result: str | UndoRefused) -> None:
            if isinstance(result, str):
                self._context.say(tr("Taken back: {label}", label=result), undo=True)
            elif result.later:
                self.details.say_in_the_way(result.later)
            else:
                self._context.tell(result)

        self._context.attempt_large(tr("Taking back"), size, revert, done)

    def _restore(self, things: list[Thing]) -> None:
        def done(restored: Restored) -> None:
            self._context.say(restored.words(), undo=bool(restored.counts))

        # What hangs on a thing is not counted before it is done; a code or a source may bring much.
        large = len(things) + sum(self.gone.went_along(things))
        self._context.attempt_large(
            tr("Restoring"), large, lambda held, progress: restore_all(held, things, progress), done
        )

    def _restore_wording(self, table: str, row_id: str, step_id: str, before: bool) -> None:  # noqa: FBT001 - the signal's
        project = self._context.project
        if project is None:
            return
        try:
            restore_wording(project, table, row_id, step_id, before=before)
        except AppError as error:
            self._context.tell(error)
        else:
            self._context.say(tr("The older wording is back."), undo=True)

    def ask_target(self) -> None:
        """Ask where what is shown should be written."""
        project = self._context.project
        if project is None:
            return
        book = self._pages.currentIndex() == _BOOK
        ending = tr("codebook development") if book else tr("history")
        kinds = [(tr("Page to read and print"), ".html"), (tr("Table"), ".csv"), (tr("Excel workbook"), ".xlsx")]
        suggestion = project.path.with_name(f"{file_name(overview(project).name)} {ending}.html")
        path = choose.target(self, tr("Export the history"), suggestion, kinds)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write what is shown to `path`, in the format of its suffix."""
        project = self._context.project
        if project is None:
            return
        if self._pages.currentIndex() == _BOOK:
            table = self.book.shown_table()
            self._write(path, lambda _: table, development_in_numbers(table))
            return
        wanted, blinds = self.filters.wanted(), self._context.blinding.blinds

        def make(progress: OnProgress) -> Table:
            with project.snapshot(progress) as snapshot:
                return history_table(snapshot, wanted, blinds=blinds, on_progress=progress)

        self._write(path, make)

    def _write(self, path: Path, make: Callable[[OnProgress], Table], *others: Table) -> None:
        self._context.jobs.run(
            tr("Writing {file}", file=path.name),
            lambda progress: write_history(make(progress), path, *others),
            lambda _: self._context.say(tr("The history is at {path}.", path=path)),
        )
