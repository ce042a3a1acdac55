"""Coding what a search found: first a plan that writes nothing, then the plan as one step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from coder_app.domain.change import Row
from coder_app.domain.dictionary import DictionaryEntry
from coder_app.domain.errors import BadInput
from coder_app.domain.extents import Extent, widener
from coder_app.domain.hits import Placed
from coder_app.domain.ids import new_id
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.search import SearchOptions, Watch, places_by_source
from coder_app.store.journal import now_utc
from coder_app.store.project import Project

_TOLD_EVERY = 10_000
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class PlannedRange:
    """A stretch that is to get a code: [start, stop) of a source in the text of `text_hash`.

    `hits` of the search lie in it. `is_coded` says that the coder has this code on exactly this range.
    """

    source_id: str
    source: str
    start: int
    stop: int
    code_id: str
    text_hash: str
    hits: int = 1
    is_coded: bool = False


@dataclass(frozen=True, slots=True)
class Autocoded:
    """What a step of autocoding did: codings added, and those that the coder had already."""

    added: int
    already_there: int


def planned(
    project: Project,
    hits: Iterable[Placed],
    code_id: str,
    extent: Extent = Extent.MATCH,
    coder_id: str | None = None,
) -> list[PlannedRange]:
    """Return what autocoding `hits` would code, source by source in their order; nothing is written.

    Hits that share a sentence, paragraph or turn give one range. A snapshot will do. Drop what is not
    meant and hand the rest to `autocode`. Raises BadInput for an unknown code.
    """
    if not project.rows("SELECT 1 FROM code WHERE id = ?", (code_id,)):
        raise BadInput(tr("The code is gone; choose another."))
    coder_id = coder_id or project.coder_id
    by_source: dict[str, list[Span]] = {}
    for hit in hits:
        by_source.setdefault(hit.source_id, []).append((hit.start, hit.stop))
    found: list[PlannedRange] = []
    for source_id, spans in by_source.items():
        source, text_hash = project.rows("SELECT name, text_hash FROM source WHERE id = ?", (source_id,))[0]
        widen = widener(project.text(text_hash), extent)
        ranges: dict[Span, int] = {}
        for span in map(widen, spans):
            ranges[span] = ranges.get(span, 0) + 1
        coded = _codes_at(project, source_id, coder_id)
        found += [
            PlannedRange(source_id, source, *span, code_id, text_hash, number, (*span, code_id) in coded)
            for span, number in ranges.items()
        ]
    return found


class CodesMissing(BadInput):
    """A dictionary names codes that the codebook has not; `names` are these, each once, in the order of the file."""

    def __init__(self, names: list[str], sentence: str) -> None:
        super().__init__(sentence)
        self.names = names


def planned_by_dictionary(
    project: Project,
    entries: Sequence[DictionaryEntry],
    file: str,
    *,
    options: SearchOptions | None = None,
    extent: Extent = Extent.MATCH,
    coder_id: str | None = None,
    watch: Watch | None = None,
) -> list[PlannedRange]:
    """Return what the entries of a dictionary would code, in their order, no range with one code twice.

    `extent` holds for entries that name none. Raises BadInput that names `file` and the line of the first
    entry that cannot be used, CodesMissing where it is for want of codes. `watch` is told of entries instead
    of sources.
    """
    options, watch = options or SearchOptions(), watch or Watch()
    tree = code_tree(project)
    _check_codes(tree, entries, file)
    found: dict[tuple[str, int, int, str], PlannedRange] = {}
    for done, entry in enumerate(entries):
        how = replace(options, regex=entry.is_regex)
        try:
            code = tree.find(entry.code)
            found_in = places_by_source(project, entry.query, how, _told_of(done, len(entries), watch))
            hits = (place for _, _, places in found_in for place in places)
            ranges = planned(project, hits, code.id, entry.extent or extent, coder_id)
        except BadInput as error:
            raise BadInput(
                tr("{file}, line {line}: {problem} Nothing was coded.", file=file, line=entry.line, problem=error)
            ) from error
        for one in ranges:
            key = (one.source_id, one.start, one.stop, one.code_id)
            there = found.get(key)
            found[key] = replace(one, hits=one.hits + there.hits) if there else one
    return list(found.values())


def _check_codes(tree: CodeTree, entries: Sequence[DictionaryEntry], file: str) -> None:
    lines: dict[str, int] = {}
    for entry in entries:
        if not tree.matches(entry.code):
            lines.setdefault(entry.code, entry.line)
    if not lines:
        return
    names = list(lines)
    told = ", ".join(f"“{name}”" for name in names[:_MOST_TOLD]) + (", …" if len(names) > _MOST_TOLD else "")
    sentence = trn(
        "{file}, line {line}: There is no code {names} in the codebook; check its spelling, or add it. Nothing was "
        "coded.",
        "{file}, from line {line}: There are no codes {names} in the codebook; check their spelling, or add them. "
        "Nothing was coded.",
        len(names),
        file=file,
        line=lines[names[0]],
        names=told,
    )
    raise CodesMissing(names, sentence)


def _told_of(done: int, of: int, watch: Watch) -> Watch:
    """Return a watch that says of each source how far the whole dictionary is."""
    on_progress = watch.on_progress
    if on_progress is None:
        return watch

    def tell(_sources_done: int, _sources: int) -> None:
        on_progress(done, of)

    return replace(watch, on_progress=tell)


def autocode(
    project: Project,
    ranges: Sequence[PlannedRange],
    coder_id: str | None = None,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> Autocoded:
    """Code planned ranges as one step; what the coder has coded just so already stays as it is.

    Raises BadInput where a text or code is another than when it was planned; nothing is then changed.
    `on_progress` is told (done, all) now and then, and may raise Cancelled.
    """
    coder_id = coder_id or project.coder_id
    if coder_id is None:
        raise BadInput(tr("The project has no coder yet; add one first."))
    _refuse_stale(project, ranges)
    segments: list[Row] = []
    codings: list[Row] = []
    standing: dict[str, _Standing] = {}
    created_at = now_utc()
    for done, one in enumerate(ranges):
        if on_progress and done % _TOLD_EVERY == 0:
            on_progress(done, len(ranges))
        if one.source_id not in standing:
            standing[one.source_id] = _Standing(
                _segments_at(project, one.source_id, coder_id), _codes_at(project, one.source_id, coder_id)
            )
        there = standing[one.source_id]
        span = (one.start, one.stop)
        if (*span, one.code_id) in there.codes:
            continue
        there.codes.add((*span, one.code_id))
        if span not in there.segments:
            there.segments[span] = new_id()
            segments.append(_segment(there.segments[span], one, coder_id))
        codings.append(
            {
                "id": new_id(),
                "segment_id": there.segments[span],
                "code_id": one.code_id,
                "coder_id": coder_id,
                "created_at": created_at,
            }
        )
    with project.edit(step_label(project, ranges)):
        if on_progress:
            on_progress(len(ranges), len(ranges))
        project.insert_many("segment", segments)
        project.insert_many("coding", codings)
    return Autocoded(len(codings), len(ranges) - len(codings))


@dataclass(slots=True)
class _Standing:
    """What the coder has in a source: segments by range, and codes by range."""

    segments: dict[Span, str]
    codes: set[tuple[int, int, str]]


def _segment(segment_id: str, one: PlannedRange, coder_id: str) -> Row:
    return {
        "id": segment_id,
        "source_id": one.source_id,
        "coder_id": coder_id,
        "text_hash": one.text_hash,
        "start": one.start,
        "stop": one.stop,
    }


def step_label(project: Project, ranges: Sequence[PlannedRange]) -> str:
    """Return the name of the step that codes these ranges."""
    codes = {one.code_id for one in ranges}
    if len(codes) != 1:
        return f"Autocode {len(codes)} codes"
    return f"Autocode “{code_tree(project)[codes.pop()].name}”"


def _refuse_stale(project: Project, ranges: Sequence[PlannedRange]) -> None:
    today = dict(project.rows("SELECT id, text_hash FROM source"))
    codes = {row[0] for row in project.rows("SELECT id FROM code")}
    for one in ranges:
        if today.get(one.source_id) != one.text_hash or one.code_id not in codes:
            raise BadInput(
                tr(
                    "“{name}” or the code has changed since the search; search again. Nothing was coded.",
                    name=one.source,
                )
            )


_STANDING = (
    " FROM segment LEFT JOIN coding ON segment_id = segment.id AND coding.coder_id = segment.coder_id"
    " WHERE source_id = ? AND segment.coder_id IS ? AND now_start IS NOT NULL"
    " AND regions IS NULL AND time_start IS NULL ORDER BY segment.id DESC"
)


def _segments_at(project: Project, source_id: str, coder_id: str) -> dict[Span, str]:
    # What is to check is left out: a code on it would stand nowhere for certain either.
    rows = project.rows("SELECT now_start, now_stop, segment.id, placed" + _STANDING, (source_id, coder_id))
    return {(start, stop): segment_id for start, stop, segment_id, placed in rows if placed}


def _codes_at(project: Project, source_id: str, coder_id: str | None) -> set[tuple[int, int, str]]:
    rows = project.rows("SELECT now_start, now_stop, code_id" + _STANDING, (source_id, coder_id))
    return {row for row in rows if row[2] is not None}
