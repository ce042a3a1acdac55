"""The search index: which words stand in which lines. It saves reading; nothing depends on its being there.

A line is known by one number, that of its text above that of its first character. Texts never change
under their hash, so neither do entries; texts that no source names any more are passed over by who asks.
The index is not journaled and not dumped; a text that it lacks is read through instead.
"""

import re
import time
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlite_utils import Database

from coder_app.domain.folding import index_form
from coder_app.store import driver
from coder_app.store.project import Project

SMALL = 1_000_000
"""How many code points a step may bring for them to be indexed within the step, which takes about 50 ms."""

_LINE = re.compile(r"[^\n]+")
_START_BITS = 32
_START_MASK = (1 << _START_BITS) - 1
# Between two looks at the clock.
_LINES_AT_ONCE = 50


class Unusable(Exception):
    """The index is damaged or missing; the texts themselves are not concerned."""


def split_line(line: int) -> tuple[int, int]:
    """Return the number of a line's text and the code point where the line starts."""
    return line >> _START_BITS, line & _START_MASK


def lines_with(db: Database, match: str, most: int) -> list[int] | None:
    """Return the lines that fit an expression of FTS5; None where there are more than `most`. Raises Unusable."""
    found = _lines(db, "full_text MATCH ? LIMIT ?", (match, most + 1))
    return found if len(found) <= most else None


def lines_in(db: Database, match: str, number: int) -> list[int]:
    """Return the lines of one text that fit an expression of FTS5. Raises Unusable."""
    low = number << _START_BITS
    return _lines(db, "full_text MATCH ? AND rowid BETWEEN ? AND ?", (match, low, low | _START_MASK))


def _lines(db: Database, where: str, parameters: tuple[str | int, ...]) -> list[int]:
    try:
        return [row[0] for row in db.conn.execute(f"SELECT rowid FROM full_text WHERE {where}", parameters)]
    except driver.DatabaseError as error:
        raise Unusable(str(error)) from error


def missing(db: Database) -> int:
    """Return how many texts that a source names are not, or not wholly, in the index."""
    return db.conn.execute(f"SELECT count(*) FROM ({_MISSING})").fetchone()[0]


_MISSING = """
SELECT DISTINCT source.text_hash, coalesce(stop, 0) FROM source
LEFT JOIN indexed_text ON indexed_text.text_hash = source.text_hash WHERE number IS NULL OR stop IS NOT NULL
"""


def index_small(db: Database, text_hashes: Iterable[str]) -> None:
    """Put texts into the index, within a step, unless they are more than `SMALL` together."""
    some: dict[str, str] = {}
    left = SMALL
    for text_hash in text_hashes:
        text, characters = db.conn.execute(
            "SELECT iif(characters <= ?, text, ''), characters FROM text_body WHERE hash = ?", (left, text_hash)
        ).fetchone()
        left -= characters
        if left < 0:
            return
        some[text_hash] = text
    for text_hash, text in some.items():
        _index(db, text_hash, text, 0, give_up=None)


def index_some(project: Project, budget_ms: int = 50) -> int:
    """Index texts for about `budget_ms` milliseconds, kept by one transaction, and return how many are left.

    Meant to be called again until 0 comes back. Nothing is done, and 0 returned, in a project that is open
    for reading only. The number does not fall while a step is open, the disk is full or another program
    reads the file; then try again later.
    """
    if not project.writable:
        return 0
    connection = project.db.conn
    if not connection.in_transaction:
        try:
            connection.execute("BEGIN IMMEDIATE")
            _index_until(project.db, time.perf_counter() + budget_ms / 1000)
            connection.execute("COMMIT")
        except driver.OperationalError:
            # Busy or full: what was there stays, and so does what is missing.
            _roll_back(connection)
        except driver.DatabaseError:
            _roll_back(connection)
            clear(project)
        except BaseException:
            _roll_back(connection)
            raise
    return missing(project.db)


def clear(project: Project) -> None:
    """Empty the index, as when it is damaged; `index_some` fills it again."""
    with project.db.atomic():
        project.db.conn.execute("INSERT INTO full_text (full_text) VALUES ('delete-all')")
        project.db.conn.execute("DELETE FROM indexed_text")


def _roll_back(connection: driver.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _index_until(db: Database, give_up: float) -> None:
    for text_hash, stop in db.conn.execute(_MISSING).fetchall():
        text = db.conn.execute("SELECT text FROM text_body WHERE hash = ?", (text_hash,)).fetchone()[0]
        _index(db, text_hash, text, stop, give_up=give_up)
        if time.perf_counter() > give_up:
            break


def _index(db: Database, text_hash: str, text: str, start: int, *, give_up: float | None) -> None:
    """Index a text from `start` on, as far as the time reaches."""
    db.conn.execute("INSERT OR IGNORE INTO indexed_text (text_hash, stop) VALUES (?, 0)", (text_hash,))
    number, done = db.conn.execute("SELECT number, stop FROM indexed_text WHERE text_hash = ?", (text_hash,)).fetchone()
    if done != start:
        return
    rows = _rows(text, start, number << _START_BITS)
    stop = None
    while stop is None and (some := list(islice(rows, _LINES_AT_ONCE))):
        db.conn.executemany("INSERT INTO full_text (rowid, line) VALUES (?, ?)", some)
        if give_up is not None and time.perf_counter() > give_up and len(some) == _LINES_AT_ONCE:
            stop = _end_of_line(text, some[-1][0] & _START_MASK)
    db.conn.execute("UPDATE indexed_text SET stop = ? WHERE number = ?", (stop, number))


def _rows(text: str, start: int, base: int) -> Iterator[tuple[int, str]]:
    return ((base + match.start(), index_form(match[0])) for match in _LINE.finditer(text, start))


def _end_of_line(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return len(text) if stop < 0 else stop
