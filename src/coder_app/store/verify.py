"""Checks a project from its pages to its meaning; what it finds is said in sentences."""

import hashlib
import json
from collections.abc import Iterator

from sqlite_utils import Database

from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.text import count_words, sha256, stretches
from coder_app.i18n import tr
from coder_app.store import database, driver, journal, placing, replay, uses
from coder_app.store.migrations import migrations

_STRETCH = 100_000
"""Code points that are counted in one go."""


def verify(db: Database, on_progress: OnProgress = tell_nobody) -> list[str]:
    """Return what is wrong with a project, one sentence each; an empty list means that it is sound.

    Checked are the schema with the journal's triggers, SQLite's own integrity, foreign keys, the
    hashes of texts and files, ranges inside their text, and that the journal's replay equals the tables.
    `on_progress` is told (done, all) and may raise Cancelled.
    Raises ProjectProblem where somebody writes to the file for so long that it cannot be read now.
    """
    problems: list[str] = []
    try:
        problems += database.schema_problems(db)
        if database.has_foreign_tables(db):
            # Reading on would run a stranger's definitions.
            return problems
        on_progress(0, len(_CHECKS) + 1)
        pages = [row[0] for row in db.conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [tr("SQLite finds the file damaged: {what}", what=what) for what in pages]
        if not pages:
            for done, check in enumerate(_CHECKS, start=1):
                on_progress(done, len(_CHECKS) + 1)
                # What was found counts, even if the check cannot go on.
                problems.extend(check(db))
    except driver.DatabaseError as error:
        if driver.is_busy(error):
            raise database.translated(error, driver.path_of(db.conn)) from error
        problems.append(tr("SQLite finds the file damaged: {what}", what=error))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        problems.append(tr("the journal cannot be read: {what}", what=error))
    return problems


def verify_quickly(db: Database) -> list[str]:
    """Return what is wrong with a copy whose pages SQLite has just checked: its texts, its files, its last steps.

    The journal is not replayed, which takes as long as the copy itself some ten times.
    """
    try:
        return [*_hashes(db), *_journal_heads(db)]
    except (driver.DatabaseError, ValueError, TypeError) as error:
        return [tr("SQLite finds the file damaged: {what}", what=error)]


def verify_readable(db: Database) -> list[str]:
    """Return what keeps a project from being read to its end: its pages, and what `verify_quickly` checks."""
    try:
        pages = [row[0] for row in db.conn.execute("PRAGMA quick_check") if row[0] != "ok"]
    except driver.DatabaseError as error:
        pages = [str(error)]
    return [tr("SQLite finds the file damaged: {what}", what=what) for what in pages] or verify_quickly(db)


def _versions(db: Database) -> Iterator[str]:
    known = {row[0] for row in db.conn.execute("SELECT name FROM _sqlite_migrations")}
    if migrations.pending(db) or len(known) != len(migrations.applied(db)):
        yield tr("the note of which versions the file has gone through is damaged")


def _foreign_keys(db: Database) -> Iterator[str]:
    for table, rowid, referred, _ in db.conn.execute("PRAGMA foreign_key_check"):
        yield tr(
            "row {rowid} of {table} refers to a {referred} that is missing", rowid=rowid, table=table, referred=referred
        )


def _hashes(db: Database) -> Iterator[str]:
    for digest, text, characters in db.conn.execute("SELECT hash, text, characters FROM text_body"):
        if sha256(text) != digest or len(text) != characters:
            yield tr("the text {hash} is not what was stored", hash=digest[:12])
    for digest, data, size in db.conn.execute("SELECT hash, bytes, size FROM media"):
        if hashlib.sha256(data).hexdigest() != digest or len(data) != size:
            yield tr("the file {hash} is not what was stored", hash=digest[:12])
    # NULL is not in an empty table either.
    for name, digest in db.conn.execute(
        "SELECT name, digest FROM ("
        "SELECT name, text_hash AS digest FROM source WHERE text_hash NOT IN (SELECT hash FROM text_body)"
        " UNION ALL SELECT name, original_hash FROM source WHERE original_hash NOT IN (SELECT hash FROM media)"
        " UNION ALL SELECT name, blocks_hash FROM source WHERE blocks_hash NOT IN (SELECT hash FROM media)"
        ") WHERE digest IS NOT NULL"
    ):
        yield tr("the content {hash} of the source {name} is missing", hash=digest[:12], name=name)


def _words(db: Database) -> Iterator[str]:
    for digest, text, words in db.conn.execute("SELECT hash, text, words FROM text_body"):
        # In stretches, because other threads stand still while one is counted.
        if sum(count_words(text[start:stop]) for start, stop in stretches(text, _STRETCH)) != words:
            yield tr("the number of words of the text {hash} is not theirs", hash=digest[:12])


def _ranges(db: Database) -> Iterator[str]:
    outside = db.conn.execute(
        "SELECT segment.id FROM segment JOIN source ON source.id = source_id"
        " JOIN text_body AS today ON today.hash = source.text_hash"
        " LEFT JOIN text_body AS then_ ON then_.hash = segment.text_hash"
        " WHERE now_stop > today.characters OR stop > then_.characters"
        " OR (start IS NOT NULL AND then_.hash IS NULL)"
        " OR (segment.text_hash = source.text_hash AND (now_start IS NOT start OR now_stop IS NOT stop OR NOT placed))"
    )
    return (tr("the segment {id} lies outside its text", id=segment_id) for (segment_id,) in outside)


def _journal_heads(db: Database) -> Iterator[str]:
    built_on = set[str]()
    known = set[str]()
    for change_set_id, parents in db.conn.execute(
        "SELECT change_set.id, parent.value FROM change_set LEFT JOIN json_each(change_set.parents) AS parent"
    ):
        known.add(change_set_id)
        if parents is not None:
            built_on.add(parents)
    if set(journal.heads(db)) != known - built_on:
        yield tr("the journal's last steps are not the ones noted")
    for missing in sorted(built_on - known):
        yield tr("the journal's step {id} is missing", id=missing)
    for early in db.conn.execute(
        "SELECT child.id FROM change_set AS child, json_each(child.parents) AS parent"
        " JOIN change_set AS earlier ON earlier.id = parent.value WHERE earlier.made_at >= child.made_at"
    ):
        yield tr("the journal's step {id} is dated before one that it builds on", id=early[0])
    if db.conn.execute("SELECT count(*) FROM open_step").fetchone()[0]:
        yield tr("a step was left open")


def _digests(db: Database) -> Iterator[str]:
    known: dict[str, str] = {}
    for *told, noted in db.conn.execute(
        "SELECT id, replica_id, step, label, coder_id, made_at, wall_time, undoes, parents, digest FROM change_set"
        " ORDER BY made_at, id"
    ):
        change_set_id, parents = str(told[0]), sorted(json.loads(told[-1]))
        known[change_set_id] = noted
        of_parents = [known[parent] for parent in parents if parent in known]
        if journal.digest(tuple(told), of_parents, journal.entries(db, change_set_id)) != noted:
            yield tr("the journal's step {id} is not what was written", id=change_set_id)


_CHECKS = (
    _versions,
    _foreign_keys,
    _hashes,
    _words,
    _ranges,
    placing.differences,
    _journal_heads,
    _digests,
    replay.differences,
    uses.differences,
)
