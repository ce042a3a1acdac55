"""Long work off the window's thread: one worker for reading, one for an edit that holds the project.

A job that reads makes itself a snapshot, or gets plain values. Its result arrives on the window's thread.
No processEvents, no locks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from coder_app.domain.errors import Cancelled
from coder_app.domain.progress import OnProgress

_TOLD_EVERY_SECONDS = 0.05
"""What is said more often is not heard: a window that gets a signal for each row has time for nothing else."""


class Progress:
    """What a job uses to say how far it is and to learn that it is no longer wanted."""

    def __init__(self, tell: OnProgress) -> None:
        self._tell = tell
        self._stop = Event()
        self._next = 0.0

    def __call__(self, done: int, of: int) -> None:
        """Say how far the work is, as often as one likes. Raises Cancelled where the person has stopped it."""
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if now >= self._next:
            self._next = now + _TOLD_EVERY_SECONDS
            self._tell(done, of)

    def cancelled(self) -> bool:
        """Say whether the person has stopped the job."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at the next chance."""
        self._stop.set()


class _Signals(QObject):
    progressed = Signal(int, int)
    done = Signal()


@dataclass(slots=True)
class Job:
    """A piece of work that runs or has run; `label` is what people read beside its progress.

    One that is exclusive holds the project: nothing else can be done meanwhile.
    """

    label: str
    progress: Progress
    exclusive: bool
    signals: _Signals = field(repr=False)
    _work: Callable[[Progress], Any] | None = field(repr=False)
    _result: Any = field(default=None, init=False, repr=False)
    _error: Exception | None = field(default=None, init=False, repr=False)

    def do(self) -> None:
        """Do the work, on the worker, and keep what comes of it for `taken`."""
        if self._work is not None:
            try:
                self._result = self._work(self.progress)
            except Exception as error:  # noqa: BLE001 - the border of the worker: every error goes to the window's thread
                self._error = error

    def taken(self) -> tuple[Any, Exception | None]:
        """Return the result and the error, on the window's thread, and let go of them and of the work."""
        result, error = self._result, self._error
        self._work = self._result = self._error = None
        return result, error


class _Work(QRunnable):
    """Holds the job alone: a worker that were the last to know a panel, by its work or an error, would destroy it."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.do()
        self._job.signals.done.emit()


class Jobs(QObject):
    """Runs one job that reads at a time, in the order in which they were asked for, and at once one that writes."""

    started = Signal(object)
    """A Job was begun."""
    progressed = Signal(object, int, int)
    """A Job is so far: done, of all."""
    ended = Signal(object)
    """A Job succeeded, failed or was cancelled."""

    def __init__(self, on_error: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._reading, self._writing = QThreadPool(self), QThreadPool(self)
        for pool in (self._reading, self._writing):
            pool.setMaxThreadCount(1)
        self._running: list[Job] = []

    @property
    def running(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._running)

    @property
    def current(self) -> Job | None:
        """The job that people wait for: the exclusive one, or else the first; None where there is none."""
        exclusive = (job for job in self._running if job.exclusive)
        return next(exclusive, self._running[0] if self._running else None)

    def run(
        self,
        label: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        *,
        failed: Callable[[BaseException], object] | None = None,
        exclusive: bool = False,
    ) -> Job:
        """Run `work(progress)` on the worker, then `done(result)` on the window's thread.

        Errors go to `failed`, or else to the window's dialog. A cancelled job calls neither, unless it is
        `exclusive`: what it has written is written, and that it stopped is worth a word.
        """
        signals = _Signals(self)
        job = Job(label, Progress(signals.progressed.emit), exclusive, signals, work)

        def ended() -> None:
            result, error = job.taken()
            # Told first: what follows may start the next job or show a dialog of its own.
            self._end(job)
            if job.progress.cancelled() and not exclusive:
                return
            if error is None:
                done(result)
            elif exclusive or not isinstance(error, Cancelled):
                (failed or self._on_error)(error)

        def progressed(n: int, of: int) -> None:
            self.progressed.emit(job, n, of)

        signals.done.connect(ended)
        signals.progressed.connect(progressed)
        self._running.append(job)
        self.started.emit(job)
        (self._writing if exclusive else self._reading).start(_Work(job))
        return job

    def _end(self, job: Job) -> None:
        self._running.remove(job)
        job.signals.deleteLater()
        self.ended.emit(job)

    def wait(self) -> None:
        """Wait until the workers are free; what they bring is told afterwards, as ever."""
        self._writing.waitForDone()
        self._reading.waitForDone()

    def cancel_all(self) -> None:
        """Ask every job to stop and wait until the workers are free; results are dropped."""
        for job in self._running:
            job.progress.cancel()
        self.wait()
