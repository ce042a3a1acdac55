"""The layout for counting: options at the left, the table in the middle, the passages of a cell at the right."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coder_app.analysis.block import Block
from coder_app.analysis.how import Unit
from coder_app.analysis.tally import Ground
from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError, BadInput
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.counting import Answer, Found, Question, answer, followed, passages_of, tested
from coder_app.gui.analyse.details import computed_words, details
from coder_app.gui.analyse.options_panel import Material, OptionsPanel
from coder_app.gui.analyse.part import part_of
from coder_app.gui.analyse.passages_panel import CellPassages
from coder_app.gui.analyse.reading import CodingsReader
from coder_app.gui.analyse.sentences import Reading, reading
from coder_app.gui.analyse.strengths import strengths
from coder_app.gui.analyse.table_panel import TablePanel
from coder_app.gui.cases.scope_popup import ScopePopup
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job
from coder_app.gui.layouts import Page
from coder_app.gui.widgets.columns import side_by_side
from coder_app.i18n import tr
from coder_app.queries.cases import cases_of_sources
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import sources_coded_anew
from coder_app.queries.sources import sources
from coder_app.reports.ground import case_of, cases_of
from coder_app.store.project import Project

LEFT_WIDTH = 272
RIGHT_WIDTH = 312
_SETTLES_MILLISECONDS = 30
_MOST_SOURCES = 500
_SCOPED = ("set", "set_member", "case", "case_member", "variable", "variable_value")
_COUNTED = ("coding", "segment", "code", "coder", "source")


class AnalysePanel(Page):
    """Counts what the options say, whenever the codings change and the layout is in sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._job: Job | None = None
        self._answer: Answer | None = None
        self._material: Material | None = None
        self._all_unread = True
        self._reader = CodingsReader(context, self)
        self._coder_id: str | None = None
        self._pair: tuple[str, str] | None = None
        self.setAccessibleName(tr("Analyse"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLES_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        self.options = OptionsPanel()
        self.table = TablePanel(context)
        self.passages = CellPassages(context)
        self._part = ScopePopup(context, tr("Part of the project to count"), self)
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
        signals.coders_shown_changed.connect(self._show_block)
        self._context.blinding.changed.connect(self._wait)
        self._context.theme.changed.connect(self.options.refresh)
        self.options.changed.connect(self._on_options)
        self.options.part_requested.connect(self._ask_part)
        self.options.inference_requested.connect(self._infer)
        self._part.chosen.connect(self.options.take_scope)
        self.table.pair_chosen.connect(self._on_pair)
        self.table.block_chosen.connect(self._on_block)
        self.table.passages_wanted.connect(self.passages.enter)
        self.passages.place_chosen.connect(self.place_chosen)
        self._reader.done.connect(self._count)

    def enter(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Count again if anything has changed since the last time."""
        self._timer.stop()
        if self._stale:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._answer is None:
            # Building and painting are enough for one event.
            QTimer.singleShot(0, self, self._on_first_shown)
        else:
            self.refresh()

    def _on_first_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._reader.stop()

    def _on_opened(self) -> None:
        self._clear()
        self._wait()

    def _on_released(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        project = self._context.project
        if project is None:
            return
        chosen = self.options.options
        if (chosen.scope or chosen.unit is Unit.CASE) and change.touches(*_SCOPED):
            self._wait()
        if not change.touches(*_COUNTED):
            return
        if change.touches("source", "coder", "code"):
            self._material = None
        anew = sources_coded_anew(project, change)
        if anew is None or change.count("source") > _MOST_SOURCES:
            self._all_unread = True
        else:
            self._reader.expect(anew, texts=False)
            self._reader.expect({row.row_id for row in change.of("source")}, texts=True)
        self._wait()

    def _ask_part(self) -> None:
        self._part.ask(self.options.options.scope, self.options.part)

    def _on_options(self) -> None:
        self._stale = True
        self.refresh()

    def _wait(self) -> None:
        """Count in a moment if the table is in sight, else when it comes into sight."""
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _clear(self) -> None:
        self._timer.stop()
        self._drop_job()
        self._stale = True
        self._answer = None
        self._pair = self._coder_id = None
        self._material = None
        self._all_unread = True
        self._reader.clear()
        self.options.reset()
        self.options.offer(Material({}, {}, CodeTree([]), frozenset()))
        self.table.say_nothing_is_coded()
        self._show_cell(None)

    def _read(self) -> None:
        """Read what has changed; the counting follows."""
        project = self._context.project
        if project is None:
            return
        self._drop_job()
        material = self._known(project)
        if self._all_unread:
            self._all_unread = False
            self._reader.expect(self._reader.coded.union(material.sources), texts=True)
            self.table.say_counting()
        chosen = self.options.options
        self._reader.start(material.tree, chosen.unit, window=chosen.window, mode=chosen.mode, distance=chosen.distance)

    def _known(self, project: Project) -> Material:
        if self._material is None:
            every, people = sources(project), coders(project)
            self._material = Material(
                {coder.id: coder.name for coder in people},
                {source.id: source.name for source in every},
                code_tree(project),
                frozenset(),
                {source.id: source.characters for source in every},
                sum(not coder.is_consensus for coder in people),
            )
        return self._material

    def _count(self) -> None:
        material, codings, project = self._material, self._reader.codings, self._context.project
        if material is None or project is None:
            return  # the codebook has changed meanwhile; the reading that is due comes here again
        self._stale = False
        self.options.offer(replace(material, used=frozenset(codings.uses())))
        try:
            question = self._question(project, material)
            table = followed(self._answer, question, self._reader.fresh) if self._answer is not None else None
            if table is None and not question.is_large():
                table = answer(question)
        except AppError as error:
            self._on_failed(error)
            return
        if table is not None:
            self._show(table)
            return
        self.table.say_counting()
        self._job = self._context.jobs.run(
            tr("Counting co-occurrences…"), lambda _: _coloured(question), self._on_counted, failed=self._on_failed
        )

    def _question(self, project: Project, material: Material) -> Question:
        """Return all that the table is counted from. Raises BadInput where the scope means nothing."""
        chosen = self.options.options
        part = part_of(project, chosen.scope)
        members = cases_of_sources(project)
        grid = part.grid(self._reader.grid())
        cut = cases_of(members, material.lengths) if chosen.unit is Unit.CASE else grid
        return Question(
            chosen,
            part.codings(self._reader.codings),
            material.tree,
            material.coders,
            Ground(cut, self._reader.marks(), material.lengths, case_of(members)),
            part,
        )

    def _infer(self) -> None:
        """Test and resample the table that is shown; what is found goes with it as long as nothing changes."""
        table = self._answer
        if table is None:
            return
        self._drop_job()
        self.options.say_computed(tr("Computing…"))
        self._job = self._context.jobs.run(
            tr("Testing and resampling pairs of codes…"),
            lambda progress: tested(table, progress),
            self._on_tested,
            failed=self._on_not_tested,
        )

    def _on_tested(self, found: Answer) -> None:
        self._job = None
        if self._answer is not None and self._answer.tally is found.tally:
            self._answer = found
            self._show_block()

    def _on_not_tested(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, BadInput):
            self.options.say_computed(str(error))
        else:
            self.options.say_computed("")
            self._context.tell(error)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None

    def _on_counted(self, counted: Answer) -> None:
        self._job = None
        self._show(counted)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._answer = None
        self._show_cell(None)
        if isinstance(error, BadInput):
            self.table.say_failed(str(error))
        else:
            self.table.say_failed()
            self._context.tell(error)

    def _show(self, counted: Answer) -> None:
        self._answer = counted
        self._reader.fresh.clear()
        self._show_block()

    def _block(self) -> Block | None:
        blocks = self._answer.result.blocks if self._answer is not None else ()
        return next((block for block in blocks if block.coder_id == self._coder_id), blocks[0] if blocks else None)

    def _show_block(self) -> None:
        if self._answer is None:
            return
        block = self._block()
        wanted = self._pair
        self.table.show_block(self._answer, block, self._context.hidden_coders)
        self.options.say_computed(computed_words(self._answer) or self._to_compute())
        if not self.table.choose(wanted):
            self._pair = None
        self._show_cell(block)

    def _to_compute(self) -> str:
        """Return what to do where tests and intervals are wanted and not there."""
        return tr("Not computed for these codings yet.") if self.options.options.inference.is_long else ""

    def _on_block(self, coder_id: str | None) -> None:
        self._coder_id = coder_id
        self._show_block()

    def _on_pair(self, code_a: str, code_b: str) -> None:
        if self._pair != (code_a, code_b):
            self._pair = (code_a, code_b)
            self._show_cell(self._block())

    def _show_cell(self, block: Block | None) -> None:
        material, table, pair = self._material, self._answer, self._pair
        if material is None or table is None or block is None or pair is None:
            self.options.read(
                Reading(tr("Choose a cell of the table: it is said here in words, and read at the right."))
            )
            self.passages.clear()
            return
        self.options.read(reading(block, table.result.how, table.tree, pair, details(table, block, pair)))
        order = {source_id: place for place, source_id in enumerate(material.sources)}
        nested = block.n_ab(*pair) is None and pair[0] != pair[1]
        found = Found() if nested else passages_of(table, block, pair, order)
        self.passages.show_cell(table, pair, found, material.sources, nested=nested)


def _coloured(question: Question) -> Answer:
    """Count a table and work out the colours of the block that will be in sight."""
    counted = answer(question)
    for block in counted.result.blocks[:1]:
        strengths(block, question.options.colour)
    return counted
