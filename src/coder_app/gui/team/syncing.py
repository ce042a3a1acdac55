"""Exchanges work through the team folder: when asked, and by itself while nobody is typing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from coder_app.domain.change import ChangeSet, Step
from coder_app.domain.errors import AppError, Cancelled
from coder_app.domain.progress import OnProgress
from coder_app.gui.context import LARGE, Context
from coder_app.gui.jobs import Job
from coder_app.i18n import tr, trn
from coder_app.queries import conflicts
from coder_app.store.project import Project
from coder_app.team import folder
from coder_app.team.folder import Synced
from coder_app.team.members import Known, Seen, known, look

_MINUTE = 60_000
_FIRST, _AGAIN = 3_000, 15_000
"""Milliseconds after which the folder is first looked at, and tried again when the person was at work."""

QUIET = 4_000
"""So many milliseconds without a key or a click mean that the person has paused."""

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.DragEnter,
}


@dataclass(slots=True)
class SyncState:
    """What is known of the team folder: what the project knows, what lies there, and what is wrong.

    `trouble` is why the folder could not be used the last time. Nothing is taken in by itself while `resting`,
    because the person has taken out what came in.
    """

    known: Known | None = None
    seen: Seen | None = None
    problems: list[str] = field(default_factory=list[str])
    trouble: str = ""
    resting: bool = False
    looking: bool = False


class _Pause(QObject):
    """Says whether a while goes by without a key or a click; it listens only that long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._then: Callable[[bool], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._end(quiet=True))

    def wait(self, milliseconds: int, then: Callable[[bool], object]) -> None:
        """Call `then(whether it was quiet)`, at the first key or when the time is over."""
        app = QApplication.instance()
        if app is not None and self._then is None:
            self._then = then
            app.installEventFilter(self)
            self._timer.start(milliseconds)

    def stop(self) -> None:
        """Wait no more."""
        self._then = None
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def _end(self, *, quiet: bool) -> None:
        then = self._then
        self.stop()
        if then is not None:
            then(quiet)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._end(quiet=False)
        return False


class Syncing(QObject):
    """Knows how the project stands to its team folder. What fails by itself is shown quietly, never as a dialog."""

    changed = Signal()
    """What is known of the folder is another."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.state = SyncState()
        self.quiet_time = QUIET
        self.may_begin: Callable[[], bool] = lambda: True
        """Whether nothing is half done that a sync would bring to an end, such as the draft of a corrected text."""
        self._job: Job | None = None
        self._pause = _Pause(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        signals = context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)

    def _on_opened(self, *_: object) -> None:
        self.state = SyncState()
        self.read()
        if self.state.known is not None and self._context.writable:
            self._timer.start(_FIRST)

    def _on_closed(self) -> None:
        self._timer.stop()
        self._pause.stop()
        self._job = None
        self.state = SyncState()
        self.changed.emit()

    def _on_changed(self, change: ChangeSet) -> None:
        before = self.state.known
        if before is None:
            return
        if change.step is not Step.MERGE:
            # One step more to give; to look through all of them at each coding would be felt.
            self.state.known = replace(before, unsent=before.unsent + 1)
            self.changed.emit()
            return
        now = known(self._context.project) if self._context.project is not None else None
        if now is not None and now.missing > before.missing:
            # The person has taken out what the folder would bring again.
            self.state.resting = True
        self.read()

    def read(self) -> None:
        """Read again what the project knows of its folder."""
        project = self._context.project
        self.state.known = known(project) if project is not None else None
        self.changed.emit()

    # looking

    def look(self, then: Callable[[], object] | None = None) -> None:
        """Look into the folder on the worker, and call `then` where that went well."""
        found = self.state.known
        if found is None or self._job is not None:
            return
        self.state.looking = True
        self.changed.emit()

        def done(seen: Seen) -> None:
            self._looked(seen, "")
            if then is not None:
                then()

        def failed(error: BaseException) -> None:
            self._looked(None, str(error))
            if not isinstance(error, AppError):
                self._context.tell(error)

        self._job = self._context.jobs.run(
            tr("Looking into the team folder"), lambda _: look(found), done, failed=failed
        )

    def _looked(self, seen: Seen | None, trouble: str) -> None:
        self._job = None
        self.state.looking = False
        self.state.seen, self.state.trouble = seen or self.state.seen, trouble
        self.changed.emit()

    # by itself

    def _on_time(self) -> None:
        """Look whether there is something to exchange, and do it when the person has paused."""
        settings = self._context.settings.values
        self._timer.start(settings.sync_minutes * _MINUTE)
        if settings.sync_by_itself and self._context.writable and not self.state.resting:
            self.look(self._wait_for_pause)

    def _wait_for_pause(self) -> None:
        state = self.state
        if state.known is not None and state.seen is not None and (state.seen.new_files or state.known.unsent):
            self._pause.wait(self.quiet_time, self._on_pause)

    def _on_pause(self, quiet: bool) -> None:  # noqa: FBT001 - the one thing that is told
        if not self._context.writable:
            return
        if quiet and self.may_begin() and not self._context.jobs.running and not _is_typing():
            self._sync(self._done_by_itself)
        else:
            self._timer.start(_AGAIN)

    # exchanging

    def sync(self) -> None:
        """Exchange work now, because the person asks for it."""
        if self.state.known is None:
            self._context.say(tr("This project has no team folder. Share it in a folder, or join a team."))
            return
        self.state.resting = False
        self._sync(self._done)

    def _sync(self, done: Callable[[Synced | AppError], object]) -> None:
        def exchange(project: Project, on_progress: OnProgress) -> Synced | AppError:
            try:
                return folder.sync(project, on_progress)
            except Cancelled:
                raise
            except AppError as error:
                return error

        self._pause.stop()
        self._context.attempt_large(tr("Exchanging work with the team"), LARGE, exchange, done)

    def _done(self, done: Synced | AppError) -> None:
        self._note(done)
        if isinstance(done, AppError):
            self._context.tell(done)
        elif done.taken:
            self._tell_taken(done)
        else:
            self._context.say(_told(done))
        self.look()

    def _done_by_itself(self, done: Synced | AppError) -> None:
        self._note(done)
        if isinstance(done, Synced) and done.taken:
            self._tell_taken(done)

    def _note(self, done: Synced | AppError) -> None:
        if isinstance(done, AppError):
            self.state.trouble = str(done)
        else:
            self.state.trouble, self.state.problems = "", done.problems
            self.state.seen = None
        self.read()

    def _tell_taken(self, done: Synced) -> None:
        self._context.say(_told(done), undo=True)

    def note_shared(self, done: Synced) -> None:
        """Learn that the project has a folder from now on."""
        self._note(done)
        self._timer.start(self._context.settings.values.sync_minutes * _MINUTE)
        self.look()

    def undecided(self) -> int:
        """Return how much is undecided."""
        project = self._context.project
        return conflicts.count(project) if project is not None else 0


def _is_typing() -> bool:
    """Say whether the person has a field, a menu or a dialog open."""
    at = QApplication.focusWidget()
    in_field = isinstance(at, QLineEdit) or (isinstance(at, (QPlainTextEdit, QTextEdit)) and not at.isReadOnly())
    return in_field or QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None


def _told(done: Synced) -> str:
    """Return what a sync did."""
    sentences: list[str] = []
    if done.taken and done.coders:
        sentences.append(
            trn(
                "{n} step of {coders} came in.",
                "{n} steps of {coders} came in.",
                done.taken,
                coders=_names(done.coders),
            )
        )
    elif done.taken:
        sentences.append(trn("{n} step came in.", "{n} steps came in.", done.taken))
    if done.given:
        sentences.append(trn("{n} step went out.", "{n} steps went out.", done.given))
    if not sentences:
        sentences.append(tr("There is nothing new in the team folder, and nothing to give."))
    if done.problems:
        n = len(done.problems)
        sentences.append(trn("{n} file needs a look: see Team.", "{n} files need a look: see Team.", n))
    return " ".join(sentences)


def _names(coders: list[str]) -> str:
    return coders[0] if len(coders) == 1 else tr("{most} and {last}", most=", ".join(coders[:-1]), last=coders[-1])
