"""What is coded where: in a source, under a code, in the whole project."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coder_app.domain.annotation import AnnotationRow
from coder_app.domain.change import ChangeSet
from coder_app.domain.coded import CodedColumns, Digits
from coder_app.domain.errors import DamagedProject
from coder_app.domain.model import Coding
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.text import Span
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project

_SELECT = """
SELECT coding.id, segment_id, source_id, now_start, now_stop, code_id, coding.coder_id, created_at
FROM coding JOIN segment ON segment.id = segment_id
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A coding with the words it stands on and what surrounds them, for lists to read through."""

    coding: Coding
    source: str
    text: str
    before: str
    after: str


def codings_in(project: Project, source_id: str) -> list[Coding]:
    """Return the codings of a source in the order of their places."""
    found = project.rows(
        _SELECT + " WHERE source_id = ? AND now_start IS NOT NULL ORDER BY now_start, now_stop, coding.id",
        (source_id,),
    )
    return [Coding(*row) for row in found]


def codings_over(project: Project, source_id: str, start: int, stop: int) -> list[Coding]:
    """Return the codings of a source that share a character with [start, stop), in the order of their places."""
    found = project.rows(
        _SELECT + " WHERE source_id = ? AND now_start < ? AND now_stop > ? ORDER BY now_start, now_stop, coding.id",
        (source_id, stop, start),
    )
    return [Coding(*row) for row in found]


def coding(project: Project, coding_id: str) -> Coding | None:
    """Return one coding, or None where it is gone."""
    found = project.rows(_SELECT + " WHERE coding.id = ?", (coding_id,))
    return Coding(*found[0]) if found else None


def codings_on(project: Project, segment_id: str) -> list[Coding]:
    """Return the codings that stand on one segment, the oldest first."""
    return [Coding(*row) for row in project.rows(_SELECT + " WHERE segment_id = ? ORDER BY coding.id", (segment_id,))]


class CodedPlace(NamedTuple):
    """A coding as a list keeps it until it comes into sight; start and stop in code points of today's text."""

    id: str
    source_id: str
    start: int
    stop: int
    code_id: str
    coder_id: str


def coded_places(
    project: Project,
    code_ids: Sequence[str],
    *,
    coder_ids: Sequence[str] | None = None,
    on_progress: OnProgress = tell_nobody,
) -> list[CodedPlace]:
    """Return where any of `code_ids` is applied, in the order of sources and places.

    `coder_ids` leaves out other coders' codings. `on_progress` is told (done, all) and may raise Cancelled.
    """
    shown = None if coder_ids is None else set(coder_ids)
    by_source: dict[str, list[CodedPlace]] = {}
    for done, code_id in enumerate(code_ids):
        on_progress(done, len(code_ids))
        for row in project.each(
            "SELECT coding.id, source_id, now_start, now_stop, code_id, coding.coder_id"
            " FROM coding JOIN segment ON segment.id = segment_id WHERE code_id = ? AND now_start IS NOT NULL",
            (code_id,),
        ):
            place = CodedPlace(*row)
            if shown is None or place.coder_id in shown:
                by_source.setdefault(place.source_id, []).append(place)
    order = [row[0] for row in project.rows("SELECT id FROM source ORDER BY folder, order_key, id")]
    # Source by source: nothing else can happen in the window while Python sorts.
    return [
        place
        for source_id in order
        for place in sorted(by_source.get(source_id, ()), key=lambda one: (one.start, one.stop, one.id))
    ]


def passages_of(
    project: Project, code_ids: Sequence[str], *, coder_ids: Sequence[str] | None = None, context: int = 80
) -> list[Passage]:
    """Return the passages coded with any of `code_ids`, with `context` code points on either side.

    They come in the order of sources and places; `coder_ids` leaves out other coders' codings.
    """
    marks = ", ".join("?" * len(code_ids))
    where = f" WHERE code_id IN ({marks}) AND now_start IS NOT NULL"
    parameters = list(code_ids)
    if coder_ids is not None:
        where += f" AND coding.coder_id IN ({', '.join('?' * len(coder_ids))})"
        parameters += coder_ids
    found = [Coding(*row) for row in project.rows(_SELECT + where, parameters)]
    return passages(project, found, context=context)


def passages(project: Project, found: Sequence[Coding], *, context: int = 80) -> list[Passage]:
    """Return codings with their words and context, in the order of sources and places."""
    names = dict(project.rows("SELECT id, name FROM source"))
    places = {
        row[0]: place for place, row in enumerate(project.rows("SELECT id FROM source ORDER BY folder, order_key, id"))
    }
    result: list[Passage] = []
    text, text_of = "", ""
    for coding_ in sorted(found, key=lambda c: (places.get(c.source_id, 0), c.start, c.stop, c.id)):
        if coding_.source_id != text_of:
            text_of = coding_.source_id
            text = project.rows(
                "SELECT text FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?", (text_of,)
            )[0][0]
        result.append(
            Passage(
                coding_,
                names[text_of],
                text[coding_.start : coding_.stop],
                text[max(0, coding_.start - context) : coding_.start],
                text[coding_.stop : coding_.stop + context],
            )
        )
    return result


# So many codings are joined in one statement, some 20 ms; before the first of all rows.
_PORTION = 20_000
_LEAST = -(1 << 63)
_WHOLE_COLUMNS = """
SELECT group_concat(source.rowid), group_concat(now_start), group_concat(now_stop), group_concat(code.rowid),
    group_concat(coder.rowid)
FROM coding CROSS JOIN segment ON segment.id = segment_id LEFT JOIN source ON source.id = source_id
LEFT JOIN code ON code.id = code_id LEFT JOIN coder ON coder.id = coding.coder_id
WHERE coding.rowid >= ? AND coding.rowid < ? AND now_start IS NOT NULL
"""


def coded_columns(project: Project) -> CodedColumns:
    """Return every text coding, for counting, in no certain order; its portions are read as they are asked for.

    SQLite joins the columns and numbers the ids, without a Python object for each coding, and lets other threads
    go on meanwhile. Reading a portion raises DamagedProject where a coding names what is not there.
    """
    sources, codes, coders = (
        dict(project.each(f"SELECT rowid, id FROM {table}")) for table in ("source", "code", "coder")
    )
    return CodedColumns(sources, codes, coders, _portions(project))


def _portions(project: Project) -> Iterator[Digits]:
    # Rows that were deleted leave gaps of any width between the numbers.
    next_row = "SELECT min(rowid) FROM coding WHERE rowid >= ?"
    row = project.rows(next_row, (_LEAST,))[0][0]
    while row is not None:
        columns = project.rows(_WHOLE_COLUMNS, (row, row + _PORTION))[0]
        # What is missing leaves no number behind.
        if len({(column or "").count(",") for column in columns}) > 1 or len(set(map(bool, columns))) > 1:
            raise DamagedProject(
                tr(
                    "{file} is damaged: a coding names a source, code or coder that is not there. Nothing was changed;"
                    " let “verify” say more.",
                    file=project.path.name,
                )
            )
        if columns[0]:
            yield Digits(*columns)
        row = project.rows(next_row, (row + _PORTION,))[0][0]


def sources_coded_anew(project: Project, change: ChangeSet, *, at_most: int = 1_000) -> set[str] | None:
    """Return the ids of the sources whose codings a step may have changed; None where it changed too many rows to look.

    Sources that the step has removed are among them.
    """
    if change.count("coding", "segment") > at_most:
        return None
    found = {str(row["source_id"]) for one in change.of("segment") for row in (one.before, one.after) if row}
    segments = {str(row["segment_id"]) for one in change.of("coding") for row in (one.before, one.after) if row}
    return found.union(project.ids("SELECT source_id FROM segment WHERE id IN {among}", segments))


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


def annotations(project: Project) -> Iterator[AnnotationRow]:
    """Yield every text coding as a row of the annotation set, in the order of sources and places."""
    tree = code_tree(project)
    coders = dict(project.rows("SELECT id, name FROM coder"))
    memos: dict[str, list[str]] = {}
    for on_coding, on_segment, body in project.rows(
        "SELECT coding_id, segment_id, body FROM memo WHERE coding_id IS NOT NULL OR segment_id IS NOT NULL ORDER BY id"
    ):
        memos.setdefault(on_coding or on_segment, []).append(body)
    for source_id, name, text in project.each(
        "SELECT source.id, name, text FROM source JOIN text_body ON hash = text_hash"
        " ORDER BY folder, order_key, source.id"
    ):
        for one in codings_in(project, source_id):
            yield AnnotationRow(
                coding_id=one.id,
                source_id=source_id,
                source=name,
                start=one.start,
                stop=one.stop,
                text=text[one.start : one.stop],
                code_id=one.code_id,
                code=tree.path(one.code_id),
                coder=coders[one.coder_id],
                memo="\n\n".join(memos.get(one.id, []) + memos.get(one.segment_id, [])),
                created_at=one.created_at,
            )
