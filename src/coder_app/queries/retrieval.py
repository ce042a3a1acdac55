"""Asks a project for passages by a query: the one door for the window, the command line and Python.

from coder_app.queries.retrieval import run
found = run(project, 'Trust NEAR(1 paragraph) (Fear OR Anger) AND NOT coder:"Ann"')
len(found); found.place(0).codings
"""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np

from coder_app.domain.errors import BadInput
from coder_app.domain.query_language.finding import Found, find, looks_at_all
from coder_app.domain.query_language.meaning import Book, SavedQuery, meant
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.reading import parse
from coder_app.domain.query_language.spans import NO_CODING, Numbers, Passages
from coder_app.domain.query_language.tree import Bound, Query, Where, walk
from coder_app.queries.query_material import Hidden, ProjectMaterial, check_condition, read_material
from coder_app.queries.saved_queries import book_of
from coder_app.queries.scope import Scope
from coder_app.queries.search_query import parse as parse_search
from coder_app.store.project import Project

EVERYTHING = Scope()


class FoundPlace(NamedTuple):
    """Where a passage was found: code points of today's text. `codings` are the ids of what it comes from.

    A passage that is one coding has that alone; a stretch that several make up has all of those that are asked for
    and meet it; words that stand where nothing is coded have none.
    """

    source_id: str
    start: int
    stop: int
    codings: tuple[str, ...]
    code_ids: tuple[str, ...]
    coder_ids: tuple[str, ...]


class Retrieval:
    """What a query found, in the order of sources and places. A passage is made when it is asked for."""

    def __init__(self, text: str, query: Query, material: ProjectMaterial, found: Found) -> None:
        self.text = text
        self.query = query
        self.material = material
        self.passages = found.passages
        self._used = found.used

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def _meeting(self) -> tuple[Numbers, Numbers]:
        """Rows of `material` for the passages that are no codings, one after the other, and where each begins."""
        stretches = np.flatnonzero(self.passages.coding == NO_CODING)
        rows = np.flatnonzero(self._used)
        many = np.zeros(len(self.passages) + 1, dtype=np.int64)
        if not len(stretches) or not len(rows):
            return rows[:0], many
        of, found = _meeting_pairs(self.passages.where(stretches), self.material.codings.where(rows))
        many[1:] = np.bincount(stretches[of], minlength=len(self.passages))
        return rows[found], np.cumsum(many)

    def coding_rows(self, place: int) -> list[int]:
        """Return the rows of `material` that a passage comes from."""
        row = int(self.passages.coding[place])
        if row != NO_CODING:
            return [row]
        rows, begin = self._meeting
        return rows[begin[place] : begin[place + 1]].tolist()

    def place(self, number: int) -> FoundPlace:
        """Return a passage with the codings, codes and coders that it comes from."""
        it, found, rows = self.material, self.passages, self.coding_rows(number)
        return FoundPlace(
            it.sources[found.source[number]],
            int(found.start[number]),
            int(found.stop[number]),
            tuple(it.ids[row] for row in rows),
            tuple(dict.fromkeys(it.code_ids[row] for row in rows)),
            tuple(dict.fromkeys(it.coder_ids[row] for row in rows)),
        )

    def places(self) -> list[FoundPlace]:
        """Return all passages."""
        return [self.place(number) for number in range(len(self))]


def run(
    project: Project,
    text: str,
    *,
    scope: Scope = EVERYTHING,
    refers: Mapping[str, str] | None = None,
    book: Book | None = None,
    hidden: Hidden | None = None,
) -> Retrieval:
    """Return the passages that a query finds in a scope, without the codings of coders who are `hidden`.

    `refers` is what its names meant when it was saved (SavedQuery.refers), `book` what they can mean, where this is
    known already. Raises QueryMistake, which points at the place, and BadInput for a scope that means nothing.
    """
    query = meant(text, book or book_of(project), refers)
    check(project, text, query)
    codes = (
        None if looks_at_all(query) else {one for part in walk(query) if isinstance(part, Bound) for one in part.ids}
    )
    material = read_material(project, scope, codes, hidden)
    return Retrieval(text, query, material, find(query, material))


def run_saved(
    project: Project,
    saved: SavedQuery,
    *,
    scope: Scope = EVERYTHING,
    book: Book | None = None,
    hidden: Hidden | None = None,
) -> Retrieval:
    """Return what a saved query finds, its names meaning what they meant when it was saved. Raises as `run` does."""
    return run(project, saved.text, scope=scope, refers=saved.refers, book=book, hidden=hidden)


def check(project: Project, text: str, query: Query) -> None:
    """Raise QueryMistake for a value that no variable can be compared with, and for words that cannot be searched."""
    own = set(walk(parse(text)))
    for part in walk(query):
        if isinstance(part, Bound) and isinstance(part.leaf, Where):
            try:
                _check(project, part, part.leaf)
            except BadInput as error:
                raise QueryMistake(str(error), text, part.leaf.at if part.leaf in own else (0, len(text))) from error


def _check(project: Project, part: Bound, leaf: Where) -> None:
    if leaf.kind == "text":
        parse_search(leaf.value)
    elif leaf.kind == "variable":
        check_condition(project, part)


def _meeting_pairs(some: Passages, others: Passages) -> tuple[Numbers, Numbers]:
    """Return the places (in `some`, in `others`) of all that share a character."""
    (start, stop), (other_start, other_stop) = some.axis(), others.axis()
    until = np.searchsorted(other_start, stop, side="left")
    # In front of the first that reaches as far, none meets; behind it, those that end earlier are left out below.
    first = np.searchsorted(np.maximum.accumulate(other_stop), start, side="right")
    many = np.maximum(until - first, 0)
    left = np.repeat(np.arange(len(some)), many)
    right = np.repeat(first, many) + np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    meets = other_stop[right] > start[left]
    return left[meets], right[meets]
