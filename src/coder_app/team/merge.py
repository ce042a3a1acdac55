"""Joins other copies of a project to it, and says beforehand what that would do."""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from coder_app.domain.change import ChangeSet, RowBatch, RowChange
from coder_app.domain.errors import AnotherProject, BadInput, DamagedProject, ProjectLocked, ProjectProblem
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.edits.align import align
from coder_app.i18n import tr
from coder_app.queries import merging as queries
from coder_app.queries.codes import code_tree
from coder_app.queries.conflicts import Conflict, conflicts
from coder_app.queries.merging import TextTold
from coder_app.store import merging
from coder_app.store.journal import heads
from coder_app.store.lock import WriteLock
from coder_app.store.project import Project
from coder_app.store.verify import verify, verify_readable
from coder_app.team.report import CopyTold, Item, copies_told, items_told, net, texts_told

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
    copies: list[CopyTold] = field(default_factory=list[CopyTold])
    items: list[Item] = field(default_factory=list[Item])
    texts: list[TextTold] = field(default_factory=list[TextTold])
    aligned: tuple[int, int] | None = None
    """How many sources and codes went into others that are the same, where another project was taken in."""
    brought: dict[str, list[str]] = field(default_factory=dict[str, list[str]], repr=False)


Check = Callable[[Project, OnProgress], list[str]]
"""Says what is wrong with a copy."""


def _whole(project: Project, on_progress: OnProgress) -> list[str]:
    return verify(project.db, on_progress)


def merge(
    project: Project,
    paths: Sequence[Path],
    *,
    strangers: bool = False,
    on_progress: OnProgress | None = None,
    check: Check = _whole,
) -> Report:
    """Join the copies at `paths` to `project`, all in one step of Undo, and return what that did.

    `strangers` takes in other projects, too, such as one that began with the same files; edits/align.py then makes
    one of what both hold.

    The copies are only read, and checked by `check` first. Raises ProjectProblem, naming the file, where one is
    another project's, newer than the app, damaged or open elsewhere; nothing is changed then.
    """
    with _opened(project, paths, on_progress or tell_nobody, check) as others:
        before = {_key(one) for one in conflicts(project)}
        known = merging.digests(project.db)
        tree = code_tree(project)
        differing = {one for other in others for one in queries.differing_texts(project, other)}
        places = queries.places(project, differing)
        for other in others:
            _refuse_altered(known, other, strangers=strangers)
        brought = _brought(known, others)
        taken = project.take_in(
            lambda: _new_steps(brought, others),
            name=", ".join(other.path.name for other in others),
            offered=sorted({head for other in others for head in heads(other.db)}),
            bodies=(body for other in others for body in merging.bodies_missing(project.db, other.db)),
            on_progress=on_progress,
        )
    report = Report([path.name for path in paths], taken.steps, held_back=taken.held_back, parts=taken.parts)
    report.merge_id = taken.merge_id
    for part in taken.parts:
        _count(report, part)
    report.conflicts = conflicts(project, taken.seen)
    report.new_conflicts = [one for one in report.conflicts if _key(one) not in before]
    report.brought = brought
    report.copies = copies_told(project, brought)
    report.items = items_told(project, tree, taken.parts, brought)
    report.texts = texts_told(project, taken.parts, differing, places)
    return report


def merge_aligned(
    project: Project, paths: Sequence[Path], *, on_progress: OnProgress | None = None, check: Check = _whole
) -> Report:
    """Join other projects that began with the same files, and make one of what both hold: two steps of Undo.

    Raises as `merge` does; where aligning fails the merge is taken out again.
    """
    tree, followed = code_tree(project), list[ChangeSet]()
    report = merge(project, paths, strangers=True, on_progress=on_progress, check=check)
    stop = project.subscribe(followed.append)
    try:
        # Not to be broken off in the middle: what was merged would stay without being aligned.
        with project.stoppable(lambda: False):
            report.aligned = align(project)
    except BaseException:
        if report.merge_id and report.change_sets:
            project.take_out(report.merge_id)
        raise
    finally:
        stop()
    parts = net([*report.parts, *(part for change in followed for part in change.parts)])
    report.items = items_told(project, tree, parts, report.brought)
    report.conflicts = conflicts(project)
    return report


def preview(
    project: Project,
    paths: Sequence[Path],
    *,
    strangers: bool = False,
    on_progress: OnProgress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Report:
    """Return what `merge`, or with `strangers` `merge_aligned`, would do, tried on a copy that is thrown away.

    `stopped` is asked now and then; Cancelled is raised where it says yes.
    """
    copy = project.scratch(on_progress)
    try:
        with copy.stoppable(stopped) if stopped else nullcontext():
            if strangers:
                return merge_aligned(copy, paths, on_progress=on_progress, check=_readable)
            return merge(copy, paths, on_progress=on_progress, check=_readable)
    finally:
        copy.close()


def _readable(project: Project, _: OnProgress) -> list[str]:
    """Check what a preview needs; that its tables are what its journal says is checked when it is merged."""
    return verify_readable(project.db)


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
def _opened(project: Project, paths: Sequence[Path], on_progress: OnProgress, check: Check) -> Generator[list[Project]]:
    if not paths:
        raise BadInput(tr("Choose at least one copy to merge; nothing was changed."))
    with ExitStack() as stack:
        yield [stack.enter_context(_copy(project, path, on_progress, check)) for path in paths]


@contextmanager
def _copy(project: Project, path: Path, on_progress: OnProgress, check: Check) -> Generator[Project]:
    with suppress(OSError):
        if path.samefile(project.path):
            raise BadInput(tr("{file} is this project itself; choose another copy.", file=path.name))
    with Project.open(path, write=False) as other:
        lock = _lock(path)
        try:
            problems = check(other, on_progress)
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
        raise AnotherProject(
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


def _brought(known: Collection[str], others: Sequence[Project]) -> dict[str, list[str]]:
    """Return the steps that come in, by the file that brings them; those of several files by the first."""
    brought: dict[str, list[str]] = {}
    seen = set(known)
    for other in others:
        brought[_told_apart(other.path, others)] = new = [one for one in merging.digests(other.db) if one not in seen]
        seen.update(new)
    return brought


def _told_apart(path: Path, others: Sequence[Project]) -> str:
    """Return the name of a file, with its folders where another of that name is merged, too."""
    same = [other for other in others if other.path.name == path.name]
    return path.name if len(same) == 1 else str(path)


def _new_steps(brought: dict[str, list[str]], others: Sequence[Project]) -> Iterator[merging.Recorded]:
    streams = [merging.recorded(other.db, ids) for other, ids in zip(others, brought.values(), strict=True)]
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
        "copies": [asdict(one) for one in report.copies],
        "items": [asdict(one) for one in report.items],
        "texts": [asdict(one) for one in report.texts],
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
