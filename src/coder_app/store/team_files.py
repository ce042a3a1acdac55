"""What this copy knows of the files of a team folder, and which steps it has to give or to take."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from coder_app.domain.change import RowBatch
from coder_app.store import journal
from coder_app.store.journal import Entry
from coder_app.store.many import AMONG, chunks, id_list

TEXT, FILE = "text:", "file:"

_BODIES = {"text_hash": TEXT, "original_hash": FILE, "blocks_hash": FILE}


@dataclass(frozen=True, slots=True)
class TeamFile:
    """A file of a team folder: the SHA-256 of its bytes, the steps and the bodies (by `body_id`) that it holds."""

    name: str
    digest: str
    steps: list[str]
    bodies: list[str]


def known_files(db: Database) -> dict[str, TeamFile]:
    """Return the files that were read or written, by name."""
    rows = db.conn.execute("SELECT name, digest, steps, bodies FROM team_file")
    return {name: TeamFile(name, digest, json.loads(steps), json.loads(bodies)) for name, digest, steps, bodies in rows}


def note_file(db: Database, file: TeamFile) -> None:
    """Note that a file was read or written."""
    db.conn.execute(
        "INSERT OR REPLACE INTO team_file (name, digest, steps, bodies) VALUES (?, ?, ?, ?)",
        (file.name, file.digest, json.dumps(file.steps), json.dumps(file.bodies)),
    )


def forget_files(db: Database) -> None:
    """Forget all files, as when the folder is left for another."""
    db.conn.execute("DELETE FROM team_file")


def missing_here(db: Database, steps: Collection[str]) -> set[str]:
    """Return those of some steps that this copy's journal does not hold."""
    missing = set(steps)
    for some in chunks(steps):
        found = db.conn.execute(f"SELECT id FROM change_set WHERE id IN {AMONG}", (id_list(some),))
        missing.difference_update(row[0] for row in found)
    return missing


def own_steps(db: Database, shared: Collection[str]) -> list[str]:
    """Return the steps of this copy's journal that are not among `shared`, in the total order."""
    return [one for (one,) in db.conn.execute("SELECT id FROM change_set ORDER BY made_at, id") if one not in shared]


def number_of_steps(db: Database) -> int:
    """Return how many steps this copy's journal holds."""
    return int(db.conn.execute("SELECT count(*) FROM change_set").fetchone()[0])


def body_id(body: str | bytes) -> str:
    """Return by what a text or a file is known: its kind, for a text may have the very bytes of a file, and hash."""
    if isinstance(body, str):
        return TEXT + hashlib.sha256(body.encode()).hexdigest()
    return FILE + hashlib.sha256(body).hexdigest()


def bodies_here(db: Database) -> list[str]:
    """Return by `body_id` the texts and files that this copy holds."""
    sql = f"SELECT '{TEXT}' || hash FROM text_body UNION ALL SELECT '{FILE}' || hash FROM media"
    return [row[0] for row in db.conn.execute(sql)]


def bodies_named(entries: Iterable[Entry]) -> set[str]:
    """Return by `body_id` the texts and files that entries of the journal name, before and after."""
    found: set[str] = set()
    for entry in entries:
        if entry.table != "source":
            continue
        batch = entry.batch()
        if batch is not None:
            found.update(_of_batch(batch))
        for image in (entry.before, entry.after):
            row: dict[str, str | None] = json.loads(image) if image else {}
            found.update(f"{kind}{row[name]}" for name, kind in _BODIES.items() if row.get(name))
    return found


def _of_batch(batch: RowBatch) -> Iterable[str]:
    for columns in (batch.before(), batch.after()):
        for name, kind in _BODIES.items() if columns else ():
            yield from (f"{kind}{value}" for value in (columns or {}).get(name, ()) if value)


def body(db: Database, known_by: str) -> str | bytes | None:
    """Return the text or the file with this `body_id`, None where this copy does not hold it."""
    table, column = ("text_body", "text") if known_by.startswith(TEXT) else ("media", "bytes")
    digest = known_by.removeprefix(TEXT).removeprefix(FILE)
    row = db.conn.execute(f"SELECT {column} FROM {table} WHERE hash = ?", (digest,)).fetchone()
    return row[0] if row else None


def folder(db: Database) -> str | None:
    """Return the path of the team folder that this copy works with, None where it has none."""
    return journal.read_local(db, "team_folder") or None


def work_with(db: Database, path: str) -> None:
    """Note the team folder that this copy works with; an empty path is none."""
    journal.write_local(db, "team_folder", path)
    note_sync(db, "")


def note_sync(db: Database, moment: str) -> None:
    """Note when this copy exchanged its work last, in UTC."""
    journal.write_local(db, "team_synced_at", moment)


def synced_at(db: Database) -> str:
    """Return when this copy exchanged its work last, in UTC; "" where it never did."""
    return journal.read_local(db, "team_synced_at") or ""


def begin_here(db: Database) -> None:
    """Let Undo begin with what is done from now on: a copy that was joined does not take back the others' steps."""
    (last,) = db.conn.execute("SELECT max(made_at) FROM change_set").fetchone()
    journal.write_local(db, "joined_at", str(last))
    db.conn.execute("DELETE FROM merged")
    db.conn.execute("DELETE FROM merge")


def root(db: Database) -> str:
    """Return the step with which the project began, by which its copies know each other."""
    return db.conn.execute("SELECT id FROM change_set WHERE step = 'new' ORDER BY made_at, id LIMIT 1").fetchone()[0]


def replica(db: Database) -> str:
    """Return the id of this copy, "" where it has made no step yet."""
    return journal.read_local(db, "replica_id") or ""
