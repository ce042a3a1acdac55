"""Searches beside the window's work: hits come in portions, newer typing replaces an older search.

A copy of a large project would take longer than the search, so the worker reads the project's file through
a connection of its own. It only reads, and lets go of the file between one text and the next.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from coder_app.domain.errors import AppError, Cancelled
from coder_app.domain.hits import Place
from coder_app.gui.jobs import Job, Jobs, Progress
from coder_app.gui.passages.hits import Group
from coder_app.gui.passages.stretches import Stretches
from coder_app.i18n import tr
from coder_app.queries.search import SearchOptions, Watch, places_by_source
from coder_app.store.project import Project

MOST_HITS = 200_000
"""More hits are not kept: nobody reads them, and they are found again by a narrower search."""

_FIRST = 50
_EVERY = 200
_PORTION_SECONDS = 0.15


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a search ended: wholly, at the most hits that are kept, or by a `problem` told in a sentence."""

    problem: AppError | None = None
    is_cut: bool = False


class Search(QObject):
    """At most one search at a time; what an older one still finds is dropped."""

    found = Signal(object)
    """Groups of hits, one per source, that carry on what was told before."""
    ended = Signal(object)
    """The Outcome of the search that was started last."""
    progressed = Signal(int, int)
    """So many sources have been searched, of so many."""

    _arrived = Signal(int, object)

    def __init__(self, tell: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._jobs = Jobs(tell, self)
        self._jobs.progressed.connect(self._on_progressed)
        self._job: Job | None = None
        self._number = 0
        # From the worker: Qt brings it over to the window's thread.
        self._arrived.connect(self._on_arrived)

    @property
    def running(self) -> bool:
        """Whether the newest search has not ended yet."""
        return self._job is not None

    def start(self, path: Path, query: str, options: SearchOptions) -> None:
        """Search the project at `path`; a search that still runs is given up."""
        self.stop()
        number = self._number

        def tell(groups: list[Group]) -> None:
            self._arrived.emit(number, groups)

        def failed(error: BaseException) -> None:
            self._on_ended(Outcome())
            self._tell(error)

        self._job = self._jobs.run(
            tr("Searching"),
            lambda progress: _search(path, query, options, tell, progress),
            self._on_ended,
            failed=failed,
        )

    def stop(self) -> None:
        """Give up the search that runs, if any; nothing more is told of it."""
        self._number += 1
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None

    def stop_and_wait(self) -> None:
        """Give up the search that runs and wait until it has let go of the file."""
        self.stop()
        self._jobs.cancel_all()

    def _on_arrived(self, number: int, groups: list[Group]) -> None:
        if number == self._number:
            self.found.emit(groups)

    def _on_progressed(self, job: Job, done: int, of: int) -> None:
        if job is self._job:
            self.progressed.emit(done, of)

    def _on_ended(self, outcome: Outcome) -> None:
        self._job = None
        self.ended.emit(outcome)


def _search(
    path: Path, query: str, options: SearchOptions, tell: Callable[[list[Group]], None], progress: Progress
) -> Outcome:
    portions = _Portions(tell, progress)
    is_cut = False
    try:
        with Project.open(path, write=False) as project:
            watch = Watch(progress, progress.cancelled)
            for source_id, name, places in places_by_source(project, query, options, watch):
                if is_cut := not portions.take(source_id, name, places):
                    break
    except Cancelled:
        raise
    except AppError as problem:
        # What was found before stays: it is right, if not all.
        portions.send()
        return Outcome(problem)
    portions.send()
    return Outcome(is_cut=is_cut)


class _Portions:
    """Gathers hits and hands them on: the first ones at once, then as many as come in a moment."""

    def __init__(self, tell: Callable[[list[Group]], None], progress: Progress) -> None:
        self._tell = tell
        self._progress = progress
        self._groups: list[Group] = []
        self._waiting = 0
        self._total = 0
        self._sent = 0.0

    def take(self, source_id: str, name: str, places: Iterable[Place]) -> bool:
        """Take the hits of a source, or some of them; False where there are as many now as are kept."""
        kept = Stretches(source_id)
        for place in places:
            if not kept:
                self._groups.append(Group(source_id, name, kept))
            kept.add(place.start, place.stop)
            self._waiting += 1
            self._total += 1
            if self._total == MOST_HITS:
                return False
            if self._is_time():
                self.send()
                kept = Stretches(source_id)
        if self._waiting and self._is_late():
            self.send()
        return True

    def _is_time(self) -> bool:
        if self._total == _FIRST:
            return True
        return self._waiting % _EVERY == 0 and self._is_late()

    def _is_late(self) -> bool:
        if self._progress.cancelled():
            raise Cancelled
        return time.monotonic() > self._sent + _PORTION_SECONDS

    def send(self) -> None:
        """Hand on what has been gathered."""
        if self._groups:
            self._tell(self._groups)
        self._groups, self._waiting = [], 0
        self._sent = time.monotonic()
