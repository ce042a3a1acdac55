"""Counts words whenever asked, at once or on the worker, and keeps the tally of texts that it knows."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from coder_app.analysis.words import Tally
from coder_app.domain.progress import tell_nobody
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job, Progress
from coder_app.gui.words.feed import TextFeed
from coder_app.gui.words.material import Counted, Part, count
from coder_app.gui.words.options import Options, Where
from coder_app.i18n import tr

_MOST_NEW = 40_000
_MOST_KNOWN = 1_000_000


class WordCounter(QObject):
    """Makes one count at a time; a new one takes the place of the one before."""

    counted = Signal(object)
    """A Counted is there."""
    begun = Signal()
    """A worker counts."""
    stopped = Signal()
    """The person has stopped the worker."""
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._feed = TextFeed(context, self)
        self._tally = Tally()
        self._job: Job | None = None
        context.jobs.ended.connect(self._on_ended)

    @property
    def running(self) -> bool:
        """Whether a count is under way."""
        return self._job is not None or self._feed.reading

    def forget(self) -> None:
        """Drop the count that is being made, and all texts, for another project."""
        self.drop()
        self._tally = Tally()

    def drop(self) -> None:
        """Give up the count that is being made."""
        self._feed.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.progress.cancel()

    def count(self, options: Options, parts: Sequence[Part]) -> None:
        """Count these parts; `counted` comes now or later."""
        self.drop()
        # Passages change with every coding, so what they hold is not worth keeping.
        tally = Tally() if options.scope.where is Where.CODE else self._tally
        missing = [part for part in parts if part.key not in tally]
        words = sum(part.source.words for part in missing)
        small = words <= _MOST_NEW and sum(part.source.words for part in parts) <= _MOST_KNOWN
        at_once = small and not self._context.jobs.running  # another job may be reading the tally
        hashes = [part.source.text_hash for part in missing]

        def ready(texts: dict[str, str]) -> None:
            if at_once:
                self.counted.emit(count(options, parts, tally, texts, tell_nobody))
                return
            if tally is self._tally:
                self._tally = Tally()  # the worker has it; one that is stopped leaves it half done

            def work(progress: Progress) -> Counted:
                return count(options, parts, tally, texts, progress)

            self._job = self._context.jobs.run(tr("Counting words…"), work, self._on_counted, failed=self._on_failed)

        if not at_once:
            self.begun.emit()
        self._feed.read(hashes, ready, at_once=at_once)

    def _on_counted(self, counted: Counted) -> None:
        self._job = None
        if counted.options.scope.where is not Where.CODE:
            self._tally = counted.tally
        self.counted.emit(counted)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.cancelled():
            self._job = None
            self.stopped.emit()
