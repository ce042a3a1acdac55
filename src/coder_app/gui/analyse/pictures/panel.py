"""One picture of the table that is shown, drawn anew when the table or a choice changes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coder_app.analysis.block import Block
from coder_app.analysis.layouts.material import COUNT, JACCARD, Choices
from coder_app.analysis.layouts.pictures import picture
from coder_app.domain.errors import AppError, BadInput
from coder_app.domain.pictures import Picture, PictureKind
from coder_app.exporters.figures import body
from coder_app.exporters.figures.drawing import Drawing
from coder_app.gui.analyse.counting import Answer
from coder_app.gui.analyse.options import Colour
from coder_app.gui.analyse.pictures.choices import PictureChoices
from coder_app.gui.analyse.pictures.view import PictureView
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.sources import sources
from coder_app.reports.cooccurrence import by_document

# Fewer codes are drawn before a person could notice; more by a worker.
_AT_ONCE = 40
_SETTLES_MILLISECONDS = 60


@dataclass(frozen=True, slots=True)
class _Drawn:
    picture: Picture
    drawing: Drawing


class PicturePanel(QWidget):
    """Shows a kind of picture, or the sentence that says why there is none."""

    pair_chosen = Signal(str, str)
    passages_wanted = Signal()

    def __init__(self, context: Context, choices: PictureChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._answer: Answer | None = None
        self._block: Block | None = None
        self._kind: PictureKind | None = None
        self._shown: tuple[PictureKind, str | None] | None = None
        self._job: Job | None = None
        self._pair: tuple[str, str] | None = None
        self._choices = choices
        self.view = PictureView(context.theme)
        self.note = words("", "muted")
        self.warning = words("", "warning")
        self.empty = words("", "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._pages, 1)
        column.addWidget(self.warning)
        column.addWidget(self.note)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLES_MILLISECONDS)
        self._timer.timeout.connect(self._draw)
        self.view.canvas.pair_chosen.connect(self._on_pair)
        self.view.canvas.passages_wanted.connect(self.passages_wanted)
        choices.changed.connect(self._draw)
        self._say("", "")

    @property
    def kind(self) -> PictureKind | None:
        """The kind of picture that is shown; None while the table is."""
        return self._kind

    def choices(self) -> Choices:
        """Return what is chosen about the picture that is shown."""
        return self._choices.choices(self._kind or PictureKind.HEATMAP)

    def show_kind(self, kind: PictureKind | None) -> None:
        """Show another kind of picture; None draws nothing until one is asked for."""
        self._kind = kind
        self._offer()
        self._draw()

    def show_block(self, answer: Answer, block: Block) -> None:
        """Show one block of a counted table."""
        self._answer, self._block = answer, block
        self._offer()
        if self._kind is not None:
            self._timer.start()

    def clear(self) -> None:
        """Forget the table."""
        self._answer = self._block = self._shown = None
        self._drop_job()
        self._timer.stop()

    def choose(self, pair: tuple[str, str] | None) -> None:
        """Mark the place of two codes, if there is one."""
        self._pair = pair
        self.view.canvas.choose(pair)

    def _offer(self) -> None:
        if self._answer is not None and self._block is not None:
            weight = JACCARD if self._answer.options.colour is Colour.JACCARD else COUNT
            self._choices.offer(self._answer.tree, self._block.codes, weight)
        self._choices.show_for(self._kind)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None

    def _draw(self) -> None:
        answer, block, kind, project = self._answer, self._block, self._kind, self._context.project
        self._drop_job()
        if answer is None or block is None or kind is None or project is None:
            return
        names = {one.id: one.name for one in sources(project)} if kind is PictureKind.ENA else {}
        choices = self.choices()

        def work() -> _Drawn:
            documents = by_document(answer.tally, answer.names, names, block)
            found = picture(kind, block, answer.result.how, answer.tree, choices, documents)
            return _Drawn(found, body(found))

        self._run(work, large=len(block.codes) > _AT_ONCE or kind is PictureKind.ENA)

    def _run(self, work: Callable[[], _Drawn], *, large: bool) -> None:
        if not large:
            try:
                self._show(work())
            except AppError as error:
                self._failed(error)
            return
        self._job = self._context.jobs.run(tr("Drawing…"), lambda _: work(), self._done, failed=self._failed)

    def _done(self, drawn: _Drawn) -> None:
        self._job = None
        self._show(drawn)

    def _show(self, drawn: _Drawn) -> None:
        shown = drawn.picture.shown
        key = (shown.kind, self._block.coder_id if self._block is not None else None)
        name = tr("{title}, {coders}, {n} codes", title=shown.title, coders=shown.heading, n=len(shown.codes))
        self.view.show_drawing(drawn.drawing, name, anew=self._shown is None or self._shown[0] is not shown.kind)
        self._shown = key
        self.view.canvas.choose(self._pair)
        self._say(" ".join(shown.caption), " ".join(shown.warnings))
        self._pages.setCurrentIndex(0)

    def _failed(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, BadInput):
            self._context.tell(error)
        self.empty.setText(str(error))
        self._say("", "")
        self._pages.setCurrentIndex(1)

    def _say(self, note: str, warning: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def _on_pair(self, code_a: str, code_b: str) -> None:
        self._pair = (code_a, code_b)
        self.pair_chosen.emit(code_a, code_b)
