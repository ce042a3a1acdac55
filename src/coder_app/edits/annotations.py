"""Bringing an annotation set into a project: all of its codings as one step, or none."""

from collections.abc import Callable, Iterator, Sequence
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
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import source
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
            self.codes[wanted] = self._make_path(wanted) if unknown else self.tree.find(wanted).id
        return self.codes[wanted]

    def _make_path(self, path: str) -> str:
        code_id = add_code_path(self.project, path)
        self.tree = code_tree(self.project)
        return code_id

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
    lookup = _Lookup(project, create_codes, code_tree(project))
    with project.edit(f"Import {len(rows)} codings"):
        placed = list(_placed(lookup, rows, file))
        segments, known = _segments(project, placed)
        new_segments: list[Row] = []
        new_codings: list[Row] = []
        new_memos: list[Row] = []
        created_at = now_utc()
        for done, (row, source_id, text_hash, code_id, coder_id) in enumerate(placed):
            place = (source_id, row.start, row.stop, coder_id)
            if place not in segments:
                segments[place] = new_id()
                new_segments.append(_segment_row(segments[place], place, text_hash))
            if (segments[place], code_id) in known:
                continue
            known.add((segments[place], code_id))
            coding_id = new_id()
            new_codings.append(
                {
                    "id": coding_id,
                    "segment_id": segments[place],
                    "code_id": code_id,
                    "coder_id": coder_id,
                    "created_at": created_at,
                }
            )
            if row.memo:
                new_memos.append(memo_row(new_id(), "coding", coding_id, row.memo, coder_id))
            if on_progress and done % 10_000 == 0:
                on_progress(done, len(placed))
        project.insert_many("segment", new_segments)
        project.insert_many("coding", new_codings)
        project.insert_many("memo", new_memos)
    return AnnotationImport(len(new_codings), len(rows) - len(new_codings))


_Placed = tuple[ImportedCoding, str, str, str, str]
_Place = tuple[str, int, int, str]


def _placed(lookup: _Lookup, rows: Sequence[ImportedCoding], file: str) -> Iterator[_Placed]:
    for row in rows:
        try:
            source_id, characters, text_hash = lookup.source(row.source)
            _check_range(row, characters)
            yield row, source_id, text_hash, lookup.code(row.code), lookup.coder(row.coder)
        except BadInput as error:
            raise BadInput(
                tr("{file}, line {line}: {problem} Nothing was imported.", file=file, line=row.line, problem=error)
            ) from error


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


def _segments(project: Project, placed: list[_Placed]) -> tuple[dict[_Place, str], set[tuple[str, str]]]:
    """Return the segments that stand in the sources concerned, and which code is on which."""
    segments: dict[_Place, str] = {}
    known: set[tuple[str, str]] = set()
    for source_id in {row[1] for row in placed}:
        for segment_id, start, stop, coder_id, code_id in project.each(
            "SELECT segment.id, now_start, now_stop, segment.coder_id, code_id FROM segment"
            " LEFT JOIN coding ON segment_id = segment.id AND coding.coder_id = segment.coder_id"
            " WHERE source_id = ? AND regions IS NULL AND time_start IS NULL",
            (source_id,),
        ):
            segments.setdefault((source_id, start, stop, coder_id), segment_id)
            if code_id is not None:
                known.add((segment_id, code_id))
    return segments, known


def _segment_row(segment_id: str, place: _Place, text_hash: str) -> Row:
    source_id, start, stop, coder_id = place
    return {
        "id": segment_id,
        "source_id": source_id,
        "coder_id": coder_id,
        "text_hash": text_hash,
        "start": start,
        "stop": stop,
    }
