"""Finds the steps that fit the filter: at once in a short history, beside the window in a long one."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from coder_app.gui.context import Context
from coder_app.gui.history.model import by_day
from coder_app.gui.jobs import Job, Progress
from coder_app.i18n import tr
from coder_app.queries.history import StepRef, step_list
from coder_app.queries.history_filter import Wanted, journal_size
from coder_app.store.project import Project

_AT_ONCE = 20_000


class StepFinder(QObject):
    """Makes one list at a time; a new one takes the place of the one before."""

    found = Signal(object)
    """The steps under their days, a StepRef or a date each."""
    begun = Signal()
    """A worker is looking."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        # The steps that a large edit is writing are none yet; when it is done they are asked for anew.
        context.signals.held.connect(self.drop)

    def drop(self) -> None:
        """Give up the list that is being made."""
        if self._job is not None:
            job, self._job = self._job, None
            job.progress.cancel()

    def find(self, project: Project, wanted: Wanted) -> None:
        """Look for the steps that fit; `found` comes now or later."""
        self.drop()
        if journal_size(project) <= _AT_ONCE:
            self.found.emit(by_day(step_list(project, wanted)))
            return

        def work(progress: Progress) -> list[StepRef | date]:
            # Through the project's own connection: a copy would take longer, another connection would keep edits
            # from being written, and whatever is written meanwhile is told by `changed` and asked for anew.
            return by_day(step_list(project, wanted, progress))

        self.begun.emit()
        self._job = self._context.jobs.run(tr("Looking through the history…"), work, self._on_found)

    def _on_found(self, rows: list[StepRef | date]) -> None:
        self._job = None
        self.found.emit(rows)
