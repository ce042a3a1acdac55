"""Where a source is coded, as bare rows: what a text needs to show 50,000 codings without waiting."""

from coder_app.store.project import Project

Place = tuple[str, str, int, int, str, str]
"""Ids of coding and segment, start and stop in today's text (code points, half-open), ids of code and coder."""

_SELECT = """
SELECT coding.id, segment_id, now_start, now_stop, code_id, coding.coder_id
FROM segment CROSS JOIN coding ON segment_id = segment.id WHERE source_id = ?
"""


def places_over(project: Project, source_id: str, start: int, stop: int) -> list[Place]:
    """Return the places of a source's codings that share a character with [start, stop), in no particular order."""
    return project.rows(_SELECT + " AND now_start < ? AND now_stop > ?", (source_id, stop, start))


def places_from(project: Project, source_id: str, start: int, most: int) -> tuple[list[Place], int | None]:
    """Return the places of codings that start at `start` or later, by start, and where to go on; None at the end.

    About `most` are returned, so that those of a large source can be asked for a few at a time; more only where
    so many start together.
    """
    while True:
        found: list[Place] = project.rows(
            _SELECT + " AND now_start >= ? ORDER BY now_start LIMIT ?", (source_id, start, most)
        )
        if len(found) < most:
            return found, None
        last = found[-1][2]
        if last > start:
            return [place for place in found if place[2] < last], last
        most *= 2
