"""Correcting the text of a source after it was coded: the segments go with their words."""

from collections.abc import Mapping, Sequence

from coder_app.domain.change import Row
from coder_app.domain.errors import BadInput
from coder_app.domain.imported import ImportedText, blocks_to_json
from coder_app.domain.placing import place_blocks
from coder_app.domain.text import Span, canonical, sha256
from coder_app.edits.codings import check_range
from coder_app.i18n import tr
from coder_app.queries.placing import Placement, placement_preview
from coder_app.queries.sources import blocks_of, source, text_of
from coder_app.store import full_text, placing
from coder_app.store.project import Project

_INDEXED_AT_ONCE = 200_000
"""A text of more code points is left to the index's own time, so that a corrected letter is not kept waiting."""


def correct_text(project: Project, source_id: str, new_text: str, label: str = "") -> Placement:
    """Give a source a corrected text, as one step, and return what became of its segments.

    The file that it was imported from is kept; headings, pages and paragraphs go with their words. The text is
    made canonical. Raises BadInput where nothing is left of it, or where it is what the source has already.
    """
    text = canonical(new_text)
    name = source(project, source_id).name
    _check(project, source_id, name, text)
    values: Row = {}
    blocks = blocks_of(project, source_id)
    within = project.in_step
    with project.edit(label or f"Correct “{name}”"):
        if blocks:
            moved = place_blocks(text_of(project, source_id), text, blocks)
            values["blocks_hash"] = project.put_bytes(blocks_to_json(moved)) if moved else None
        return _write(project, source_id, text, values, within=within)


def replace_text_from_file(project: Project, source_id: str, text: ImportedText, label: str = "") -> Placement:
    """Give a source the text of a newer file, as one step, and return what became of its segments.

    The source keeps its name and place; the new file is kept as its original, the old one in the history.
    Raises BadInput as `correct_text` does.
    """
    name = source(project, source_id).name
    _check(project, source_id, name, text.text)
    within = project.in_step
    with project.edit(label or f"Replace the text of “{name}”"):
        values: Row = {
            "kind": text.kind,
            "original_hash": project.put_bytes(text.original),
            "original_name": text.name,
            "importer": text.importer,
            "importer_version": text.importer_version,
            "encoding": text.encoding,
            "blocks_hash": project.put_bytes(blocks_to_json(text.blocks)) if text.blocks else None,
        }
        return _write(project, source_id, text.text, values, within=within)


def _check(project: Project, source_id: str, name: str, text: str) -> None:
    if not text.strip():
        raise BadInput(
            tr("A text needs words; to be rid of “{name}”, remove the source. Nothing was changed.", name=name)
        )
    if sha256(text) == source(project, source_id).text_hash:
        raise BadInput(tr("“{name}” has exactly this text already; nothing was changed.", name=name))


def _write(project: Project, source_id: str, text: str, values: Row, *, within: bool) -> Placement:
    found = placement_preview(project, source_id, text)
    text_hash = project.put_text(text)
    project.update("source", source_id, {"text_hash": text_hash, **values})
    if within:
        # What follows in the same step finds the segments in their places; otherwise the end of the step brings them.
        placing.place_source(project.db, source_id)
    if len(text) <= _INDEXED_AT_ONCE:
        full_text.index_small(project.db, [text_hash])
    return found


def settle_segment(project: Project, segment_id: str, start: int, stop: int) -> None:
    """Say where a segment that is to check stands: in [start, stop) of today's text.

    Raises BadInput where the range is empty or leaves the text.
    """
    _settle(project, {segment_id: (start, stop)})


def _settle(project: Project, places: Mapping[str, Span]) -> None:
    with project.edit("Settle a passage" if len(places) == 1 else f"Settle {len(places)} passages"):
        for segment_id, (start, stop) in places.items():
            found = project.rows(
                "SELECT source_id, source.text_hash FROM segment JOIN source ON source.id = source_id"
                " WHERE segment.id = ?",
                (segment_id,),
            )
            if not found:
                raise BadInput(tr("There is no segment {id} in the project; nothing was changed.", id=segment_id))
            check_range(project, found[0][0], start, stop)
            project.update("segment", segment_id, {"text_hash": found[0][1], "start": start, "stop": stop})


def accept_guess(project: Project, segment_ids: Sequence[str]) -> None:
    """Let segments that are to check stand where they are guessed, as one step; others stay as they are.

    Raises BadInput where a segment is unknown or there is nowhere for it to stand.
    """
    places: dict[str, Span] = {}
    for segment_id in segment_ids:
        found = project.rows("SELECT now_start, now_stop, placed FROM segment WHERE id = ?", (segment_id,))
        if not found:
            raise BadInput(tr("There is no segment {id} in the project; nothing was changed.", id=segment_id))
        if not found[0][2]:
            places[segment_id] = (found[0][0], found[0][1])
    if places:
        _settle(project, places)
