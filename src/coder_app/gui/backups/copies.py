"""Makes the copies that nobody asks for, off the window's thread: on opening, each half hour, on closing."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.domain.errors import AppError, Cancelled
from coder_app.domain.progress import OnProgress
from coder_app.gui.errors import tell
from coder_app.gui.jobs import Jobs, Progress
from coder_app.gui.signals import ProjectSignals
from coder_app.i18n import tr
from coder_app.settings import SettingsFile
from coder_app.store.backups import MANY, is_due, keep_before, keep_copy
from coder_app.store.project import Project

T = TypeVar("T")

_FIRST_LOOK, _LOOKS_EVERY = 2_000, 60_000
"""Milliseconds after which it is looked whether a copy is due: when all is shown, and from then on."""


class Copies(QObject):
    """Looks after the project that is open. A copy that fails is told once, until a project is opened again."""

    troubled = Signal(str)
    """A copy could not be made; carries the sentence."""
    made = Signal(object)
    """A copy was made; carries its Path."""

    def __init__(self, signals: ProjectSignals, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._project: Project | None = None
        self._held = False
        self._told = False
        self._resting = False
        # What is open can be broken off, what was closed is copied to its end.
        self._while_open, self._after = Jobs(self._fail, self), Jobs(self._fail, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.left.connect(self._on_left)
        signals.held.connect(self._on_held)
        signals.released.connect(self._on_released)

    def _on_opened(self, project: Project) -> None:
        self._project = project if project.writable else None
        self._held = self._told = False
        if project.writable:
            self._timer.start(_FIRST_LOOK)

    def _on_closed(self) -> None:
        self._timer.stop()
        self._project = None
        self._while_open.cancel_all()

    def _on_held(self) -> None:
        self._held = True

    def _on_released(self) -> None:
        self._held = False

    def _on_left(self, path: Path) -> None:
        if self._settings.values.backups and not self._resting:
            elsewhere = self._settings.values.backups_elsewhere()
            self._after.run(tr("Making a backup"), lambda _: _copy_closed(path, elsewhere), self._tell_made)

    def look(self) -> None:
        """Make a copy on the worker if one is due."""
        self._timer.setInterval(_LOOKS_EVERY)
        project = self._project
        if project is None or self._held or self._while_open.running or not self._settings.values.backups:
            return
        elsewhere = self._settings.values.backups_elsewhere()
        self._while_open.run(
            tr("Making a backup"), lambda progress: _copy_open(project, elsewhere, progress), self._tell_made
        )

    def first(self, rows: int | None, edit: Callable[[Project, OnProgress], T]) -> Callable[[Project, OnProgress], T]:
        """Return an edit that copies the project before it does what `edit` does, for Context.attempt_large.

        Without `rows` it always does (a merge); an import of fewer than MANY is made on the window's thread and has
        the copy of the last half hour.
        """
        if rows is not None and rows < MANY:
            return edit

        def with_copy(project: Project, on_progress: OnProgress) -> T:
            self._keep_before(project, rows)
            return edit(project, on_progress)

        return with_copy

    def _keep_before(self, project: Project, rows: int | None) -> None:
        if not self._settings.values.backups:
            return
        try:
            keep_before(project, rows, elsewhere=self._settings.values.backups_elsewhere())
        except (AppError, OSError) as error:
            # From the worker's thread; the signal is heard in the window's.
            self.troubled.emit(_sentence(error))

    @contextmanager
    def resting(self) -> Generator[None]:
        """Make no copy of a project that is closed inside, because what follows keeps it anyway."""
        self._resting = True
        try:
            yield
        finally:
            self._resting = False

    def finish(self) -> None:
        """Wait for the copy of what was closed last; the app does so before it ends, any thread may."""
        self._after.wait()

    def _tell_made(self, path: Path | None) -> None:
        if path is not None:
            self.made.emit(path)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, (AppError, OSError)):
            tell(error)
        elif not self._told and not isinstance(error, Cancelled):
            self._told = True
            self.troubled.emit(_sentence(error))


def _sentence(error: AppError | OSError) -> str:
    if isinstance(error, AppError):
        return str(error)
    return tr("No backup could be made ({reason}); the project is untouched.", reason=error.strerror)


def _copy_open(project: Project, elsewhere: Path | None, progress: Progress) -> Path | None:
    now = datetime.now().astimezone()
    if not is_due(project, now, elsewhere=elsewhere):
        return None
    with project.snapshot(progress) as snapshot:
        return keep_copy(snapshot, now, elsewhere=elsewhere)


def _copy_closed(path: Path, elsewhere: Path | None) -> Path | None:
    if not path.exists():
        return None
    with Project.open(path, write=False) as project, project.snapshot() as snapshot:
        return keep_copy(snapshot, elsewhere=elsewhere)
