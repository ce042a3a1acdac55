"""Takes change sets of another copy into the journal, and takes them out again.

A merge is the union of two journals; the tables then follow (standing.py). Only what is complete and unaltered
comes in: a step counts when all that it builds on is there, and its digest must be that of its rows.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlite_utils import Database

from coder_app.domain.change import RowBatch, RowChange
from coder_app.domain.errors import DamagedProject, UndoRefused
from coder_app.domain.ids import new_id
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr
from coder_app.store import journal, media, standing
from coder_app.store.ancestry import Ancestry, ancestry
from coder_app.store.journal import Entry
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import TAKING_OUT

_TOLD = "id, replica_id, step, label, coder_id, made_at, wall_time, undoes, parents"


class Recorded(NamedTuple):
    """A change set as it travels: its columns in the table's order, its digest, its entries in order."""

    told: tuple[str | int | None, ...]
    digest: str
    entries: list[Entry]

    @property
    def id(self) -> str:
        """The id of the change set."""
        return str(self.told[0])

    @property
    def made_at(self) -> int:
        """Its place in the hybrid logical clock."""
        return int(self.told[5] or 0)

    @property
    def parents(self) -> list[str]:
        """The change sets that it builds on."""
        return json.loads(str(self.told[8]))


@dataclass(slots=True)
class TakenIn:
    """What taking in change sets did; `held_back` are those that build on one that is missing."""

    merge_id: str = ""
    steps: int = 0
    held_back: list[str] = field(default_factory=list[str])
    parts: tuple[RowChange | RowBatch, ...] = ()
    seen: Ancestry | None = field(default=None, repr=False)
    """Who has seen whom in the journal since; None where nothing came in."""


def digests(db: Database) -> dict[str, str]:
    """Return the digest of each change set of the journal by id, in the total order."""
    return dict(db.conn.execute("SELECT id, digest FROM change_set ORDER BY made_at, id"))


def recorded(db: Database, ids: Iterable[str]) -> Iterator[Recorded]:
    """Yield the change sets with these ids, in their total order."""
    for *told, digest in db.conn.execute(
        f"SELECT {_TOLD}, digest FROM change_set WHERE id IN {AMONG} ORDER BY made_at, id", (id_list(ids),)
    ):
        yield Recorded(tuple(told), digest, list(journal.entries(db, told[0])))


def take_in(
    db: Database, steps: Iterable[Recorded], *, name: str, offered: Sequence[str], on_progress: OnProgress | None = None
) -> TakenIn:
    """Join change sets, given in their total order, to the journal and bring the tables to what it then says.

    To be called within a transaction, after the texts and files that the steps name were put. `name` says where
    they come from, `offered` are the last steps of that copy. Raises DamagedProject where a step is not what was
    written; the transaction is then to be rolled back.
    """
    done = TakenIn(new_id())
    _open(db, "")
    touched: dict[str, set[str]] = {}
    known = set(digests(db))
    for number, step in enumerate(steps, start=1):
        if step.id in known:
            continue
        if not known.issuperset(step.parents):
            done.held_back.append(step.id)
            continue
        _insert(db, step, touched)
        known.add(step.id)
        db.conn.execute("INSERT INTO merged (change_set_id, merge_id) VALUES (?, ?)", (step.id, done.merge_id))
        done.steps += 1
        if on_progress and not number % 200:
            on_progress(number, 0)
    if done.steps:
        db.conn.execute(
            "INSERT INTO merge (id, name, made_at, wall_time, offered) VALUES (?, ?, ?, ?, ?)",
            (done.merge_id, name, journal.next_made_at(db), journal.now_utc(), json.dumps(sorted(offered))),
        )
        done.seen = ancestry(db)
        done.parts = _settle(db, touched, done.seen)
    _close(db)
    return done


def _open(db: Database, packed: str) -> None:
    # The triggers let rows be written only while a step is open.
    db.conn.execute("INSERT INTO open_step (only, change_set_id, packed) VALUES (1, '', ?)", (packed,))


def _close(db: Database) -> None:
    db.conn.execute("DELETE FROM open_step")


def _insert(db: Database, step: Recorded, touched: dict[str, set[str]]) -> None:
    parents = str(step.told[8])
    if journal.digest(step.told, journal.parent_digests(db, parents), step.entries) != step.digest:
        raise DamagedProject(
            tr("The step “{label}” is not what was written; nothing was taken in.", label=step.told[3])
        )
    db.conn.execute(
        f"INSERT INTO change_set ({_TOLD}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*step.told, step.digest)
    )
    for entry in step.entries:
        cursor = db.conn.execute(
            "INSERT INTO row_change (change_set_id, table_name, row_id, before, after, sets) VALUES (?, ?, ?, ?, ?, ?)",
            (step.id, entry.table, entry.row_id, entry.before, entry.after, entry.sets),
        )
        if entry.rows is not None:
            db.conn.execute(
                "INSERT INTO row_batch (seq, rows, row_ids, before, after) VALUES (?, ?, ?, ?, ?)",
                (cursor.lastrowid, entry.rows, entry.ids, entry.packed_before, entry.packed_after),
            )
        touched.setdefault(entry.table, set()).update(_row_ids(entry))


def _row_ids(entry: Entry) -> list[str]:
    batch = entry.batch()
    return [entry.row_id] if batch is None else batch.row_ids()


def _settle(db: Database, touched: dict[str, set[str]], seen: Ancestry) -> tuple[RowChange | RowBatch, ...]:
    """Bring tables, repairs, conflicts and heads to what the journal says."""
    journal.write_local(db, "heads", json.dumps(_heads(db)))
    return tuple(standing.refold(db, seen, touched))


def _heads(db: Database) -> list[str]:
    return [
        row[0]
        for row in db.conn.execute(
            "SELECT id FROM change_set WHERE id NOT IN"
            " (SELECT parent.value FROM change_set, json_each(change_set.parents) AS parent) ORDER BY made_at, id"
        )
    ]


def take_out(db: Database, merge_id: str) -> tuple[RowChange | RowBatch, ...]:
    """Take the change sets of a merge out of the journal again, and return what that changed in the tables.

    To be called within a transaction. What another merge offered as well stays. Raises UndoRefused where a
    step that stays builds on one that would go.
    """
    (name,) = db.conn.execute("SELECT name FROM merge WHERE id = ?", (merge_id,)).fetchone()
    seen = ancestry(db)
    going = _going(db, merge_id, seen)
    for change_set_id, parents in db.conn.execute("SELECT id, parents FROM change_set"):
        if change_set_id not in going and going.intersection(json.loads(parents)):
            raise UndoRefused(
                tr(
                    "“{name}” cannot be taken out any more, because work that was done since builds on it. Single "
                    "steps can be reverted in the history.",
                    name=name,
                )
            )
    _open(db, TAKING_OUT)
    touched: dict[str, set[str]] = {}
    for change_set_id in going:
        for entry in journal.entries(db, change_set_id):
            touched.setdefault(entry.table, set()).update(_row_ids(entry))
    for some in chunks(going):
        ids = id_list(some)
        db.conn.execute(f"DELETE FROM merged WHERE change_set_id IN {AMONG}", (ids,))
        db.conn.execute(
            f"DELETE FROM row_batch WHERE seq IN (SELECT seq FROM row_change WHERE change_set_id IN {AMONG})", (ids,)
        )
        db.conn.execute(f"DELETE FROM row_change WHERE change_set_id IN {AMONG}", (ids,))
        db.conn.execute(f"DELETE FROM change_set WHERE id IN {AMONG}", (ids,))
    db.conn.execute("DELETE FROM merge WHERE id = ?", (merge_id,))
    parts = _settle(db, touched, ancestry(db))
    _close(db)
    return parts


def _going(db: Database, merge_id: str, seen: Ancestry) -> set[str]:
    """Return the steps that came by this merge alone; those that another offered, too, count as that one's from now."""
    members = {row[0] for row in db.conn.execute("SELECT change_set_id FROM merged WHERE merge_id = ?", (merge_id,))}
    for other, offered in db.conn.execute("SELECT id, offered FROM merge WHERE id != ? ORDER BY made_at", (merge_id,)):
        heads = [head for head in json.loads(offered) if head in seen]
        stays = {one for one in members if any(seen.has_seen(head, one) for head in heads)}
        db.conn.executemany(
            "UPDATE merged SET merge_id = ? WHERE change_set_id = ?",
            ((other, change_set_id) for change_set_id in stays),
        )
        members -= stays
    return members


Bodies = Iterable[str | bytes]
"""Texts, and the bytes of files, that the change sets name."""


def put_bodies(db: Database, bodies: Bodies) -> None:
    """Store texts and files; each is known by its own SHA-256, so nothing can come in under another's name."""
    for body in bodies:
        if isinstance(body, str):
            media.put_text(db, body)
        else:
            media.put_bytes(db, body)


def bodies_missing(db: Database, other: Database) -> Iterator[str | bytes]:
    """Yield the texts and files that `other` holds and `db` does not."""
    # A text may have the very bytes of a file: the two are known apart.
    for table, column in (("text_body", "text"), ("media", "bytes")):
        known = {row[0] for row in db.conn.execute(f"SELECT hash FROM {table}")}
        missing = [row[0] for row in other.conn.execute(f"SELECT hash FROM {table}") if row[0] not in known]
        for digest in missing:
            yield other.conn.execute(f"SELECT {column} FROM {table} WHERE hash = ?", (digest,)).fetchone()[0]


def all_bodies(db: Database) -> Iterator[str | bytes]:
    """Yield the texts and files of a project."""
    for sql in ("SELECT text FROM text_body", "SELECT bytes FROM media"):
        yield from (row[0] for row in db.conn.execute(sql))


def is_merge(db: Database, step_id: str) -> bool:
    """Say whether this is a merge of this copy and no change set."""
    return db.conn.execute("SELECT 1 FROM merge WHERE id = ?", (step_id,)).fetchone() is not None


def heads_of(db: Database, ids: Collection[str]) -> list[str]:
    """Return those of some change sets that no other of them builds on."""
    built_on = set[str]()
    for change_set_id, parents in db.conn.execute("SELECT id, parents FROM change_set"):
        if change_set_id in ids:
            built_on.update(json.loads(parents))
    return sorted(set(ids) - built_on)
