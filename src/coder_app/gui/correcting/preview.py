"""Says, while a text is being corrected, what would become of its passages: at once, or aside for a large one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.gui.context import Context
from coder_app.gui.jobs import Job, Progress
from coder_app.i18n import tr
from coder_app.queries.placing import Placement, placement_preview
from coder_app.store.project import Project

_REST_MILLISECONDS = 350
_CHARACTERS, _CODINGS = 300_000, 1_500
"""A source with no more of them is compared between two keys, in some 20 ms."""


class Preview(QObject):
    """Compares the draft when the keys rest. A large source is compared on the worker, with a copy of its own."""

    found = Signal(object, str)
    """The Placement of the passages, and the draft that it is about."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._source_id = ""
        self._draft: Callable[[], str] = str
        self._is_large = False
        self._copy: Project | None = None
        self._job: Job | None = None
        self._is_stale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MILLISECONDS)
        self._rest.timeout.connect(self._compare)

    def begin(self, source_id: str, draft: Callable[[], str], characters: int, codings: int) -> None:
        """Tell of `draft()` from now on, whenever `ask` was called."""
        self.stop()
        self._source_id, self._draft = source_id, draft
        self._is_large = characters > _CHARACTERS or codings > _CODINGS
        self._compare()

    def ask(self) -> None:
        """Compare once the keys rest."""
        self._rest.start()

    def forget(self) -> None:
        """Take a new copy of the project for the next comparison: another step was made."""
        if self._job is None and self._copy is not None:
            # Its file vanishes with it, which of a large one takes a moment.
            QTimer.singleShot(0, self, self._copy.close)
            self._copy = None
        self._is_stale = self._job is not None

    def stop(self) -> None:
        """Compare no more."""
        self._rest.stop()
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None
            self._copy = None  # the worker has it still; it is closed with its last use
        self.forget()
        self._is_stale = False

    def _compare(self) -> None:
        project = self._context.project
        if project is None:
            return
        draft = self._draft()
        if not self._is_large:
            self.found.emit(placement_preview(project, self._source_id, draft), draft)
        elif self._job is None:
            source_id, copy = self._source_id, self._copy

            def work(progress: Progress) -> tuple[Project, Placement]:
                read = copy or project.snapshot(progress)
                return read, placement_preview(read, source_id, draft)

            def compared(done: tuple[Project, Placement]) -> None:
                self._on_compared(*done, draft)

            self._job = self._context.jobs.run(tr("Comparing"), work, compared, failed=self._on_failed)
        else:
            self._rest.start()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._context.tell(error)

    def _on_compared(self, copy: Project, placement: Placement, draft: str) -> None:
        self._job, self._copy = None, copy
        if self._is_stale:
            self.forget()
        self.found.emit(placement, draft)
