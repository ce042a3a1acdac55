"""Makes a sound project out of a damaged one: what the journal can rebuild, and a list of what it cannot.

The damaged file is only read. Steps whose digest is right, with all that they build on, are taken in again and
the tables follow from them. Where steps are lost, what the tables still show beyond them becomes one last step.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from coder_app.domain.change import Row
from coder_app.domain.errors import DamagedProject, ProjectProblem
from coder_app.domain.text import sha256
from coder_app.i18n import tr, trn
from coder_app.store import database, driver, journal, media, merging, rows, standing, steps
from coder_app.store.journal import Entry
from coder_app.store.many import chunks
from coder_app.store.merging import Recorded
from coder_app.store.migrations import journaled_columns
from coder_app.store.project import Project
from coder_app.store.schema import JOURNALED
from coder_app.store.verify import verify


@dataclass(slots=True)
class Repaired:
    """What was rebuilt, in numbers, and what was lost, one sentence each."""

    steps: int = 0
    from_tables: int = 0
    lost: list[str] = field(default_factory=list[str])


def repair(damaged: Path, target: Path, copies: Sequence[Path] = ()) -> Repaired:
    """Write a sound project to `target`, a new file, from the damaged one; return what came of it.

    Texts and files that lost their hash are looked for in `copies`, such as backups. Raises ProjectProblem where
    `target` exists, or where not even the schema of the damaged file can be read.
    """
    done = Repaired()
    with _Damaged(damaged) as old:
        temporary = database.create_file(target)
        try:
            with Project(temporary, database.open_file(temporary, write=True), writable=True) as new:
                _fill(old, new, copies, done)
                _refuse_unsound(verify(new.db), damaged)
        except BaseException:
            database.discard(temporary)
            raise
        database.put_in_place(temporary, target)
    return done


def _refuse_unsound(problems: list[str], damaged: Path) -> None:
    if problems:
        raise DamagedProject(
            tr("{file} cannot be rebuilt ({what}). Use a backup.", file=damaged.name, what=problems[0])
        )


# A table whose end is broken is read on until so many rows together have brought nothing. Each row that cannot be
# read costs a question, and behind a broken end there are as many such rows as there are numbers.
_STRETCH = 1 << 15
_MOST_ROWS = 1 << 32


class _Damaged:
    """A file of which any page may be unreadable."""

    def __init__(self, path: Path) -> None:
        try:
            self.db = database.wrap(driver.connect(path, mode="ro"))
            # Lets SQLite pass over what it cannot read of the schema; nothing is written.
            self.db.conn.execute("PRAGMA writable_schema = ON")
            self.db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except driver.DatabaseError as error:
            raise ProjectProblem(
                tr(
                    "Nothing in {file} can be read ({reason}): it is no Coder App project, or its beginning is lost. "
                    "Choose the project's own file, or restore a backup of it.",
                    file=path.name,
                    reason=error,
                )
            ) from error
        self.path = path

    def __enter__(self) -> "_Damaged":
        return self

    def __exit__(self, *_: object) -> None:
        self.db.conn.close()

    def each(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table, passing over those that cannot be read."""
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'SELECT {names} FROM "{table}" WHERE rowid BETWEEN ? AND ?'
        last = self._last(table)
        if last is not None:
            yield from self._between(sql, 1, last)
            return
        for first in range(1, _MOST_ROWS, _STRETCH):
            found = list(self._between(sql, first, first + _STRETCH - 1))
            if not found:
                return
            yield from found

    def _last(self, table: str) -> int | None:
        """Return the last row's number; None where the end of the table is broken."""
        try:
            return int(self.db.conn.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0] or 0)
        except driver.DatabaseError:
            return None

    def _between(self, sql: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        if first > last:
            return
        try:
            found = self.db.conn.execute(sql, (first, last)).fetchall()
        except (driver.DatabaseError, ValueError):
            if first < last:
                middle = (first + last) // 2
                yield from self._between(sql, first, middle)
                yield from self._between(sql, middle + 1, last)
            return
        yield from found


def _fill(old: _Damaged, new: Project, copies: Sequence[Path], done: Repaired) -> None:
    db = new.db
    db.conn.execute("BEGIN IMMEDIATE")
    altered = _take_bodies(old, db)
    taken, lost = _take_steps(old, db, done)
    missing = _look_for_bodies(db, copies)
    steps.follow(db, taken.parts)
    db.conn.execute("COMMIT")
    if not lost and not any(missing.values()):
        return
    with new.edit("Repair: what the damaged file held"):
        if lost:
            _take_tables(old, new, done)
            # Only now are the sources there that name them.
            missing = _look_for_bodies(db, copies)
        for digest in sorted(missing["text_body"]):
            _take_altered(new, digest, altered.get(digest), done)
        for digest in sorted(missing["media"]):
            _do_without(new, digest, done)


def _take_bodies(old: _Damaged, db: Database) -> dict[str, str]:
    """Take the texts and files that are what they were; return the texts that are not, by the hash they had."""
    altered: dict[str, str] = {}
    for digest, text in old.each("text_body", ("hash", "text")):
        if isinstance(text, str) and sha256(text) == digest:
            media.put_text(db, text)
        elif isinstance(text, str):
            altered[digest] = text
    for digest, data in old.each("media", ("hash", "bytes")):
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == digest:
            media.put_bytes(db, data)
    return altered


_TOLD = ("id", "replica_id", "step", "label", "coder_id", "made_at", "wall_time", "undoes", "parents")


def _take_steps(old: _Damaged, db: Database, done: Repaired) -> tuple[merging.TakenIn, bool]:
    """Take in the steps that are whole; return what came of it and whether any was lost."""
    told_of = sorted(old.each("change_set", (*_TOLD, "digest")), key=lambda row: (row[5], row[0]))
    entries = _entries(old)
    good: dict[str, str] = {}
    whole: list[Recorded] = []
    for *told, digest in told_of:
        one = Recorded(tuple(told), digest, entries.get(str(told[0]), []))
        if _is_whole(one, good):
            good[one.id] = digest
            whole.append(one)
        else:
            done.lost.append(
                tr(
                    "The step “{label}” of {when} cannot be read, or builds on one that cannot.",
                    label=one.told[3],
                    when=str(one.told[6])[:16].replace("T", " "),
                )
            )
    if not whole:
        raise ProjectProblem(tr("The history of {file} cannot be read. Use a backup.", file=old.path.name))
    taken = merging.take_in(db, whole, name="", offered=[])
    done.steps = taken.steps
    db.conn.execute("DELETE FROM merged")
    db.conn.execute("DELETE FROM merge")
    _keep_local(old, db)
    return taken, bool(done.lost) or len(told_of) < len(entries)


def _entries(old: _Damaged) -> dict[str, list[Entry]]:
    batches = {row[0]: row[1:] for row in old.each("row_batch", ("seq", "rows", "row_ids", "before", "after"))}
    found: dict[str, list[Entry]] = {}
    columns = ("seq", "change_set_id", "table_name", "row_id", "before", "after", "sets")
    for seq, change_set_id, *told in old.each("row_change", columns):
        found.setdefault(str(change_set_id), []).append(Entry(*told, *batches.get(seq, (None, None, None, None))))
    return found


def _is_whole(one: Recorded, good: dict[str, str]) -> bool:
    try:
        parents = sorted(one.parents)
        if any(parent not in good for parent in parents):
            return False
        return journal.digest(one.told, [good[parent] for parent in parents], one.entries) == one.digest
    except (ValueError, TypeError):
        return False


def _keep_local(old: _Damaged, db: Database) -> None:
    for name, value in old.each("local", ("name", "value")):
        if name == "coder_id":
            journal.write_local(db, name, value)


def _look_for_bodies(db: Database, copies: Sequence[Path]) -> dict[str, set[str]]:
    """Fetch the texts and files that sources and segments name from other copies; return what none of them has."""
    kinds: tuple[tuple[str, str, Callable[[Database, Any], str]], ...] = (
        ("text_body", "text", media.put_text),
        ("media", "bytes", media.put_bytes),
    )
    missing: dict[str, set[str]] = {}
    for table, column, put in kinds:
        missing[table] = set(_named(db, table))
        for copy in copies:
            if missing[table]:
                _from_copy(db, copy, (table, column), missing[table], put)
    return missing


def _named(db: Database, table: str) -> Iterable[str]:
    columns = (
        (("source", "text_hash"), ("segment", "text_hash"))
        if table == "text_body"
        else (("source", "original_hash"), ("source", "blocks_hash"))
    )
    for name, column in columns:
        sql = f"SELECT DISTINCT {column} FROM {name} WHERE {column} NOT IN (SELECT hash FROM {table})"
        yield from (row[0] for row in db.conn.execute(sql))


def _from_copy(
    db: Database, copy: Path, place: tuple[str, str], missing: set[str], put: Callable[[Database, Any], str]
) -> None:
    table, column = place
    with _Damaged(copy) as other:
        for digest, body in other.each(table, ("hash", column)):
            if digest in missing and put(db, body) == digest:
                missing.discard(digest)


def _take_altered(new: Project, digest: str, altered: str | None, done: Repaired) -> None:
    """Go on with a text that is not what was stored, where it is as long, so that codings keep their places."""
    used = new.rows("SELECT max(stop) FROM segment WHERE text_hash = ?", (digest,))[0][0] or 0
    names = ", ".join(row[0] for row in new.rows("SELECT name FROM source WHERE text_hash = ?", (digest,)))
    if altered is None or len(altered) < used:
        raise ProjectProblem(
            tr("The text of “{name}” is lost, and no backup has it. Use a backup.", name=names or digest[:12])
        )
    text_hash = new.put_text(altered)
    for table in ("source", "segment"):
        ids = [row[0] for row in new.rows(f"SELECT id FROM {table} WHERE text_hash = ?", (digest,))]
        new.update_many(table, ids, {"text_hash": text_hash})
    done.lost.append(
        tr("The text of “{name}” is not letter by letter what was stored; read it through.", name=names or digest[:12])
    )


def _do_without(new: Project, digest: str, done: Repaired) -> None:
    """Do without the original file, or the headings, of a source."""
    for column, sentence in (
        ("original_hash", tr("The original file of “{name}” is lost; its text and codings are there.")),
        ("blocks_hash", tr("The headings of “{name}” are lost; its text and codings are there.")),
    ):
        for source_id, name in new.rows(f"SELECT id, name FROM source WHERE {column} = ?", (digest,)):
            new.update("source", source_id, {column: None})
            done.lost.append(sentence.replace("{name}", name))


def _take_tables(old: _Damaged, new: Project, done: Repaired) -> None:
    """Make what the damaged tables show beyond the steps that could be read one last step."""
    for table in JOURNALED:
        columns = journaled_columns(new.db, table)
        there = {str(row[0]): dict(zip(columns, row, strict=True)) for row in _readable(old, table, columns)}
        for some in chunks(there):
            known = {str(row["id"]): row for row in rows.fetch(new.db, table, columns, some)}
            new.insert_many(table, [there[one] for one in some if one not in known])
            for one in some:
                changed = _changed(known.get(one), there[one])
                if changed:
                    new.update(table, one, changed)
            done.from_tables += sum(one not in known or known[one] != there[one] for one in some)
    _drop_dangling(new, done)


def _readable(old: _Damaged, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return (row for row in old.each(table, columns) if isinstance(row[0], str))


def _changed(known: Row | None, there: Row) -> Row:
    return {} if known is None else {name: value for name, value in there.items() if known[name] != value}


def _drop_dangling(new: Project, done: Repaired) -> None:
    """Remove rows that refer to what is lost, until none does."""
    while True:
        doomed: dict[str, set[str]] = {}
        for table, column, referred in standing.references(new.db):
            sql = (
                f'SELECT id FROM "{table}" WHERE "{column}" IS NOT NULL'
                f' AND "{column}" NOT IN (SELECT id FROM "{referred}")'
            )
            doomed.setdefault(table, set()).update(row[0] for row in new.rows(sql))
        if not any(doomed.values()):
            return
        for table, ids in doomed.items():
            if ids:
                new.delete(table, sorted(ids))
                done.lost.append(
                    trn(
                        "{n} row of {table} refers to what is lost.",
                        "{n} rows of {table} refer to what is lost.",
                        len(ids),
                        table=table,
                    )
                )


def as_lines(done: Repaired) -> list[str]:
    """Return what was rebuilt and lost, a sentence each."""
    lines = [trn("{n} step was rebuilt.", "{n} steps were rebuilt.", done.steps)]
    if done.from_tables:
        lines.append(
            trn("{n} row was taken from the tables.", "{n} rows were taken from the tables.", done.from_tables)
        )
    return lines + (done.lost or [tr("Nothing was lost.")])
