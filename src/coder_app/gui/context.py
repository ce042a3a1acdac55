"""What every panel is given: the project that is open, the signals about it, theme, settings and jobs."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.gui.errors import tell
from coder_app.gui.jobs import Jobs
from coder_app.gui.signals import ProjectSignals
from coder_app.gui.theme import ThemeSource
from coder_app.queries.coders import coders
from coder_app.settings import SettingsFile
from coder_app.store.project import Project

P = ParamSpec("P")
T = TypeVar("T")


class Context(QObject):
    """The open project and what belongs to the window as a whole; panels get it by their constructor."""

    notice_requested = Signal(str, bool)
    """A sentence to be shown for a few seconds; True offers Undo beside it."""
    lasting_notice_requested = Signal(str)
    """A sentence to be shown until it is closed, such as why a project can only be read."""

    def __init__(self, theme: ThemeSource, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.settings = settings
        self.signals = ProjectSignals(self)
        self.jobs = Jobs(self.tell, self)
        self.hidden_coders: set[str] = set()
        self._project: Project | None = None

    @property
    def project(self) -> Project | None:
        """The open project, or None."""
        return self._project

    @property
    def writable(self) -> bool:
        """Whether a project is open and may be changed."""
        return self._project is not None and self._project.writable

    def show(self, project: Project) -> None:
        """Make `project` the open one; the one before is closed."""
        self.close()
        self._project = project
        self.hidden_coders = set()
        project.subscribe(self._publish)
        self.signals.opened.emit(project)

    def close(self) -> None:
        """Close the open project, if any; what is being typed is kept, running jobs are cancelled."""
        self.jobs.cancel_all()
        if self._project is not None:
            self.signals.save_requested.emit()
            project, self._project = self._project, None
            self.signals.closed.emit()
            project.close()

    def _publish(self, change: ChangeSet) -> None:
        self.signals.changed.emit(change)

    def attempt(self, edit: Callable[Concatenate[Project, P], T], *arguments: P.args, **options: P.kwargs) -> T | None:
        """Call an edit as `edit(project, *arguments)` and return its result.

        What the app foresees to go wrong is told in a sentence; the result is None then.
        """
        if self._project is None:
            return None
        try:
            return edit(self._project, *arguments, **options)
        except AppError as error:
            self.tell(error)
            return None

    def tell(self, error: BaseException) -> None:
        """Say what went wrong: a foreseen error as a notice, any other as a report."""
        if isinstance(error, AppError):
            self.say(str(error))
        else:
            tell(error)

    def say(self, sentence: str, *, undo: bool = False) -> None:
        """Show a sentence for a few seconds, with Undo beside it where the last step may be regretted."""
        self.notice_requested.emit(sentence, undo)

    def say_until_closed(self, sentence: str) -> None:
        """Show a sentence until the person closes it."""
        self.lasting_notice_requested.emit(sentence)

    def coders_shown(self) -> list[str]:
        """Return the ids of the coders whose codings are shown."""
        if self._project is None:
            return []
        return [coder.id for coder in coders(self._project) if coder.id not in self.hidden_coders]

    def hide_coders(self, hidden: set[str]) -> None:
        """Hide the codings of these coders and show all others."""
        self.hidden_coders = hidden
        self.signals.coders_shown_changed.emit()

    def work_as(self, coder_id: str) -> None:
        """Make another coder the one at work; what was being typed is still the one before's."""
        if self._project is None or coder_id == self._project.coder_id:
            return
        self.signals.save_requested.emit()
        try:
            self._project.work_as(coder_id)
        except AppError as error:
            self.tell(error)
        else:
            self.signals.coder_changed.emit(coder_id)

    def undo(self) -> None:
        """Take the last step back; what is being typed counts as a step."""
        self.signals.save_requested.emit()
        self.attempt(Project.undo)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self.signals.save_requested.emit()
        self.attempt(Project.redo)
