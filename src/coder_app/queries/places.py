"""Where a source is coded, as bare rows: what a text needs to show 50,000 codings without waiting."""

from typing import NamedTuple

from coder_app.store.project import Project


class Place(NamedTuple):
    """A coding's place in today's text, half-open in code points, with its code and coder."""

    coding_id: str
    segment_id: str
    start: int
    stop: int
    code_id: str
    coder_id: str


def places_in(project: Project, source_id: str) -> list[Place]:
    """Return the places of a source's codings, in no particular order."""
    return list(
        map(
            Place._make,
            project.rows(
                "SELECT coding.id, segment_id, now_start, now_stop, code_id, coding.coder_id"
                " FROM segment JOIN coding ON segment_id = segment.id WHERE source_id = ? AND now_start IS NOT NULL",
                (source_id,),
            ),
        )
    )
