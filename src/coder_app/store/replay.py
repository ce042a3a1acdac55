"""What the tables must hold according to the journal alone, held against what they do hold."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlite_utils import Database

from coder_app.domain.change import Value
from coder_app.i18n import tr
from coder_app.store import standing
from coder_app.store.ancestry import Ancestry, ancestry
from coder_app.store.fold import Change, Folded, Image, fold, histories
from coder_app.store.migrations import journaled_columns
from coder_app.store.schema import JOURNALED
from coder_app.store.standing import CUT, REVIVED

_Noted = set[tuple[str, str, str]]


def differences(db: Database) -> Iterator[str]:
    """Yield a sentence for each row in which the tables and the journal differ, and where it contradicts itself."""
    for (change_set_id,) in db.conn.execute(
        "SELECT DISTINCT change_set_id FROM row_change WHERE change_set_id NOT IN (SELECT id FROM change_set)"
    ):
        yield tr("the journal holds changes of a step {id} that it does not hold", id=change_set_id)
    seen = ancestry(db)
    repairs: _Noted = set(db.conn.execute("SELECT table_name, row_id, kind FROM repair"))
    dead: dict[str, list[str]] = {}
    conflicts: _Noted = set()
    # One table after the other, so that the long ones are not in memory together.
    for table in JOURNALED:
        dead[table] = []
        yield from _table_differences(db, table, seen, repairs, dead[table], conflicts)
    wanted = standing.standing(db, seen, {**dead, "code": [row[0] for row in db.conn.execute("SELECT id FROM code")]})
    if wanted.repairs != repairs:
        yield tr("what is noted as revived or cut does not follow from the journal")
    if conflicts != set(db.conn.execute("SELECT table_name, row_id, field FROM conflict")):
        yield tr("what is noted as undecided does not follow from the journal")


def _table_differences(
    db: Database, table: str, seen: Ancestry, repairs: _Noted, dead: list[str], conflicts: _Noted
) -> Iterator[str]:
    columns = journaled_columns(db, table)
    known = histories(db, table)
    for row_id, history in known.items():
        if _contradicts_itself(history, table, columns, seen):
            yield tr("the journal contradicts itself about {table} {id}", table=table, id=row_id)
    names = ", ".join(f'"{name}"' for name in columns)
    for row in db.conn.execute(f'SELECT {names} FROM "{table}"'):
        row_id = str(row[0])
        history = known.pop(row_id, None)
        folded = None if history is None else fold(history, table, columns, seen)
        if folded is not None:
            conflicts.update((table, row_id, name) for name in folded.conflicts)
            dead.extend([] if folded.live else [row_id])
        yield from _row_differences(table, columns, row, folded, repairs)
    for row_id, history in known.items():
        folded = fold(history, table, columns, seen)
        conflicts.update((table, row_id, name) for name in folded.conflicts)
        dead.append(row_id)
        if folded.live:
            yield tr("{table} {id} is in the journal, but missing in its table", table=table, id=row_id)


def _row_differences(
    table: str, columns: Sequence[str], row: Image, folded: Folded | None, repairs: _Noted
) -> Iterator[str]:
    row_id = str(row[0])
    if folded is None or not (folded.live or (table, row_id, REVIVED) in repairs):
        yield tr("{table} {id} is in its table, but not in the journal", table=table, id=row_id)
        return
    wanted: dict[str, Value] = dict(zip(columns, folded.image, strict=True))
    if (table, row_id, CUT) in repairs:
        wanted["parent_id"] = None
    if tuple(wanted.values()) != row:
        fields = ", ".join(name for name, new in zip(columns, row, strict=True) if wanted[name] != new)
        yield tr("{table} {id} was changed behind the journal ({fields})", table=table, id=row_id, fields=fields)


def _contradicts_itself(history: list[Change] | Change, table: str, columns: Sequence[str], seen: Ancestry) -> bool:
    """Say whether a change begins with another image than the one before it, which it had seen, ended with.

    Where changes had not seen each other, or a repair stood between them, this is as it should be.
    """
    changes = [history] if isinstance(history, Change) else history
    if changes[0].before is not None:
        return True
    loose = columns.index("parent_id") if table == "code" else -1
    for earlier, later in pairwise(changes):
        if not seen.has_seen(later.change_set_id, earlier.change_set_id) or earlier.after is None:
            return False
        if later.before is None or any(
            old != new
            for place, (old, new) in enumerate(zip(earlier.after, later.before, strict=True))
            if place != loose
        ):
            return True
    return False
