"""What a query found, worked out beside the window, with its rows in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress
from coder_app.domain.query_language.meaning import Book
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.text import Span
from coder_app.i18n import tr
from coder_app.queries.quotes import Quotes
from coder_app.queries.retrieval import FoundPlace, run
from coder_app.store.project import Project

USUAL = ("text", "codes", "source", "coders", "memo")
"""The columns that are shown at first."""

_CONTEXT = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and how its passages are shown. `refers` is what its names mean where it was saved."""

    text: str = ""
    refers: Mapping[str, str] = field(default_factory=dict[str, str])
    columns: tuple[str, ...] = USUAL
    sort: tuple[str, ...] = ()
    group: str = ""
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Coders whose codings are hidden, by source; "" stands for all sources."""

    def sorted_by(self, column: str) -> "Asked":
        """Return the same, sorted by a column; by one it is sorted by already from the end, then not at all."""
        if self.sort == (column,):
            return replace(self, sort=(f"-{column}",))
        return replace(self, sort=() if self.sort == (f"-{column}",) else (column,))


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands above the passages of a group."""

    text: str
    passages: int


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The rows of a table of passages: places in `quotes`, with headings where they are grouped."""

    asked: Asked
    quotes: Quotes
    rows: Sequence[int | Heading]

    def headings(self) -> list[int]:
        """Return the rows of headings."""
        if not self.asked.group:
            return []
        return [row for row, one in enumerate(self.rows) if isinstance(one, Heading)]

    def place(self, row: int) -> FoundPlace | None:
        """Return the passage of a row; None for a heading."""
        one = self.rows[row]
        return None if isinstance(one, Heading) else self.quotes.found.place(one)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why nothing was found: a sentence, and the place in the query, if it is one."""

    words: str
    at: Span | None


def answered(project: Project, asked: Asked, book: Book, on_progress: OnProgress) -> Answer | Mistake:
    """Return what a query finds, or why it cannot be read."""
    on_progress(0, 0)
    try:
        found = run(project, asked.text, refers=asked.refers, book=book, hidden=asked.hidden)
        quotes = Quotes(project, found, _CONTEXT)
        on_progress(0, 0)
        known = set(quotes.columns)
        columns = tuple(one for one in asked.columns if one in known) or USUAL
        group = asked.group if asked.group in known else ""
        sort = tuple(one for one in asked.sort if one.removeprefix("-") in known)
        order = quotes.ordered([group, *sort] if group else sort)
    except QueryMistake as mistake:
        return Mistake(mistake.words, mistake.at)
    except BadInput as problem:
        return Mistake(str(problem), None)
    shown = replace(asked, columns=columns, group=group, sort=sort)
    return Answer(shown, quotes, _grouped(quotes, order, group) if group else order)


def _grouped(quotes: Quotes, order: list[int], group: str) -> list[int | Heading]:
    found: list[int | Heading] = []
    values = quotes.values(group)
    for value, some in groupby(order, key=values.__getitem__):
        rows = list(some)
        found += [Heading(str(value) if value not in (None, "") else tr("(none)"), len(rows)), *rows]
    return found
