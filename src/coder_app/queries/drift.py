"""Which wording of its code's definition each coding was made under, derived from the journal alone.

A coding was made by the step that gave it its code last, or that confirmed it since (edits/drift.py). Its wording is
the newest one that this step had seen, so that what a colleague wrote elsewhere and nobody had merged yet does not
count. Steps that were taken back count for nothing.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coder_app.domain.change import Row, Step
from coder_app.queries.history import taken_back
from coder_app.queries.history_names import batches_with_steps
from coder_app.store.ancestry import Ancestry, ancestry
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

FIELDS = ("definition", "use_when", "not_when")
_BACK_AND_FORTH = {Step.UNDO, Step.REDO, Step.REVERT}


class Texts(NamedTuple):
    """One wording of what a code means."""

    definition: str
    use_when: str
    not_when: str


class OldCoding(NamedTuple):
    """A coding whose code says something else today; `texts` is what it said when the coding was made."""

    coding_id: str
    code_id: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that a code has had: since when (UTC), by whom, in which step, and how many codings were made under it.

    The present one is `is_current`.
    """

    texts: Texts
    made_at: str
    coder: str
    step_id: str
    codings: int
    is_current: bool


_At = tuple[int, str]
"""A step's place in the total order: clock and id."""


class _CodeChange(NamedTuple):
    at: _At
    fields: Mapping[str, str]


class _Setting(NamedTuple):
    """A step gave a coding its code; `before` and `after` are code ids, None where the coding was not there."""

    at: _At
    before: str | None
    after: str | None
    confirmed: bool


@dataclass(slots=True)
class _Journal:
    """Which steps are in force, and who had seen whom; where copies never were apart the total order says it."""

    project: Project
    _undone: Collection[str] = field(default_factory=set[str])
    _seen: Ancestry | None = None

    def __post_init__(self) -> None:
        self._undone = {
            *taken_back(self.project),
            *(
                row[0]
                for row in self.project.each(
                    "SELECT id FROM change_set WHERE step IN (SELECT value FROM json_each(?))",
                    (id_list(sorted(_BACK_AND_FORTH)),),
                )
            ),
        }
        if _was_apart(self.project):
            self._seen = ancestry(self.project.db)

    def in_force(self, at: _At) -> bool:
        return at[1] not in self._undone

    def has_seen(self, later: _At, earlier: _At) -> bool:
        return earlier <= later if self._seen is None else self._seen.has_seen(later[1], earlier[1])


def _was_apart(project: Project) -> bool:
    """Say whether any step did not follow on the one before it."""
    steps, parents, joins = project.rows(
        "SELECT count(*), count(DISTINCT parents), sum(parents LIKE '%,%') FROM change_set"
    )[0]
    return bool(joins) or steps != parents


def wordings(project: Project, code_id: str) -> list[Wording]:
    """Return the wordings that a code has had, each once, the oldest first and the present one last.

    One that came back is listed where it came back.
    """
    current = _current(project, [code_id]).get(code_id)
    if current is None:
        return []
    told = _code_changes(project, [code_id]).get(code_id, [])
    made: dict[Texts, str] = {}
    texts: dict[str, str] = {}
    for change in told:
        before = _texts(texts)
        texts |= change.fields
        if _texts(texts) != before or not made:
            made.pop(_texts(texts), None)
            made[_texts(texts)] = change.at[1]
    step_id = made.pop(current, "")
    made[current] = step_id or (told[-1].at[1] if told else "")
    journal = _Journal(project)
    counts: dict[Texts, int] = {}
    for one in _made_under(project, journal, {code_id: told}):
        counts[one.texts] = counts.get(one.texts, 0) + 1
    when = {
        step_id: (wall_time, coder)
        for step_id, wall_time, coder in project.each(
            "SELECT change_set.id, wall_time, coalesce(coder.name, '') FROM change_set"
            f" LEFT JOIN coder ON coder.id = coder_id WHERE change_set.id IN {AMONG}",
            (id_list(made.values()),),
        )
    }
    return [
        Wording(texts, *when.get(step_id, ("", "")), step_id, counts.get(texts, 0), texts == current)
        for texts, step_id in made.items()
    ]


def was_reworded(project: Project, code_id: str) -> bool:
    """Say whether a code has ever said something else than at first; that is known at once."""
    return any(map(_was_reworded, _code_changes(project, [code_id]).values()))


def codings_under_old_wording(project: Project, code_id: str | None = None) -> list[OldCoding]:
    """Return the codings of a code, or of all codes, that were made under another wording than today's."""
    current = _current(project, None if code_id is None else [code_id])
    changes = _code_changes(project, current)
    # A code that always said the same cannot have drifted; most are of this kind.
    changed = {one: told for one, told in changes.items() if _was_reworded(told)}
    if not changed:
        return []
    return [one for one in _made_under(project, _Journal(project), changed) if one.texts != current[one.code_id]]


def _was_reworded(told: Iterable[_CodeChange]) -> bool:
    texts = [one.fields for one in told]
    return any(one.get(name, "").strip() != texts[0].get(name, "").strip() for one in texts[1:] for name in one)


def _texts(row: Mapping[str, str]) -> Texts:
    return Texts(*(row.get(name, "").strip() for name in FIELDS))


def _current(project: Project, code_ids: Collection[str] | None) -> dict[str, Texts]:
    sql = "SELECT id, definition, use_when, not_when FROM code"
    rows = project.rows(sql) if code_ids is None else project.rows(f"{sql} WHERE id IN {AMONG}", (id_list(code_ids),))
    return {row[0]: _texts(dict(zip(FIELDS, row[1:], strict=True))) for row in rows}


def _code_changes(project: Project, code_ids: Collection[str]) -> dict[str, list[_CodeChange]]:
    """Return what each step did to the wordings of codes, in the total order; the first one says all fields."""
    found: dict[str, list[_CodeChange]] = {}
    for made_at, step_id, row_id, before, after in _single_rows(project, "code", code_ids):
        fields = _set_fields(_row(before), _row(after))
        if fields:
            found.setdefault(row_id, []).append(_CodeChange((made_at, step_id), fields))
    wanted = set(code_ids)
    for step_id, made_at, batch in batches_with_steps(project, "code"):
        part = batch.only(wanted)
        for change in part.changes() if part is not None else ():
            fields = _set_fields(change.before, change.after)
            if fields:
                found.setdefault(change.row_id, []).append(_CodeChange((made_at, step_id), fields))
    return {code_id: sorted(told, key=lambda one: one.at) for code_id, told in found.items()}


def _single_rows(
    project: Project, table: str, ids: Collection[str]
) -> Iterator[tuple[int, str, str, str | None, str | None]]:
    for some in chunks(ids):
        yield from project.each(
            "SELECT made_at, change_set.id, row_id, before, after FROM row_change"
            " JOIN change_set ON change_set.id = change_set_id"
            f" WHERE row_id IN {AMONG} AND table_name = ? ORDER BY seq",
            (id_list(some), table),
        )


def _row(image: str | None) -> Row | None:
    return None if image is None else json.loads(image)


def _set_fields(before: Row | None, after: Row | None) -> dict[str, str]:
    if after is None:
        return {}
    return {name: str(after[name]) for name in FIELDS if before is None or before[name] != after[name]}


def _made_under(project: Project, journal: _Journal, changes: Mapping[str, list[_CodeChange]]) -> Iterator[OldCoding]:
    """Yield the codings of codes with the wording that each was made under."""
    codes: dict[str, str] = dict(
        project.each(f"SELECT id, code_id FROM coding WHERE code_id IN {AMONG}", (id_list(changes),))
    )
    makers = _makers(project, journal, codes, list(changes))
    known: dict[tuple[str, _At], Texts] = {}
    for coding_id, code_id in codes.items():
        at = makers[coding_id]
        texts = known.get((code_id, at))
        if texts is None:
            texts = known[code_id, at] = _seen_by(journal, at, changes[code_id])
        yield OldCoding(coding_id, code_id, texts)


def _seen_by(journal: _Journal, at: _At, told: Iterable[_CodeChange]) -> Texts:
    texts: dict[str, str] = {}
    for change in told:
        if journal.has_seen(at, change.at):
            texts |= change.fields
    return _texts(texts)


def _makers(project: Project, journal: _Journal, codes: Mapping[str, str], code_ids: Collection[str]) -> dict[str, _At]:
    """Return by coding the step that gave it its code last, or confirmed it."""
    made: dict[str, _At] = {}
    again: set[str] = set()
    for coding_id, made_at, step_id in project.each(
        "SELECT coding.id, made_at, change_set.id FROM coding JOIN row_change ON row_id = coding.id"
        f" JOIN change_set ON change_set.id = change_set_id WHERE code_id IN {AMONG} AND table_name = 'coding'",
        (id_list(code_ids),),
    ):
        if coding_id in made:
            again.add(coding_id)
        made[coding_id] = made_at, step_id
    for step_id, made_at, batch in batches_with_steps(project, "coding"):
        ids = codes.keys() & batch.row_ids()
        again |= made.keys() & ids
        made.update(dict.fromkeys(ids, (made_at, step_id)))
    # Most codings were touched once; what became of the others is looked at step by step.
    return made | _last_makers(project, journal, again)


def _last_makers(project: Project, journal: _Journal, coding_ids: Collection[str]) -> dict[str, _At]:
    found: dict[str, list[_Setting]] = {}
    for coding_id, setting in _settings(project, coding_ids) if coding_ids else ():
        found.setdefault(coding_id, []).append(setting)
    made: dict[str, _At] = {}
    for coding_id, settings in found.items():
        settings.sort(key=lambda one: one.at)
        counted = list(_setting_the_code(one for one in settings if journal.in_force(one.at)))
        made[coding_id] = (counted or [one.at for one in settings])[-1]
    return made


def _setting_the_code(settings: Iterable[_Setting]) -> Iterator[_At]:
    deleted: str | None = None
    for one in settings:
        if one.after is None:
            deleted = one.before
        # A coding that comes back as it was is as old as it was.
        elif one.confirmed or one.after != (one.before if one.before is not None else deleted):
            yield one.at


def _settings(project: Project, coding_ids: Collection[str]) -> Iterator[tuple[str, _Setting]]:
    for some in chunks(coding_ids):
        for row_id, made_at, step_id, before, after, confirmed in project.each(
            "SELECT row_id, made_at, change_set.id, json_extract(before, '$.code_id'),"
            " json_extract(after, '$.code_id'), sets IS NOT NULL"
            " FROM row_change JOIN change_set ON change_set.id = change_set_id"
            f" WHERE row_id IN {AMONG} AND table_name = 'coding' ORDER BY seq",
            (id_list(some),),
        ):
            yield row_id, _Setting((made_at, step_id), before, after, bool(confirmed))
    for step_id, made_at, batch in batches_with_steps(project, "coding"):
        part = batch.only(coding_ids)
        for one in part.changes() if part is not None else ():
            yield one.row_id, _Setting((made_at, step_id), _code(one.before), _code(one.after), confirmed=False)


def _code(row: Row | None) -> str | None:
    return None if row is None else str(row["code_id"])
