"""The layout for agreement: options at the left; the table, the disagreements or the assignments at the right."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError, Cancelled
from coder_app.gui.agreement.assignments_page import AssignmentsPage
from coder_app.gui.agreement.comparing import OF_UNITS, RESAMPLED, Answer, answer, with_intervals
from coder_app.gui.agreement.disagreements_page import DisagreementsPage
from coder_app.gui.agreement.export import ask_report, ask_target
from coder_app.gui.agreement.options_panel import NOTHING, Material, OptionsPanel, hidden_words
from coder_app.gui.agreement.reading import reading
from coder_app.gui.agreement.table_model import TableModel, sums_first
from coder_app.gui.agreement.table_view import TableView
from coder_app.gui.cases.scope_popup import ScopePopup
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job, Progress
from coder_app.gui.layouts import Page
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.tabs import tabs
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.agreeing import Stage
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.decisions import consensus_ids
from coder_app.queries.rounds import blinds, rounds
from coder_app.queries.scope import sources_in
from coder_app.queries.sources import sources
from coder_app.reports.agreement import Options
from coder_app.store.project import Project

LEFT_WIDTH = 272
_SETTLES_MILLISECONDS = 150
_COMPARED = ("coding", "segment", "code", "coder", "source", "round", "assignment")
TABLE, DISAGREEMENTS, ASSIGNMENTS = range(3)


class AgreementPanel(Page):
    """Compares again whenever what is compared changes and the layout is in sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._job: Job | None = None
        self._answer: Answer | None = None
        self._material = NOTHING
        self._hidden = 0
        self.setAccessibleName(tr("Agreement"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLES_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        self.options = OptionsPanel()
        self._part = ScopePopup(context, tr("Part of the project to compare"), self)
        self.model = TableModel(self)
        self.table = TableView(context.theme, self.model)
        self.note = words("", "muted")
        self.empty = words("", "muted")
        self.disagreements = DisagreementsPage(context)
        self.assignments = AssignmentsPage(context)
        self.export = QPushButton(tr("Export…"))
        self.report = QPushButton(tr("Report…"))
        self.report.setToolTip(tr("The paragraph and the table for a paper, with the disagreements and their text"))
        self._tabs = QButtonGroup(self)
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()
        self._clear()

    def _arrange(self) -> None:
        table = QFrame()
        set_role(table, "paper")
        column = QVBoxLayout(table)
        column.setContentsMargins(34, 14, 34, 20)
        column.setSpacing(14)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addStretch(0)
        for page in (table, self.disagreements, self.assignments):
            self._pages.addWidget(page)
        head = QFrame()
        set_role(head, "paper")
        row = QHBoxLayout(head)
        row.setContentsMargins(34, 14, 34, 8)
        row.setSpacing(8)
        row.addWidget(tabs((tr("Table"), tr("Disagreements"), tr("Assignments")), self._tabs))
        row.addStretch(1)
        row.addWidget(self.report)
        row.addWidget(self.export)
        right = QWidget()
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._pages, 1)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(0)
        columns.addWidget(self.options)
        columns.addWidget(right)
        columns.setStretchFactor(1, 1)
        columns.setSizes([LEFT_WIDTH, 1440 - LEFT_WIDTH])
        self.options.setMinimumWidth(200)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(columns)

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._clear)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._wait)
        signals.released.connect(self._on_released)
        self.options.changed.connect(self._wait)
        self.options.part_requested.connect(self._ask_part)
        self._part.chosen.connect(self.options.take_scope)
        self.table.row_entered.connect(self._on_row_entered)
        self.table.selectionModel().currentRowChanged.connect(self._read_row)
        self._tabs.idClicked.connect(self.turn_to)
        self.disagreements.place_chosen.connect(self.place_chosen)
        self.export.clicked.connect(self.ask_target)
        self.report.clicked.connect(self.ask_report)

    def turn_to(self, page: int) -> None:
        """Show the table, the disagreements or the assignments."""
        self._tabs.button(page).setChecked(True)
        self._pages.setCurrentIndex(page)
        self.options.setVisible(page != ASSIGNMENTS)
        self.export.setVisible(page != ASSIGNMENTS)
        self.report.setVisible(page != ASSIGNMENTS)
        self._enable()
        (self.table, self.disagreements.list, self.assignments.grid)[page].setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_opened(self) -> None:
        self._clear()
        self._wait()

    def _on_released(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        if self._context.project is None:
            return
        if change.touches("decision") and self.isVisible():
            self.disagreements.refresh()
        if change.touches("round", "assignment", "source", "coder") and self.isVisible():
            self.assignments.refresh()
        is_compared = change.touches(*_COMPARED) and not self._is_about_consensus(change)
        if is_compared or (change.touches("decision") and self.options.options.stage is Stage.AFTER):
            self._wait()

    def _is_about_consensus(self, change: ChangeSet) -> bool:
        """Say whether only the consensus has changed, which is not compared unless it is asked for by name."""
        project = self._context.project
        if project is None or not change.touches("decision") or change.touches("source", "code", "round", "assignment"):
            return False
        consensus = consensus_ids(project)
        if consensus.intersection(self.options.options.coders or ()):
            return False
        rows = [row for table in ("coding", "segment") for row in change.of(table)]
        images = [image for row in rows for image in (row.before, row.after)]
        return all(image is None or image["coder_id"] in consensus for image in images)

    def _wait(self, *_: object) -> None:
        """Compare in a moment if the layout is in sight, else when it comes into sight."""
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _clear(self) -> None:
        self._timer.stop()
        self._drop_job()
        self._stale = True
        self._answer = None
        self._material = NOTHING
        self.options.reset()
        self.options.offer(NOTHING)
        self.assignments.refresh()
        self._say(tr("Two coders of the same sources are needed. Assign them sources, or merge their copies."))
        self.disagreements.show_found(None, None, NOTHING.tree, None, live=False)
        self.options.read("", "")

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None

    def refresh(self) -> None:
        """Compare again if anything has changed since the last time."""
        self._timer.stop()
        project = self._context.project
        if project is None or not self._stale:
            return
        self._stale = False
        self._drop_job()
        self._material = Material(
            {coder.id: coder.name for coder in coders(project)},
            {source.id: source.name for source in sources(project)},
            code_tree(project),
            tuple(rounds(project)),
        )
        self.options.offer(self._material)
        self.assignments.refresh()
        if self._answer is None:
            self._say(tr("Comparing…"))
        if self._answer is not None:
            self.note.setText(tr("Comparing again…"))
        asked, self._hidden = self._seen(project)

        def work(progress: Progress) -> Answer:
            with project.snapshot(progress) as then:
                return answer(then, asked, progress)

        self._run(tr("Comparing coders…"), work, self._on_answered)

    def _seen(self, project: Project) -> tuple[Options, int]:
        """Return the options without the sources that are hidden from the coder at work, and how many these are."""
        asked, hidden = self.options.options, blinds(project).sources.keys()
        among = self._among(project)
        if among is not None:
            asked = replace(asked, sources=among if asked.sources is None else asked.sources & among)
        if not hidden:
            return asked, 0
        every = frozenset(self._material.sources) if asked.sources is None else asked.sources
        return replace(asked, sources=every - hidden), len(every & hidden)

    def _among(self, project: Project) -> frozenset[str] | None:
        """Return the sources in the part that was chosen; all of them where that means nothing any more."""
        try:
            return sources_in(project, self.options.scope)
        except AppError as error:
            self._context.tell(error)
            return None

    def _ask_part(self) -> None:
        self._part.ask(self.options.scope, self.options.sources)

    def _run(self, label: str, work: Callable[[Progress], Answer], done: Callable[[Answer], None]) -> None:
        self._job = self._context.jobs.run(label, work, done, failed=self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            self.note.setText(tr("Stopped. Change an option to compare again."))
            return
        self._answer = None
        self._say(str(error))
        self._context.tell(error)

    def _on_answered(self, found: Answer) -> None:
        self._job = None
        self._show(found)
        project = self._context.project
        options = found.options
        if found.table is None or options.table not in RESAMPLED or not options.resamples or project is None:
            return
        self.note.setText(tr("Drawing documents anew for the intervals…"))

        def work(progress: Progress) -> Answer:
            with project.snapshot(progress) as then:
                return with_intervals(then, found, progress)

        self._run(tr("Working out the intervals…"), work, self._on_intervals)

    def _on_intervals(self, found: Answer) -> None:
        self._job = None
        self._show(found)

    def _show(self, found: Answer) -> None:
        row = self.table.currentIndex().row()
        chosen = self.model.name_of(row) if 0 <= row < self.model.rowCount() else ""
        self._answer = found
        self._enable()
        material = self._material
        named = self.disagreements.named_of(material.tree, material.coders, material.sources)
        live = found.options.stage is Stage.NOW
        why = " ".join([found.why, *(f"{said}." for said in hidden_words(self._hidden))])
        self.disagreements.show_found(found.found, named, material.tree, found.options.round, live=live, why=why)
        number = len(found.found.differing) if found.found is not None else 0
        self._tabs.button(DISAGREEMENTS).setText(
            trn("{n} disagreement", "{n} disagreements", number) if number else tr("Disagreements")
        )
        if found.table is None:
            self._say(why)
            return
        self.model.show(sums_first(found.table))
        self.table.setVisible(True)
        self.empty.setVisible(False)
        settings = found.table.settings
        told = {"stage": tr("Codings"), "sources": tr("Sources"), "interval": tr("Interval")}
        said = [f"{title}: {settings[name]}" for name, title in told.items() if settings.get(name)]
        self.note.setText(" · ".join([*said, *hidden_words(self._hidden)]))
        again = self.model.row_named(chosen) if chosen else -1
        self.table.selectRow(max(0, again))
        self._read_row()

    def _enable(self) -> None:
        """Offer to write what there is: a table may fail where the disagreements, and so the report, do not."""
        answer, is_list = self._answer, self._pages.currentIndex() == DISAGREEMENTS
        compared = answer is not None and answer.found is not None
        self.export.setEnabled(compared if is_list else answer is not None and answer.table is not None)
        made = answer is not None and (answer.table is not None or answer.options.table not in OF_UNITS)
        self.report.setEnabled(compared and made)

    def _say(self, sentence: str) -> None:
        self.empty.setText(sentence)
        self.empty.setVisible(True)
        if self.table.hasFocus():
            # Hidden with the focus, it would hand that on to another layout's button.
            self._tabs.button(TABLE).setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setVisible(False)
        self._enable()
        self.note.setText("")
        self.options.read("", "")

    def _read_row(self, *_: object) -> None:
        found, row = self._answer, self.table.currentIndex().row()
        if found is not None and found.table is not None and 0 <= row < self.model.rowCount():
            self.options.read(*reading(self.model.table, row))

    def _on_row_entered(self, row: int) -> None:
        """Show the disagreements about the code of a row; of a sum those about all codes."""
        name = self.model.name_of(row)
        code = next((one.id for one in self._material.tree.walk() if self._material.tree.path(one.id) == name), None)
        self.turn_to(DISAGREEMENTS)
        self.disagreements.show_code(code)

    def ask_target(self) -> None:
        """Ask for a file and write what is in sight into it."""
        if self._answer is not None:
            is_list = self._pages.currentIndex() == DISAGREEMENTS
            options = self._answer.options
            ask_target(self._context, self, replace(options, table="disagreements") if is_list else options)

    def ask_report(self) -> None:
        """Ask for a file and write the report for a paper into it."""
        if self._answer is not None:
            ask_report(self._context, self, self._answer.options)
