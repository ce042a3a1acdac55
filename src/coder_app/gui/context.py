"""What every panel is given: the project that is open, the signals about it, theme, settings and jobs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError, Cancelled
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.gui.backups.copies import Copies
from coder_app.gui.blinding import Blinding
from coder_app.gui.errors import tell
from coder_app.gui.jobs import Jobs, Progress
from coder_app.gui.shown_codes import ShownCodes
from coder_app.gui.signals import ProjectSignals
from coder_app.gui.theme import ThemeSource
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.settings import SettingsFile
from coder_app.store.project import Project

P = ParamSpec("P")
T = TypeVar("T")

LARGE = 3_000
"""An edit of so many rows takes long enough for the window to stand still, so it is made on the worker."""


@dataclass(slots=True)
class _Loan:
    """A project that a worker holds, and what has happened to it meanwhile."""

    changes: list[ChangeSet] = field(default_factory=list[ChangeSet])


def _nothing(_: object) -> None:
    return None


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
        self.blinding = Blinding(self.signals, lambda: self._today, self)
        self.blinding.changed.connect(self.signals.coders_shown_changed)
        self.shown_codes = ShownCodes(self.signals, settings, self)
        self.copies = Copies(self.signals, settings, self)
        self.copies.troubled.connect(self.say)
        self.source_id = ""
        self._project: Project | None = None
        self._today: Project | None = None
        self._loan: _Loan | None = None
        self._refusals: list[str] | None = None

    @property
    def project(self) -> Project | None:
        """The open project; None where there is none, and while a large edit holds it."""
        return None if self._loan else self._project

    @property
    def today(self) -> Project | None:
        """The project of today while one looks at it as it was; None otherwise."""
        return self._today

    @property
    def busy(self) -> bool:
        """Whether a large edit holds the project."""
        return self._loan is not None

    @property
    def writable(self) -> bool:
        """Whether a project is open and may be changed."""
        return self.project is not None and self.project.writable

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
        self._loan = None
        left = next((one.path for one in (self._project, self._today) if one is not None and one.writable), None)
        if self._project is not None:
            self.signals.save_requested.emit()
            project, self._project = self._project, None
            self.signals.closed.emit()
            project.close()
        if self._today is not None:
            today, self._today = self._today, None
            today.close()
        if left is not None:
            self.signals.left.emit(left)

    def look_at(self, then: Project) -> None:
        """Show `then`, the project as it was, in the place of today's, which stays open behind it."""
        if self._project is None:
            then.close()
            return
        self.jobs.cancel_all()
        before, self._project = self._project, None
        self.signals.closed.emit()
        if self._today is None:
            self._today = before
        else:
            before.close()
        self._project = then
        self.signals.opened.emit(then)

    def leave_then(self) -> Project | None:
        """Show today's project again and return the one of then, which the caller closes; None where none is shown."""
        if self._today is None:
            return None
        self.jobs.cancel_all()
        then, self._project = self._project, None
        self.signals.closed.emit()
        self._project, self._today = self._today, None
        self.signals.opened.emit(self._project)
        return then

    def note_source(self, source_id: str) -> None:
        """Learn which source is being read, and tell it."""
        self.source_id = source_id
        self.signals.source_shown.emit(source_id)

    def _publish(self, change: ChangeSet) -> None:
        if self._loan is not None:
            # The worker is telling; the window hears of it when it has the project back.
            self._loan.changes.append(change)
        else:
            self.signals.changed.emit(change)

    def attempt(self, edit: Callable[Concatenate[Project, P], T], *arguments: P.args, **options: P.kwargs) -> T | None:
        """Call an edit as `edit(project, *arguments)` and return its result.

        What the app foresees to go wrong is told in a sentence; the result is None then.
        """
        if self.project is None:
            return None
        try:
            return edit(self.project, *arguments, **options)
        except AppError as error:
            self.tell(error)
            return None

    def refusal(self, act: Callable[[], object]) -> str:
        """Call `act` and return why what it attempts was refused, which then is told nowhere else; "" if nothing was.

        For windows that ask for something and say beside their field what was wrong with it.
        """
        self._refusals = []
        try:
            act()
        finally:
            found, self._refusals = self._refusals, None
        return " ".join(found)

    def attempt_large(
        self,
        label: str,
        rows: int,
        edit: Callable[[Project, OnProgress], T],
        done: Callable[[T], object] = _nothing,
    ) -> None:
        """Call an edit as `edit(project, on_progress)`, then `done(result)` unless it has failed, which is told.

        One of at least LARGE `rows` is made on the worker, which holds the project so long: panels find none,
        keys and clicks go nowhere, `label` stands beside the progress, Cancel takes everything back. Then all
        that changed is told at once, as after any edit.
        """
        project = self.project
        if project is None:
            return
        if rows < LARGE:
            try:
                result = edit(project, tell_nobody)
            except AppError as error:
                self.tell(error)
            else:
                done(result)
            return
        self.signals.save_requested.emit()
        self._lend(label, project, edit, done)

    def _lend(
        self, label: str, project: Project, edit: Callable[[Project, OnProgress], T], done: Callable[[T], object]
    ) -> None:
        loan = self._loan = _Loan()

        def work(progress: Progress) -> T:
            with project.stoppable(progress.cancelled):
                return edit(project, progress)

        def succeeded(result: T) -> None:
            if self._take_back(loan):
                done(result)

        def failed(error: BaseException) -> None:
            if not self._take_back(loan):
                return
            if isinstance(error, Cancelled):
                self.say(tr("Stopped; the project is as it was before."))
            else:
                self.tell(error)

        self.signals.held.emit()
        self.jobs.run(label, work, succeeded, failed=failed, exclusive=True)

    def _take_back(self, loan: _Loan) -> bool:
        """Let the window have the project again and learn what happened; False where it was closed meanwhile."""
        if self._loan is not loan:
            return False
        self._loan = None
        for change in loan.changes:
            self.signals.changed.emit(change)
        self.signals.released.emit()
        return True

    def tell(self, error: BaseException) -> None:
        """Say what went wrong: a foreseen error as a notice, any other as a report."""
        if isinstance(error, AppError) and self._refusals is not None:
            self._refusals.append(str(error))
        elif isinstance(error, AppError):
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
        if self.project is None:
            return []
        return [coder.id for coder in coders(self.project) if coder.id not in self.hidden_coders]

    def hidden_in(self, source_id: str) -> set[str]:
        """Return the ids of the coders whose codings of a source are not shown: hidden ones, blind rounds’ others."""
        return self.hidden_coders | self.blinding.hidden_in(source_id)

    def hide_coders(self, hidden: set[str]) -> None:
        """Hide the codings of these coders and show all others."""
        self.hidden_coders = hidden
        self.signals.coders_shown_changed.emit()

    def work_as(self, coder_id: str) -> None:
        """Make another coder the one at work; what was being typed is still the one before's."""
        project = self.project
        if project is None or coder_id == project.coder_id:
            return
        self.signals.save_requested.emit()
        try:
            project.work_as(coder_id)
        except AppError as error:
            self.tell(error)
        else:
            self.signals.coder_changed.emit(coder_id)

    def undo(self) -> None:
        """Take the last step back; what is being typed counts as a step."""
        self.signals.save_requested.emit()
        if self.project is not None:
            self.attempt_large(tr("Undoing"), self.project.undo_size(), Project.undo)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self.signals.save_requested.emit()
        if self.project is not None:
            self.attempt_large(tr("Doing it again"), self.project.redo_size(), Project.redo)
