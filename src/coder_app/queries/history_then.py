"""What the project held at an earlier time and does not hold today, or holds in other words."""

from dataclasses import dataclass

from coder_app.domain.change import Row, RowChange
from coder_app.domain.field_words import KINDS, TEXTS
from coder_app.queries.history_names import LATEST
from coder_app.queries.history_rows import RowWords, last_images
from coder_app.store.project import Project

_COMPARED = ("code", "memo", "source", "coding", "segment", "case", "variable", "set", "saved_query", "code_example",
             "round", "decision")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lost:
    """A thing of then; `reworded` where it is there today in other words, otherwise it is gone."""

    table: str
    row_id: str
    what: str
    reworded: bool


def lost_since(then: Project, today: Project, most: int = 2_000) -> list[Lost]:
    """Return what was there then and can be brought back into today, the first `most` things of each kind."""
    found: list[Lost] = []
    for table in sorted(_COMPARED, key=KINDS.index):
        gone = _gone(then, today, table)
        if table == "segment":
            carried = {row[0] for row in then.each("SELECT DISTINCT segment_id FROM coding")}
            gone = [row_id for row_id in gone if row_id not in carried]
        reworded = _reworded(then, today, table)
        images = last_images(then, table, [*gone[:most], *reworded[:most]])
        words = RowWords(then, LATEST, [RowChange(table, row_id, image, None) for row_id, image in images.items()])
        for ids, other in ((gone, False), (reworded, True)):
            found += (
                Lost(table, one, words.what(table, images[one]), reworded=other) for one in ids[:most] if one in images
            )
    return found


def _gone(then: Project, today: Project, table: str) -> list[str]:
    now = {row[0] for row in today.each(f'SELECT id FROM "{table}"')}
    return [row[0] for row in then.each(f'SELECT id FROM "{table}" ORDER BY id') if row[0] not in now]


def _reworded(then: Project, today: Project, table: str) -> list[str]:
    if table not in TEXTS:
        return []
    columns = ", ".join(f'"{name}"' for name in ("id", *TEXTS[table]))
    now: dict[str, tuple[Row, ...]] = {row[0]: row[1:] for row in today.each(f'SELECT {columns} FROM "{table}"')}
    before = then.each(f'SELECT {columns} FROM "{table}" ORDER BY id')
    return [row[0] for row in before if row[0] in now and now[row[0]] != row[1:]]
