"""From the wish to share a codebook to the file and back: publish, follow, see what is new, review older codings."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.coderbook import SUFFIX, Coderbook
from coder_app.domain.errors import AppError, BadInput
from coder_app.edits.subscription import note_published, refuse_other, subscribe
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.new_project import file_name
from coder_app.gui.sharing.drift import DriftWindow
from coder_app.gui.sharing.publish import PublishDialog
from coder_app.gui.sharing.updates import Updates
from coder_app.gui.theme import set_role
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.overview import overview
from coder_app.queries.sharing import Subscription, offer, shared_file, subscription, was_found_here
from coder_app.store.project import Project
from coder_app.team.coderbook import Publication, next_edition

_Stamp = tuple[Path, int, int]


class _Seen(QObject):
    found = Signal(object, object, object)
    """A look at a file is over: the path, its _Stamp (None where there is no file), and the Coderbook that was read,
    the AppError, or None where nothing has changed since the stamp that was known."""


class _Look(QRunnable):
    """Reads a file beside the window, which waits for no disk."""

    def __init__(self, path: Path, known: _Stamp | None, seen: _Seen) -> None:
        super().__init__()
        self._path, self._known, self._seen = path, known, seen

    def run(self) -> None:
        stamp, result = self._look()
        self._seen.found.emit(self._path, stamp, result)

    def _look(self) -> tuple[_Stamp | None, object]:
        try:
            found = self._path.stat()
        except OSError:
            return None, None
        stamp = self._path, found.st_mtime_ns, found.st_size
        try:
            return stamp, None if stamp == self._known else _read(self._path)
        except AppError as error:
            return stamp, error


def _read(path: Path) -> Coderbook:
    from coder_app.importers.coderbook import read_coderbook

    return read_coderbook(path)


class Sharing(QObject):
    """The sign at the foot of the window says that the shared codebook has something new; a click shows it."""

    place_chosen = Signal(str, int, int, str)
    """A passage was opened: source id, start and stop in code points, the coding's id."""

    def __init__(self, context: Context, current_code: Callable[[], str | None], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._current_code = current_code
        self._window = window
        self._stamp: _Stamp | None = None
        self._book: Coderbook | None = None
        self._told: set[str] = set()
        self._updates: Updates | None = None
        self._review: DriftWindow | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._seen = _Seen(self)
        self._seen.found.connect(self._on_found)
        self.sign = QPushButton(window)
        self.sign.setAccessibleName(tr("Shared codebook"))
        set_role(self.sign, "link")
        self.sign.setToolTip(tr("Show what is new in the shared codebook"))
        self.sign.clicked.connect(self.show_updates)
        self.sign.hide()
        signals = context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)
        window.installEventFilter(self)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions of sharing."""
        return {
            "codebook.publish": self.ask_publish,
            "codebook.updates": self.show_updates,
            "code.drift": lambda: self.review(self._current_code() or ""),
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return super().eventFilter(watched, event)

    def _on_opened(self, *_: object) -> None:
        self._stamp = self._book = None
        self._told.clear()
        self.look()

    def _on_closed(self) -> None:
        self._stamp = self._book = None
        self.sign.hide()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("setting", "code", "code_example"):
            self._say()
            if change.touches("setting"):
                self.look()

    def _subscription(self) -> tuple[Project, Subscription] | None:
        project = self._context.project
        subscribed = subscription(project) if project is not None else None
        return (project, subscribed) if project is not None and subscribed is not None else None

    def look(self) -> None:
        """See whether the shared codebook has changed since the last look."""
        found = self._subscription()
        if found is not None and self._context.today is None:
            self._pool.start(_Look(shared_file(*found), self._stamp, self._seen))

    def _on_found(self, path: Path, stamp: _Stamp | None, result: object) -> None:
        found = self._subscription()
        if found is None or shared_file(*found) != path:
            return
        if stamp is None:
            self._book = None
            if was_found_here(*found):
                self._tell_once(
                    str(path),
                    tr(
                        "The shared codebook {file} is not there. You can go on without it; “Codebook updates…” asks "
                        "where it is.",
                        file=path,
                    ),
                )
        elif isinstance(result, AppError):
            self._tell_once(f"{stamp}", str(result))
        elif isinstance(result, Coderbook):
            self._book = result
        self._stamp = stamp
        self._say()

    def _tell_once(self, key: str, sentence: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self._context.say(sentence)

    def _say(self) -> None:
        """Let the sign tell how much is open, or vanish."""
        found, book = self._subscription(), self._book
        told = ""
        if found is not None and book is not None and book.id == found[1].book_id:
            n = len(offer(*found, book).open)
            version = book.newest.version
            if found[1].has_other_past(book):
                told = tr("Codebook: another version {n}", n=version)
            elif n:
                told = trn(
                    "Codebook: {n} change in version {version}",
                    "Codebook: {n} changes in version {version}",
                    n,
                    version=version,
                )
        self.sign.setText(told)
        self.sign.setAccessibleName(told or tr("Shared codebook"))
        self.sign.setVisible(bool(told))
        if self._updates is not None and book is not None:
            self._updates.show_book(book)

    def show_updates(self) -> None:
        """Show what is new; a project that follows no codebook yet, or whose file is gone, is asked for one."""
        found = self._subscription()
        if self._context.project is None:
            return
        path = shared_file(*found) if found is not None else None
        if path is None or not path.exists():
            self.ask_file()
        else:
            self._load(path, self._open_updates)

    def ask_file(self) -> None:
        """Ask which shared codebook the project should follow."""
        kinds = [(tr("Shared codebooks"), SUFFIX), (tr("All files"), "")]
        settings = self._context.settings
        path = choose.file(self._window, tr("Follow a shared codebook"), choose.last_folder(settings), kinds)
        if path is not None:
            choose.remember(settings, path)
            self.follow(path)

    def follow(self, path: Path) -> None:
        """Let the project follow a shared codebook, and show what it would change."""

        def done(book: Coderbook) -> None:
            self._context.attempt(subscribe, book, path)
            self._open_updates(book)

        self._load(path, done)

    def _load(self, path: Path, done: Callable[[Coderbook], object]) -> None:
        self._context.jobs.run(tr("Reading {file}", file=path.name), lambda _: _read(path), done)

    def _open_updates(self, book: Coderbook) -> None:
        found = self._subscription()
        if found is None:
            return
        try:
            refuse_other(found[1], book)
        except BadInput as error:
            self._context.say_until_closed(str(error))
            return
        self._book = book
        self._say()
        if self._updates is None:
            self._updates = Updates(self._context, self._window, book)
            self._updates.destroyed.connect(self._forget_updates)
            self._updates.show()
        self._updates.raise_()
        self._updates.activateWindow()

    def _forget_updates(self) -> None:
        self._updates = None

    def ask_publish(self) -> None:
        """Ask who publishes and why, with the changes in sight; a project without a shared codebook chooses a file."""
        found, project = self._subscription(), self._context.project
        if project is None:
            return
        path = shared_file(*found) if found is not None else None
        if path is None or not path.exists():
            kinds = [(tr("Shared codebooks"), SUFFIX)]
            name = f"{file_name(overview(project).name)} {tr('codebook')}{SUFFIX}"
            path = choose.target(
                self._window, tr("Publish codebook"), project.path.with_name(name), kinds, may_replace=False
            )
        if path is not None:
            self.plan_publication(path)

    def plan_publication(self, path: Path) -> None:
        """Show what publishing to a file would change, and publish when that is confirmed."""

        def ask(book: Coderbook | None) -> None:
            plan = self._context.attempt(_planned, book)
            if plan is None:
                return
            if plan.book is None:
                self._context.say(tr("Nothing has changed since the newest version; there is nothing to publish."))
                return
            PublishDialog(
                self._context,
                self._window,
                path,
                plan,
                self._coder(),
                lambda authors, note: self._publish(path, book, authors, note),
            )

        self._context.jobs.run(
            tr("Reading {file}", file=path.name), lambda _: _read(path) if path.exists() else None, ask
        )

    def _coder(self) -> str:
        project = self._context.project
        named = coders(project) if project is not None else []
        return next((one.name for one in named if project is not None and one.id == project.coder_id), "")

    def _publish(self, path: Path, book: Coderbook | None, authors: list[str], note: str) -> None:
        plan = self._context.attempt(_planned, book, authors, note)
        made = plan.book if plan is not None else None
        if made is None:
            return

        def done(_: object) -> None:
            self._context.attempt(note_published, made, path)
            self._context.say(tr("Published version {n}: {path}.", n=made.newest.version, path=path))

        self._context.jobs.run(tr("Writing {file}", file=path.name), lambda _: _write(made, path, book), done)

    def review(self, code_id: str) -> None:
        """List what was coded with a code under an older wording of its definition."""
        if self._context.project is None or not code_id:
            return
        if self._review is None:
            self._review = DriftWindow(self._context, self._window)
            self._review.place_chosen.connect(self.place_chosen)
            self._review.destroyed.connect(self._forget_review)
        self._review.show_code(code_id)
        self._review.show()
        self._review.raise_()
        self._review.activateWindow()

    def _forget_review(self) -> None:
        self._review = None


def _planned(project: Project, book: Coderbook | None, authors: list[str] | None = None, note: str = "") -> Publication:
    return next_edition(project, book, authors=authors or [], note=note)


def _write(book: Coderbook, path: Path, there: Coderbook | None) -> None:
    from coder_app.exporters.coderbook import publish_coderbook

    publish_coderbook(book, path, there)
