"""The passages that a query found as rows to read, sort and group: words, places, codes, memos, variables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.text import count_words
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.query_material import text_if_there
from coder_app.queries.retrieval import FoundPlace, Retrieval
from coder_app.queries.variables import Variable, source_values, variables
from coder_app.store.project import Project

CONTEXT = 80
"""So many code points are shown on either side of a passage unless it is said otherwise."""

VARIABLE = "variable:"
"""Stands before the name of a variable where one is a column."""

_COLUMNS: dict[str, tuple[Callable[[], str], Kind]] = {
    "source": (lambda: tr("Source"), Kind.TEXT),
    "folder": (lambda: tr("Folder"), Kind.TEXT),
    "before": (lambda: tr("Before"), Kind.TEXT),
    "text": (lambda: tr("Passage"), Kind.TEXT),
    "after": (lambda: tr("After"), Kind.TEXT),
    "codes": (lambda: tr("Codes"), Kind.TEXT),
    "coders": (lambda: tr("Coders"), Kind.TEXT),
    "memo": (lambda: tr("Memo"), Kind.TEXT),
    "made": (lambda: tr("Made"), Kind.TEXT),
    "start": (lambda: tr("From"), Kind.COUNT),
    "stop": (lambda: tr("To"), Kind.COUNT),
    "characters": (lambda: tr("Characters"), Kind.COUNT),
    "words": (lambda: tr("Words"), Kind.COUNT),
    "coding_ids": (lambda: tr("Ids of codings"), Kind.TEXT),
    "source_id": (lambda: tr("Id of source"), Kind.TEXT),
}
COLUMNS = tuple(_COLUMNS)
"""The columns that every project has; a variable is one more, written "variable:NAME"."""

USUAL = ("source", "folder", "before", "text", "after", "codes", "coders", "memo", "made", "start", "stop")
"""What a file holds unless columns are chosen; the variables come behind."""

_BETWEEN = "; "


class Words(NamedTuple):
    """A passage with what surrounds it."""

    before: str
    text: str
    after: str


@dataclass(slots=True, eq=False)
class _Lookups:
    sources: dict[str, tuple[str, str]]
    codes: dict[str, str]
    coders: dict[str, str]
    variables: dict[str, Variable]


class Quotes:
    """The rows of a retrieval. A row is a number from 0 on, in the order of sources and places."""

    def __init__(self, project: Project, found: Retrieval, context: int = CONTEXT) -> None:
        """Read what the passages' sources, codes and coders are called; words are read when they are asked for."""
        self.project = project
        self.context = context
        self.found = found
        tree = code_tree(project)
        self._known = _Lookups(
            {row[0]: (row[1], row[2]) for row in project.rows("SELECT id, name, folder FROM source")},
            {code.id: tree.path(code.id) for code in tree.walk()},
            {coder.id: coder.name for coder in coders(project)},
            {VARIABLE + one.name: one for one in variables(project)},
        )
        self._material = found.material
        self._values: dict[str, dict[str, tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self.found)

    @property
    def columns(self) -> list[str]:
        """The columns that can be asked for: COLUMNS, and one for each variable."""
        return [*COLUMNS, *self._known.variables]

    def column(self, wanted: str) -> Column:
        """Return a column with its title. Raises BadInput for one that is not there."""
        if wanted in self._known.variables:
            return Column(wanted, self._known.variables[wanted].name)
        if wanted not in _COLUMNS:
            known = ", ".join(self.columns)
            raise BadInput(tr("There is no column “{name}”; there are {known}.", name=wanted, known=known))
        title, kind = _COLUMNS[wanted]
        return Column(wanted, title(), kind)

    def words(self, row: int) -> Words:
        """Return the words of a passage with what surrounds them, in today's text."""
        place = self.found.place(row)
        begin = max(0, place.start - self.context)
        text = text_if_there(self.project, place.source_id, begin, place.stop + self.context)
        first, last = place.start - begin, place.stop - begin
        return Words(text[:first], text[first:last], text[last:])

    def cell(self, row: int, column: str) -> Cell:
        """Return what stands in a column of a row; several codes, coders and so on are listed with "; " between."""
        place = self.found.place(row)
        if column in self._known.variables:
            return _BETWEEN.join(self._of_variable(column).get(place.source_id, ())) or None
        match column:
            case "source" | "folder":
                found: Cell = self._known.sources.get(place.source_id, ("", ""))[column == "folder"]
            case "before" | "text" | "after":
                found = getattr(self.words(row), column)
            case "words":
                found = count_words(self.words(row).text)
            case "codes":
                found = _BETWEEN.join(sorted(self._known.codes.get(one, "") for one in place.code_ids))
            case "coders":
                found = _BETWEEN.join(sorted(self._known.coders.get(one, "") for one in place.coder_ids))
            case _:
                found = self._plain(place, column)
        return found

    def _plain(self, place: FoundPlace, column: str) -> Cell:
        match column:
            case "memo":
                return "\n\n".join(dict.fromkeys(memo for one in place.codings for memo in self._memos.get(one, ())))
            case "made":
                return _BETWEEN.join(sorted({self._made[one][:10] for one in place.codings}))
            case "start" | "stop":
                return place.start if column == "start" else place.stop
            case "characters":
                return place.stop - place.start
            case "coding_ids":
                return _BETWEEN.join(place.codings)
            case _:
                return place.source_id

    def _of_variable(self, column: str) -> dict[str, tuple[str, ...]]:
        if column not in self._values:
            self._values[column] = source_values(self.project, self._known.variables[column].id).by_source
        return self._values[column]

    @cached_property
    def _made(self) -> dict[str, str]:
        return dict(zip(self._material.ids, self._material.made, strict=True))

    @cached_property
    def _memos(self) -> dict[str, list[str]]:
        """The memos on codings and on their segments, by coding id."""
        by_owner: dict[str, list[str]] = {}
        for owner, body in self.project.each(
            "SELECT coalesce(coding_id, segment_id), body FROM memo"
            " WHERE coding_id IS NOT NULL OR segment_id IS NOT NULL ORDER BY id"
        ):
            by_owner.setdefault(owner, []).append(body)
        pairs = zip(self._material.ids, self._material.segments, strict=True)
        return {
            coding: memos
            for coding, segment in (pairs if by_owner else ())
            if (memos := by_owner.get(coding, []) + by_owner.get(segment, []))
        }

    def ordered(self, sort: Iterable[str]) -> list[int]:
        """Return the rows in the order of some columns, the first one above all; "-" in front turns one round.

        Rows that are equal in these stay in the order of sources and places; empty cells come last.
        Raises BadInput for a column that is not there.
        """
        rows = list(range(len(self)))
        for key in reversed(list(sort)):
            column = self.column(key.removeprefix("-")).id
            values = self.values(column)
            full = [row for row in rows if values[row] not in (None, "")]
            full.sort(key=lambda row: _sortable(values[row]), reverse=key.startswith("-"))
            rows = full + [row for row in rows if values[row] in (None, "")]
        return rows

    def values(self, column: str) -> list[Cell]:
        """Return a column of all rows; each text is read once where that is needed."""
        if column in ("before", "text", "after", "words"):
            return list(self._words_of_all(column))
        return [self.cell(row, column) for row in range(len(self))]

    def _words_of_all(self, column: str) -> Iterator[Cell]:
        found, around = self.found.passages, self.context
        text, shown = "", -1
        for source, start, stop, _ in found.rows():
            if source != shown:
                text, shown = text_if_there(self.project, self._material.sources[source]), source
            if column == "before":
                yield text[max(0, start - around) : start]
            elif column == "after":
                yield text[stop : stop + around]
            else:
                words = text[start:stop]
                yield words if column == "text" else count_words(words)


def _sortable(value: Cell) -> tuple[float, str]:
    return (0.0, value.casefold()) if isinstance(value, str) else (float(value or 0), "")


def usual_columns(quotes: Quotes) -> list[str]:
    """Return the columns of a file for which none were chosen."""
    return [*USUAL, *(one for one in quotes.columns if one.startswith(VARIABLE))]


def quote_table(
    quotes: Quotes,
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    group: str = "",
    settings: dict[str, str] | None = None,
    limit: int | None = None,
) -> Table:
    """Return passages as a table: chosen columns (none: the usual ones), sorted, and by the values of a column first.

    Raises BadInput for a column that is not there.
    """
    chosen = list(dict.fromkeys(columns)) or usual_columns(quotes)
    if group:
        chosen = [group, *(one for one in chosen if one != group)]
    rows = quotes.ordered([group, *sort] if group else sort)[:limit]
    found = [quotes.column(one) for one in chosen]
    cells = [quotes.values(one.id) for one in found]
    return Table(
        tr("Passages found by a query"),
        tuple(found),
        tuple(tuple(column[row] for column in cells) for row in rows),
        settings or {},
    )
