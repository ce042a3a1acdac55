"""Words in their context, one line for each place, sorted so that habits of speech show."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coder_app.domain.hits import Hit
from coder_app.domain.table import Column, Kind, Table
from coder_app.i18n import tr

CONTEXT = 60
"""How many code points of context a hit should bring along."""


class Sort(StrEnum):
    """What the lines are sorted by; equals stay in the order of sources and places."""

    PLACE = "place"
    WORD = "word"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class KwicRow:
    """A word between what comes before and after it, on one line, with its place: it can be coded like a hit."""

    left: str
    word: str
    right: str
    source: str
    source_id: str
    start: int
    stop: int


def kwic(hits: Iterable[Hit], sort: Sort = Sort.PLACE) -> list[KwicRow]:
    """Return hits as lines. To the left they are sorted from the word outwards, by the word next to it first."""
    rows = [
        KwicRow(_line(hit.before), _line(hit.text), _line(hit.after), hit.source, hit.source_id, hit.start, hit.stop)
        for hit in hits
    ]
    if sort is Sort.WORD:
        rows.sort(key=lambda row: (row.word.casefold(), _words(row.right)))
    elif sort is Sort.RIGHT:
        rows.sort(key=lambda row: (_words(row.right), row.word.casefold()))
    elif sort is Sort.LEFT:
        rows.sort(key=lambda row: (_words(row.left)[::-1], row.word.casefold()))
    return rows


def _line(text: str) -> str:
    """Return `text` with every run of white space as one blank, so that it stands on one line."""
    inside = " ".join(text.split())
    if not inside:
        return " " if text else ""
    return " " * text[0].isspace() + inside + " " * text[-1].isspace()


def _words(text: str) -> list[str]:
    return text.casefold().split()


def kwic_table(rows: Iterable[KwicRow], settings: dict[str, str] | None = None) -> Table:
    """Return the lines as a table."""
    columns = (
        Column("left", tr("Left")),
        Column("word", tr("Word")),
        Column("right", tr("Right")),
        Column("source", tr("Source")),
        Column("start", tr("Start"), Kind.COUNT),
        Column("stop", tr("Stop"), Kind.COUNT),
        Column("source_id", tr("Source id")),
    )
    cells = ((row.left, row.word, row.right, row.source, row.start, row.stop, row.source_id) for row in rows)
    return Table(tr("Words in context"), columns, tuple(cells), settings or {})
