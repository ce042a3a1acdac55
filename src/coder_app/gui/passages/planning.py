"""What a preview of autocoding is made from: how its ranges are planned by the worker, and how they are told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from coder_app.domain.extents import Extent
from coder_app.domain.hits import Placed
from coder_app.edits.autocode import PlannedRange, planned, planned_by_dictionary
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr
from coder_app.queries.search import Watch
from coder_app.store.project import Project

Planner = Callable[[Project, Extent, str | None, Progress], list[PlannedRange]]
"""Takes a project to read, how far codings reach where nothing else says so, and the coder; writes nothing."""

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """One preview: its title, the words before the choice of extent, and how it is planned.

    `by_code` puts the ranges under their codes instead of under their sources.
    """

    title: str
    lead: str
    plan: Planner
    by_code: bool = False


def by_hits(places: Sequence[Placed], code_id: str, name: str) -> Question:
    """Return the question what it would do to code `places` with one code."""

    def plan(project: Project, extent: Extent, coder_id: str | None, progress: Progress) -> list[PlannedRange]:
        found: list[PlannedRange] = []
        for done, some in _portions(places):
            progress(done, len(places))
            found += planned(project, some, code_id, extent, coder_id)
        return found

    return Question(tr("Code all hits"), tr("Code with “{name}”:", name=name), plan)


def by_dictionary(path: Path) -> Question:
    """Return the question what the dictionary at `path` would code."""

    def plan(project: Project, extent: Extent, coder_id: str | None, progress: Progress) -> list[PlannedRange]:
        from coder_app.importers.dictionary import read_dictionary

        entries = read_dictionary(path)
        watch = Watch(progress, progress.cancelled)
        return planned_by_dictionary(project, entries, path.name, extent=extent, coder_id=coder_id, watch=watch)

    lead = tr("Where the file does not say how far a coding reaches, code")
    return Question(tr("Code by the dictionary “{file}”", file=path.name), lead, plan, by_code=True)


def _portions(places: Sequence[Placed]) -> list[tuple[int, list[Placed]]]:
    """Cut places into portions of whole sources, so that no range is planned twice; each with how many come before."""
    found: list[tuple[int, list[Placed]]] = []
    done = 0
    for _, group in groupby(places, key=lambda place: place.source_id):
        some = list(group)
        if found and len(found[-1][1]) + len(some) <= _AT_ONCE:
            found[-1][1].extend(some)
        else:
            found.append((done, some))
        done += len(some)
    return found
