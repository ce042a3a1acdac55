"""Joins other copies of a project to it, and says beforehand what that would do."""

import heapq
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from coder_app.domain.change import RowBatch, RowChange
from coder_app.domain.errors import BadInput, DamagedProject, ProjectLocked, ProjectProblem
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr
from coder_app.queries.conflicts import Conflict, conflicts
from coder_app.store import merging
from coder_app.store.journal import heads
from coder_app.store.lock import WriteLock
from coder_app.store.project import Project
from coder_app.store.verify import verify

KINDS = ("coder", "source", "code", "segment", "coding", "memo")


@dataclass(slots=True)
class Report:
    """What a merge did, or would do. The counts are rows by table; `conflicts` are all that are undecided after it."""

    names: list[str]
    change_sets: int = 0
    added: Counter[str] = field(default_factory=Counter[str])
    changed: Counter[str] = field(default_factory=Counter[str])
    removed: Counter[str] = field(default_factory=Counter[str])
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    new_conflicts: list[Conflict] = field(default_factory=list[Conflict])
    held_back: list[str] = field(default_factory=list[str])
    parts: tuple[RowChange | RowBatch, ...] = field(default=(), repr=False)
    merge_id: str = ""


def merge(
    project: Project, paths: Sequence[Path], *, strangers: bool = False, on_progress: OnProgress | None = None
) -> Report:
    """Join the copies at `paths` to `project`, all in one step of Undo, and return what that did.

    `strangers` takes in other projects, too, such as one that began with the same files; edits/align.py then makes
    one of what both hold.

    The copies are only read. Raises ProjectProblem, naming the file, where one is another project's, newer than
    the app, damaged or open elsewhere; nothing is changed then.
    """
    with _opened(project, paths) as others:
        before = {_key(one) for one in conflicts(project)}
        known = merging.digests(project.db)
        for other in others:
            _refuse_altered(known, other, strangers=strangers)
        taken = project.take_in(
            lambda: _new_steps(known, others),
            name=", ".join(other.path.name for other in others),
            offered=sorted({head for other in others for head in heads(other.db)}),
            bodies=(body for other in others for body in merging.bodies_missing(project.db, other.db)),
            on_progress=on_progress,
        )
    report = Report([path.name for path in paths], taken.steps, held_back=taken.held_back, parts=taken.parts)
    report.merge_id = taken.merge_id
    for part in taken.parts:
        _count(report, part)
    report.conflicts = conflicts(project)
    report.new_conflicts = [one for one in report.conflicts if _key(one) not in before]
    return report


def preview(
    project: Project, paths: Sequence[Path], *, strangers: bool = False, on_progress: OnProgress | None = None
) -> Report:
    """Return what `merge` would do, tried on a copy that is thrown away."""
    copy = project.scratch()
    try:
        return merge(copy, paths, strangers=strangers, on_progress=on_progress)
    finally:
        copy.close()


def _key(one: Conflict) -> tuple[str, str, str, str]:
    return one.kind, one.table, one.row_id, one.field


def _count(report: Report, part: RowChange | RowBatch) -> None:
    if isinstance(part, RowChange):
        new, gone, count = part.before is None, part.after is None, 1
    else:
        new, gone, count = part.packed_before is None, part.packed_after is None, part.count
    kind = report.added if new else report.removed if gone else report.changed
    kind[part.table] += count


@contextmanager
def _opened(project: Project, paths: Sequence[Path]) -> Generator[list[Project]]:
    if not paths:
        raise BadInput(tr("Choose at least one copy to merge; nothing was changed."))
    with ExitStack() as stack:
        yield [stack.enter_context(_copy(project, path)) for path in paths]


@contextmanager
def _copy(project: Project, path: Path) -> Generator[Project]:
    with suppress(OSError):
        if path.samefile(project.path):
            raise BadInput(tr("{file} is this project itself; choose another copy.", file=path.name))
    with Project.open(path, write=False) as other:
        lock = _lock(path)
        try:
            problems = verify(other.db)
            if problems:
                raise DamagedProject(
                    tr(
                        "{file} is damaged ({what}); nothing was taken in. Use a backup of it.",
                        file=path.name,
                        what=problems[0],
                    )
                )
            yield other
        finally:
            if lock is not None:
                lock.release()


def _lock(path: Path) -> WriteLock | None:
    """Return the lock of a copy, so that nobody writes to it meanwhile; None where no lock can be made there."""
    try:
        return WriteLock(path)
    except ProjectLocked:
        raise
    except ProjectProblem:
        return None


def _refuse_altered(known: dict[str, str], other: Project, *, strangers: bool) -> None:
    theirs = merging.digests(other.db)
    shared = known.keys() & theirs.keys()
    if not shared and not strangers:
        raise ProjectProblem(
            tr(
                "{file} is another project, not a copy of this one; nothing was taken in. If both began with the same "
                "sources and codebook, they can be aligned.",
                file=other.path.name,
            )
        )
    altered = next((one for one in shared if known[one] != theirs[one]), None)
    if altered is not None:
        raise DamagedProject(
            tr("{file} has another history of the same steps; nothing was taken in.", file=other.path.name)
        )


def _new_steps(known: dict[str, str], others: Sequence[Project]) -> Iterator[merging.Recorded]:
    streams = [
        merging.recorded(other.db, [one for one in merging.digests(other.db) if one not in known]) for other in others
    ]
    return heapq.merge(*streams, key=lambda step: (step.made_at, step.id))


def by_kind(report: Report) -> dict[str, dict[str, int]]:
    """Return how many rows were added, changed and removed, by the kinds of things that people know."""
    return {
        kind: {"added": report.added[kind], "changed": report.changed[kind], "removed": report.removed[kind]}
        for kind in KINDS
        if report.added[kind] or report.changed[kind] or report.removed[kind]
    }


def as_json(report: Report) -> dict[str, object]:
    """Return a report as the command line prints it."""
    return {
        "change_sets": report.change_sets,
        "added": sum(report.added.values()),
        "changed": sum(report.changed.values()),
        "removed": sum(report.removed.values()),
        "by_kind": by_kind(report),
        "held_back": report.held_back,
        "conflicts": [conflict_as_json(one) for one in report.conflicts],
    }


def conflict_as_json(one: Conflict) -> dict[str, object]:
    """Return what is undecided as the command line prints it, the side that stands last."""
    return {
        "kind": one.kind,
        "table": one.table,
        "id": one.row_id,
        "field": one.field,
        "thing": one.thing,
        "sides": [
            {"value": side.shown, "coder": side.coder, "made_at": side.wall_time, "step": side.label}
            for side in one.sides
        ],
    }


def merges(project: Project) -> list[tuple[str, str, str]]:
    """Return the merges that can be taken out as (id, name, time in UTC), the last first."""
    return project.rows("SELECT id, name, wall_time FROM merge ORDER BY made_at DESC")
