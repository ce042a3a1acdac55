"""Keeps segments where their words are in today's text, whatever text they were measured in.

A segment stays journaled as a person measured it (text_hash, start, stop). Where that is not the text of its
source any more, now_start, now_stop and placed follow from the two texts alone (domain/placing.py). So they are
not journaled, a correction changes one row, and taking it back is exact.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from coder_app.domain.change import RowBatch, RowChange, Value
from coder_app.domain.placing import Part, Placed, place, sure_parts
from coder_app.i18n import tr
from coder_app.store.many import AMONG, chunks, id_list

_MEASURE = frozenset(("source_id", "text_hash", "start", "stop"))

_SELECT = """
SELECT segment.id, segment.text_hash, source.text_hash, start, stop, now_start, now_stop, placed
FROM segment JOIN source ON source.id = source_id WHERE start IS NOT NULL AND {where}
"""
# The few texts in which most segments of a source were measured; the rest is placed one by one.
_TEXTS = """
SELECT segment.text_hash, source.text_hash FROM segment JOIN source ON source.id = source_id
WHERE source_id = ? AND start IS NOT NULL GROUP BY segment.text_hash ORDER BY count(*) DESC, segment.text_hash LIMIT 4
"""
_SET = """
UPDATE segment SET now_start = json_extract(new.value, '$[1]'), now_stop = json_extract(new.value, '$[2]'),
    placed = json_extract(new.value, '$[3]')
FROM json_each(?) AS new WHERE segment.id = json_extract(new.value, '$[0]')
"""


_MOVE = """
UPDATE segment SET now_start = start + :by, now_stop = stop + :by, placed = 1
WHERE source_id = :source AND text_hash = :measured_in AND start >= :start AND start < stop AND stop <= :stop
    AND (now_start, now_stop, placed) IS NOT (start + :by, stop + :by, 1)
"""
_SURE = "(segment.text_hash = ? AND start >= ? AND start < stop AND stop <= ?)"


_Where = tuple[str, str]
"""A source and the text in which a segment was measured."""


class _Row(NamedTuple):
    id: str
    measured_in: str
    today: str
    start: int
    stop: int
    now_start: int | None
    now_stop: int | None
    placed: int


def keep(db: Database, parts: Sequence[RowChange | RowBatch]) -> None:
    """Bring places up to date with the net changes of a step, or of a merge, all of which are written."""
    segments = [part for part in parts if part.table == "segment"]
    corrected = {source_id for part in parts if part.table == "source" for source_id in _corrected(part)}
    for source_id in sorted(corrected):
        place_source(db, source_id)
    measured = {where for part in segments for where in _measured(part) if where is not None}
    ids = id_list({source_id for source_id, _ in measured} - corrected)
    today = dict(db.conn.execute(f"SELECT id, text_hash FROM source WHERE id IN {AMONG}", (ids,))) if measured else {}
    # What was made in the text of today was written with its place.
    elsewhere = {(source_id, text) for source_id, text in measured if today.get(source_id, text) != text}
    moved = (row_id for part in segments if elsewhere for row_id in _among(part, elsewhere))
    for some in chunks(moved):
        _bring(db, f"segment.id IN {AMONG}", (id_list(some),))


def place_source(db: Database, source_id: str) -> None:
    """Bring all segments of a source to its text of today; what follows in the same step then finds them there.

    Those in parts of the text that moved as they are, nearly all, are moved by one statement for each part.
    """
    where, parameters = ["source_id = ?"], list[Value]([source_id])
    for measured_in, today in db.conn.execute(_TEXTS, (source_id,)).fetchall():
        for part in _sure_parts(db, measured_in, today):
            db.conn.execute(_MOVE, {"source": source_id, "measured_in": measured_in, **part._asdict()})
            where.append(f"NOT {_SURE}")
            parameters += [measured_in, part.start, part.stop]
    _bring(db, " AND ".join(where), parameters)


def _sure_parts(db: Database, measured_in: str, today: str) -> list[Part]:
    old, new = _text(db, measured_in), _text(db, today)
    return [] if old is None or new is None else sure_parts(old, new)


def _measured(part: RowChange | RowBatch) -> list[_Where | None]:
    """Return for each row in which source and text it was made or measured anew, None for neither; or nothing at all.

    The text is "" for one that was there before.
    """
    if isinstance(part, RowChange):
        if part.after is not None and part.after["text_hash"] is not None and _MEASURE & part.changed():
            return [(str(part.after["source_id"]), str(part.after["text_hash"]) if not part.before else "")]
        return []
    after, before = part.after(), part.before()
    if after is None or (before is not None and all(before[name] == after[name] for name in _MEASURE)):
        return []
    places = zip(after["source_id"], after["text_hash"], strict=True)
    return [None if text is None else (str(source_id), "" if before else str(text)) for source_id, text in places]


def _among(part: RowChange | RowBatch, wanted: set[_Where]) -> Iterator[str]:
    """Yield the rows that were made or measured in one of these sources and texts."""
    places = _measured(part)
    if not wanted.isdisjoint(places):
        ids = [part.row_id] if isinstance(part, RowChange) else part.row_ids()
        yield from (row_id for row_id, where in zip(ids, places, strict=True) if where in wanted)


def _corrected(part: RowChange | RowBatch) -> Iterator[str]:
    changes = (part,) if isinstance(part, RowChange) else part.changes()
    for change in changes:
        if change.before is not None and change.after is not None and "text_hash" in change.changed():
            yield change.row_id


def _bring(db: Database, where: str, parameters: Sequence[Value]) -> None:
    rows = [_Row(*row) for row in db.conn.execute(_SELECT.format(where=where), parameters)]
    for some in chunks(_moved(db, rows)):
        db.conn.execute(_SET, (json.dumps([(row.id, *placed) for row, placed in some]),))


def _moved(db: Database, rows: Iterable[_Row]) -> Iterator[tuple[_Row, Placed]]:
    """Yield the rows whose place is not what their texts say, with that place."""
    by_texts: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        by_texts.setdefault((row.measured_in, row.today), []).append(row)
    for (old, new), some in by_texts.items():
        ranges = [(row.start, row.stop) for row in some]
        texts = ("", "") if old == new else (_text(db, old), _text(db, new))
        if texts[0] is None or texts[1] is None:
            continue
        for row, placed in zip(some, place(texts[0], texts[1], ranges), strict=True):
            if placed != (row.now_start, row.now_stop, row.placed):
                yield row, placed


def _text(db: Database, text_hash: str) -> str | None:
    row = db.conn.execute("SELECT text FROM text_body WHERE hash = ?", (text_hash,)).fetchone()
    return row[0] if row else None


def differences(db: Database) -> Iterator[str]:
    """Yield a sentence for each segment that is not where its texts say; one whose text is missing is passed over."""
    rows = (_Row(*row) for row in db.conn.execute(_SELECT.format(where="segment.text_hash <> source.text_hash")))
    for row, _ in _moved(db, rows):
        yield tr("the segment {id} is not where the corrected text has its words", id=row.id)
    unmeasured = "SELECT id FROM segment WHERE start IS NULL AND (now_start IS NOT NULL OR now_stop IS NOT NULL)"
    for (segment_id,) in db.conn.execute(unmeasured):
        yield tr("the segment {id} has a place in a text in which it was never measured", id=segment_id)
