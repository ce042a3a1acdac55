"""Which passages of corrected texts a person has to look at, and what a correction would do to all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder_app.domain.change import Value
from coder_app.domain.placing import Placed, place, sure_parts
from coder_app.queries.codes import code_tree
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

CONTEXT = 60
"""Code points shown on either side of a passage."""


@dataclass(frozen=True, slots=True)
class SegmentToCheck:
    """A segment whose words are not, or not surely, in today's text.

    `quote` is what was marked, `before` and `after` what stood around it then. [start, stop) is the best guess
    in the text of today, which reads `guess` there. `codes` are paths, `coders` the names of those who coded it.
    """

    segment_id: str
    source_id: str
    source: str
    quote: str
    before: str
    after: str
    start: int
    stop: int
    guess: str
    codes: tuple[str, ...]
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """What became, or would become, of the segments of a source whose text was corrected.

    `unchanged` stand where they stood, `moved` were moved with their words: numbers of segments. With
    `to_check` they add up to all segments of the source.
    """

    unchanged: int
    moved: int
    to_check: tuple[SegmentToCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A segment that is to check: where it was measured and where it may be."""

    id: str
    source_id: str
    measured_in: str
    start: int
    stop: int
    guess: Placed


_SELECT = """
SELECT segment.id, source_id, segment.text_hash, start, stop, now_start, now_stop, placed
FROM segment WHERE {where} ORDER BY now_start, now_stop, segment.id
"""
# Of the segments in a part that moves as it is: how many stand there already, and how many there are.
_SURE = """
SELECT coalesce(sum((now_start, now_stop) IS (start + :by, stop + :by)), 0), count(*) FROM segment
WHERE source_id = :source AND text_hash = :measured_in AND start >= :start AND start < stop AND stop <= :stop
"""


_Row = tuple[str, str, str, int, int, int, int, int]


def _found(row: _Row, guess: Placed) -> _Found:
    segment_id, source_id, measured_in, start, stop, *_ = row
    return _Found(segment_id, source_id, measured_in, start, stop, guess)


def segments_to_check(
    project: Project, source_id: str | None = None, *, context: int = CONTEXT
) -> list[SegmentToCheck]:
    """Return what is to check, in one source or in all, in the order of sources and places."""
    found: list[SegmentToCheck] = []
    sources = project.rows("SELECT id, text_hash FROM source ORDER BY folder, order_key, id")
    for one, text_hash in sources:
        if source_id not in (None, one):
            continue
        rows: list[_Row] = project.rows(_SELECT.format(where="source_id = ? AND placed = 0"), (one,))
        if rows:
            segments = [_found(row, Placed(row[5], row[6], certain=False)) for row in rows]
            found += _told(project, segments, project.text(text_hash), context)
    return found


def number_to_check(project: Project, source_id: str | None = None) -> int:
    """Return how many segments are to check, in one source or in all."""
    sql = "SELECT count(*) FROM segment WHERE placed = 0"
    rows = project.rows(sql) if source_id is None else project.rows(sql + " AND source_id = ?", (source_id,))
    return rows[0][0]


def numbers_to_check(project: Project) -> dict[str, int]:
    """Return how many segments are to check, by the id of their source; a source without any is left out."""
    return dict(project.rows("SELECT source_id, count(*) FROM segment WHERE placed = 0 GROUP BY source_id"))


def ids_to_check(project: Project, source_id: str) -> frozenset[str]:
    """Return the ids of the segments of a source that are to check."""
    rows = project.rows("SELECT id FROM segment WHERE source_id = ? AND placed = 0", (source_id,))
    return frozenset(row[0] for row in rows)


def placement_preview(project: Project, source_id: str, new_text: str, *, context: int = CONTEXT) -> Placement:
    """Return what would become of a source's segments if its text were `new_text`; nothing is written.

    `new_text` is canonical. A snapshot will do.
    """
    hashes = project.rows("SELECT text_hash, count(*) FROM segment WHERE source_id = ? GROUP BY 1", (source_id,))
    by_text: dict[str | None, int] = dict(hashes)
    unchanged, moved, to_check = by_text.pop(None, 0), 0, list[_Found]()
    for text_hash in by_text:
        old = project.text(str(text_hash))
        where, parameters = ["source_id = ?", "text_hash = ?"], list[Value]([source_id, text_hash])
        for part in sure_parts(old, new_text):
            stays, all_ = project.rows(_SURE, {"source": source_id, "measured_in": text_hash, **part._asdict()})[0]
            unchanged, moved = unchanged + stays, moved + all_ - stays
            where.append("NOT (start >= ? AND start < stop AND stop <= ?)")
            parameters += [part.start, part.stop]
        rows: list[_Row] = project.rows(_SELECT.format(where=" AND ".join(where)), parameters)
        for row, placed in zip(rows, place(old, new_text, [(row[3], row[4]) for row in rows]), strict=True):
            if not placed.certain:
                to_check.append(_found(row, placed))
            elif placed[:2] == row[5:7]:
                unchanged += 1
            else:
                moved += 1
    to_check.sort(key=lambda one: (one.guess, one.id))
    return Placement(unchanged, moved, tuple(_told(project, to_check, new_text, context)))


def _told(project: Project, found: Sequence[_Found], today: str, context: int) -> list[SegmentToCheck]:
    names = dict(project.rows("SELECT id, name FROM source"))
    codes, coders = _codes_and_coders(project, [one.id for one in found])
    texts = {text_hash: project.text(text_hash) for text_hash in {one.measured_in for one in found}}
    told: list[SegmentToCheck] = []
    for one in found:
        then = texts[one.measured_in]
        told.append(
            SegmentToCheck(
                one.id,
                one.source_id,
                names[one.source_id],
                then[one.start : one.stop],
                then[max(0, one.start - context) : one.start],
                then[one.stop : one.stop + context],
                one.guess.start,
                one.guess.stop,
                today[one.guess.start : one.guess.stop],
                tuple(codes.get(one.id, ())),
                tuple(coders.get(one.id, ())),
            )
        )
    return told


def _codes_and_coders(
    project: Project, segment_ids: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the paths of the codes on segments, and the names of their coders, each once."""
    tree = code_tree(project)
    codes: dict[str, list[str]] = {}
    coders: dict[str, list[str]] = {}
    sql = (
        "SELECT segment.id, code_id, coder.name FROM segment LEFT JOIN coding ON segment_id = segment.id"
        " LEFT JOIN coder ON coder.id = coalesce(coding.coder_id, segment.coder_id)"
        f" WHERE segment.id IN {AMONG} ORDER BY coding.id"
    )
    for some in chunks(segment_ids):
        for segment_id, code_id, coder in project.each(sql, (id_list(some),)):
            if code_id is not None and (path := tree.path(code_id)) not in codes.setdefault(segment_id, []):
                codes[segment_id].append(path)
            if coder is not None and coder not in coders.setdefault(segment_id, []):
                coders[segment_id].append(coder)
    return codes, coders
