"""From the wish to work with others to the team folder: share, join, leave."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coder_app.domain.progress import OnProgress
from coder_app.edits.coders import add_coder
from coder_app.gui.context import LARGE, Context
from coder_app.gui.files import choose
from coder_app.gui.files.ask import Ask
from coder_app.gui.files.new_project import SUFFIX
from coder_app.gui.team.syncing import Syncing
from coder_app.i18n import tr
from coder_app.queries.coders import coder_named, coders
from coder_app.store.project import Project
from coder_app.team import folder
from coder_app.team.folder import Synced


class TeamFlow(QObject):
    """Asks what has to be asked, does it on the worker, says what came of it."""

    copies_chosen = Signal(list)
    """Copies to be merged were chosen; carries their paths."""
    shared = Signal()
    """The project has a team folder now."""

    def __init__(
        self, context: Context, syncing: Syncing, open_path: Callable[[Path], object], window: QWidget
    ) -> None:
        super().__init__(window)
        self._context = context
        self._syncing = syncing
        self._open_path = open_path
        self._window = window

    def ask_copies(self) -> None:
        """Ask which copies should be merged."""
        settings = self._context.settings
        kinds = [(tr("Coder App projects"), SUFFIX), (tr("All files"), "")]
        paths = choose.files(self._window, tr("Choose copies to merge"), choose.last_folder(settings), kinds)
        if paths:
            choose.remember(settings, paths[0])
            self.copies_chosen.emit(paths)

    def ask_share(self) -> None:
        """Ask for an empty folder to share the project in."""
        found = choose.folder(self._window, tr("Choose an empty folder that you all reach"), self._start())
        if found is not None:
            self.share(found)

    def _start(self) -> Path:
        return choose.last_folder(self._context.settings)

    def share(self, path: Path) -> None:
        """Make a folder the team folder of this project."""

        def work(project: Project, _: OnProgress) -> Synced:
            return folder.share(project, path)

        def done(synced: Synced) -> None:
            self._syncing.note_shared(synced)
            self.shared.emit()
            self._context.say(
                tr(
                    "{folder} is the team folder now. The others choose “Join a team…” and that folder.",
                    folder=path.name,
                )
            )

        self._context.attempt_large(tr("Sharing the project"), LARGE, work, done)

    def ask_join(self) -> None:
        """Ask for the team folder, and where one's own copy should be kept."""
        found = choose.folder(self._window, tr("Choose the folder of the team"), self._start())
        if found is None:
            return
        suggestion = choose.documents() / f"{found.name}{SUFFIX}"
        kinds = [(tr("Coder App projects"), SUFFIX)]
        title = tr("Where should your own copy be kept? Best on this computer, not in the team folder")
        path = choose.target(self._window, title, suggestion, kinds, may_replace=False)
        if path is not None:
            self.join(found, path)

    def join(self, found: Path, path: Path) -> None:
        """Make a copy of a team's project, open it, and ask who works in it."""

        def work(_: OnProgress) -> None:
            folder.join(found, path).close()

        def done(_: object) -> None:
            self._context.close()
            self._open_path(path)
            self.ask_coder()
            self.shared.emit()

        self._context.jobs.run(tr("Joining the team"), work, done)

    def ask_coder(self) -> Ask | None:
        """Ask who works in this copy."""
        project = self._context.project
        if project is None or not project.writable:
            return None
        names = [coder.name for coder in coders(project)]
        return Ask(
            self._context,
            self._window,
            tr("Who are you in this team?"),
            self.work_as,
            text=self._context.settings.values.coder_name,
            choices=names,
            hint=tr("Your codings carry this name. Choose yours, or type it if you are new."),
        )

    def work_as(self, name: str) -> None:
        """Let the coder of this name work here; one who is new is added."""
        project = self._context.project
        if project is None:
            return
        known = coder_named(project, name)
        coder_id = known.id if known is not None else self._context.attempt(add_coder, name, by_self=True)
        if coder_id is not None:
            self._context.work_as(coder_id)

    def leave(self) -> None:
        """Work without the team folder from now on."""
        if self._context.project is None or not self._context.writable:
            return
        self._context.attempt(folder.leave)
        self._syncing.read()
        self._context.say(
            tr(
                "The team folder is left; what came from it stays, and nothing in it was changed. Sharing there again "
                "takes it up."
            )
        )
