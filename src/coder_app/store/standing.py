"""Brings the tables to what the journal says, after copies were joined and while something is undecided.

The tables are a pure function of the journal: each row is folded (fold.py), then two repairs are made that
are never journaled. A deleted row that a live one refers to is back with its last image; and each cycle that
moves of codes closed between them loses one edge, that of the latest move. What is repaired and what is in
conflict is noted in tables of its own, so that a step that touches none of it costs nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from coder_app.domain.change import Row, RowBatch, RowChange, Value
from coder_app.i18n import tr
from coder_app.store import rows
from coder_app.store.ancestry import Ancestry, ancestry
from coder_app.store.fold import Folded, Image, folded
from coder_app.store.journal import net_changes
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns
from coder_app.store.schema import JOURNALED

REVIVED = "revived"
CUT = "cut"

_NEVER = Folded((), live=False, conflicts={}, last_set={})

Touched = Mapping[str, Collection[str]]
"""Ids of rows by table."""


def references(db: Database) -> list[tuple[str, str, str]]:
    """Return (table, column, table referred to) for each foreign key between journaled tables."""
    return [
        (table, row[3], row[2])
        for table in JOURNALED
        for row in db.conn.execute(f'PRAGMA foreign_key_list("{table}")')
        if row[2] in JOURNALED
    ]


@dataclass(slots=True)
class Standing:
    """What some rows are according to the journal, repairs included."""

    folded: dict[str, dict[str, Folded]] = field(default_factory=lambda: {table: {} for table in JOURNALED})
    images: dict[str, dict[str, Image]] = field(default_factory=lambda: {table: {} for table in JOURNALED})
    """The rows that are there, live or revived."""
    repairs: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    """Table, id and kind of each repair."""

    def add(self, table: str, found: Mapping[str, Folded]) -> None:
        self.folded[table].update(found)
        self.images[table].update((row_id, row.image) for row_id, row in found.items() if row.live)


def standing(db: Database, seen: Ancestry, touched: Touched | None = None) -> Standing:
    """Return what the journal makes of the rows in `touched`, of those under a repair and of those they need.

    With `touched` None all rows are folded. Raises ValueError where the journal cannot be read.
    """
    found = Standing()
    for table in JOURNALED:
        ids = None if touched is None else {*touched.get(table, ()), *_repaired(db, table)}
        if ids is None or ids:
            known = folded(db, table, seen, ids)
            # A row whose steps were all taken out is in the tables still, and goes.
            found.add(table, known | {row_id: _NEVER for row_id in ids or () if row_id not in known})
    _revive(db, seen, found, everything=touched is None)
    _cut(db, seen, found)
    return found


def _repaired(db: Database, table: str) -> Iterator[str]:
    return (row[0] for row in db.conn.execute("SELECT row_id FROM repair WHERE table_name = ?", (table,)))


def _revive(db: Database, seen: Ancestry, found: Standing, *, everything: bool) -> None:
    """Bring the dead rows back that a live row refers to, and those that these refer to in turn."""
    refers = references(db)
    places = {(table, column): journaled_columns(db, table).index(column) for table, column, _ in refers}
    ask = {table: list(images) for table, images in found.images.items()}
    if not everything:
        for table, column, referred in refers:
            for row_id in _used_from_outside(db, found, table, column, referred):
                _back(found, referred, row_id, ask)
    while any(ask.values()):
        asked, ask = ask, {table: list[str]() for table in JOURNALED}
        for table, column, referred in refers:
            place = places[table, column]
            images = found.images[table]
            needed = {str(images[one][place]) for one in asked[table] if images[one][place] is not None}
            _fold_missing(db, seen, found, referred, needed)
            for row_id in needed:
                _back(found, referred, row_id, ask)


def _back(found: Standing, table: str, row_id: str, ask: dict[str, list[str]]) -> None:
    row = found.folded[table].get(row_id)
    if row is _NEVER:
        raise ValueError(tr("{table} {id} is referred to, but in no step of the journal", table=table, id=row_id))
    if row is not None and row_id not in found.images[table]:
        found.images[table][row_id] = row.image
        found.repairs.add((table, row_id, REVIVED))
        ask[table].append(row_id)


def _used_from_outside(db: Database, found: Standing, table: str, column: str, referred: str) -> Iterator[str]:
    """Yield the dead rows of `referred` to which rows refer that are in the tables and were not folded."""
    dead = found.folded[referred].keys() - found.images[referred].keys()
    for some in chunks(dead):
        for row_id, used in db.conn.execute(
            f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IN {AMONG}', (id_list(some),)
        ):
            if row_id not in found.folded[table]:
                yield used


def _fold_missing(db: Database, seen: Ancestry, found: Standing, table: str, needed: Collection[str]) -> None:
    """Fold the rows that are needed, not folded yet and not in their table."""
    unknown = set(needed) - found.folded[table].keys()
    for some in chunks(unknown):
        there = {row[0] for row in db.conn.execute(f'SELECT id FROM "{table}" WHERE id IN {AMONG}', (id_list(some),))}
        missing = set(some) - there
        found.add(table, folded(db, table, seen, missing) if missing else {})
        for row_id in missing - found.folded[table].keys():
            raise ValueError(tr("{table} {id} is referred to, but in no step of the journal", table=table, id=row_id))


def _cut(db: Database, seen: Ancestry, found: Standing) -> None:
    """Take one code of each cycle out of it: the one that was moved last goes to the top of the codebook."""
    if not found.folded["code"]:
        return
    place = journaled_columns(db, "code").index("parent_id")
    parents: dict[str, Value] = {
        row_id: parent
        for row_id, parent in db.conn.execute("SELECT id, parent_id FROM code")
        if row_id not in found.folded["code"]
    } | {row_id: image[place] for row_id, image in found.images["code"].items()}
    for cycle in _cycles(parents):
        unknown = set(cycle) - found.folded["code"].keys()
        found.add("code", folded(db, "code", seen, unknown) if unknown else {})
        last = max(cycle, key=lambda one: _moved_at(found.folded["code"][one], seen))
        image = found.images["code"][last]
        found.images["code"][last] = (*image[:place], None, *image[place + 1 :])
        found.repairs.add(("code", last, CUT))


def _moved_at(code: Folded, seen: Ancestry) -> int:
    return seen.order(code.last_set["parent_id"]) if code.last_set else -1


def _cycles(parents: Mapping[str, Value]) -> Iterator[list[str]]:
    done = set[str]()
    for start in parents:
        path: dict[str, None] = {}
        at: Value = start
        while isinstance(at, str) and at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if isinstance(at, str) and at in path:
            members = list(path)
            yield members[members.index(at) :]
        done.update(path)


def refold(db: Database, seen: Ancestry, touched: Touched) -> list[RowChange]:
    """Write what the journal makes of these rows, within an open step, and return what that changed."""
    found = standing(db, seen, touched)
    changes = [change for table in JOURNALED for change in _written(db, table, found)]
    db.conn.execute("DELETE FROM repair")
    db.conn.executemany("INSERT INTO repair (table_name, row_id, kind) VALUES (?, ?, ?)", sorted(found.repairs))
    for table, known in found.folded.items():
        for some in chunks(known):
            db.conn.execute(f"DELETE FROM conflict WHERE table_name = ? AND row_id IN {AMONG}", (table, id_list(some)))
    db.conn.executemany("INSERT INTO conflict (table_name, row_id, field) VALUES (?, ?, ?)", sorted(_conflicts(found)))
    return changes


def _conflicts(found: Standing) -> Iterator[tuple[str, str, str]]:
    for table, known in found.folded.items():
        for row_id, row in known.items():
            yield from ((table, row_id, name) for name in row.conflicts)


def _written(db: Database, table: str, found: Standing) -> list[RowChange]:
    columns = journaled_columns(db, table)
    changes: list[RowChange] = []
    for some in chunks(found.folded[table]):
        there = {str(image[0]): image for image in rows.images(db, table, columns, some)}
        for row_id in some:
            before, after = there.get(row_id), found.images[table].get(row_id)
            if before != after:
                changes.append(RowChange(table, row_id, _row(columns, before), _row(columns, after)))
    if changes:
        rows.write_unjournaled(db, table, changes)
    return changes


def _row(columns: Iterable[str], image: Image | None) -> Row | None:
    return None if image is None else dict(zip(columns, image, strict=True))


def after_step(db: Database, parts: Iterable[RowChange | RowBatch]) -> tuple[RowChange, ...]:
    """Keep repairs and conflicts right after a step that changed these rows; return what that changed in turn."""
    repaired = _noted(db, "repair")
    noted = repaired | _noted(db, "conflict")
    if not noted:
        return ()
    touched: dict[str, set[str]] = {}
    for part in parts:
        ids = [part.row_id] if isinstance(part, RowChange) else part.row_ids()
        touched.setdefault(part.table, set()).update(ids)
    shaken = repaired and any(_changes_structure(part) for part in parts)
    if shaken or any(row_id in touched.get(table, ()) for table, row_id in noted):
        return tuple(refold(db, ancestry(db), touched))
    return ()


def _noted(db: Database, name: str) -> set[tuple[str, str]]:
    return {(row[0], row[1]) for row in db.conn.execute(f"SELECT table_name, row_id FROM {name}")}


def _changes_structure(part: RowChange | RowBatch) -> bool:
    """Say whether rows went or may refer to others than before."""
    if isinstance(part, RowBatch):
        return part.packed_before is not None
    return part.after is None or (part.before is not None and any(name.endswith("_id") for name in part.changed()))


def confirm_cuts(db: Database, change_set_id: str) -> None:
    """Journal, within the open step, the cuts of those cycles of which the step moved or deleted a code.

    Otherwise a code that stands at the top would fall back under the one that it was moved to, unasked.
    """
    cut = [row[0] for row in db.conn.execute("SELECT row_id FROM repair WHERE kind = ?", (CUT,))]
    if not cut:
        return
    changes = [part for part in net_changes(db, change_set_id) if part.table == "code"]
    moved = {
        change.row_id: change.before["parent_id"]
        for part in changes
        for change in ([part] if isinstance(part, RowChange) else part.changes())
        if change.before is not None and "parent_id" in change.changed()
    }
    if not moved:
        return
    place = journaled_columns(db, "code").index("parent_id")
    parents: dict[str, Value] = dict(db.conn.execute("SELECT id, parent_id FROM code"))
    parents |= moved | {one: row.image[place] for one, row in folded(db, "code", ancestry(db), cut).items()}
    for cycle in _cycles(parents):
        for code_id in set(cycle).intersection(cut) - moved.keys() if moved.keys() & set(cycle) else ():
            rows.confirm(db, "code", code_id, ["parent_id"])
