"""What a user can do with codings and the segments that they stand on."""

from collections.abc import Sequence

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.progress import OnProgress, first_half, second_half, tell_nobody
from coder_app.edits.memos import remove_members
from coder_app.i18n import tr
from coder_app.store.journal import now_utc
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project


def apply_codes(
    project: Project, source_id: str, start: int, stop: int, code_ids: Sequence[str], coder_id: str | None = None
) -> list[str]:
    """Code the range [start, stop) of a source and return the codings' ids.

    The range is one segment of the coder, however many codes stand on it. A code that the coder has
    on exactly this range already is not applied twice; its coding is returned.
    Raises BadInput where the range is empty or leaves the text.
    """
    coder_id = coder_id or _present_coder(project)
    check_range(project, source_id, start, stop)
    names = dict(project.rows(f"SELECT id, name FROM code WHERE id IN ({_marks(code_ids)})", list(code_ids)))
    label = "Apply " + ", ".join(f"“{names[code_id]}”" for code_id in code_ids)
    with project.edit(label):
        segment_id = segment_at(project, source_id, start, stop, coder_id)
        return [_apply(project, segment_id, code_id, coder_id) for code_id in code_ids]


def apply_code(
    project: Project, source_id: str, start: int, stop: int, code_id: str, coder_id: str | None = None
) -> str:
    """Code the range [start, stop) of a source with one code and return the coding's id."""
    return apply_codes(project, source_id, start, stop, [code_id], coder_id)[0]


def _present_coder(project: Project) -> str:
    if project.coder_id is None:
        raise BadInput(tr("The project has no coder yet; add one first."))
    return project.coder_id


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def check_range(project: Project, source_id: str, start: int, stop: int) -> None:
    """Raise BadInput where [start, stop) is empty or not inside the source's text of today, or there is no source."""
    found = project.rows(
        "SELECT name, characters FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?", (source_id,)
    )
    if not found:
        raise BadInput(tr("The source of this passage is not in the project any more; nothing was changed."))
    name, characters = found[0]
    if not 0 <= start < stop <= characters:
        raise BadInput(
            tr(
                "{start}–{stop} is no passage of {source}, which has {characters} characters; nothing was coded.",
                start=start,
                stop=stop,
                source=name,
                characters=characters,
            )
        )


def segment_at(project: Project, source_id: str, start: int, stop: int, coder_id: str) -> str:
    """Return the coder's segment on exactly this range, within a step; it is made where it is missing."""
    found = project.rows(
        "SELECT id FROM segment WHERE source_id = ? AND now_start = ? AND now_stop = ? AND coder_id = ? AND placed"
        " AND regions IS NULL AND time_start IS NULL ORDER BY id LIMIT 1",
        (source_id, start, stop, coder_id),
    )
    if found:
        return found[0][0]
    text_hash = project.rows("SELECT text_hash FROM source WHERE id = ?", (source_id,))[0][0]
    segment_id = new_id()
    project.insert(
        "segment",
        {
            "id": segment_id,
            "source_id": source_id,
            "coder_id": coder_id,
            "text_hash": text_hash,
            "start": start,
            "stop": stop,
        },
    )
    return segment_id


def _apply(project: Project, segment_id: str, code_id: str, coder_id: str) -> str:
    found = project.rows(
        "SELECT id FROM coding WHERE segment_id = ? AND code_id = ? AND coder_id = ?", (segment_id, code_id, coder_id)
    )
    if found:
        return found[0][0]
    coding_id = new_id()
    project.insert(
        "coding",
        {
            "id": coding_id,
            "segment_id": segment_id,
            "code_id": code_id,
            "coder_id": coder_id,
            "created_at": now_utc(),
        },
    )
    return coding_id


def remove_codings(project: Project, coding_ids: Sequence[str]) -> None:
    """Remove codings with the memos on them; a segment that nothing stands on any more goes too."""
    found = project.ids("SELECT id FROM coding WHERE id IN {among}", coding_ids)
    if not found:
        return
    with project.edit(_removal_label(project, found)):
        delete_codings(project, found)


def _removal_label(project: Project, found: list[str]) -> str:
    if len(found) > 1:
        return f"Remove {len(found)} codings"
    name = project.rows("SELECT name FROM code JOIN coding ON code_id = code.id WHERE coding.id = ?", found)[0][0]
    return f"Remove “{name}”"


def delete_codings(project: Project, coding_ids: Sequence[str], on_progress: OnProgress = tell_nobody) -> None:
    """Delete codings, their memos and the segments left bare, within a step."""
    segments = set(project.ids("SELECT segment_id FROM coding WHERE id IN {among}", coding_ids))
    memos = project.ids("SELECT id FROM memo WHERE coding_id IN {among}", coding_ids)
    remove_members(project, "memo_id", memos)
    project.delete("memo", memos)
    project.delete("coding", coding_ids, first_half(on_progress))
    delete_bare_segments(project, sorted(segments), second_half(on_progress))


def delete_bare_segments(project: Project, segment_ids: Sequence[str], on_progress: OnProgress = tell_nobody) -> None:
    """Delete those of the segments that carry no coding, memo, example or case, within a step."""
    carried = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {table} WHERE segment_id = segment.id)"
        for table in ("coding", "memo", "code_example", "case_member")
    )
    bare = project.ids(f"SELECT id FROM segment WHERE id IN {{among}} {carried}", segment_ids)
    project.delete("segment", bare, on_progress)


def recode(project: Project, coding_ids: Sequence[str], code_id: str) -> None:
    """Give codings another code; where the segment carries that code already, only the old one goes."""
    name = project.rows("SELECT name FROM code WHERE id = ?", (code_id,))[0][0]
    with project.edit(f"Recode to “{name}”"):
        replace_codes(project, coding_ids, code_id)


def replace_codes(
    project: Project, coding_ids: Sequence[str], code_id: str, on_progress: OnProgress = tell_nobody
) -> None:
    """Give codings another code, within a step; where the coder has it there already, that coding gets the memos."""
    places = _of_other_codes(project, coding_ids, code_id)
    kept = _with_code(project, {segment_id for segment_id, _ in places.values()}, code_id)
    moved: list[str] = []
    doubled: dict[str, str] = {}
    for coding_id, place in places.items():
        keeper = kept.setdefault(place, coding_id)
        if keeper == coding_id:
            moved.append(coding_id)
        else:
            doubled[coding_id] = keeper
    project.update_many("coding", moved, {"code_id": code_id}, on_progress)
    for chunk in chunks(doubled):
        sql = f"SELECT id, coding_id FROM memo WHERE coding_id IN {AMONG}"
        for memo_id, coding_id in project.rows(sql, (id_list(chunk),)):
            project.update("memo", memo_id, {"coding_id": doubled[coding_id]})
    project.delete("coding", list(doubled))


_Place = tuple[str, str]
"""A segment and a coder."""


def _with_code(project: Project, segment_ids: set[str], code_id: str) -> dict[_Place, str]:
    """Return by place the first coding that has the code."""
    sql = f"SELECT segment_id, coder_id, id FROM coding WHERE code_id = ? AND segment_id IN {AMONG} ORDER BY id DESC"
    rows = (row for chunk in chunks(segment_ids) for row in project.each(sql, (code_id, id_list(chunk))))
    return {(segment_id, coder_id): coding_id for segment_id, coder_id, coding_id in rows}


def _of_other_codes(project: Project, coding_ids: Sequence[str], code_id: str) -> dict[str, _Place]:
    """Return the places of those of the codings that have another code, in the order given."""
    sql = f"SELECT id, segment_id, coder_id FROM coding WHERE id IN {AMONG} AND code_id <> ?"
    found: dict[str, _Place] = {}
    for chunk in chunks(coding_ids):
        places = {row[0]: row[1:] for row in project.each(sql, (id_list(chunk), code_id))}
        found.update((coding_id, places[coding_id]) for coding_id in chunk if coding_id in places)
    return found


def move_segment(project: Project, segment_id: str, start: int, stop: int) -> None:
    """Give a segment, with all codings on it, another range; one that is to check is settled by it.

    Raises BadInput as `apply_code` does.
    """
    source_id, *now = project.rows(
        "SELECT source_id, now_start, now_stop, placed FROM segment WHERE id = ?", (segment_id,)
    )[0]
    check_range(project, source_id, start, stop)
    if [start, stop, 1] == now:
        return
    text_hash = project.rows("SELECT text_hash FROM source WHERE id = ?", (source_id,))[0][0]
    with project.edit("Move a segment's borders"):
        project.update("segment", segment_id, {"text_hash": text_hash, "start": start, "stop": stop})


def quote(project: Project, source_id: str, start: int, stop: int) -> str:
    """Mark the range [start, stop) as a quotation without a code and return the segment's id."""
    check_range(project, source_id, start, stop)
    with project.edit("Mark a quotation"):
        return segment_at(project, source_id, start, stop, _present_coder(project))


def remove_quotation(project: Project, segment_id: str) -> None:
    """Remove a segment with all that stands on it: codings, memos, its use as an example or in a case."""
    with project.edit("Remove a quotation"):
        delete_segments(project, [segment_id])


def delete_segments(project: Project, segment_ids: Sequence[str]) -> None:
    """Delete segments with all that stands on them, within a step."""
    for table in ("code_example", "case_member"):
        project.delete(table, project.ids(f"SELECT id FROM {table} WHERE segment_id IN {{among}}", segment_ids))
    codings = project.ids("SELECT id FROM coding WHERE segment_id IN {among}", segment_ids)
    memos = project.ids("SELECT id FROM memo WHERE segment_id IN {among}", segment_ids)
    memos += project.ids("SELECT id FROM memo WHERE coding_id IN {among}", codings)
    remove_members(project, "memo_id", memos)
    project.delete("memo", memos)
    project.delete("coding", codings)
    project.delete("segment", segment_ids)
