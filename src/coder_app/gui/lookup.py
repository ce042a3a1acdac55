"""Reads what a panel lists: at once where it is short, beside the window where it is long."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job


class Lookup(QObject):
    """Reads one list at a time; a new wish takes the place of the one before.

    The worker reads through the project's own connection: a copy would take longer, and another connection would
    keep edits from being written. So it is to read some thousand rows at a time, that edits go on in between;
    what they change is told by `changed`, and the panel asks anew.
    """

    found = Signal(object)
    """What was read."""
    begun = Signal()
    """A worker is reading."""

    def __init__(self, context: Context, label: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._label = label
        self._job: Job | None = None
        # What a large edit is writing is not there yet; when it is done the panel asks anew.
        context.signals.held.connect(self.drop)
        context.signals.closed.connect(self.drop)

    @property
    def running(self) -> bool:
        """Whether a worker is reading."""
        return self._job is not None

    def drop(self) -> None:
        """Give up what is being read."""
        if self._job is not None:
            job, self._job = self._job, None
            job.progress.cancel()

    def ask(self, read: Callable[[OnProgress], object], *, at_once: bool) -> None:
        """Call `read`, which is told how far it is and may be cancelled by that; `found` comes now or later."""
        self.drop()
        if at_once:
            self.found.emit(read(tell_nobody))
            return
        self._job = self._context.jobs.run(self._label, read, self._on_found)
        self.begun.emit()

    def _on_found(self, result: object) -> None:
        self._job = None
        self.found.emit(result)
