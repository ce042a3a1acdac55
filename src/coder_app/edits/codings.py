"""What a user can do with codings and the segments that they stand on."""

from collections.abc import Sequence

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.model import Coding
from coder_app.edits.memos import remove_members
from coder_app.i18n import tr
from coder_app.queries.codings import coding
from coder_app.store.journal import now_utc
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
    """Raise BadInput where [start, stop) is empty or not inside the source's text of today."""
    name, characters = project.rows(
        "SELECT name, characters FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?", (source_id,)
    )[0]
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
        "SELECT id FROM segment WHERE source_id = ? AND now_start = ? AND now_stop = ? AND coder_id = ?"
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
    found = [one for coding_id in coding_ids if (one := coding(project, coding_id)) is not None]
    if not found:
        return
    with project.edit(_removal_label(project, found)):
        delete_codings(project, [one.id for one in found])


def _removal_label(project: Project, found: list[Coding]) -> str:
    if len(found) > 1:
        return f"Remove {len(found)} codings"
    name = project.rows("SELECT name FROM code WHERE id = ?", (found[0].code_id,))[0][0]
    return f"Remove “{name}”"


def delete_codings(project: Project, coding_ids: list[str]) -> None:
    """Delete codings, their memos and the segments left bare, within a step."""
    segments = {
        row[0] for one in coding_ids for row in project.rows("SELECT segment_id FROM coding WHERE id = ?", (one,))
    }
    memos = [row[0] for one in coding_ids for row in project.rows("SELECT id FROM memo WHERE coding_id = ?", (one,))]
    remove_members(project, "memo_id", memos)
    project.delete("memo", memos)
    project.delete("coding", coding_ids)
    delete_bare_segments(project, sorted(segments))


def delete_bare_segments(project: Project, segment_ids: list[str]) -> None:
    """Delete those of the segments that carry no coding, memo, example or case, within a step."""
    bare = [
        segment_id
        for segment_id in segment_ids
        if not project.rows(
            "SELECT 1 FROM coding WHERE segment_id = :id UNION ALL SELECT 1 FROM memo WHERE segment_id = :id"
            " UNION ALL SELECT 1 FROM code_example WHERE segment_id = :id"
            " UNION ALL SELECT 1 FROM case_member WHERE segment_id = :id LIMIT 1",
            {"id": segment_id},
        )
    ]
    project.delete("segment", bare)


def recode(project: Project, coding_ids: Sequence[str], code_id: str) -> None:
    """Give codings another code; where the segment carries that code already, only the old one goes."""
    name = project.rows("SELECT name FROM code WHERE id = ?", (code_id,))[0][0]
    with project.edit(f"Recode to “{name}”"):
        for coding_id in coding_ids:
            replace_code(project, coding_id, code_id)


def replace_code(project: Project, coding_id: str, code_id: str) -> None:
    """Give one coding another code, within a step; its memos move to a coding that is there already."""
    one = coding(project, coding_id)
    if one is None or one.code_id == code_id:
        return
    there = project.rows(
        "SELECT id FROM coding WHERE segment_id = ? AND code_id = ? AND coder_id = ?",
        (one.segment_id, code_id, one.coder_id),
    )
    if not there:
        project.update("coding", coding_id, {"code_id": code_id})
        return
    for (memo_id,) in project.rows("SELECT id FROM memo WHERE coding_id = ?", (coding_id,)):
        project.update("memo", memo_id, {"coding_id": there[0][0]})
    project.delete("coding", [coding_id])


def move_segment(project: Project, segment_id: str, start: int, stop: int) -> None:
    """Give a segment, with all codings on it, another range. Raises BadInput as `apply_code` does."""
    source_id, now_start, now_stop = project.rows(
        "SELECT source_id, now_start, now_stop FROM segment WHERE id = ?", (segment_id,)
    )[0]
    check_range(project, source_id, start, stop)
    if (start, stop) == (now_start, now_stop):
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


def delete_segments(project: Project, segment_ids: list[str]) -> None:
    """Delete segments with all that stands on them, within a step."""
    for segment_id in segment_ids:
        for table in ("code_example", "case_member"):
            rows = project.rows(f"SELECT id FROM {table} WHERE segment_id = ?", (segment_id,))
            project.delete(table, [row[0] for row in rows])
        memos = project.rows(
            "SELECT id FROM memo WHERE segment_id = :id"
            " UNION ALL SELECT memo.id FROM memo JOIN coding ON coding.id = coding_id WHERE coding.segment_id = :id",
            {"id": segment_id},
        )
        remove_members(project, "memo_id", [row[0] for row in memos])
        project.delete("memo", [row[0] for row in memos])
        codings = project.rows("SELECT id FROM coding WHERE segment_id = ?", (segment_id,))
        project.delete("coding", [row[0] for row in codings])
    project.delete("segment", segment_ids)
