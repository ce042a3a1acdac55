"""Keeps count of how often codes and sources are used, so that opening a project counts nothing.

The counts follow from `coding` and `segment`. A small step adds what it changed; a large one counts
the codes and sources that it touched again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import cast

from sqlite_utils import Database

from coder_app.domain.change import RowBatch, RowChange, Value
from coder_app.i18n import tr
from coder_app.store.many import AMONG, chunks, id_list

_ADDED_AT_MOST = 5_000
"""So many changed rows are added up in any case; beyond, counting again may be quicker."""
_TIMES_AS_SLOW = 10
"""To add up a changed row takes as long as to count so many codings, and more memory."""

_Pair = tuple[str, str]
"""A segment and a code."""

_OF_CODES = """
SELECT code_id, sum(codings), count(*) FROM
    (SELECT code_id, count(*) AS codings FROM coding {where} GROUP BY code_id, segment_id)
GROUP BY code_id
"""
_OF_SOURCES = """
SELECT source_id, count(*), sum(codings) FROM
    (SELECT source_id, (SELECT count(*) FROM coding WHERE segment_id = segment.id) AS codings FROM segment {where})
GROUP BY source_id
"""


def keep(db: Database, parts: Iterable[RowChange | RowBatch]) -> None:
    """Bring the counts up to date with the net changes of a step, all of which are written."""
    changed = [part for part in parts if part.table in ("coding", "segment")]
    size = sum(1 if isinstance(part, RowChange) else part.count for part in changed)
    is_large = size > _ADDED_AT_MOST
    there = db.conn.execute("SELECT coalesce(sum(codings), 0) FROM code_use").fetchone()[0] if is_large else 0
    if is_large and size > there:
        count_all(db)
    elif any(map(_may_move, changed)) or (is_large and size * _TIMES_AS_SLOW > there):
        _count_again(db, changed)
    elif changed:
        _add(db, changed)


def _may_move(part: RowChange | RowBatch) -> bool:
    """Say whether a segment may go to another source, with codings that do not change."""
    if part.table != "segment":
        return False
    if isinstance(part, RowBatch):
        return part.packed_before is not None and part.packed_after is not None
    return part.before is not None and part.after is not None and "source_id" in part.changed()


def _images(changed: Iterable[RowChange | RowBatch], table: str, *names: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield columns of the rows of a table before the step, with -1, and after it, with 1."""
    for part in changed:
        if part.table != table:
            continue
        if isinstance(part, RowChange):
            for image, sign in ((part.before, -1), (part.after, 1)):
                if image is not None:
                    yield tuple(str(image[name]) for name in names), sign
            continue
        ids: list[Value] = list(part.row_ids())
        for columns, sign in ((part.before(), -1), (part.after(), 1)):
            if columns is not None:
                rows = zip(*(ids if name == "id" else columns[name] for name in names), strict=True)
                yield from ((cast("tuple[str, ...]", row), sign) for row in rows)


def _distinct(changed: Iterable[RowChange | RowBatch], table: str, name: str) -> set[str]:
    """Return all values of a column of the rows of a table, before the step and after it."""
    found: set[Value] = set()
    for part in changed:
        if part.table != table:
            continue
        if isinstance(part, RowChange):
            found.update(image[name] for image in (part.before, part.after) if image is not None)
        else:
            for columns in (part.before(), part.after()):
                found.update(columns[name] if columns is not None else ())
    return cast("set[str]", found)


def _add(db: Database, changed: list[RowChange | RowBatch]) -> None:
    source_of: dict[str, str] = {}
    segments, codings, of_codes = Counter[str](), Counter[str](), Counter[str]()
    for (segment_id, source_id), sign in _images(changed, "segment", "id", "source_id"):
        source_of[segment_id] = source_id
        segments[source_id] += sign
    pairs = Counter[_Pair]()
    for (segment_id, code_id), sign in _images(changed, "coding", "segment_id", "code_id"):
        pairs[segment_id, code_id] += sign
    for some in chunks({segment_id for segment_id, _ in pairs} - source_of.keys()):
        source_of |= dict(db.conn.execute(f"SELECT id, source_id FROM segment WHERE id IN {AMONG}", (id_list(some),)))
    for (segment_id, code_id), added in pairs.items():
        codings[source_of.get(segment_id, "")] += added
        of_codes[code_id] += added
    carried = _first_and_last(db, pairs)
    _write(db, "code_use", "code_id", [(one, of_codes[one], carried[one]) for one in of_codes])
    sources = segments.keys() | codings.keys()
    _write(db, "source_use", "source_id", [(one, segments[one], codings[one]) for one in sources])


def _first_and_last(db: Database, pairs: Counter[_Pair]) -> Counter[str]:
    """Return how many segments each code gained: those that have its first coding, less those that lost the last."""
    now: dict[_Pair, int] = {}
    for some in chunks({segment_id for segment_id, _ in pairs}):
        for segment_id, code_id, number in db.conn.execute(
            f"SELECT segment_id, code_id, count(*) FROM coding WHERE segment_id IN {AMONG} GROUP BY 1, 2",
            (id_list(some),),
        ):
            now[segment_id, code_id] = number
    gained = Counter[str]()
    for pair, added in pairs.items():
        there = now.get(pair, 0)
        gained[pair[1]] += (there > 0) - (there - added > 0)
    return gained


def _write(db: Database, table: str, key: str, added: list[tuple[str, int, int]]) -> None:
    first, second = ("codings", "segments") if table == "code_use" else ("segments", "codings")
    db.conn.executemany(
        f"INSERT INTO {table} ({key}, {first}, {second}) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        f" SET {first} = {first} + excluded.{first}, {second} = {second} + excluded.{second}",
        added,
    )
    db.conn.execute(
        f"DELETE FROM {table} WHERE {key} IN {AMONG} AND codings = 0 AND segments = 0",
        (id_list(row[0] for row in added),),
    )


def _count_again(db: Database, changed: list[RowChange | RowBatch]) -> None:
    codes, sources = _distinct(changed, "coding", "code_id"), _distinct(changed, "segment", "source_id")
    (all_sources,) = db.conn.execute("SELECT count(*) FROM source").fetchone()
    for part in changed:
        # The source of a segment that the step removed is among them already.
        for some in chunks(_gaining(part) if len(sources) < all_sources else ()):
            sql = f"SELECT DISTINCT source_id FROM segment WHERE id IN {AMONG}"
            sources.update(row[0] for row in db.conn.execute(sql, (id_list(some),)))
    for table, key, counting, touched in (
        ("code_use", "code_id", _OF_CODES, codes),
        ("source_use", "source_id", _OF_SOURCES, sources),
    ):
        ids = id_list(touched)
        where = f"WHERE {key} IN {AMONG}"
        db.conn.execute(f"DELETE FROM {table} {where}", (ids,))
        db.conn.execute(f"INSERT INTO {table} {counting.format(where=where)}", (ids,))


def _gaining(part: RowChange | RowBatch) -> set[str]:
    """Return the segments that gained or lost codings; a coding that only got another code counts as before."""
    if isinstance(part, RowBatch):
        before, after = part.before() or {}, part.after() or {}
        stays = part.table == "coding" and before.get("segment_id") == after.get("segment_id")
    else:
        stays = "segment_id" not in part.changed()
    return set() if stays else _distinct([part], "coding", "segment_id")


def count_all(db: Database) -> None:
    """Count everything again, in a copy whose rows were written past the journal."""
    for table, counting in (("code_use", _OF_CODES), ("source_use", _OF_SOURCES)):
        db.conn.execute(f"DELETE FROM {table}")
        db.conn.execute(f"INSERT INTO {table} {counting.format(where='')}")


def differences(db: Database) -> Iterator[str]:
    """Yield a sentence for each table of counts that is not what counting gives."""
    for table, counting in (("code_use", _OF_CODES), ("source_use", _OF_SOURCES)):
        counted = {tuple(row) for row in db.conn.execute(counting.format(where=""))}
        if counted != {tuple(row) for row in db.conn.execute(f"SELECT * FROM {table}")}:
            yield tr("the counts in {table} are not those of the codings", table=table)
