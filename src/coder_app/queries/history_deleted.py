"""What was deleted and is still gone: who deleted it when, and what went with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from coder_app.domain.change import Row, RowChange
from coder_app.domain.disagreement import NOTHING_HIDDEN, Blinds
from coder_app.domain.field_words import KINDS, counted
from coder_app.i18n import tr
from coder_app.queries.history import StepRef, steps
from coder_app.queries.history_blind import hidden_rows
from coder_app.queries.history_names import LATEST, batches_with_steps
from coder_app.queries.history_rows import RowWords, row_of
from coder_app.store import journal
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

Images = dict[str, dict[str, Row]]
"""Rows by table and id."""

RESTORABLE = ("code", "coding", "memo", "source", "segment", "case", "variable", "set", "saved_query", "code_example",
              "link", "coder", "round", "decision")  # fmt: skip
"""The tables whose rows people bring back; the rows of others come back with these."""

_TOGETHER = 20
_OWNERS = {
    "code": ("parent_id",),
    "coding": ("code_id",),
    "segment": ("source_id",),
    "memo": ("code_id", "source_id", "case_id", "coding_id", "segment_id"),
    "code_example": ("code_id", "segment_id"),
    "case_member": ("case_id", "source_id", "segment_id"),
    "variable_value": ("variable_id", "source_id", "case_id"),
    "set_member": ("set_id", "code_id", "source_id", "memo_id"),
    "setting": ("value",),
    "assignment": ("round_id", "source_id"),
    "decision": ("source_id",),
}


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that was deleted, or many of one kind that went in one step."""

    table: str
    row_ids: tuple[str, ...]
    step_id: str
    image: Row
    """The first of them as it was last."""
    went_along: dict[str, int] = field(default_factory=dict[str, int])
    """How many rows of other tables belonged to it and were deleted in the same step."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A thing that was deleted, in words: what it is called, what went with it, who deleted it when (UTC)."""

    table: str
    row_ids: tuple[str, ...]
    what: str
    went_along: str
    step_id: str
    step: str
    coder: str
    made_at: str


def gone(project: Project, tables: Iterable[str] = RESTORABLE, blinds: Blinds = NOTHING_HIDDEN) -> list[Gone]:
    """Return what was deleted and is not there now, the latest first, without what went with something else.

    What `blinds` hide is left out; of many that went together the first decides.
    """
    by_step: dict[str, list[tuple[str, str, Row]]] = {}
    for (table, row_id), (step_id, image) in _last_deletions(project).items():
        by_step.setdefault(step_id, []).append((table, row_id, image))
    order = {row[0]: place for place, row in enumerate(project.each("SELECT id FROM change_set ORDER BY made_at, id"))}
    wanted = set(tables)
    found: list[Gone] = []
    for step_id in sorted(by_step, key=lambda one: -order.get(one, 0)):
        found += (one for one in _of_step(step_id, by_step[step_id]) if one.table in wanted)
    return _unhidden(project, found, blinds)


def _unhidden(project: Project, things: list[Gone], blinds: Blinds) -> list[Gone]:
    by_table: dict[str, list[Gone]] = {}
    for one in things if blinds.sources else ():
        by_table.setdefault(one.table, []).append(one)
    hidden: set[tuple[str, ...]] = set()
    for table, some in by_table.items():
        told = hidden_rows(project, table, [one.image for one in some], blinds)
        hidden.update(one.row_ids for one, is_hidden in zip(some, told, strict=True) if is_hidden)
    return [one for one in things if one.row_ids not in hidden]


def _last_deletions(project: Project) -> dict[tuple[str, str], tuple[str, Row]]:
    """Return for each row that is gone the step that deleted it last, and its last image."""
    found: dict[tuple[str, str], tuple[int, str, Row | str]] = {}
    for step_id, made_at, table, row_id, before in project.each(
        "SELECT change_set_id, made_at, table_name, row_id, before FROM row_change"
        " JOIN change_set ON change_set.id = change_set_id WHERE after IS NULL AND row_id <> ''"
        " ORDER BY made_at, change_set.id, seq"
    ):
        found[table, row_id] = made_at, step_id, before
    for step_id, made_at, batch in batches_with_steps(project):
        if batch.packed_after is None:
            for change in batch.changes():
                known = found.get((batch.table, change.row_id))
                if known is None or known[0] < made_at:
                    found[batch.table, change.row_id] = made_at, step_id, change.before or {}
    there = _there(project, found) | _made_and_deleted(project, found)
    return {key: (one[1], row_of(one[2])) for key, one in found.items() if key not in there}


def _there(project: Project, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    by_table: dict[str, list[str]] = {}
    for table, row_id in keys:
        by_table.setdefault(table, []).append(row_id)
    return {
        (table, row_id)
        for table, ids in by_table.items()
        for row_id in project.ids(f'SELECT id FROM "{table}" WHERE id IN {{among}}', ids)
    }


def _made_and_deleted(
    project: Project, found: dict[tuple[str, str], tuple[int, str, Row | str]]
) -> set[tuple[str, str]]:
    """Return the rows that were made and deleted within one step, which nobody has ever seen."""
    steps_ = {row_id: (table, one[1]) for (table, row_id), one in found.items()}
    deleting = {step_id for _, step_id in steps_.values()}
    twice: set[tuple[str, str]] = set()
    for some in chunks(steps_):
        for row_id, step_id in project.each(
            f"SELECT row_id, change_set_id FROM row_change WHERE row_id IN {AMONG} AND before IS NULL",
            (id_list(some),),
        ):
            table, deleted_by = steps_[row_id]
            if step_id == deleted_by:
                twice.add((table, row_id))
    for step_id, _, batch in batches_with_steps(project):
        if batch.packed_before is None and step_id in deleting:
            twice.update((batch.table, one) for one in batch.row_ids() if steps_.get(one) == (batch.table, step_id))
    return twice


def _of_step(step_id: str, rows: list[tuple[str, str, Row]]) -> Iterator[Gone]:
    images = {row_id: (table, image) for table, row_id, image in rows}
    carried = {str(image.get("segment_id")) for table, _, image in rows if table == "coding"}
    roots: dict[str, list[str]] = {}
    along: dict[str, dict[str, int]] = {}
    for row_id, (table, _) in images.items():
        root = _root(row_id, images)
        if root == row_id:
            if table != "segment" or row_id not in carried:
                roots.setdefault(table, []).append(row_id)
        elif table != "segment":
            counts = along.setdefault(root, {})
            counts[table] = counts.get(table, 0) + 1
    for table, ids in roots.items():
        if len(ids) > _TOGETHER:
            yield Gone(table, tuple(ids), step_id, images[ids[0]][1])
        else:
            yield from (Gone(table, (one,), step_id, images[one][1], along.get(one, {})) for one in ids)


def _root(row_id: str, images: dict[str, tuple[str, Row]]) -> str:
    """Return the thing deleted in the same step that a row belonged to, directly or over others, or itself."""
    seen = {row_id}
    at = row_id
    while (owner := _owner(*images[at], images)) is not None and owner not in seen:
        seen.add(owner)
        at = owner
    return at


def _owner(table: str, image: Row, images: dict[str, tuple[str, Row]]) -> str | None:
    for column in _OWNERS.get(table, ()):
        owner = image.get(column)
        if isinstance(owner, str) and owner in images:
            return owner
    if table == "coding":
        # A coding goes with its source, but not with its segment: that one is rather a part of it.
        _, segment = images.get(str(image.get("segment_id")), ("", {}))
        source = segment.get("source_id")
        return source if isinstance(source, str) and source in images else None
    return None


def deleted(project: Project, things: Sequence[Gone]) -> list[Deleted]:
    """Return in words what was deleted."""
    told = {step.id: step for step in steps(project, (StepRef(one, "", None) for one in {g.step_id for g in things}))}
    changes = [RowChange(thing.table, thing.row_ids[0], thing.image, None) for thing in things]
    words = RowWords(project, LATEST, changes)
    return [
        Deleted(
            thing.table,
            thing.row_ids,
            words.what(thing.table, thing.image)
            if len(thing.row_ids) == 1
            else counted(thing.table, len(thing.row_ids)),
            ", ".join(counted(table, thing.went_along[table]) for table in KINDS if table in thing.went_along),
            thing.step_id,
            told[thing.step_id].words,
            told[thing.step_id].coder or tr("Somebody"),
            told[thing.step_id].made_at,
        )
        for thing in things
    ]


def deleted_in(project: Project, table: str, row_id: str) -> str | None:
    """Return the step that deleted a row that is gone, it may be the one being made; None where there is none."""
    found = project.rows(
        f"SELECT coalesce(made_at, {LATEST}) AS at, change_set_id FROM row_change"
        " LEFT JOIN change_set ON change_set.id = change_set_id"
        " WHERE row_id = ? AND table_name = ? AND after IS NULL ORDER BY at DESC, change_set_id DESC LIMIT 1",
        (row_id, table),
    )
    last = (found[0][0], found[0][1]) if found else (0, None)
    for step_id, made_at, batch in batches_with_steps(project, table):
        if batch.packed_after is None and made_at > last[0] and row_id in batch.row_ids():
            last = made_at, step_id
    return last[1]


def removed_rows(project: Project, step_id: str) -> Images:
    """Return all rows that a step deleted, as they were."""
    found: Images = {}
    for part in journal.net_changes(project.db, step_id):
        for change in (part,) if isinstance(part, RowChange) else part.changes():
            if change.after is None and change.before is not None:
                found.setdefault(change.table, {})[change.row_id] = change.before
    return found
