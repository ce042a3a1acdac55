"""What codes cover of the texts, each place once however many codings stand on it."""

from collections.abc import Sequence

from coder_app.domain.text import Span
from coder_app.store.project import Project


def coded_stretches(
    project: Project, code_ids: Sequence[str], *, coder_ids: Sequence[str] | None = None
) -> dict[str, list[Span]]:
    """Return what any of `code_ids` covers, by source id: stretches in order that do not touch, each once.

    `coder_ids` leaves out other coders' codings.
    """
    marks = ", ".join("?" * len(code_ids))
    where = f" WHERE code_id IN ({marks}) AND now_start IS NOT NULL"
    parameters = list(code_ids)
    if coder_ids is not None:
        where += f" AND coding.coder_id IN ({', '.join('?' * len(coder_ids))})"
        parameters += coder_ids
    found: dict[str, list[Span]] = {}
    for source_id, start, stop in project.each(
        "SELECT source_id, now_start, now_stop FROM coding JOIN segment ON segment.id = segment_id"
        + where
        + " ORDER BY source_id, now_start",
        parameters,
    ):
        spans = found.setdefault(source_id, [])
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((start, stop))
    return found
