"""What was decided about disagreements, and the codings that disagreements are found in."""

import json
from collections.abc import Iterator

from coder_app.domain.disagreement import Decision
from coder_app.domain.ids import CONSENSUS
from coder_app.store.project import Project

Row = tuple[str, str, int, int, str, str]
"""A coding: id, source, start, stop (code points of today's text), code, coder."""

_DECISIONS = (
    "SELECT decision.id, round_id, source_id, decision.text_hash, start, stop, decision.kind, judged, agreed, outcome,"
    " side, reason, coder_id, created_at FROM decision"
)


def decisions(project: Project, round_id: str | None = None) -> list[Decision]:
    """Return the decisions of a round, or all, the first one first."""
    rows = project.rows(
        _DECISIONS + " WHERE round_id = ? OR ? IS NULL ORDER BY created_at, decision.id", (round_id, round_id)
    )
    return [
        Decision(id_, round_id, source_id, text_hash, start, stop, kind, _ids(judged), _ids(agreed), *others)
        for id_, round_id, source_id, text_hash, start, stop, kind, judged, agreed, *others in rows
    ]


def _ids(text: str) -> tuple[str, ...]:
    """Return the ids of a JSON array; what somebody else's tool wrote there in another form names none."""
    try:
        return tuple(map(str, json.loads(text)))
    except (ValueError, TypeError):
        return ()


def decided(project: Project) -> dict[str, list[Decision]]:
    """Return the decisions by the coding that they judge."""
    found: dict[str, list[Decision]] = {}
    for one in decisions(project):
        for coding_id in one.judged:
            found.setdefault(coding_id, []).append(one)
    return found


def consensus_id(project: Project) -> str:
    """Return the id that the consensus has in every copy of this project; it sorts behind all people."""
    first = project.rows("SELECT id FROM project ORDER BY created_at, id LIMIT 1")[0][0]
    return CONSENSUS + first[len(CONSENSUS) :]


def consensus_ids(project: Project) -> frozenset[str]:
    """Return the coders that are no person; there is at most one but where strangers' projects were joined."""
    return frozenset(row[0] for row in project.rows("SELECT id FROM coder WHERE kind = 'consensus'"))


def coding_rows(project: Project, source_id: str | None = None, kind: str = "person") -> Iterator[Row]:
    """Yield the text codings of people, or of the consensus, in one source or in all, in no certain order."""
    where = "" if source_id is None else " AND source_id = ?"
    return project.each(
        "SELECT coding.id, source_id, now_start, now_stop, code_id, coding.coder_id FROM coding"
        " JOIN segment ON segment.id = segment_id JOIN coder ON coder.id = coding.coder_id"
        f" WHERE now_start IS NOT NULL AND coder.kind = ?{where}",
        (kind,) if source_id is None else (kind, source_id),
    )


def negotiated_rows(project: Project, people: dict[str, frozenset[str]]) -> Iterator[Row]:
    """Yield the codings with what was decided put in place of what it judged.

    `people` are, by source, those who coded it: each of them is taken to have agreed to the decision.
    """
    gone: set[str] = set()
    instead: dict[str, set[str]] = {}
    for one in decisions(project):
        gone.update(one.judged)
        for coding_id in one.agreed:
            instead.setdefault(coding_id, set()).update(people.get(one.source_id, ()))
    yield from (row for row in coding_rows(project) if row[0] not in gone)
    for coding_id, source_id, start, stop, code_id, _ in coding_rows(project, kind="consensus"):
        for coder_id in sorted(instead.get(coding_id, ())):
            yield coding_id, source_id, start, stop, code_id, coder_id
