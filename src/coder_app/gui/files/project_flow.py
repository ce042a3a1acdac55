"""From the wish for a project to the open one: new, open, sample, close, rename, back up, check."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coder_app.domain.errors import AppError, DamagedProject, NoProject, ProjectProblem
from coder_app.edits.coders import add_coder, rename_coder
from coder_app.edits.overview import rename_project
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.ask import Ask
from coder_app.gui.files.new_project import SUFFIX, NewProjectDialog
from coder_app.gui.files.remarks import Remarks
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.overview import overview
from coder_app.store import backup
from coder_app.store.backups import backups
from coder_app.store.project import Project
from coder_app.store.verify import verify


class ProjectFlow(QObject):
    """Asks what has to be asked, does it, says what came of it."""

    damage_found = Signal(object, str)
    """The project of this Path could not be opened because it is damaged; carries the sentence that says so."""
    repair_requested = Signal(object)
    """The damaged project of this Path should be rebuilt into a new file."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions on projects as a whole."""
        return {
            "project.new": self.ask_new,
            "project.open": self.ask_open,
            "project.sample": self.ask_sample,
            "project.close": self._context.close,
            "project.rename": self.ask_name,
            "project.backup": self.ask_backup,
            "project.verify": self.verify,
        }

    def _folder(self) -> Path:
        project = self._context.project
        return project.path.parent if project else choose.last_folder(self._context.settings)

    def open_path(self, path: Path) -> bool:
        """Open the project at `path`, to read only where it cannot be written to, and say whether that went well."""
        if self._context.busy:
            return False
        if self._is_open(path):
            return True
        try:
            project, reason = Project.open_or_read(path)
        except AppError as error:
            if not path.exists():
                self._context.settings.values.forget(path)
                self._context.settings.save()
            if isinstance(error, DamagedProject) and self._may_be_ours(path, error):
                self.damage_found.emit(path, str(error))
            else:
                self._context.tell(error)
            return False
        self._context.settings.values.remember(path)
        self._context.settings.save()
        self._context.show(project)
        if reason:
            self._context.say_until_closed(
                tr("{reason} You can read, search and count; nothing can be changed.", reason=reason)
            )
        return True

    def _may_be_ours(self, path: Path, error: DamagedProject) -> bool:
        """Say whether there is a way out of the damage: what looks like no project at all may have copies."""
        try:
            there = backups(path, self._context.settings.values.backups_elsewhere())
        except ProjectProblem:
            there = []
        return bool(there) or not isinstance(error, NoProject)

    def _is_open(self, path: Path) -> bool:
        """Say whether `path` is the project that is open; one open for reading is closed, to be tried anew."""
        project = self._context.project
        if project is None or not path.exists() or not project.path.exists() or not project.path.samefile(path):
            return False
        if project.writable:
            return True
        self._context.close()
        return False

    def ask_new(self) -> NewProjectDialog:
        """Ask for what a new project needs."""
        dialog = NewProjectDialog(self._context, self._window, self._folder())

        def make(path: Path, name: str, coder: str) -> None:
            try:
                self.create(path, name, coder)
            except AppError as error:
                dialog.say_problem(str(error))
            else:
                dialog.accept()

        dialog.wanted.connect(make)
        dialog.open()
        return dialog

    def create(self, path: Path, name: str, coder: str) -> None:
        """Make a project and open it; the coder's name is remembered. Raises ProjectProblem."""
        project = Project.create(path, name=name, coder=coder)
        values = self._context.settings.values
        values.coder_name = coder or values.coder_name
        values.remember(path)
        self._context.settings.save()
        self._context.show(project)

    def ask_open(self) -> None:
        """Ask for a project file and open it."""
        kinds = [(tr("Coder App projects"), SUFFIX), (tr("All files"), "")]
        settings = self._context.settings
        path = choose.file(self._window, tr("Open project"), choose.last_folder(settings), kinds)
        if path is not None:
            choose.remember(settings, path)
            self.open_path(path)

    def ask_sample(self) -> None:
        """Ask where the sample project should be kept, make it there and open it."""
        suggestion = choose.documents() / (tr("Central Asia (sample)") + SUFFIX)
        title = tr("Where should the sample project be kept?")
        kinds = [(tr("Coder App projects"), SUFFIX)]
        path = choose.target(self._window, title, suggestion, kinds, may_replace=False)
        if path is not None:
            self.open_sample(path)

    def open_sample(self, path: Path) -> None:
        """Build the sample project at `path` and open it; one that is there already is opened as it was left."""
        if path.exists():
            if self.open_path(path):
                self._context.say(tr("“{file}” was there already and is as you left it.", file=path.name))
            return

        def done(_: object) -> None:
            self.open_path(path)

        self._context.jobs.run(tr("Building the sample project"), lambda _: _build_sample(path), done)

    def ask_name(self) -> Ask | None:
        """Ask for another name of the project."""
        project = self._context.project
        if project is None:
            return None
        return Ask(
            self._context,
            self._window,
            tr("Name of the project"),
            lambda name: self._context.attempt(rename_project, name),
            text=overview(project).name,
            hint=tr("The file keeps its own name: {file}", file=project.path.name),
        )

    def new_coder(self) -> Ask | None:
        """Ask for the name of another coder, who is then the one at work."""
        if not self._context.writable:
            return None
        return Ask(self._context, self._window, tr("Name of the new coder"), self.add_coder)

    def rename_coder(self, coder_id: str) -> Ask | None:
        """Ask for another name of a coder; the codings stay."""
        project = self._context.project
        if project is None or not project.writable:
            return None
        name = next(one.name for one in coders(project) if one.id == coder_id)
        return Ask(
            self._context,
            self._window,
            tr("New name of the coder “{name}”", name=name),
            lambda wanted: self._context.attempt(rename_coder, coder_id, wanted),
            text=name,
        )

    def add_coder(self, name: str) -> None:
        """Add a coder, unless one of this name is there, and make that coder the one at work."""
        coder_id = self._context.attempt(add_coder, name)
        if coder_id is not None:
            self._context.work_as(coder_id)

    def ask_backup(self) -> None:
        """Ask where a backup should go and make it."""
        project = self._context.project
        if project is None:
            return
        kinds = [(tr("Coder App projects"), SUFFIX)]
        title, suggestion = tr("Make a backup"), backup.free_name(project.path)
        path = choose.target(self._window, title, suggestion, kinds, may_replace=False)
        if path is not None:
            self.back_up(path)

    def back_up(self, path: Path) -> None:
        """Write a complete copy of the project to `path`."""
        project = self._context.project
        if project is None:
            return

        def done(_: object) -> None:
            self._context.say(tr("The backup is at {path}.", path=path))

        self._context.jobs.run(tr("Making a backup"), lambda progress: _back_up(project, path, progress), done)

    def verify(self) -> None:
        """Check the project from its pages to its journal, and say what was found."""
        project = self._context.project
        if project is None:
            return
        path = project.path

        def failed(error: BaseException) -> None:
            # A file that cannot even be opened again is a finding as well.
            if isinstance(error, ProjectProblem):
                self._tell_findings(path, [str(error)])
            else:
                self._context.tell(error)

        self._context.jobs.run(
            tr("Checking {file}", file=path.name),
            lambda progress: _verify(project, progress),
            lambda findings: self._tell_findings(path, findings),
            failed=failed,
        )

    def _tell_findings(self, path: Path, findings: list[str]) -> None:
        title = tr("Check of {file}", file=path.name)
        if not findings:
            sentence = tr(
                "The project is sound: the file is whole, every passage lies inside its text, and the journal "
                "accounts for everything that is in it."
            )
        else:
            sentence = trn(
                "{n} thing is not as it should be. Nothing was changed. Repair makes a sound project of it in a new "
                "file and says what was lost; “Restore from a backup” goes back to a copy.",
                "{n} things are not as they should be. Nothing was changed. Repair makes a sound project of it in a "
                "new file and says what was lost; “Restore from a backup” goes back to a copy.",
                len(findings),
            )
        remarks = Remarks(self._context, self._window, title, sentence, findings)
        if findings:
            remarks.offer(tr("Repair into a new file"), lambda: self.repair_requested.emit(path))


def _build_sample(path: Path) -> None:
    from coder_app.importers.sample import build_sample

    build_sample(path)


def _back_up(project: Project, path: Path, progress: Progress) -> None:
    with project.snapshot(progress) as snapshot:
        progress(0, 0)
        backup.backup(snapshot.db, project.path, path)


def _verify(project: Project, progress: Progress) -> list[str]:
    progress(0, 0)
    # Opened anew to see what only an opening sees; what takes its time is done on a copy, page by page the same,
    # so that nobody who writes has to wait.
    Project.open(project.path, write=False, lenient=True).close()
    with project.snapshot(progress) as snapshot, snapshot.stoppable(progress.cancelled):
        return verify(snapshot.db, progress)
