"""Keeps count of how often codes and sources are used, so that opening a project counts nothing.

The counts follow from `coding` and `segment`. A small step adds what it changed; a large one counts
the codes and sources that it touched again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from coder_app.domain.change import Row, RowBatch, RowChange, Value
from coder_app.i18n import tr
from coder_app.store.many import AMONG, chunks, id_list

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
    singles = [part for part in changed if isinstance(part, RowChange)]
    if len(singles) < len(changed) or any(_moves(change) for change in singles):
        _count_again(db, changed)
    elif changed:
        _add(db, singles)


def _moves(change: RowChange) -> bool:
    """Say whether a segment goes to another source, with codings that do not change."""
    both = change.before is not None and change.after is not None
    return both and change.table == "segment" and "source_id" in change.changed()


def _images(changes: Iterable[RowChange], table: str) -> Iterator[tuple[Row, int]]:
    for change in changes:
        if change.table == table:
            for image, sign in ((change.before, -1), (change.after, 1)):
                if image is not None:
                    yield image, sign


def _add(db: Database, changes: list[RowChange]) -> None:
    source_of = {str(image["id"]): str(image["source_id"]) for image, _ in _images(changes, "segment")}
    on = {str(image["segment_id"]) for image, _ in _images(changes, "coding")}
    source_of |= dict(db.conn.execute(f"SELECT id, source_id FROM segment WHERE id IN {AMONG}", (id_list(on),)))
    segments, codings, of_codes = Counter[str](), Counter[str](), Counter[str]()
    pairs = Counter[tuple[str, str]]()
    for image, sign in _images(changes, "segment"):
        segments[str(image["source_id"])] += sign
    for image, sign in _images(changes, "coding"):
        segment_id, code_id = str(image["segment_id"]), str(image["code_id"])
        codings[source_of.get(segment_id, "")] += sign
        of_codes[code_id] += sign
        pairs[segment_id, code_id] += sign
    carried = _first_and_last(db, pairs)
    _write(db, "code_use", "code_id", [(one, of_codes[one], carried[one]) for one in of_codes])
    sources = segments.keys() | codings.keys()
    _write(db, "source_use", "source_id", [(one, segments[one], codings[one]) for one in sources])


def _first_and_last(db: Database, pairs: Counter[tuple[str, str]]) -> Counter[str]:
    """Return how many segments each code gained: those that have its first coding, less those that lost the last."""
    now = {
        (segment_id, code_id): number
        for segment_id, code_id, number in db.conn.execute(
            f"SELECT segment_id, code_id, count(*) FROM coding WHERE segment_id IN {AMONG} GROUP BY 1, 2",
            (id_list({segment_id for segment_id, _ in pairs}),),
        )
    }
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
    codes = _values(changed, "coding", "code_id")
    sources = _values(changed, "segment", "source_id")
    (all_sources,) = db.conn.execute("SELECT count(*) FROM source").fetchone()
    for part in changed:
        # The source of a segment that the step removed is among them already.
        for on in chunks(_values([part], "coding", "segment_id")) if len(sources) < all_sources else ():
            sql = f"SELECT DISTINCT source_id FROM segment WHERE id IN {AMONG}"
            sources.update(row[0] for row in db.conn.execute(sql, (id_list(on),)))
    for table, key, counting, touched in (
        ("code_use", "code_id", _OF_CODES, codes),
        ("source_use", "source_id", _OF_SOURCES, sources),
    ):
        ids = id_list(touched)
        where = f"WHERE {key} IN {AMONG}"
        db.conn.execute(f"DELETE FROM {table} {where}", (ids,))
        db.conn.execute(f"INSERT INTO {table} {counting.format(where=where)}", (ids,))


def _values(changed: Iterable[RowChange | RowBatch], table: str, column: str) -> set[str]:
    """Return what stands in a column before or after the changes of a table."""
    found: set[Value] = set()
    for part in changed:
        if part.table != table:
            continue
        if isinstance(part, RowChange):
            found |= {image[column] for image in (part.before, part.after) if image is not None}
        else:
            for columns in (part.before(), part.after()):
                found |= set(columns[column] if columns is not None else ())
    return {str(value) for value in found}


def differences(db: Database) -> Iterator[str]:
    """Yield a sentence for each table of counts that is not what counting gives."""
    for table, counting in (("code_use", _OF_CODES), ("source_use", _OF_SOURCES)):
        counted = {tuple(row) for row in db.conn.execute(counting.format(where=""))}
        if counted != {tuple(row) for row in db.conn.execute(f"SELECT * FROM {table}")}:
            yield tr("the counts in {table} are not those of the codings", table=table)
