"""How the codebook developed: which codes were added, renamed, moved, merged, redefined, deleted, when and by whom."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coder_app.domain.change import Row, RowChange
from coder_app.domain.field_words import field_name
from coder_app.domain.step_words import merged_into
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.tree import SEPARATOR
from coder_app.i18n import tr
from coder_app.queries.history import taken_back
from coder_app.queries.history_names import batches_with_steps
from coder_app.store.project import Project

_WORDINGS = ("definition", "use_when", "not_when")
_EDITS = ("new", "edit")


@dataclass(frozen=True, slots=True)
class _Step:
    id: str
    step: str
    label: str
    coder: str
    made_at: str


@dataclass(slots=True)
class _Steps:
    """The steps that touched codes or examples, in their order, and their rows."""

    steps: dict[str, _Step] = field(default_factory=dict[str, _Step])
    rows: dict[str, list[RowChange]] = field(default_factory=dict[str, list[RowChange]])


def codebook_development(project: Project, *, everything: bool = False) -> Table:
    """Return every change of the codebook, the oldest first, one row for each wording, name or place that changed.

    Steps that were taken back, and what took them back, are left out unless `everything` is asked for.
    """
    found = _read(project)
    undone = taken_back(project)
    codes: dict[str, Row] = {}
    rows: list[tuple[Cell, ...]] = []
    for step in found.steps.values():
        changes = found.rows.get(step.id, [])
        told = everything or (step.step in _EDITS and step.id not in undone)
        before = dict(codes)
        _apply(codes, changes)
        who = step.coder or tr("Somebody")
        cells = _told(step, changes, before, codes) if told else ()
        rows += ((step.made_at, who, *one, step.id, undone.get(step.id)) for one in cells)
    columns = (
        Column("made_at", tr("When (UTC)")),
        Column("coder", tr("Coder")),
        Column("change", tr("Change")),
        Column("code", tr("Code")),
        Column("field", tr("Field")),
        Column("before", tr("Before")),
        Column("after", tr("After")),
        Column("code_id", tr("Code id")),
        Column("step", tr("Step")),
        Column("undone_by", tr("Undone by")),
    )
    name = project.rows("SELECT name FROM project")[0][0]
    settings = {tr("Project"): name, tr("Steps"): tr("all") if everything else tr("those in force")}
    return Table(tr("Development of the codebook"), columns, tuple(rows), settings)


def _read(project: Project) -> _Steps:
    found = _Steps()
    for row in project.each(
        "SELECT change_set.id, step, label, coalesce(name, ''), wall_time FROM change_set"
        " LEFT JOIN coder ON coder.id = coder_id WHERE change_set.id IN"
        " (SELECT change_set_id FROM row_change WHERE table_name IN ('code', 'code_example'))"
        " ORDER BY made_at, change_set.id"
    ):
        found.steps[row[0]] = _Step(*row)
    for step_id, table, row_id, before, after in project.each(
        "SELECT change_set_id, table_name, row_id, before, after FROM row_change"
        " WHERE table_name IN ('code', 'code_example') AND row_id <> '' ORDER BY seq"
    ):
        found.rows.setdefault(step_id, []).append(RowChange(table, row_id, _image(before), _image(after)))
    for table in ("code", "code_example"):
        for step_id, _, batch in batches_with_steps(project, table):
            found.rows.setdefault(step_id, []).extend(batch.changes())
    found.rows = {step_id: list(_net(changes)) for step_id, changes in found.rows.items()}
    _add_moved_codings(project, found)
    return found


def _net(changes: Iterable[RowChange]) -> Iterator[RowChange]:
    """Yield what a step did to each row, first image to last."""
    net: dict[str, RowChange] = {}
    for change in changes:
        earlier = net.get(change.row_id, change)
        net[change.row_id] = RowChange(change.table, change.row_id, earlier.before, change.after)
    return (change for change in net.values() if change.before != change.after)


def _image(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)


def _add_moved_codings(project: Project, found: _Steps) -> None:
    """Add to steps that delete codes one coding that went from such a code to another, for each pair."""
    deleting = {
        step_id: {one.row_id for one in changes if one.table == "code" and one.after is None}
        for step_id, changes in found.rows.items()
    }
    for step_id, gone in deleting.items():
        if not gone:
            continue
        pairs = set(
            project.rows(
                "SELECT json_extract(before, '$.code_id'), json_extract(after, '$.code_id') FROM row_change"
                " WHERE change_set_id = ? AND table_name IN ('coding', 'memo') AND before IS NOT NULL"
                " AND after IS NOT NULL",
                (step_id,),
            )
        )
        found.rows[step_id] += _moved(pairs, gone)
    for step_id, _, batch in batches_with_steps(project, "coding"):
        before, after = batch.before(), batch.after()
        if deleting.get(step_id) and before is not None and after is not None:
            pairs = set(zip(before["code_id"], after["code_id"], strict=True))
            found.rows[step_id] += _moved(pairs, deleting[step_id])


def _moved(pairs: Iterable[tuple[object, object]], gone: set[str]) -> Iterator[RowChange]:
    for before, after in pairs:
        if before in gone and after not in gone and isinstance(after, str):
            yield RowChange("coding", "", {"code_id": str(before)}, {"code_id": after})


def _apply(codes: dict[str, Row], changes: list[RowChange]) -> None:
    for change in changes:
        if change.table != "code":
            continue
        if change.after is None:
            codes.pop(change.row_id, None)
        else:
            codes[change.row_id] = change.after


def _path(codes: dict[str, Row], code_id: object) -> str:
    names: list[str] = []
    seen: set[str] = set()
    while isinstance(code_id, str) and code_id in codes and code_id not in seen:
        seen.add(code_id)
        names.append(str(codes[code_id]["name"]))
        code_id = codes[code_id]["parent_id"]
    return SEPARATOR.join(reversed(names))


_Cells = tuple[str, str, str, str | None, str | None, str]


def _told(step: _Step, changes: list[RowChange], before: dict[str, Row], after: dict[str, Row]) -> Iterator[_Cells]:
    """Yield change, code, field, wording before and after, the code's id."""
    into = merged_into(changes)
    for change in changes:
        if change.table == "code_example":
            yield from _example(change, before | after)
        elif change.table != "code":
            continue
        elif change.before is None:
            yield tr("added"), _path(after, change.row_id), "", None, None, change.row_id
            yield from _described(change, after)
        elif change.after is None:
            yield from _removed(step, change, into, before, after)
        else:
            yield from _changed(change, before, after)


def _described(change: RowChange, codes: dict[str, Row]) -> Iterator[_Cells]:
    """Yield the wordings that a code came with."""
    for name in _WORDINGS:
        text = (change.after or {}).get(name)
        if text:
            yield tr("defined"), _path(codes, change.row_id), field_name(name), None, str(text), change.row_id


def _removed(
    step: _Step, change: RowChange, into: dict[str, str], before: dict[str, Row], after: dict[str, Row]
) -> Iterator[_Cells]:
    path = _path(before, change.row_id)
    if change.row_id in into:
        yield tr("merged"), path, "", path, _path(after, into[change.row_id]), change.row_id
    elif step.label.startswith("Merge "):
        # Nothing of the code moved; only the label says where it went.
        target = step.label.rpartition(" into “")[2].removesuffix("”")
        yield tr("merged"), path, "", path, target, change.row_id
    else:
        yield tr("deleted"), path, "", path, None, change.row_id
        for name in _WORDINGS:
            if (change.before or {}).get(name):
                yield tr("deleted"), path, field_name(name), str((change.before or {})[name]), None, change.row_id


def _changed(change: RowChange, before: dict[str, Row], after: dict[str, Row]) -> Iterator[_Cells]:
    old, new, code_id = change.before or {}, change.after or {}, change.row_id
    path = _path(after, code_id)
    if old["name"] != new["name"]:
        yield tr("renamed"), path, field_name("name"), str(old["name"]), str(new["name"]), code_id
    if old["parent_id"] != new["parent_id"]:
        yield tr("moved"), path, "", _path(before, code_id), path, code_id
    for name in _WORDINGS:
        if old[name] != new[name]:
            change_name = tr("redefined") if old[name] else tr("defined")
            yield change_name, path, field_name(name), str(old[name]), str(new[name]), code_id
    if old["colour"] != new["colour"]:
        yield tr("recoloured"), path, field_name("colour"), str(old["colour"]), str(new["colour"]), code_id
    if old["is_codable"] != new["is_codable"]:
        yes, no = tr("yes"), tr("no")
        said = (yes if old["is_codable"] else no, yes if new["is_codable"] else no)
        yield tr("regrouped"), path, field_name("is_codable"), *said, code_id


def _example(change: RowChange, codes: dict[str, Row]) -> Iterator[_Cells]:
    image = change.after or change.before or {}
    text = str(image.get("text") or tr("a passage"))
    code_id = str(image["code_id"])
    if change.before is None:
        yield tr("example added"), _path(codes, code_id), "", None, text, code_id
    elif change.after is None:
        yield tr("example removed"), _path(codes, code_id), "", text, None, code_id


def development_in_numbers(table: Table) -> Table:
    """Return how often each kind of change occurs in a development of the codebook, by coder."""
    place = {column.id: n for n, column in enumerate(table.columns)}
    counts: dict[tuple[str, str], set[tuple[Cell, Cell]]] = {}
    for row in table.rows:
        key = str(row[place["coder"]]), str(row[place["change"]])
        counts.setdefault(key, set()).add((row[place["code_id"]], row[place["step"]]))
    columns = (
        Column("coder", tr("Coder")),
        Column("change", tr("Change")),
        Column("n", tr("How often"), Kind.COUNT),
    )
    rows = tuple((coder, change, len(found)) for (coder, change), found in sorted(counts.items()))
    return Table(tr("Changes of the codebook"), columns, rows, table.settings)
