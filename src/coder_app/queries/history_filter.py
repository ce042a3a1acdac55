"""Which steps of the history a person wants to see."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coder_app.domain.change import Row, RowBatch, Value
from coder_app.domain.field_words import TEXTS
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.store.many import AMONG, id_list
from coder_app.store.project import Project

_ON_SEGMENTS = ("coding", "memo", "code_example", "case_member")
_AT_ONCE = 20_000
"""So many rows are looked at in one go, about 50 ms, in which nobody else can use the project."""


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


def journal_size(project: Project) -> int:
    """Return about how many changes of rows a filter has to look through."""
    return project.rows(
        "SELECT (SELECT coalesce(max(seq), 0) FROM row_change) + (SELECT coalesce(sum(rows), 0) FROM row_batch)"
    )[0][0]


def steps_wanted(project: Project, wanted: Wanted, on_progress: OnProgress = tell_nobody) -> set[str] | None:
    """Return the ids of the steps whose rows fit a filter; None where it asks nothing of rows.

    `on_progress` is told (done, all) now and then, starts anew with each part of the filter, and may raise Cancelled.
    """
    found: set[str] | None = None
    text = wanted.text.strip().casefold()
    journal = _Journal(project, on_progress)
    for asked, steps in (
        (wanted.kinds, lambda: _of_kinds(journal, wanted.kinds)),
        (wanted.code_id, lambda: _mentioning(journal, wanted.code_id)),
        (wanted.source_id, lambda: _about_source(journal, wanted.source_id)),
        (text, lambda: _with_text(journal, text)),
    ):
        if asked:
            found = steps() if found is None else found & steps()
    return found


@dataclass(frozen=True, slots=True)
class _Journal:
    """Reads all that was ever changed, some rows at a time, so that others can use the project in between."""

    project: Project
    on_progress: OnProgress

    def changes(self, columns: str, where: str, values: Mapping[str, Value]) -> Iterator[tuple[Any, ...]]:
        """Yield columns of the changes of single rows."""
        last = self.project.rows("SELECT coalesce(max(seq), 0) FROM row_change")[0][0]
        for first in range(0, last + 1, _AT_ONCE):
            self.on_progress(first, last)
            yield from self.project.each(
                f"SELECT {columns} FROM row_change WHERE seq >= :first AND seq < :end AND ({where})",
                {**values, "first": first, "end": first + _AT_ONCE},
            )

    def batches(self, tables: Iterable[str] | None = None) -> Iterator[tuple[str, RowBatch]]:
        """Yield the packed changes of some tables, or of all, each with the id of its step."""
        among = f"table_name IN {AMONG}" if tables is not None else "? IS NULL"
        found = self.project.rows(
            f"SELECT seq, change_set_id, table_name, rows FROM row_batch JOIN row_change USING (seq) WHERE {among}",
            (None if tables is None else id_list(tables),),
        )
        for done, (seq, step_id, table, rows) in enumerate(found):
            self.on_progress(done, len(found))
            packed = self.project.rows("SELECT row_ids, before, after FROM row_batch WHERE seq = ?", (seq,))[0]
            yield step_id, RowBatch(table, rows, *packed)


def _of_kinds(journal: _Journal, kinds: Iterable[str]) -> set[str]:
    found = journal.changes("change_set_id", "table_name IN (SELECT value FROM json_each(:kinds))", _kinds(kinds))
    return {row[0] for row in found}


def _kinds(kinds: Iterable[str]) -> dict[str, Value]:
    return {"kinds": id_list(kinds)}


def _mentioning(journal: _Journal, row_id: str) -> set[str]:
    """Return the steps that changed a row or one that refers to it."""
    where = "row_id = :id OR instr(before, :id) OR instr(after, :id)"
    found = {row[0] for row in journal.changes("change_set_id", where, {"id": row_id})}
    found.update(step_id for step_id, batch in journal.batches() if batch.mentions(row_id))
    return found


def _about_source(journal: _Journal, source_id: str) -> set[str]:
    """Return the steps that changed a source, its segments, or what stands on these."""
    segments = _segments_of(journal, source_id)
    codings: set[str] = set()
    for _, batch in journal.batches(["coding"]):
        columns = batch.after() or batch.before() or {}
        pairs = zip(batch.row_ids(), columns["segment_id"], strict=True)
        codings.update(row_id for row_id, segment_id in pairs if segment_id in segments)
    found = _mentioning(journal, source_id)
    on_codings: list[tuple[str, str]] = []
    for step_id, row_id, segment_id, coding_id in journal.changes(
        "change_set_id, row_id, json_extract(coalesce(after, before), '$.segment_id'),"
        " json_extract(coalesce(after, before), '$.coding_id')",
        "table_name IN (SELECT value FROM json_each(:kinds)) AND row_id <> ''",
        _kinds(_ON_SEGMENTS),
    ):
        if segment_id in segments:
            found.add(step_id)
            codings.add(row_id)
        elif coding_id is not None:
            on_codings.append((step_id, coding_id))
    found.update(step_id for step_id, coding_id in on_codings if coding_id in codings)
    for step_id, batch in journal.batches(_ON_SEGMENTS):
        for columns in (batch.before(), batch.after()) if step_id not in found else ():
            on_segments, on = (columns or {}).get("segment_id", ()), (columns or {}).get("coding_id", ())
            if not (segments.isdisjoint(on_segments) and codings.isdisjoint(on)):
                found.add(step_id)
    return found


def _segments_of(journal: _Journal, source_id: str) -> set[str]:
    """Return the ids of all segments that a source has or had."""
    found = set(journal.project.ids("SELECT id FROM segment WHERE source_id IN {among}", [source_id]))
    where = "table_name = 'segment' AND instr(coalesce(after, before), :id)"
    found.update(row[0] for row in journal.changes("row_id", where, {"id": source_id}))
    for _, batch in journal.batches(["segment"]):
        if batch.packed_after is None:
            columns = batch.before() or {}
            pairs = zip(batch.row_ids(), columns["source_id"], strict=True)
            found.update(row_id for row_id, of in pairs if of == source_id)
    return found


def _with_text(journal: _Journal, wanted: str) -> set[str]:
    found = {
        step_id
        for step_id, label, coder in journal.project.each(
            "SELECT change_set.id, label, coalesce(name, '') FROM change_set LEFT JOIN coder ON coder.id = coder_id"
        )
        if wanted in label.casefold() or wanted in coder.casefold()
    }
    # As it stands in JSON, so that most rows need not be taken apart.
    written = json.dumps(wanted, ensure_ascii=False)[1:-1]
    for step_id, table, before, after in journal.changes(
        "change_set_id, table_name, before, after",
        "table_name IN (SELECT value FROM json_each(:kinds)) AND row_id <> ''",
        _kinds(TEXTS),
    ):
        if step_id not in found and any(
            _says(table, image, wanted) for image in (before, after) if image and written in image.casefold()
        ):
            found.add(step_id)
    for step_id, batch in journal.batches(TEXTS):
        for columns in (batch.before(), batch.after()) if step_id not in found else ():
            texts = ((columns or {}).get(name, ()) for name in TEXTS[batch.table])
            if any(wanted in str(value or "").casefold() for column in texts for value in column):
                found.add(step_id)
    return found


def _says(table: str, image: str, wanted: str) -> bool:
    row: Row = json.loads(image)
    return any(wanted in str(row.get(name) or "").casefold() for name in TEXTS[table])
