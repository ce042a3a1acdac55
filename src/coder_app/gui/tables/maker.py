"""Makes the table that is asked for: reads what it needs in slices, and counts what is large on the worker."""

from PySide6.QtCore import QObject, Signal

from coder_app.analysis.how import Unit
from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.reading import CodingsReader
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job, Progress
from coder_app.gui.tables.dates import DatesReader
from coder_app.gui.words.feed import TextFeed
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import sources_coded_anew
from coder_app.queries.sources import sources
from coder_app.reports.table_options import WORK_LISTS, TableKind, TableOptions
from coder_app.reports.tables import Gathered, Made, gather, make

_MOST_SOURCES = 500
_MOST_CODINGS = 4_000
_MOST_CHARACTERS = 400_000


class TableMaker(QObject):
    """Makes one table at a time; a new one takes the place of the one before."""

    made = Signal(object)
    """A Made is there."""
    begun = Signal()
    """It will take a while."""
    failed = Signal(object)
    """An error, foreseen or not, stands in the place of the table."""
    stopped = Signal()
    """The person has stopped the worker."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._options = TableOptions()
        self._tree: CodeTree | None = None
        self._reader = CodingsReader(context, self)
        self._feed = TextFeed(context, self)
        self._job: Job | None = None
        self._all_unread = True
        self._dates = DatesReader(context, self)
        self._reader.done.connect(self._on_read)
        self._dates.done.connect(self._gather)
        context.jobs.ended.connect(self._on_ended)

    def forget(self) -> None:
        """Drop what is being made, and all that was read, for another project."""
        self.drop()
        self._reader.clear()
        self._dates.forget()
        self._tree = None
        self._all_unread = True

    def drop(self) -> None:
        """Give up what is being made."""
        self._reader.stop()
        self._dates.stop()
        self._feed.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.progress.cancel()

    def note(self, change: ChangeSet) -> None:
        """Learn what has changed and must be read again."""
        project = self._context.project
        if change.touches("code"):
            self._tree = None
        self._dates.note(change)
        if project is None:
            self._all_unread = True
            return
        anew = sources_coded_anew(project, change)
        if anew is None or change.count("source") > _MOST_SOURCES:
            self._all_unread = True
        else:
            self._reader.expect(anew.union(row.row_id for row in change.of("source")), texts=False)

    def make(self, options: TableOptions) -> None:
        """Make a table; `made` or `failed` comes now or later."""
        project = self._context.project
        if project is None:
            return
        self.drop()
        self._options = options
        self._tree = self._tree or code_tree(project)
        if self._all_unread:
            self._all_unread = False
            self._reader.expect(self._reader.coded.union(one.id for one in sources(project)), texts=False)
            self.begun.emit()
        self._reader.start(self._tree, Unit.DOCUMENT)

    def _on_read(self) -> None:
        if self._options.kind is TableKind.FREQUENCIES:
            self._dates.read(self._reader.codings.uses())
        else:
            self._gather()

    def _gather(self) -> None:
        project = self._context.project
        if project is None:
            return
        try:
            gathered = gather(project, self._options, self._reader.codings, self._dates.known)
        except AppError as error:
            self.failed.emit(error)
            return
        by_hash: dict[str, str] = {}
        if gathered.options.kind in WORK_LISTS:
            by_hash = {one.id: one.text_hash for one in sources(project) if one.id in gathered.material.sources}
        small = not _is_large(gathered)
        self._feed.read(
            by_hash.values(), lambda texts: self._make(gathered, by_hash, texts, small=small), at_once=small
        )
        if not small:
            self.begun.emit()

    def _make(self, gathered: Gathered, by_hash: dict[str, str], texts: dict[str, str], *, small: bool) -> None:
        def text_of(source_id: str) -> str:
            return texts[by_hash[source_id]]

        if small:
            try:
                found = make(gathered, text_of)
            except AppError as error:
                self.failed.emit(error)
                return
            self.made.emit(found)
            return

        def work(progress: Progress) -> Made:
            return make(gathered, text_of, progress)

        self._job = self._context.jobs.run(tr("Counting…"), work, self._on_made, failed=self._on_failed)

    def _on_made(self, found: Made) -> None:
        self._job = None
        self.made.emit(found)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.cancelled():
            self._job = None
            self.stopped.emit()


def _is_large(gathered: Gathered) -> bool:
    """Say whether the window would wait for the table for more than a moment."""
    options, material = gathered.options, gathered.material
    if options.tests or options.kind is TableKind.SEQUENCE:
        return True
    characters = sum(one.characters for one in material.sources.values()) if options.kind in WORK_LISTS else 0
    return len(material.codings) > _MOST_CODINGS or characters > _MOST_CHARACTERS
