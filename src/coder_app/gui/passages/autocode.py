"""Shows what autocoding would do before it is done: each passage can be dropped, the rest is one step."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.domain.extents import Extent
from coder_app.edits.autocode import Autocoded, CodesMissing, PlannedRange, autocode
from coder_app.edits.codes import add_code_path
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job, Jobs, Progress
from coder_app.gui.passages.plan_list import PlanList
from coder_app.gui.passages.plan_model import PlanModel, by_code, by_source
from coder_app.gui.passages.planning import Question
from coder_app.gui.theme import set_role
from coder_app.gui.theme.values import Sizes
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project


def _extents() -> tuple[tuple[Extent, str], ...]:
    return (
        (Extent.MATCH, tr("the words found")),
        (Extent.SENTENCE, tr("their sentences")),
        (Extent.PARAGRAPH, tr("their paragraphs")),
        (Extent.TURN, tr("the speakers’ turns")),
    )


def coded_sentence(done: Autocoded) -> str:
    """Return in a sentence what a step of autocoding did."""
    parts = [trn("Coded {n:,} passage.", "Coded {n:,} passages.", done.added)]
    if done.already_there:
        parts.append(trn("{n:,} was coded so already.", "{n:,} were coded so already.", done.already_there))
    return " ".join(parts)


def _make_codes(project: Project, names: list[str]) -> None:
    with project.edit("Make the codes of a dictionary"):
        for name in names:
            add_code_path(project, name)


class AutocodePreview(QDialog):
    """Asks how far each coding reaches and which passages are meant; nothing is written before the button."""

    def __init__(self, context: Context, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._question = question
        self._there = 0
        self._jobs = Jobs(self._on_failed, self)
        self._job: Job | None = None
        self.setWindowTitle(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        larger = context.theme.theme.sizes.interface / Sizes().interface
        room = self.screen().availableSize() - QSize(40, 80)  # without its frame
        self.resize(QSize(round(860 * larger), round(600 * larger)).boundedTo(room))
        self.extent = QComboBox()
        self.extent.setAccessibleName(tr("How far each coding reaches"))
        for extent, name in _extents():
            self.extent.addItem(name, extent)
        self.model = PlanModel(context, self, names_sources=question.by_code)
        self.list = PlanList(context.theme, self.model, self)
        self.list.setAccessibleName(tr("Passages to be coded"))
        self.told = words("")
        self.all, self.none = QPushButton(tr("Select all")), QPushButton(tr("Select none"))
        for link in (self.all, self.none):
            set_role(link, "link")
        self.make = QPushButton()
        set_role(self.make, "link")
        self.make.hide()
        self._missing: list[str] = []
        self.code = QPushButton()
        self.code.setDefault(True)
        self._cancel = QPushButton(tr("Cancel"))
        for button in (self._cancel, self.all, self.none, self.make):
            button.setAutoDefault(False)
        self._arrange()
        self._connect()
        self._plan()
        self.list.setFocus()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        lead = words(self._question.lead)
        lead.setWordWrap(False)
        top.addWidget(lead)
        top.addWidget(self.extent)
        top.addStretch(1)
        top.addWidget(self.all)
        top.addSpacing(8)
        top.addWidget(self.none)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.make)
        foot.addWidget(self._cancel)
        foot.addWidget(self.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(14)
        for line in (top, foot):
            line.setContentsMargins(34, 0, 20, 0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.extent.currentIndexChanged.connect(self._plan)
        self.model.dataChanged.connect(self._count)
        self.all.clicked.connect(lambda: self.model.tick_all(is_kept=True))
        self.none.clicked.connect(lambda: self.model.tick_all(is_kept=False))
        self.list.apply_wanted.connect(self.code.click)
        self.code.clicked.connect(self._apply)
        self._cancel.clicked.connect(self.close)
        self.make.clicked.connect(lambda: self._context.attempt(_make_codes, self._missing))
        self._jobs.progressed.connect(self._on_progressed)
        signals = self._context.signals
        # The plan belongs to the project, the texts and the coder that it was made for.
        signals.closed.connect(self.close)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._plan)
        signals.held.connect(self._count)
        signals.released.connect(self._count)

    def _plan(self, *_: object) -> None:
        project = self._context.project
        if project is None:
            return
        if self._job is not None:
            self._job.progress.cancel()
        path, coder_id, plan = project.path, project.coder_id, self._question.plan
        extent = Extent(self.extent.currentData())  # Qt gives the word back, not the member

        def work(progress: Progress) -> list[PlannedRange]:
            with Project.open(path, write=False) as reader:
                return plan(reader, extent, coder_id, progress)

        self._say(tr("Looking through the texts…"))
        self.code.setEnabled(False)
        self._offer([])
        self._job = self._jobs.run(tr("Looking through the texts"), work, self._show)

    def _on_progressed(self, job: Job, done: int, of: int) -> None:
        if job is self._job:
            self._say(tr("Looking through the texts… {done:,} of {of:,}", done=done, of=of))

    def _show(self, ranges: list[PlannedRange]) -> None:
        self._job = None
        project = self._context.project
        if project is None:
            return
        fresh = [one for one in ranges if not one.is_coded]
        self._there = len(ranges) - len(fresh)
        self.model.show(by_code(fresh, code_tree(project)) if self._question.by_code else by_source(fresh))
        self.list.go_to(0)
        self._count()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self.model.show([])
        if isinstance(error, AppError):
            self._say(str(error), "warning")
            self._offer(error.names if isinstance(error, CodesMissing) else [])
            self.code.setText(trn("Code {n:,} passage", "Code {n:,} passages", 0))
        else:
            self._context.tell(error)

    def _offer(self, missing: list[str]) -> None:
        """Offer to make the codes that are missing."""
        self._missing = missing
        self.make.setText(trn("Make the code", "Make the {n:,} codes", len(missing)))
        self.make.setVisible(bool(missing) and self._context.writable)

    def _say(self, sentence: str, role: str = "") -> None:
        set_role(self.told, role)
        self.told.setText(sentence)

    def _count(self, *_: object) -> None:
        if self._job is not None:
            return
        kept = self.model.kept_total()
        there = trn("{n:,} is coded so already", "{n:,} are coded so already", self._there)
        fresh = tr("{n:,} new", n=self.model.total())
        self._say(tr("{fresh}, {there}", fresh=fresh, there=there) if self._there else fresh)
        self.code.setText(trn("Code {n:,} passage", "Code {n:,} passages", kept))
        self.code.setEnabled(kept > 0 and self._context.writable)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("source"):
            self._context.say(tr("The texts have changed, so the list of passages was closed; search again."))
            self.close()
        elif self._missing and change.touches("code"):
            self._plan()
            self.list.setFocus()
        elif change.touches("coding", "segment", "code"):
            self.model.forget()
            self.list.viewport().update()

    def _apply(self) -> None:
        kept = self.model.kept()
        label = trn("Coding {n:,} passage", "Coding {n:,} passages", len(kept))
        self.code.setEnabled(False)
        self._context.attempt_large(
            label, len(kept), lambda project, told: autocode(project, kept, on_progress=told), self._done
        )
        self._count()

    def _done(self, done: Autocoded) -> None:
        self._context.say(coded_sentence(done), undo=True)
        self.close()

    def closeEvent(self, event: object) -> None:
        self._jobs.cancel_all()
