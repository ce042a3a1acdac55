"""Rounds of coding: who codes what, who has finished what, and what is hidden meanwhile."""

from collections.abc import Iterable

from coder_app.domain.disagreement import Assignment, Blinds, Round
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.store.many import id_list
from coder_app.store.project import Project

_ROUNDS = "SELECT id, name, number, is_blind, opened_at, closed_at FROM round"


def rounds(project: Project) -> list[Round]:
    """Return the rounds, the first one first."""
    found = project.rows(_ROUNDS + " ORDER BY number, opened_at, id")
    return [Round(id_, name, number, bool(blind), *times) for id_, name, number, blind, *times in found]


def round_named(project: Project, wanted: str) -> Round:
    """Return the round with this id, name or number. Raises BadInput where there is none, or several."""
    every = rounds(project)
    found = [one for one in every if one.id == wanted] or [
        one for one in every if wanted in {one.name, str(one.number)}
    ]
    if not found:
        raise BadInput(tr("There is no round “{name}”; “assignments” lists them.", name=wanted))
    if len(found) > 1:
        raise BadInput(tr("Several rounds are called “{name}”; use the id of the one you mean.", name=wanted))
    return found[0]


def latest_round(project: Project) -> Round | None:
    """Return the open round that was opened last, else the last one; None where there is none."""
    every = rounds(project)
    return next((one for one in reversed(every) if one.closed_at is None), every[-1] if every else None)


def codings_before(project: Project, one: Round, source_ids: Iterable[str], coder_ids: Iterable[str]) -> int:
    """Return how many codings of these coders in these sources are older than the round."""
    found = project.rows(
        "SELECT count(*) FROM coding JOIN segment ON segment.id = segment_id"
        " WHERE created_at < ? AND source_id IN (SELECT value FROM json_each(?))"
        " AND coding.coder_id IN (SELECT value FROM json_each(?))",
        (one.opened_at, id_list(source_ids), id_list(coder_ids)),
    )
    return int(found[0][0])


def assignments(project: Project, round_id: str | None = None) -> list[Assignment]:
    """Return who is to code what in a round, or in all of them, by source and coder.

    Two copies may have assigned the same; it is told once, and done where one of them says so.
    """
    rows = project.rows(
        "SELECT round_id, source_id, coder_id, max(done_at) FROM assignment"
        " JOIN source ON source.id = source_id WHERE round_id = ? OR ? IS NULL"
        " GROUP BY round_id, source_id, coder_id ORDER BY folder, order_key, source_id, coder_id",
        (round_id, round_id),
    )
    return [Assignment(*row) for row in rows]


def assigned(project: Project, source_id: str) -> Assignment | None:
    """Return the assignment of a source to the coder at work in the open round that was opened last, or None."""
    rows = project.rows(
        "SELECT round_id, source_id, coder_id, max(done_at) FROM assignment JOIN round ON round.id = round_id"
        " WHERE source_id = ? AND coder_id = ? AND closed_at IS NULL"
        " GROUP BY round_id ORDER BY number DESC, opened_at DESC LIMIT 1",
        (source_id, project.coder_id),
    )
    return Assignment(*rows[0]) if rows else None


def finished(project: Project, round_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return by coder the sources that they have marked as done in any of these rounds."""
    wanted = set(round_ids)
    found: dict[str, set[str]] = {}
    for one in assignments(project):
        if one.round_id in wanted and one.done_at is not None:
            found.setdefault(one.coder_id, set()).add(one.source_id)
    return {coder_id: frozenset(sources) for coder_id, sources in found.items()}


def blinds(project: Project, coder_id: str | None = None) -> Blinds:
    """Return what is hidden from a coder (the one at work): in open blind rounds sources that they did not finish."""
    coder_id = coder_id or project.coder_id
    rows = project.rows(
        "SELECT source_id, round.name FROM assignment JOIN round ON round.id = round_id"
        " WHERE coder_id = ? AND is_blind AND closed_at IS NULL"
        " GROUP BY round_id, source_id HAVING max(done_at) IS NULL",
        (coder_id,),
    )
    return Blinds(coder_id, dict(rows))


def hidden_codings(project: Project, blinds: Blinds) -> list[tuple[str, str, int]]:
    """Return how many codings are hidden of each code in each source: code id, source id, number."""
    return project.rows(
        "SELECT code_id, source_id, count(*) FROM segment JOIN coding ON segment_id = segment.id"
        " WHERE source_id IN (SELECT value FROM json_each(?)) AND coding.coder_id IS NOT ? GROUP BY 1, 2",
        (id_list(blinds.sources), blinds.coder_id),
    )


def closing_step(project: Project, round_id: str) -> str | None:
    """Return the step that closed a round the last time; None where it is open or the history does not say."""
    rows = project.rows(
        "SELECT change_set_id FROM row_change JOIN change_set ON change_set.id = change_set_id"
        " WHERE row_id = ? AND table_name = 'round' AND json_extract(after, '$.closed_at') IS NOT NULL"
        " AND json_extract(before, '$.closed_at') IS NULL ORDER BY made_at DESC, change_set_id DESC LIMIT 1",
        (round_id,),
    )
    return rows[0][0] if rows else None
