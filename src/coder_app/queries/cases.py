"""Cases: the people, places and meetings that the sources are about, and what of the sources belongs to each."""

from dataclasses import dataclass
from typing import TypeAlias

from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.i18n import tr
from coder_app.store.project import Project

Places: TypeAlias = dict[str, tuple[Span, ...] | None]
"""Parts of a project by source id: None is the whole source, else stretches in order that do not touch."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case. `sources` counts those of which something belongs to it, `segments` the members that are stretches."""

    id: str
    name: str
    description: str
    order_key: str
    sources: int
    segments: int


@dataclass(frozen=True, slots=True)
class Member:
    """What belongs to a case: a whole source, or the segment [start, stop) of one with its words of today."""

    id: str
    case_id: str
    source_id: str
    source: str
    segment_id: str | None = None
    start: int | None = None
    stop: int | None = None
    text: str = ""


_MEMBERS = """
SELECT case_member.id, case_id, source.id, source.name, segment.id, now_start, now_stop, {words}
FROM case_member LEFT JOIN segment ON segment.id = segment_id
JOIN source ON source.id = coalesce(case_member.source_id, segment.source_id)
"""
_WORDS = """(SELECT substr(text, now_start + 1, now_stop - now_start) FROM text_body
 WHERE hash = source.text_hash AND segment.id IS NOT NULL)"""
_CASES = 'SELECT id, name, description, order_key FROM "case"'


def cases(project: Project) -> list[Case]:
    """Return all cases in their order."""
    sources: dict[str, set[str]] = {}
    segments: dict[str, int] = {}
    for case_id, source_id, segment_id in project.each(
        "SELECT case_id, coalesce(case_member.source_id, segment.source_id), segment_id"
        " FROM case_member LEFT JOIN segment ON segment.id = segment_id"
    ):
        sources.setdefault(case_id, set()).add(source_id)
        segments[case_id] = segments.get(case_id, 0) + (segment_id is not None)
    return [
        Case(case_id, *row, sources=len(sources.get(case_id, ())), segments=segments.get(case_id, 0))
        for case_id, *row in project.rows(_CASES + " ORDER BY order_key, id")
    ]


def case_named(project: Project, wanted: str) -> Case:
    """Return the case with this id or name. Raises BadInput where none or several fit."""
    every = cases(project)
    found = [one for one in every if one.id == wanted] or [one for one in every if one.name == wanted]
    found = found or [one for one in every if one.name.casefold() == wanted.casefold()]
    if len(found) > 1:
        raise BadInput(tr("Several cases are called “{name}”; use the id of the one you mean.", name=wanted))
    if not found:
        raise BadInput(tr("There is no case “{name}” in the project; check its spelling, or add it.", name=wanted))
    return found[0]


def members_of(project: Project, case_id: str) -> list[Member]:
    """Return what belongs to a case, in the order of the sources and of their texts."""
    sql = _MEMBERS.format(words=f"coalesce({_WORDS}, '')") + (
        " WHERE case_id = ? ORDER BY folder, source.order_key, source.id, now_start, case_member.id"
    )
    return [Member(*row) for row in project.rows(sql, (case_id,))]


def cases_of_sources(project: Project) -> dict[str, Places]:
    """Return for each case, by id, what belongs to it; cases without members are there, with nothing."""
    found: dict[str, dict[str, list[Span] | None]] = {row[0]: {} for row in project.each('SELECT id FROM "case"')}
    sql = _MEMBERS.format(words="''") + " ORDER BY case_id, source.id, now_start"
    for _, case_id, source_id, _, segment_id, start, stop, _ in project.each(sql):
        places = found[case_id]
        if segment_id is None:
            places[source_id] = None
            continue
        spans = places.setdefault(source_id, [])
        if spans is not None and start is not None:
            spans.append((start, stop))
    return {
        case_id: {source_id: None if spans is None else joined(spans) for source_id, spans in places.items()}
        for case_id, places in found.items()
    }


def cases_with(project: Project, source_id: str) -> list[str]:
    """Return the ids of the cases that something of a source belongs to, in the order of the cases."""
    return [
        row[0]
        for row in project.rows(
            'SELECT id FROM "case" WHERE id IN'
            " (SELECT case_id FROM case_member LEFT JOIN segment ON segment.id = segment_id"
            "  WHERE case_member.source_id = :source OR segment.source_id = :source) ORDER BY order_key, id",
            {"source": source_id},
        )
    ]


def joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return what stretches cover: in order, and none that touches another."""
    found: list[Span] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return tuple(found)
