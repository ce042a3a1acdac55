"""Which steps of the history a person wants to see."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coder_app.domain.change import Row, Value
from coder_app.domain.field_words import TEXTS
from coder_app.domain.packing import unpack
from coder_app.queries.history_names import batches
from coder_app.store.many import AMONG, id_list
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of steps; what is left empty lets all pass.

    `kinds` are tables; `since` (included) and `until` (excluded) are moments in UTC as the journal writes them.
    `text` is found in labels, coders' names and whatever people have written in words, in any case.
    `in_force` leaves out the steps that were taken back, and those that only took back or did again.
    """

    coder_id: str = ""
    source_id: str = ""
    code_id: str = ""
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    text: str = ""
    in_force: bool = False

    def of_steps(self) -> tuple[str, list[Value]]:
        """Return the WHERE clause, or nothing, for what the steps themselves say, with its values."""
        parts: list[str] = []
        values: list[Value] = []
        for part, value in (
            ("coder_id = ?", self.coder_id),
            ("wall_time >= ?", self.since),
            ("wall_time < ?", self.until),
        ):
            if value:
                parts.append(part)
                values.append(value)
        if self.in_force:
            parts.append("step IN ('new', 'edit')")
        return ("WHERE " + " AND ".join(parts) if parts else ""), values


def steps_wanted(project: Project, wanted: Wanted) -> set[str] | None:
    """Return the ids of the steps whose rows fit a filter; None where it asks nothing of rows."""
    found: set[str] | None = None
    for asked, steps in (
        (wanted.kinds, lambda: _of_kinds(project, wanted.kinds)),
        (wanted.code_id, lambda: _mentioning(project, wanted.code_id)),
        (wanted.source_id, lambda: _about_source(project, wanted.source_id)),
        (wanted.text.strip(), lambda: _with_text(project, wanted.text.strip().casefold())),
    ):
        if asked:
            found = steps() if found is None else found & steps()
    return found


def _of_kinds(project: Project, kinds: Iterable[str]) -> set[str]:
    sql = f"SELECT DISTINCT change_set_id FROM row_change WHERE table_name IN {AMONG}"
    return {row[0] for row in project.each(sql, (id_list(kinds),))}


def _mentioning(project: Project, row_id: str) -> set[str]:
    """Return the steps that changed a row or one that refers to it."""
    found = {
        row[0]
        for row in project.each(
            "SELECT DISTINCT change_set_id FROM row_change"
            " WHERE row_id = :id OR instr(before, :id) OR instr(after, :id)",
            {"id": row_id},
        )
    }
    return found | _in_batches(project, lambda _, columns: any(row_id in column for column in columns.values()))


def _in_batches(project: Project, fits: Callable[[str, dict[str, list[Value]]], bool]) -> set[str]:
    """Return the steps of the packed changes that fit, asked as `fits(table, columns)` before and after."""
    return {
        step_id
        for step_id, table, *packed in project.each(
            "SELECT change_set_id, table_name, row_ids, row_batch.before, row_batch.after"
            " FROM row_change JOIN row_batch USING (seq)"
        )
        if any(fits(table, unpack(data)) for data in packed if data is not None)
    }


def _about_source(project: Project, source_id: str) -> set[str]:
    """Return the steps that changed a source, its segments, or what stands on these."""
    segments = _segments_of(project, source_id)
    codings: set[str] = set()
    for batch in batches(project, "coding"):
        columns = batch.after() or batch.before() or {}
        pairs = zip(batch.row_ids(), columns["segment_id"], strict=True)
        codings.update(row_id for row_id, segment_id in pairs if segment_id in segments)
    found = _mentioning(project, source_id)
    on_codings: list[tuple[str, str]] = []
    for step_id, row_id, segment_id, coding_id in project.each(
        "SELECT change_set_id, row_id, json_extract(coalesce(after, before), '$.segment_id'),"
        " json_extract(coalesce(after, before), '$.coding_id') FROM row_change"
        " WHERE table_name IN ('coding', 'memo', 'code_example', 'case_member') AND row_id <> ''"
    ):
        if segment_id in segments:
            found.add(step_id)
            codings.add(row_id)
        elif coding_id is not None:
            on_codings.append((step_id, coding_id))
    found.update(step_id for step_id, coding_id in on_codings if coding_id in codings)

    def on_them(_: str, columns: dict[str, list[Value]]) -> bool:
        on_segments, on = columns.get("segment_id", ()), columns.get("coding_id", ())
        return not (segments.isdisjoint(on_segments) and codings.isdisjoint(on))

    return found | _in_batches(project, on_them)


def _segments_of(project: Project, source_id: str) -> set[str]:
    """Return the ids of all segments that a source has or had."""
    found = {row[0] for row in project.each("SELECT id FROM segment WHERE source_id = ?", (source_id,))}
    found.update(
        row[0]
        for row in project.each(
            "SELECT row_id FROM row_change WHERE table_name = 'segment' AND instr(coalesce(after, before), ?)",
            (source_id,),
        )
    )
    for batch in batches(project, "segment"):
        if batch.packed_after is None:
            columns = batch.before() or {}
            pairs = zip(batch.row_ids(), columns["source_id"], strict=True)
            found.update(row_id for row_id, of in pairs if of == source_id)
    return found


def _with_text(project: Project, wanted: str) -> set[str]:
    found = {
        step_id
        for step_id, label, coder in project.each(
            "SELECT change_set.id, label, coalesce(name, '') FROM change_set LEFT JOIN coder ON coder.id = coder_id"
        )
        if wanted in label.casefold() or wanted in coder.casefold()
    }
    # As it stands in JSON, so that most rows need not be taken apart.
    written = json.dumps(wanted, ensure_ascii=False)[1:-1]
    for step_id, table, before, after in project.each(
        f"SELECT change_set_id, table_name, before, after FROM row_change WHERE table_name IN {AMONG} AND row_id <> ''",
        (id_list(TEXTS),),
    ):
        if step_id not in found and any(
            _says(table, image, wanted) for image in (before, after) if image and written in image.casefold()
        ):
            found.add(step_id)

    def in_words(table: str, columns: dict[str, list[Value]]) -> bool:
        texts = (columns.get(name, ()) for name in TEXTS.get(table, ()))
        return any(wanted in str(value or "").casefold() for column in texts for value in column)

    return found | _in_batches(project, in_words)


def _says(table: str, image: str, wanted: str) -> bool:
    row: Row = json.loads(image)
    return any(wanted in str(row.get(name) or "").casefold() for name in TEXTS[table])
