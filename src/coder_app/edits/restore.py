"""Bringing back what was deleted, or an older wording, without losing what came later.

What belongs to a thing is what was deleted in the same step and hung on it. What it cannot be without, such as
the code of a coding, comes back too where it is gone, and is named. All of it is one ordinary step.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from coder_app.domain.change import Row, RowChange, Value
from coder_app.domain.errors import BadInput
from coder_app.domain.field_words import TEXTS, counted
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr
from coder_app.queries.history_deleted import Images, deleted_in, removed_rows
from coder_app.queries.history_names import NAMES
from coder_app.queries.history_rows import last_images
from coder_app.store import journal
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns
from coder_app.store.project import Project
from coder_app.store.schema import JOURNALED
from coder_app.store.standing import references

Thing = tuple[str, str]
"""A row: its table and id."""

_LOOSE = (("setting", "value"), ("link", "from_id"), ("link", "to_id"), ("extra", "owner_id"))
"""Columns that refer to a row of any table."""


@dataclass(slots=True)
class Restored:
    """What came back: how many rows by table, and what came with it because nothing could be without it."""

    counts: dict[str, int] = field(default_factory=dict[str, int])
    needed: list[str] = field(default_factory=list[str])
    """The names of codes, sources and others that were gone and had to come back."""
    there: int = 0
    """How many things stand in the project already, so that nothing had to be done."""
    stayed: int = 0
    """How many codings a merge had given to another code, where they stay."""

    def words(self) -> str:
        """Return in a sentence or two what came back."""
        parts = [counted(table, self.counts[table]) for table in ("source", "code", "coding", "memo")
                 if self.counts.get(table)]  # fmt: skip
        parts = parts or [counted(table, n) for table, n in self.counts.items()]
        said = [tr("Brought back: {what}.", what=", ".join(parts)) if parts else tr("Nothing had to be brought back.")]
        if self.needed:
            names = ", ".join(tr("“{name}”", name=name) for name in self.needed)
            said.append(tr("{names} had to come back with it.", names=names))
        if self.there:
            said.append(tr("{n} already there.", n=self.there))
        if self.stayed:
            told = counted("coding", self.stayed)
            said.append(tr("{what} stay with the code that they were merged into.", what=told))
        return " ".join(said)


@dataclass(slots=True)
class _Back:
    """Rows on their way back, and where to look for others that they need."""

    project: Project
    rows: Images
    find: Callable[[str, Iterable[str]], dict[str, Row]]
    done: Restored = field(default_factory=Restored)

    def add(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, {})[str(row["id"])] = row

    def has(self, table: str, row_id: str) -> bool:
        return row_id in self.rows.get(table, {})


def restore(project: Project, table: str, row_id: str, on_progress: OnProgress = tell_nobody) -> Restored:
    """Bring back one thing that was deleted, with what belonged to it.

    Raises BadInput where it is there, or was never in the project.
    """
    return restore_all(project, [(table, row_id)], on_progress)


def restore_all(project: Project, things: Sequence[Thing], on_progress: OnProgress = tell_nobody) -> Restored:
    """Bring back things that were deleted, with what belonged to them, as one step. Raises BadInput as `restore`."""
    steps: dict[str, list[Thing]] = {}
    removed: dict[str, Images] = {}
    for done, (table, row_id) in enumerate(things):
        on_progress(done, 2 * len(things))
        step_id = _deleting_step(project, table, row_id, removed)
        steps.setdefault(step_id, []).append((table, row_id))
    all_removed = [removed[step_id] for step_id in steps]

    def find(table: str, ids: Iterable[str]) -> dict[str, Row]:
        wanted = set(ids)
        found = {one: rows[table][one] for rows in all_removed for one in wanted & rows.get(table, {}).keys()}
        return found | last_images(project, table, wanted - found.keys())

    back = _Back(project, {}, find)
    for step_id, roots in steps.items():
        _gather(back, removed[step_id], roots)
        back.done.stayed += _given_away(project, step_id, roots)
    on_progress(len(things), 2 * len(things))
    with project.edit(_label(back, things)):
        _put_back(back)
    return back.done


def _deleting_step(project: Project, table: str, row_id: str, removed: dict[str, Images]) -> str:
    """Return the step that deleted a row, with what it removed noted in `removed`."""
    if table not in JOURNALED:
        raise BadInput(tr("There is nothing called “{table}” in a project.", table=table))
    if project.rows(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)):
        raise BadInput(tr("{id} is in the project; there is nothing to bring back.", id=row_id))
    for step_id, rows in removed.items():
        if row_id in rows.get(table, {}):
            return step_id
    step_id = deleted_in(project, table, row_id)
    if step_id is None:
        raise BadInput(tr("The history knows nothing deleted with the id {id}.", id=row_id))
    rows = removed_rows(project, step_id)
    if row_id not in rows.get(table, {}):
        raise BadInput(tr("{id} was made and deleted in one step; there is nothing to bring back.", id=row_id))
    removed[step_id] = rows
    return step_id


def _label(back: _Back, things: Sequence[Thing]) -> str:
    table, row_id = things[0]
    if len(things) > 1:
        return f"Restore {len(things)} things"
    row = back.rows[table][row_id]
    if table == "coding":
        code_id = str(row["code_id"])
        row = (last_images(back.project, "code", [code_id]) or {code_id: row})[code_id]
    name = row.get("name") or row.get("title")
    return f"Restore “{name}”" if name else f"Restore a {'quotation' if table == 'segment' else table}"


def _gather(back: _Back, removed: Images, roots: Iterable[Thing]) -> None:
    """Add the roots and, of what was deleted with them, all that hung on them."""
    children = _children(back.project, removed)
    stack = list(roots)
    while stack:
        table, row_id = stack.pop()
        row = removed.get(table, {}).get(row_id)
        if row is None or back.has(table, row_id):
            continue
        back.add(table, row)
        stack += children.get((table, row_id), ())
        if table == "coding" and row["segment_id"] in removed.get("segment", {}):
            segment_id = str(row["segment_id"])
            back.add("segment", removed["segment"][segment_id])
            stack += (one for one in children.get(("segment", segment_id), ()) if one[0] == "memo")


def _children(project: Project, rows: Images) -> dict[Thing, list[Thing]]:
    """Return by row those of `rows` that refer to it."""
    found: dict[Thing, list[Thing]] = {}
    for table, column, referred in references(project.db):
        if referred == "coder" and table != "setting":
            continue
        for row_id, row in rows.get(table, {}).items():
            if row.get(column):
                found.setdefault((referred, str(row[column])), []).append((table, row_id))
    for table, column in _LOOSE:
        for row_id, row in rows.get(table, {}).items():
            for referred in ("code", "source", "segment", "coding", "memo", "case"):
                found.setdefault((referred, str(row[column])), []).append((table, row_id))
    return found


def _given_away(project: Project, step_id: str, roots: Iterable[Thing]) -> int:
    """Return how many codings the step took from a code that it deleted, to give them to another."""
    codes = {row_id for table, row_id in roots if table == "code"}
    if not codes:
        return 0
    step = journal.change_set(project.db, step_id)
    return sum(
        1
        for change in (step.of("coding") if step is not None else ())
        if change.before and change.after and change.before["code_id"] in codes and change.after["code_id"] not in codes
    )


def _put_back(back: _Back) -> None:
    """Write the rows, within a step, and whatever they cannot be without."""
    _leave_out_those_there(back)
    asked = {table: set(rows) for table, rows in back.rows.items()}
    _add_needed(back)
    _stand_on_present_segments(back)
    _leave_out_doubled(back)
    for table in JOURNALED:
        rows = list(back.rows.get(table, {}).values())
        for some in _alike(rows):
            back.project.insert_many(table, some)
        if rows:
            back.done.counts[table] = sum(1 for row in rows if str(row["id"]) in asked.get(table, ()))
        back.done.needed += (
            str(row[NAMES[table]])
            for row in rows
            if table in NAMES and str(row["id"]) not in asked.get(table, ()) and row[NAMES[table]]
        )
    back.done.counts = {table: n for table, n in back.done.counts.items() if n}


def _alike(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists that have the same columns; an older version may have written fewer."""
    by_columns: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        by_columns.setdefault(tuple(row), []).append(row)
    yield from by_columns.values()


def _leave_out_those_there(back: _Back) -> None:
    for table, rows in back.rows.items():
        for row_id in back.project.ids(f'SELECT id FROM "{table}" WHERE id IN {{among}}', list(rows)):
            del rows[row_id]


def _add_needed(back: _Back) -> None:
    """Add what the rows refer to and is gone, and what that refers to in turn."""
    refers = references(back.project.db)
    ask = {table: list(rows.values()) for table, rows in back.rows.items()}
    while ask:
        missing: dict[str, set[str]] = {}
        for table, column, referred in refers:
            ids = {str(row[column]) for row in ask.get(table, ()) if row.get(column)}
            ids -= back.rows.get(referred, {}).keys()
            there = back.project.ids(f'SELECT id FROM "{referred}" WHERE id IN {{among}}', ids)
            missing.setdefault(referred, set()).update(ids.difference(there))
        ask = dict[str, list[Row]]()
        for table, ids in missing.items():
            for row in back.find(table, ids).values() if ids else ():
                back.add(table, row)
                ask.setdefault(table, []).append(row)


def _stand_on_present_segments(back: _Back) -> None:
    """Where the coder has marked the same passage again since, let what comes back stand on that segment."""
    segments = back.rows.get("segment", {})
    places: dict[tuple[Value, ...], str] = {}
    sources = {str(row["source_id"]) for row in segments.values()}
    for some in chunks(sources):
        places |= {
            tuple(place): segment_id
            for segment_id, *place in back.project.each(
                "SELECT id, source_id, coder_id, text_hash, start, stop FROM segment"
                f" WHERE source_id IN {AMONG} AND regions IS NULL AND time_start IS NULL",
                (id_list(some),),
            )
        }
    instead: dict[str, str] = {}
    for segment_id, row in list(segments.items()):
        if row.get("regions") is not None or row.get("time_start") is not None:
            continue
        place = tuple(row[name] for name in ("source_id", "coder_id", "text_hash", "start", "stop"))
        standing = places.setdefault(place, segment_id)
        if standing != segment_id:
            instead[segment_id] = standing
            del segments[segment_id]
    _refer(back, "segment_id", instead)


def _refer(back: _Back, column: str, instead: dict[str, str]) -> None:
    """Let the rows refer to others by `column`."""
    for rows in back.rows.values() if instead else ():
        for row_id, row in rows.items():
            if row.get(column) in instead:
                rows[row_id] = row | {column: instead[str(row[column])]}


def _leave_out_doubled(back: _Back) -> None:
    """Leave out codings and keys that somebody has made again since; memos go to the coding that is there."""
    codings = back.rows.get("coding", {})
    there: dict[tuple[Value, ...], str] = {}
    for some in chunks({str(row["segment_id"]) for row in codings.values()}):
        there |= {
            tuple(place): coding_id
            for coding_id, *place in back.project.each(
                f"SELECT id, segment_id, code_id, coder_id FROM coding WHERE segment_id IN {AMONG}", (id_list(some),)
            )
        }
    instead: dict[str, str] = {}
    for coding_id, row in list(codings.items()):
        place = tuple(row[name] for name in ("segment_id", "code_id", "coder_id"))
        standing = there.setdefault(place, coding_id)
        if standing != coding_id:
            instead[coding_id] = standing
            back.done.there += 1
            del codings[coding_id]
    _refer(back, "coding_id", instead)
    for setting_id, row in list(back.rows.get("setting", {}).items()):
        sql = "SELECT 1 FROM setting WHERE name = ? AND coder_id IS ?"
        if back.project.rows(sql, (row["name"], row["coder_id"])):
            del back.rows["setting"][setting_id]


def bring_back(
    project: Project, then: Project, things: Sequence[Thing], on_progress: OnProgress = tell_nobody
) -> Restored:
    """Copy things from the project as it was into the project of today, as one step.

    What is gone comes back as it was `then`, with what hung on it and is gone as well. Of what is there the
    wording becomes that of then; where it stands, and what was done with it since, stays.
    Raises BadInput where `then` holds no such thing.
    """
    back = _Back(project, {}, lambda table, ids: last_images(then, table, ids))
    standing: list[tuple[str, Row]] = []
    hung: list[Thing] = []
    for table, row_id in things:
        row = last_images(then, table, [row_id]).get(row_id)
        if row is None:
            raise BadInput(tr("The project held no {id} at that time.", id=row_id))
        if project.rows(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)):
            standing.append((table, row))
        else:
            back.add(table, row)
            hung.append((table, row_id))
    on_progress(0, 1)
    _add_hung(back, then, hung)
    label = f"Bring back {len(things)} things" if len(things) > 1 else _label_of(then, things[0])
    with project.edit(label):
        _put_back(back)
        for table, row in standing:
            _reword(project, table, row, back.done)
    return back.done


def _label_of(then: Project, thing: Thing) -> str:
    row = last_images(then, thing[0], [thing[1]])[thing[1]]
    name = row.get("name") or row.get("title")
    return f"Bring back “{name}”" if name else f"Bring back a {thing[0]}"


def _add_hung(back: _Back, then: Project, roots: list[Thing]) -> None:
    """Add what hung on things then and is gone today, and what hung on that."""
    refers = [one for one in references(then.db) if one[2] != "coder"]
    while roots:
        ids: dict[str, list[str]] = {}
        for table, row_id in roots:
            ids.setdefault(table, []).append(row_id)
        roots = []
        for table, column, referred in refers:
            children = then.ids(f'SELECT id FROM "{table}" WHERE "{column}" IN {{among}}', ids.get(referred, ()))
            gone = set(children).difference(
                back.project.ids(f'SELECT id FROM "{table}" WHERE id IN {{among}}', children),
                back.rows.get(table, {}),
            )
            for row_id, row in last_images(then, table, gone).items() if gone else ():
                back.add(table, row)
                roots.append((table, row_id))


def restore_wording(project: Project, table: str, row_id: str, step_id: str, *, before: bool = False) -> None:
    """Give a thing the wording back that it had right after a step, or right `before` it.

    Only its words change (name, definition, the text of a memo …), not where it stands. Raises BadInput where the
    step did not touch it or it is gone.
    """
    change = _change_of(project, table, row_id, step_id)
    image = (change.before if before else change.after) if change is not None else None
    if image is None:
        raise BadInput(tr("The step {step} holds no such wording.", step=step_id))
    if not project.rows(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)):
        raise BadInput(tr("It was deleted since; bring it back first."))
    name = image.get("name") or image.get("title")
    with project.edit(f"Restore the wording of “{name}”" if name else f"Restore the wording of a {table}"):
        _reword(project, table, image, Restored())


def _change_of(project: Project, table: str, row_id: str, step_id: str) -> RowChange | None:
    """Return what a step did to a row."""
    for part in journal.net_changes(project.db, step_id):
        if part.table == table:
            for change in (part,) if isinstance(part, RowChange) else part.changes():
                if change.row_id == row_id:
                    return change
    return None


def _reword(project: Project, table: str, row: Row, done: Restored) -> None:
    columns = [name for name in TEXTS.get(table, ()) if name in row and name in journaled_columns(project.db, table)]
    if not columns:
        return
    now = dict(zip(columns, project.rows(
        f'SELECT {", ".join(columns)} FROM "{table}" WHERE id = ?', (row["id"],))[0], strict=True))  # fmt: skip
    new = {name: row[name] for name in columns if row[name] != now[name]}
    if new:
        project.update(table, str(row["id"]), new)
        done.counts[table] = done.counts.get(table, 0) + 1
    else:
        done.there += 1
