"""Words in their context, one line for each place, sorted so that habits of speech show."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coder_app.domain.hits import Hit
from coder_app.domain.table import Column, Kind, Table
from coder_app.domain.text import split_words
from coder_app.i18n import tr

CONTEXT = 60
"""How many code points of context a hit should bring along."""

_NEIGHBOURS = 5


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
        KwicRow(
            one_line(hit.before),
            one_line(hit.text),
            one_line(hit.after),
            hit.source,
            hit.source_id,
            hit.start,
            hit.stop,
        )
        for hit in hits
    ]
    if sort is not Sort.PLACE:
        rows.sort(key=lambda row: sort_key(sort, row.left, row.word, row.right))
    return rows


def sort_key(sort: Sort, before: str, word: str, after: str) -> str:
    """Return what a line is sorted by: the words next to it, the nearest first, or the word itself.

    Lines sorted by Sort.PLACE need none: hits come in that order.
    """
    word = word.casefold()
    if sort is Sort.LEFT:
        return _joined(_words(before)[: -_NEIGHBOURS - 1 : -1]) + word
    after = _joined(_words(after)[:_NEIGHBOURS])
    return after + word if sort is Sort.RIGHT else _joined([word]) + after


def _joined(words: Iterable[str]) -> str:
    return "\0".join(words) + "\0\0"  # comes before every letter, so that shorter words do


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one blank, so that it stands on one line."""
    inside = " ".join(text.split())
    if not inside:
        return " " if text else ""
    return " " * text[0].isspace() + inside + " " * text[-1].isspace()


def _words(text: str) -> list[str]:
    return split_words(text.casefold())


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
