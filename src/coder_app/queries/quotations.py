"""Passages that are marked and carry no code yet: quotations."""

from dataclasses import dataclass

from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.store.project import Project

_SELECT = """
SELECT segment.id, source_id, now_start, now_stop, coder_id FROM segment
WHERE now_start IS NOT NULL AND NOT EXISTS (SELECT 1 FROM coding WHERE segment_id = segment.id)
"""

_END = 1 << 40


@dataclass(frozen=True, slots=True)
class Quotation:
    """A segment without a code; `start` and `stop` are code points of today's text, half-open."""

    segment_id: str
    source_id: str
    start: int
    stop: int
    coder_id: str | None

    @property
    def id(self) -> str:
        """What it is chosen by: the segment's id, as there is no coding."""
        return self.segment_id


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A quotation with its words and what surrounds them, for lists to read through."""

    quotation: Quotation
    source: str
    text: str
    before: str
    after: str


def quotation(project: Project, segment_id: str) -> Quotation | None:
    """Return one quotation; None where the segment is gone or coded."""
    found = project.rows(_SELECT + " AND segment.id = ?", (segment_id,))
    return Quotation(*found[0]) if found else None


def quotations_in(project: Project, source_id: str, start: int = 0, stop: int | None = None) -> list[Quotation]:
    """Return the quotations of a source that start within [start, stop), None for its end, in order of place."""
    found = project.rows(
        _SELECT + " AND source_id = ? AND now_start >= ? AND now_start < ? ORDER BY now_start, now_stop, segment.id",
        (source_id, start, _END if stop is None else stop),
    )
    return [Quotation(*row) for row in found]


def segments_starting(project: Project, source_id: str, start: int, stop: int | None) -> int:
    """Return how many segments of a source, coded or not, start within [start, stop), None for its end."""
    return project.rows(
        "SELECT count(*) FROM segment WHERE source_id = ? AND now_start >= ? AND now_start < ?",
        (source_id, start, _END if stop is None else stop),
    )[0][0]


def quotations(project: Project, on_progress: OnProgress = tell_nobody) -> list[Quotation]:
    """Return all quotations in the order of sources and places.

    `on_progress` is told (done, all) and may raise Cancelled.
    """
    found: list[Quotation] = []
    sources = project.rows("SELECT id FROM source ORDER BY folder, order_key, id")
    for done, (source_id,) in enumerate(sources):
        on_progress(done, len(sources))
        found += quotations_in(project, source_id)
    return found


def segments_in_all(project: Project) -> int:
    """Return how many segments there are, coded or not."""
    return project.rows("SELECT coalesce(sum(segments), 0) FROM source_use")[0][0]


def quoted_passages(project: Project, *, context: int = 80) -> list[QuotedPassage]:
    """Return all quotations with `context` code points on either side, in the order of sources and places."""
    found: list[QuotedPassage] = []
    for source_id, name in project.rows("SELECT id, name FROM source ORDER BY folder, order_key, id"):
        quoted = quotations_in(project, source_id)
        if not quoted:
            continue
        text = project.rows(
            "SELECT text FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?", (source_id,)
        )[0][0]
        found += [
            QuotedPassage(
                one,
                name,
                text[one.start : one.stop],
                text[max(0, one.start - context) : one.start],
                text[one.stop : one.stop + context],
            )
            for one in quoted
        ]
    return found
