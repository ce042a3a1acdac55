"""From the wish for an older state, or a damaged project, to one that is open and sound."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coder_app.domain.errors import AppError, Cancelled
from coder_app.gui.backups.window import RestoreWindow
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.new_project import SUFFIX
from coder_app.gui.files.remarks import Remarks
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr, trn
from coder_app.queries.backups import held
from coder_app.store import backup
from coder_app.store.backups import backups
from coder_app.store.project import Project
from coder_app.store.put_back import put_back
from coder_app.store.repair import Repaired, as_lines, repair


class BackupFlow(QObject):
    """Shows the copies, puts one back, rebuilds what is damaged."""

    def __init__(self, context: Context, window: QWidget, open_path: Callable[[Path], bool]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._open_path = open_path

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions on backups."""
        return {"project.restore": self.ask}

    def ask(self) -> RestoreWindow | None:
        """Show the copies of the open project, or of one that is asked for."""
        if self._context.busy:
            return None
        project = self._context.today or self._context.project
        if project is not None:
            try:
                today = held(project)
            except AppError as error:
                return self.offer(project.path, str(error))
            return self._show(RestoreWindow(self._context, self._window, project.path, today=today))
        kinds = [(tr("Coder App projects"), SUFFIX), (tr("All files"), "")]
        folder = choose.last_folder(self._context.settings)
        path = choose.file(self._window, tr("Restore which project?"), folder, kinds)
        return None if path is None else self._show(RestoreWindow(self._context, self._window, path))

    def offer(self, path: Path, reason: str) -> RestoreWindow | None:
        """Show the copies of a project that cannot be used, and why it cannot."""
        return self._show(RestoreWindow(self._context, self._window, path, reason=reason))

    def _show(self, window: RestoreWindow) -> RestoreWindow:
        path = window.path

        def restore(copy: Path) -> None:
            window.close()
            self.restore(path, copy)

        def repair() -> None:
            window.close()
            self.repair(path)

        window.restore_requested.connect(restore)
        window.repair_requested.connect(repair)
        window.save_requested.connect(self.ask_target)
        return window

    def restore(self, path: Path, copy: Path) -> None:
        """Close the project, put a copy in its place and open it again; what was there is kept."""
        elsewhere = self._context.settings.values.backups_elsewhere()
        was_open = self._context.project is not None
        with self._context.copies.resting():
            self._context.close()

        def work(progress: Progress) -> Path | None:
            self._context.copies.finish()
            return put_back(path, copy, elsewhere=elsewhere, on_progress=progress)

        def done(aside: Path | None) -> None:
            if self._open_path(path):
                self._context.say(_restored(path, aside))

        def failed(error: BaseException) -> None:
            if was_open:
                self._open_path(path)
            if isinstance(error, Cancelled):
                self._context.say(tr("Stopped; the project is as it was before."))
            else:
                self._context.tell(error)

        label = tr("Restoring {file}", file=path.name)
        self._context.jobs.run(label, work, done, failed=failed, exclusive=True)

    def ask_target(self, copy: Path) -> None:
        """Ask where a copy should be saved and write it there."""
        kinds = [(tr("Coder App projects"), SUFFIX)]
        suggestion = choose.last_folder(self._context.settings) / copy.name
        target = choose.target(self._window, tr("Save this copy as"), suggestion, kinds, may_replace=False)
        if target is not None:
            choose.remember(self._context.settings, target)
            self.save(copy, target)

    def save(self, copy: Path, target: Path) -> None:
        """Write a copy, as it is, to `target`."""

        def done(_: object) -> None:
            self._context.say(tr("The copy is at {path}.", path=target))

        self._context.jobs.run(tr("Saving the copy"), lambda _: _save(copy, target), done)

    def repair(self, path: Path) -> None:
        """Rebuild a damaged project into a new file beside it, say what was lost, and open the new one."""
        target = _free_name(path)
        elsewhere = self._context.settings.values.backups_elsewhere()

        def work(_: Progress) -> Repaired:
            return repair(path, target, [one.path for one in backups(path, elsewhere)])

        def done(repaired: Repaired) -> None:
            if not self._open_path(target):
                return
            summary = trn(
                "“{new}” was made of what could be read, and is open now; “{old}” is as it was. {n} thing was lost.",
                "“{new}” was made of what could be read, and is open now; “{old}” is as it was. {n} things were lost.",
                len(repaired.lost),
                new=target.name,
                old=path.name,
            )
            if not repaired.lost:
                summary = tr(
                    "“{new}” holds all that was in “{old}”, and is open now; nothing was lost.",
                    new=target.name,
                    old=path.name,
                )
            Remarks(self._context, self._window, tr("Repair of {file}", file=path.name), summary, as_lines(repaired))

        self._context.jobs.run(tr("Repairing {file}", file=path.name), work, done)


def _restored(path: Path, aside: Path | None) -> str:
    if aside is None:
        return tr("“{file}” is restored.", file=path.name)
    return tr("“{file}” is restored. What was there is kept as {aside}.", file=path.name, aside=aside)


def _save(copy: Path, target: Path) -> None:
    with Project.open(copy, write=False, lenient=True) as project:
        backup.backup(project.db, copy, target)


def _free_name(path: Path) -> Path:
    """Return a name for the repaired project beside the damaged one."""
    name, number = f"{path.stem} {tr('repaired')}", 2
    target = path.with_name(f"{name}{path.suffix}")
    while target.exists():
        target = path.with_name(f"{name} {number}{path.suffix}")
        number += 1
    return target
