"""What a merge did, or would do, item by item and in words: the rows of two journals as people know them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coder_app.domain.change import Row, RowBatch, RowChange
from coder_app.domain.field_words import KINDS, field_name
from coder_app.domain.tree import CodeTree
from coder_app.queries import merging
from coder_app.queries.merging import Places, StepTold, TextTold
from coder_app.queries.things import Things
from coder_app.store.fold import ONE_VALUE
from coder_app.store.project import Project

ADDED, CHANGED, REMOVED = "added", "changed", "removed"

_SILENT = frozenset(
    {"created_at", "imported_at", "blocks_hash", "original_hash", "importer", "importer_version", "encoding", "kind"}
)
_IN_GROUPS = ("coding", "segment")
_ORDER = {kind: place for place, kind in enumerate(dict.fromkeys(("source", "code", *KINDS)))}


@dataclass(frozen=True, slots=True)
class CopyTold:
    """A copy that was merged: its file, and of the steps that only it brings how many, whose, from when to when."""

    file: str
    steps: int
    coders: tuple[str, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that comes in, or the codings or segments of one coder in one source, `rows` of them.

    `copy` is the file that brings it, "" what follows from copies coming together. `fields` are (name, before, after)
    of what changed.
    """

    copy: str
    kind: str
    how: str
    what: str
    coder: str = ""
    rows: int = 1
    fields: tuple[tuple[str, str, str], ...] = ()


def copies_told(project: Project, brought: Mapping[str, Sequence[str]]) -> list[CopyTold]:
    """Return who did what is brought; `brought` are ids of steps by file."""
    told: list[CopyTold] = []
    for file, ids in brought.items():
        steps: list[StepTold] = merging.steps_told(project, ids)
        times = [step.wall_time for step in steps]
        names = sorted({step.coder for step in steps if step.coder})
        told.append(
            CopyTold(file, len(steps), tuple(names), min(times, default=""), max(times, default="")),
        )
    return told


def items_told(
    project: Project,
    before: CodeTree,
    parts: Iterable[RowChange | RowBatch],
    brought: Mapping[str, Sequence[str]],
) -> list[Item]:
    """Return what these net changes of rows are in words, sources and codes first.

    `project` is as it is after the merge, `before` the codebook until then.
    """
    changes = [change for part in parts for change in ([part] if isinstance(part, RowChange) else part.changes())]
    copy_of = {step: file for file, ids in brought.items() for step in ids}
    touched = merging.last_touched(project, [step.id for step in merging.steps_told(project, copy_of)])
    files = [copy_of.get(touched.get((change.table, change.row_id), ""), "") for change in changes]
    told, after = list(zip(files, changes, strict=True)), Things(project)
    items = [_item(file, change, before, after) for file, change in told if change.table not in _IN_GROUPS]
    items += _groups(project, told, after)
    return sorted((item for item in items if item is not None), key=_in_order)


def _in_order(item: Item) -> tuple[str, int, str, str, str]:
    return item.copy, _ORDER.get(item.kind, len(_ORDER)), item.how, item.what, item.coder


def _how(change: RowChange) -> str:
    return ADDED if change.before is None else REMOVED if change.after is None else CHANGED


def _item(file: str, change: RowChange, before: CodeTree, after: Things) -> Item | None:
    how, row = _how(change), _row(change)
    if how == REMOVED and change.table == "code" and change.row_id in before:
        return Item(file, change.table, how, before.path(change.row_id))
    what = after.name(change.table, row)
    if how != CHANGED:
        return Item(file, change.table, how, what)
    fields = tuple(_fields(change, after))
    return Item(file, change.table, how, what, fields=fields) if fields else None


def _row(change: RowChange) -> Row:
    return change.after or change.before or {}


def _fields(change: RowChange, things: Things) -> Iterator[tuple[str, str, str]]:
    together = {name: names for names in ONE_VALUE.get(change.table, ()) for name in names}
    told = set[str]()
    for name in sorted(change.changed() - _SILENT):
        names = together.get(name, (name,))
        if names[0] in told:
            continue
        told.add(names[0])
        if name == "order_key":
            yield field_name(name), "", ""
        elif (change.table, names[0]) == ("source", "text_hash"):
            was, now = ((row or {}).get("text_hash") for row in (change.before, change.after))
            yield field_name(name), things.wording(was, now), things.wording(now, was)
        else:
            was, now = (_shown(things, change.table, row, names) for row in (change.before, change.after))
            yield field_name(names[0]), was, now


def _shown(things: Things, table: str, row: Row | None, names: Sequence[str]) -> str:
    return things.value(table, names[0], tuple((row or {}).get(name) for name in names))


def _groups(project: Project, told: Iterable[tuple[str, RowChange]], after: Things) -> Iterator[Item]:
    """Yield codings and segments by who made them in which source; there are too many to be told one by one."""
    gone = {(change.table, change.row_id): change.before for _, change in told if change.before is not None}
    grouped = [(file, change) for file, change in told if change.table in _IN_GROUPS]
    source_of = _sources(project, [change for _, change in grouped])
    coded = {str(_row(change).get("segment_id")) for _, change in grouped if change.table == "coding"}
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    for file, change in grouped:
        row, how = _row(change), _how(change)
        if change.table == "segment" and how != CHANGED and change.row_id in coded:
            continue
        source_id = source_of.get(str(row.get("segment_id") or change.row_id), "")
        counts[file, change.table, how, source_id, str(row.get("coder_id") or "")] += 1

    names: dict[tuple[str, str], str] = {}

    def name(table: str, row_id: str) -> str:
        if (table, row_id) not in names:
            row = gone.get((table, row_id))
            names[table, row_id] = after.name(table, row) if row is not None else after.of(table, row_id)
        return names[table, row_id]

    for (file, table, how, source_id, coder_id), rows in counts.items():
        yield Item(file, table, how, name("source", source_id), name("coder", coder_id) if coder_id else "", rows)


def _sources(project: Project, changes: Sequence[RowChange]) -> dict[str, str]:
    own = {change.row_id: str(_row(change).get("source_id")) for change in changes if change.table == "segment"}
    others = {str(_row(change).get("segment_id")) for change in changes if change.table == "coding"} - own.keys()
    return merging.sources_of_segments(project, others) | own


def net(parts: Iterable[RowChange | RowBatch]) -> list[RowChange]:
    """Return what changes of rows that followed each other come to."""
    rows: dict[tuple[str, str], RowChange] = {}
    for part in parts:
        for change in [part] if isinstance(part, RowChange) else part.changes():
            earlier = rows.get((change.table, change.row_id))
            was = change.before if earlier is None else earlier.before
            rows[change.table, change.row_id] = RowChange(change.table, change.row_id, was, change.after)
    return [change for change in rows.values() if change.before != change.after]


def texts_told(
    project: Project, parts: Iterable[RowChange | RowBatch], differing: Collection[str], before: Places
) -> list[TextTold]:
    """Return what became of the segments of texts that are others now, or were coded in an earlier wording.

    `differing` are the sources whose text the copies did not agree on, `before` where their segments stood.
    """
    changes = [change for change in net(parts) if change.table in {"source", "segment"}]
    corrected = {
        change.row_id
        for change in changes
        if change.table == "source" and _how(change) == CHANGED and "text_hash" in change.changed()
    }
    coded = merging.older_texts(project, [change.row_id for change in changes if change.table == "segment"])
    return merging.texts_told(project, (corrected | coded).intersection(differing), before)
