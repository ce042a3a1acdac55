"""What was done to a project, step by step: who did what when, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from coder_app.domain.change import RowChange, Step
from coder_app.domain.disagreement import NOTHING_HIDDEN, Blinds
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.step_words import ADDED, CHANGED, REMOVED, Deeds, how_changed, sentence
from coder_app.i18n import tr
from coder_app.queries.history_blind import hidden_steps, hidden_words
from coder_app.queries.history_filter import Wanted, steps_wanted
from coder_app.queries.history_names import Names, segment_sources
from coder_app.queries.history_rows import read_single_rows
from coder_app.store.many import AMONG, id_list
from coder_app.store.project import Project

LOOKED_INTO = 200
"""A step of more rows than this is told by its label and counts, so that a list of steps is quick."""

_AT_ONCE = 500
_REFERRED = ("code", "source", "case", "variable", "set", "saved_query", "round", "coder", "project")
_HOW = {(True, False): ADDED, (False, False): CHANGED, (False, True): REMOVED}


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A change set: who did what, when (UTC), and how many rows it changed.

    `undoes` is the step that it took back or did again, `undone_by` the one that took this one back.
    `words` is what it did as a sentence, where it was asked for; where a blind round hides it, it only says so.
    """

    id: str
    step: str
    label: str
    coder: str
    made_at: str
    rows: int
    undoes: str | None
    undone_by: str | None = None
    words: str = ""
    is_hidden: bool = False


class StepRef(NamedTuple):
    """A step in a list: its id, when it was made (UTC), and the step that took it back, if any."""

    id: str
    made_at: str
    undone_by: str | None


_STEPS = (
    "SELECT change_set.id, step, label, coalesce(coder.name,"
    " (SELECT json_extract(coalesce(after, before), '$.name') FROM row_change"
    " WHERE table_name = 'coder' AND row_id = change_set.coder_id ORDER BY seq DESC LIMIT 1), ''), wall_time,"
    " (SELECT count(*) + coalesce(sum(rows - 1), 0) FROM row_change LEFT JOIN row_batch USING (seq)"
    " WHERE change_set_id = change_set.id), undoes"
    " FROM change_set LEFT JOIN coder ON coder.id = change_set.coder_id"
)


def history(project: Project) -> list[HistoryStep]:
    """Return all steps, the oldest first; undone ones and undos included, without `words`.

    A coder who is no longer there, because the step that added them was undone, is named all the same.
    """
    undone = taken_back(project)
    rows = project.rows(_STEPS + " ORDER BY change_set.made_at, change_set.id")
    return [HistoryStep(*row, undone_by=undone.get(row[0])) for row in rows]


def history_end(project: Project) -> str:
    """Return the moment of the last step, in UTC."""
    return project.rows("SELECT wall_time FROM change_set ORDER BY made_at DESC, id DESC LIMIT 1")[0][0]


def taken_back(project: Project) -> dict[str, str]:
    """Return by step the one that took it back, for all that are not in force now."""
    takers: dict[str, list[str]] = {}
    for step_id, undoes in project.each(
        "SELECT id, undoes FROM change_set WHERE undoes IS NOT NULL ORDER BY made_at DESC, id DESC"
    ):
        takers.setdefault(undoes, []).append(step_id)
    found: dict[str, str] = {}
    # The newest first: whether a step is in force depends on later ones only.
    for step_id in project.each("SELECT id FROM change_set ORDER BY made_at DESC, id DESC") if takers else ():
        standing = next((taker for taker in takers.get(step_id[0], ()) if taker not in found), None)
        if standing is not None:
            found[step_id[0]] = standing
    return {step_id: _newest(taker, found, takers) for step_id, taker in found.items()}


def _newest(taker: str, found: dict[str, str], takers: dict[str, list[str]]) -> str:
    """Return the last of a chain undo, redo, undo … that begins with `taker`, which is in force."""
    while redone := next((one for one in takers.get(taker, ()) if one in found), None):
        taker = found[redone]
    return taker


def step_list(
    project: Project,
    wanted: Wanted | None = None,
    on_progress: OnProgress = tell_nobody,
    blinds: Blinds = NOTHING_HIDDEN,
) -> list[StepRef]:
    """Return the steps that `wanted` asks for (all without it), the newest first, without their words.

    Steps that `blinds` hide are among all, but not among those found by what they did, which would tell it.
    `on_progress` is told (done, all) now and then, and may raise Cancelled.
    """
    wanted = wanted or Wanted()
    where, values = wanted.of_steps()
    among = steps_wanted(project, wanted, on_progress)
    if among is not None:
        among -= hidden_steps(project, among, blinds)
    undone = taken_back(project)
    rows = project.each(f"SELECT id, wall_time FROM change_set {where} ORDER BY made_at DESC, id DESC", values)
    return [
        StepRef(step_id, made_at, undone.get(step_id))
        for step_id, made_at in rows
        if (among is None or step_id in among) and not (wanted.in_force and step_id in undone)
    ]


def steps(project: Project, refs: Iterable[StepRef], blinds: Blinds = NOTHING_HIDDEN) -> Iterator[HistoryStep]:
    """Yield steps with their words, in the order of `refs`; what `blinds` hide is only said to be hidden."""
    iterator = iter(refs)
    while some := list(islice(iterator, _AT_ONCE)):
        hidden = hidden_steps(project, (ref.id for ref in some), blinds)
        for step in _told(project, some):
            is_hidden = step.id in hidden
            yield replace(step, label="", words=hidden_words(step.coder), is_hidden=True) if is_hidden else step


def _told(project: Project, refs: Sequence[StepRef]) -> Iterator[HistoryStep]:
    ids = id_list(ref.id for ref in refs)
    where = f" WHERE change_set.id IN {AMONG}"
    found = {row[0]: HistoryStep(*row) for row in project.each(_STEPS + where, (ids,))}
    clock = dict(project.rows(f"SELECT id, made_at FROM change_set WHERE id IN {AMONG}", (ids,)))
    few = [step.id for step in found.values() if step.rows <= LOOKED_INTO and step.step not in {"undo", "redo"}]
    rows = read_single_rows(project, few)
    counts = _counts(project, ids)
    names, sources = _referred(project, rows)
    for ref in refs:
        step = found[ref.id]
        changes = rows.get(step.id)
        deeds = Deeds(
            Step(step.step),
            step.label,
            step.coder or tr("Somebody"),
            _counted(changes) if changes is not None else counts.get(step.id, {}),
            changes,
            lambda table, row_id, at=clock[step.id]: names.at(at, table, row_id),
            lambda segment_id: sources.get(segment_id, ""),
        )
        yield replace(step, undone_by=ref.undone_by, words=sentence(deeds))


def _counts(project: Project, ids: str) -> dict[str, dict[tuple[str, str], int]]:
    """Return how many rows of which table steps added, changed and removed; packed rows stay packed."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for step_id, table, new, gone, n in project.each(
        "SELECT change_set_id, table_name, iif(rows IS NULL, row_change.before, row_batch.before) IS NULL AS new,"
        " iif(rows IS NULL, row_change.after, row_batch.after) IS NULL AS gone, sum(coalesce(rows, 1))"
        f" FROM row_change LEFT JOIN row_batch USING (seq) WHERE change_set_id IN {AMONG} GROUP BY 1, 2, 3, 4",
        (ids,),
    ):
        found.setdefault(step_id, {})[table, _HOW[bool(new), bool(gone)]] = n
    return found


def _counted(changes: Iterable[RowChange]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for change in changes:
        key = change.table, how_changed(change)
        found[key] = found.get(key, 0) + 1
    return found


def _referred(project: Project, rows: dict[str, list[RowChange]]) -> tuple[Names, dict[str, str]]:
    """Return the names of all that the rows are or refer to, and the sources of the segments among these."""
    wanted: dict[str, set[str]] = {table: set() for table in _REFERRED}
    segments: set[str] = set()
    for change in (change for changes in rows.values() for change in changes):
        if change.table in wanted:
            wanted[change.table].add(change.row_id)
        for image in (change.before, change.after):
            for column, value in (image or {}).items():
                table = "code" if column == "parent_id" else column.removesuffix("_id")
                if column == "segment_id" and value:
                    segments.add(str(value))
                elif column.endswith("_id") and table in wanted and value:
                    wanted[table].add(str(value))
    sources = segment_sources(project, segments)
    wanted["source"].update(sources.values())
    return Names(project, wanted), sources
