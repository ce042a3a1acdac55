"""Finds the lines of the chosen words, at once or on the worker."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from coder_app.analysis.kwic import Sort
from coder_app.domain.progress import tell_nobody
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job, Progress
from coder_app.gui.words.feed import TextFeed
from coder_app.gui.words.material import Counted, Lines, find_lines
from coder_app.i18n import tr

_MOST_CHARACTERS = 600_000


class LineFinder(QObject):
    """Looks for one list of words at a time; a new one takes the place of the one before."""

    found = Signal(object, object)  # as objects: Qt would copy each line of a list
    """The words, and the lines that hold them."""
    begun = Signal()
    """A worker is looking."""
    stopped = Signal()
    """The person has stopped the worker."""
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._feed = TextFeed(context, self)
        self._job: Job | None = None
        context.jobs.ended.connect(self._on_ended)

    def drop(self) -> None:
        """Give up what is being looked for."""
        self._feed.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.progress.cancel()

    def find(self, chosen: Sequence[str], counted: Counted, sort: Sort) -> None:
        """Look for the places of the chosen words in what was counted; `found` comes now or later."""
        self.drop()
        forms = counted.tally.forms(chosen, match_case=counted.options.match_case)
        having = set(counted.tally.having(forms, dict.fromkeys(part.key for part in counted.parts)))
        parts = [part for part in counted.parts if part.key in having]
        at_once = sum(part.source.characters for part in parts) <= _MOST_CHARACTERS

        def ready(texts: dict[str, str]) -> None:
            if at_once:
                self.found.emit(list(chosen), find_lines(parts, forms, sort, texts, tell_nobody))
                return

            def work(progress: Progress) -> Lines:
                return find_lines(parts, forms, sort, texts, progress)

            def done(lines: Lines) -> None:
                self._job = None
                self.found.emit(list(chosen), lines)

            label = tr("Looking for the places of words…")
            self._job = self._context.jobs.run(label, work, done, failed=self._on_failed)

        if not at_once:
            self.begun.emit()
        self._feed.read([part.source.text_hash for part in parts], ready, at_once=at_once)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.cancelled():
            self._job = None
            self.stopped.emit()
