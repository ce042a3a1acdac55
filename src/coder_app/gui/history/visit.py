"""Looking at the project as it was: a copy takes its place in the window until one goes back to today."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coder_app.domain.progress import OnProgress
from coder_app.edits.restore import Restored, Thing, bring_back
from coder_app.gui.context import Context
from coder_app.gui.history.banner import ThenBanner
from coder_app.gui.history.bring_back import BringBack
from coder_app.gui.history.days import moment_words
from coder_app.i18n import tr
from coder_app.queries.history import history_end
from coder_app.queries.history_then import lost_since
from coder_app.queries.sources import sources
from coder_app.store.as_it_was import as_it_was
from coder_app.store.project import Project


class Visit(QObject):
    """At most one copy is shown at a time; looking further back from one takes its place."""

    source_wanted = Signal(str)
    """The source that was read before should be shown, now as it was then, or as it is today."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._chosen: dict[str, str] = {}
        self.banner = ThenBanner()
        self.banner.back_requested.connect(self.back)
        self.banner.bring_back_requested.connect(self.ask)
        context.signals.closed.connect(self.banner.hide)
        context.signals.opened.connect(self._on_opened)

    def note_code(self, code_id: str) -> None:
        """Learn which code is chosen; it is ticked when one asks to bring something back."""
        self._chosen["code"] = code_id

    def note_coding(self, coding_id: str | None) -> None:
        """Learn which coding is chosen; it is ticked when one asks to bring something back."""
        self._chosen["coding"] = coding_id or ""

    def look(self, step_id: str) -> None:
        """Show the project as it was right after a step; the copy is made on the worker."""
        project = self._context.project
        if project is None:
            return
        self._context.signals.save_requested.emit()

        def work(progress: OnProgress) -> Project:
            return as_it_was(project, step_id, progress)

        self._context.jobs.run(tr("Looking back"), work, self._show)

    def _show(self, then: Project) -> None:
        source_id = self._context.source_id
        self._chosen.clear()
        self._context.look_at(then)
        self._show_source(source_id)

    def _show_source(self, source_id: str) -> None:
        project = self._context.project
        if project is not None and any(source.id == source_id for source in sources(project)):
            self.source_wanted.emit(source_id)

    def _on_opened(self, project: Project) -> None:
        if self._context.today is not None:
            self.banner.say(moment_words(history_end(project)))

    def back(self) -> None:
        """Show today's project again."""
        then = self._leave()
        if then is not None:
            then.close()

    def _leave(self) -> Project | None:
        source_id = self._context.source_id
        then = self._context.leave_then()
        self._show_source(source_id)
        return then

    def ask(self) -> BringBack | None:
        """Ask what should be copied into today; what is chosen in the window is ticked."""
        then, today = self._context.project, self._context.today
        if then is None or today is None:
            return None
        if not today.writable:
            self._context.say(tr("Today's project can only be read, so nothing can be brought back."))
            return None
        dialog = BringBack(lost_since(then, today), set(self._chosen.values()), self._window)
        dialog.wanted.connect(self.bring_back)
        self._context.signals.closed.connect(dialog.reject)
        dialog.open()
        return dialog

    def bring_back(self, things: list[Thing]) -> None:
        """Go back to today and copy things there, as one step."""
        then = self._leave()
        if then is None:
            return

        def edit(project: Project, progress: OnProgress) -> Restored:
            with then:
                return bring_back(project, then, things, progress)

        def done(restored: Restored) -> None:
            self._context.say(restored.words(), undo=bool(restored.counts))

        self._context.attempt_large(tr("Bringing back"), len(things), edit, done)
