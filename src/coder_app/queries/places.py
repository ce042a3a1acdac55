"""Where a source is coded, as bare rows: what a text needs to show 50,000 codings without waiting."""

from collections.abc import Iterator

from coder_app.store.project import Project

Place = tuple[str, str, int, int, str, str]
"""Ids of coding and segment, start and stop in today's text (code points, half-open), ids of code and coder."""


def places_in(project: Project, source_id: str) -> Iterator[Place]:
    """Yield the places of a source's codings, in no particular order."""
    return project.each(
        "SELECT coding.id, segment_id, now_start, now_stop, code_id, coding.coder_id"
        " FROM segment JOIN coding ON segment_id = segment.id WHERE source_id = ? AND now_start IS NOT NULL",
        (source_id,),
    )
