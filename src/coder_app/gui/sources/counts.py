"""Which sources gained or lost codings by a step, told from the step itself as far as it says so."""

from collections import Counter

from coder_app.domain.change import ChangeSet, RowChange
from coder_app.queries.codings import coding, codings_on
from coder_app.store.project import Project

_MANY = 200
"""From so many changed codings on, counting everything again is quicker than asking one by one."""


def added_codings(project: Project, change: ChangeSet) -> Counter[str] | None:
    """Return how many codings each source (by id) gained, less than 0 for lost; None: count them all again."""
    if change.count("coding") > _MANY:
        return None
    segments = {row.row_id: str((row.after or row.before or {})["source_id"]) for row in change.of("segment")}
    rows = [row for row in change.of("coding") if "segment_id" in row.changed()]
    if any(row.before and row.after for row in rows):
        return None
    added = Counter[str]()
    for row in rows:
        source_id = segments.get(_segment(row)) or _ask(project, row)
        if source_id is None:
            return None
        added[source_id] += 1 if row.before is None else -1
    return added


def _segment(row: RowChange) -> str:
    return str((row.after or row.before or {})["segment_id"])


def _ask(project: Project, row: RowChange) -> str | None:
    """Return the source of a coding on a segment that the step left as it was; None where nobody knows it."""
    there = coding(project, row.row_id)
    others = [there] if there else codings_on(project, _segment(row))
    return others[0].source_id if others else None
