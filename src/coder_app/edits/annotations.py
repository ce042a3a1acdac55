"""Bringing an annotation set into a project: all of its codings as one step, or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.change import Row
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.tree import CodeTree
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code_path
from coder_app.edits.memos import memo_row
from coder_app.i18n import tr
from coder_app.queries.coders import coder_named
from coder_app.queries.codes import codes
from coder_app.queries.sources import source
from coder_app.store import many
from coder_app.store.journal import now_utc
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class AnnotationImport:
    """What the import did: codings added, and those left out because the coder has them already."""

    added: int
    already_there: int


@dataclass(slots=True)
class _Lookup:
    """Names looked up once each; a missing coder, and where wanted a missing code, is made."""

    project: Project
    create_codes: bool
    tree: CodeTree
    sources: dict[str, tuple[str, int, str]] = field(default_factory=dict[str, tuple[str, int, str]])
    codes: dict[str, str] = field(default_factory=dict[str, str])
    coders: dict[str, str] = field(default_factory=dict[str, str])

    def source(self, wanted: str) -> tuple[str, int, str]:
        """Return a source's id, the number of its characters and its text's hash."""
        if wanted not in self.sources:
            found = source(self.project, wanted)
            self.sources[wanted] = (found.id, found.characters, found.text_hash)
        return self.sources[wanted]

    def code(self, wanted: str) -> str:
        """Return a code's id."""
        if wanted not in self.codes:
            unknown = self.create_codes and not self.tree.matches(wanted)
            self.codes[wanted] = (
                add_code_path(self.project, wanted, self.tree) if unknown else self.tree.find(wanted).id
            )
        return self.codes[wanted]

    def coder(self, wanted: str) -> str:
        """Return a coder's id."""
        if wanted not in self.coders:
            there = coder_named(self.project, wanted)
            self.coders[wanted] = there.id if there else add_coder(self.project, wanted)
        return self.coders[wanted]


def import_codings(
    project: Project,
    rows: Sequence[ImportedCoding],
    file: str,
    *,
    create_codes: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> AnnotationImport:
    """Add codings as one step; unknown coders are made, and with `create_codes` the codes of unknown paths.

    A coding that its coder has on exactly this passage already is left out and counted.
    Raises BadInput that names `file` and the line of the first row that cannot be used; the project
    is then as before. `on_progress` is told (done, all) now and then, and may raise Cancelled.
    """
    lookup = _Lookup(project, create_codes, CodeTree(codes(project)))
    tell = on_progress or _tell_nobody
    with project.edit(f"Import {len(rows)} codings"):
        by_source: dict[str, list[ImportedCoding]] = {}
        for done, row in enumerate(rows):
            by_source.setdefault(_checked(lookup, row, file), []).append(row)
            if done % _TELL_EVERY == 0:
                tell(done, 4 * len(rows))
        added = _Added(project, now_utc())
        done = 0
        for source_id, of_source in by_source.items():
            _add(added, lookup, source_id, of_source)
            done += len(of_source)
            tell(len(rows) + 2 * done, 4 * len(rows))
        added.write()
        tell(3 * len(rows), 4 * len(rows))
    return AnnotationImport(added.number, len(rows) - added.number)


_TELL_EVERY = 10_000


def _tell_nobody(_done: int, _of: int) -> None:
    return None


@dataclass(slots=True)
class _Added:
    """The new rows of one import, written a good number at a time so that they need not be in memory together."""

    project: Project
    created_at: str
    number: int = 0
    segments: list[Row] = field(default_factory=list[Row])
    codings: list[Row] = field(default_factory=list[Row])
    memos: list[Row] = field(default_factory=list[Row])

    def write(self) -> None:
        """Write what has come together."""
        self.project.insert_many("segment", self.segments)
        self.project.insert_many("coding", self.codings)
        self.project.insert_many("memo", self.memos)
        self.number += len(self.codings)
        self.segments, self.codings, self.memos = [], [], []


def _checked(lookup: _Lookup, row: ImportedCoding, file: str) -> str:
    """Return the id of a row's source; its code and coder are there afterwards. Raises BadInput."""
    try:
        source_id, characters, _ = lookup.source(row.source)
        _check_range(row, characters)
        lookup.code(row.code)
        lookup.coder(row.coder)
    except BadInput as error:
        raise BadInput(
            tr("{file}, line {line}: {problem} Nothing was imported.", file=file, line=row.line, problem=error)
        ) from error
    return source_id


def _check_range(row: ImportedCoding, characters: int) -> None:
    if not 0 <= row.start < row.stop <= characters:
        raise BadInput(
            tr(
                "{start}–{stop} is no passage of {source}, which has {characters} characters.",
                start=row.start,
                stop=row.stop,
                source=row.source,
                characters=characters,
            )
        )


_Place = tuple[int, int, str]


def _add(added: _Added, lookup: _Lookup, source_id: str, rows: list[ImportedCoding]) -> None:
    """Add the codings of one source, but for those that are there already."""
    segments, known = _segments(lookup.project, source_id)
    text_hash = lookup.source(rows[0].source)[2]
    for row in rows:
        code_id, coder_id = lookup.codes[row.code], lookup.coders[row.coder]
        place = row.start, row.stop, coder_id
        if (place, code_id) in known:
            continue
        known.add((place, code_id))
        segment_id = segments.get(place)
        if segment_id is None:
            segment_id = segments[place] = new_id()
            added.segments.append(_segment_row(segment_id, source_id, place, text_hash))
        coding_id = new_id()
        added.codings.append(
            {
                "id": coding_id,
                "segment_id": segment_id,
                "code_id": code_id,
                "coder_id": coder_id,
                "created_at": added.created_at,
            }
        )
        if row.memo:
            added.memos.append(memo_row(new_id(), "coding", coding_id, row.memo, coder_id))
        if len(added.codings) >= many.AT_MOST:
            added.write()


def _segments(project: Project, source_id: str) -> tuple[dict[_Place, str], set[tuple[_Place, str]]]:
    """Return the segments that stand for certain in a source, and which code is in which place."""
    segments: dict[_Place, str] = {}
    known: set[tuple[_Place, str]] = set()
    for segment_id, start, stop, coder_id, placed, code_id in project.each(
        "SELECT segment.id, now_start, now_stop, segment.coder_id, placed, code_id FROM segment"
        " LEFT JOIN coding ON segment_id = segment.id AND coding.coder_id = segment.coder_id"
        " WHERE source_id = ? AND regions IS NULL AND time_start IS NULL",
        (source_id,),
    ):
        place = (start, stop, coder_id)
        if placed:
            segments.setdefault(place, segment_id)
        if code_id is not None:
            known.add((place, code_id))
    return segments, known


def _segment_row(segment_id: str, source_id: str, place: _Place, text_hash: str) -> Row:
    start, stop, coder_id = place
    return {
        "id": segment_id,
        "source_id": source_id,
        "coder_id": coder_id,
        "text_hash": text_hash,
        "start": start,
        "stop": stop,
    }
