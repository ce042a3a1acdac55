"""The codings, words and places of a project in the shape in which a query looks at them."""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

import numpy as np

from coder_app.domain.folding import folded
from coder_app.domain.query_language.spans import (
    PIECE,
    Far,
    Flags,
    Grid,
    Numbers,
    Passages,
    by_characters,
    by_grid,
    held,
    passages,
)
from coder_app.domain.query_language.tree import Bound, Distance, Unit, Where
from coder_app.domain.text import paragraphs, sentences, words
from coder_app.queries.cases import Places
from coder_app.queries.scope import IS_FILLED, Condition, Scope, places_in
from coder_app.queries.search import SearchOptions, places_by_source
from coder_app.queries.sets import set_named
from coder_app.store.many import AMONG, id_list
from coder_app.store.project import Project

_SPLIT: dict[Unit, Callable[[str], Any]] = {
    Unit.WORDS: words,
    Unit.SENTENCES: sentences,
    Unit.PARAGRAPHS: paragraphs,
}
_AT_ONCE = 2_000
_CODINGS = """
SELECT coding.id, segment_id, source_id, now_start, now_stop, code_id, coding.coder_id, created_at
FROM coding JOIN segment ON segment.id = segment_id WHERE now_start IS NOT NULL
"""
_COMPARED: dict[str, Callable[[Any, str], Flags]] = {
    "=": lambda made, value: made == value,
    "!=": lambda made, value: made != value,
    "<": lambda made, value: made < value,
    "<=": lambda made, value: made <= value,
    ">": lambda made, value: made > value,
    ">=": lambda made, value: made >= value,
}


@dataclass(slots=True, eq=False)
class ProjectMaterial:
    """What a query looks at in a project, all or a part of it. Rows of `codings` are those of the lists beside."""

    project: Project
    places: Places | None
    """The part that is looked at, None for all."""
    sources: list[str]
    """Source ids in the order of the project; passages number sources by it."""
    codings: Passages
    ids: Sequence[str]
    segments: Sequence[str]
    code_ids: Sequence[str]
    coder_ids: Sequence[str]
    made: Sequence[str]
    _numbers: dict[str, int] = field(default_factory=dict[str, int])
    _folders: dict[str, str] = field(default_factory=dict[str, str])
    _memos: list[tuple[str, str]] | None = None
    _grids: dict[tuple[Unit, int], tuple[Numbers, Numbers]] = field(
        default_factory=dict[tuple[Unit, int], tuple[Numbers, Numbers]]
    )

    def narrowed(self, places: Places) -> "ProjectMaterial":
        """Return the codings that lie in some places alone."""
        rows = np.flatnonzero(self._in_places(places, self.codings))
        kept = self.codings.where(rows)
        codings = Passages(kept.source, kept.start, kept.stop, np.arange(len(rows)))
        columns = (self.ids, self.segments, self.code_ids, self.coder_ids, self.made)
        parts = [[column[row] for row in rows.tolist()] for column in columns]
        return ProjectMaterial(
            self.project, self.places, self.sources, codings, *parts, _numbers=self._numbers, _folders=self._folders
        )

    def coded(self, code_ids: frozenset[str]) -> Flags:
        """Say of each of `codings` whether it bears one of these codes."""
        return _among(self.code_ids, code_ids)

    def fulfils(self, condition: Bound, some: Passages) -> Flags:
        """Say of each of some passages whether a single condition holds of it. Raises BadInput as `places_in` does."""
        leaf = condition.leaf
        if not isinstance(leaf, Where):
            return np.zeros(len(some), dtype=np.bool_)
        match leaf.kind:
            case "coder":
                found = self._of_codings(_among(self.coder_ids, condition.ids), some)
            case "made":
                made = np.array(self.made, dtype=f"U{len(leaf.value)}")
                found = self._of_codings(_COMPARED[leaf.operator](made, leaf.value), some)
            case "memo":
                found = self._of_codings(self._with_memo(leaf.value), some)
            case "set":
                found = self._in_sets(condition.ids, some)
            case "folder":
                inside = {one for one, folder in self._folders.items() if folder in condition.ids}
                found = self._in_sources(inside, some)
            case "source":
                found = self._in_sources(condition.ids, some)
            case _:
                found = self._in_places(places_in(self.project, _scope_of(condition, leaf)) or {}, some)
        return found

    def _of_codings(self, flags: Flags, some: Passages) -> Flags:
        """Carry what is known of codings over to passages; what is no coding was made by nobody."""
        found = np.zeros(len(some), dtype=np.bool_)
        coded = some.coding >= 0
        found[coded] = flags[some.coding[coded]]
        return found

    def _in_sources(self, source_ids: Collection[str], some: Passages) -> Flags:
        flags = np.zeros(len(self.sources), dtype=np.bool_)
        flags[[self._numbers[one] for one in source_ids if one in self._numbers]] = True
        return flags[some.source]

    def _in_places(self, places: Places, some: Passages) -> Flags:
        found = self._in_sources([one for one, spans in places.items() if spans is None], some)
        parts = [
            (self._numbers[one], *span) for one, spans in places.items() if one in self._numbers for span in spans or ()
        ]
        if parts:
            source, start, stop = np.array(parts, dtype=np.int64).T
            found = found | held(some, passages(source, start, stop))
        return found

    def _in_sets(self, set_ids: Collection[str], some: Passages) -> Flags:
        found = np.zeros(len(some), dtype=np.bool_)
        for set_id in set_ids:
            one = set_named(self.project, set_id)
            found |= self._in_sources(one.sources, some)
            found |= self._of_codings(_among(self.code_ids, frozenset(one.codes)), some)
        return found

    def _with_memo(self, wanted: str) -> Flags:
        if self._memos is None:
            self._memos = [
                (coding_id or segment_id, folded(f"{title}\n{body}"))
                for coding_id, segment_id, title, body in self.project.each(
                    "SELECT coding_id, segment_id, title, body FROM memo"
                    " WHERE coding_id IS NOT NULL OR segment_id IS NOT NULL"
                )
            ]
        part = "" if wanted == "*" else folded(wanted)
        having = frozenset(one for one, text in self._memos if part in text)
        return _among(self.ids, having) | _among(self.segments, having)

    def words(self, text: str) -> Passages:
        """Return where words stand, found as the search field finds them. Raises BadInput as `search` does."""
        options = SearchOptions(sources=None if self.places is None else frozenset(self.places))
        rows = [
            (self._numbers[source_id], place.start, place.stop)
            for source_id, _, found in places_by_source(self.project, text, options)
            if source_id in self._numbers
            for place in found
        ]
        source, start, stop = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        found = passages(source, start, stop)
        return found if self.places is None else found.where(self._in_places(self.places, found))

    def far(self, distance: Distance, sources: Numbers) -> Far:
        """Return how a distance is measured in these sources; their texts are read where it is not in characters."""
        if distance.unit is Unit.CHARACTERS:
            return by_characters(distance.number)
        empty = np.zeros(0, dtype=np.int64)
        units = [self._units(distance.unit, int(source)) for source in np.unique(sources)]
        starts, stops = zip(*units, strict=True) if units else ((empty,), (empty,))
        return by_grid(distance, Grid(np.concatenate(starts), np.concatenate(stops)))

    def _units(self, unit: Unit, source: int) -> tuple[Numbers, Numbers]:
        """Return the starts and stops of the units of one source on the axis of all sources."""
        if (unit, source) not in self._grids:
            spans = list(_SPLIT[unit](text_if_there(self.project, self.sources[source])))
            table = np.array(spans, dtype=np.int64).reshape(-1, 2)
            base = np.int64(source) * PIECE
            self._grids[unit, source] = table[:, 0] + base, table[:, 1] + base
        return self._grids[unit, source]


def text_if_there(project: Project, source_id: str, start: int = 0, stop: int | None = None) -> str:
    """Return a source's text of today, or a piece of it; "" where it is gone: a worker may read while people edit."""
    piece, values = ("text", ()) if stop is None else ("substr(text, ?, ?)", (start + 1, stop - start))
    sql = f"SELECT {piece} FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?"
    found = project.rows(sql, (*values, source_id))
    return found[0][0] if found else ""


Hidden: TypeAlias = Mapping[str, Collection[str]]
"""Coders whose codings are left out, by source; "" stands for all sources."""


def read_material(
    project: Project, scope: Scope, code_ids: Collection[str] | None = None, hidden: Hidden | None = None
) -> ProjectMaterial:
    """Read the codings in a scope, those of some codes or of all (None). Raises BadInput as `places_in` does."""
    places = places_in(project, scope)
    folders = dict(project.rows("SELECT id, folder FROM source ORDER BY folder, order_key, id"))
    numbers = {source_id: number for number, source_id in enumerate(folders)}
    columns = _Columns()
    for some in _rows(project, code_ids):
        is_all = places is None and not hidden
        columns.add(some if is_all else [row for row in some if _is_wanted(row, places, hidden or {})])
    codings, texts = columns.sorted(numbers)
    found = ProjectMaterial(project, places, list(folders), codings, *texts, _numbers=numbers, _folders=folders)
    return found if places is None else found.narrowed(places)


_Row = tuple[str, str, str, int, int, str, str, str]


def _rows(project: Project, code_ids: Collection[str] | None) -> Iterator[list[_Row]]:
    """Yield the codings some thousand at a time: edits go on in between, and few rows are in memory at once."""
    sql, values = (_CODINGS, ()) if code_ids is None else (f"{_CODINGS} AND code_id IN {AMONG}", (id_list(code_ids),))
    stream: Iterator[_Row] = project.each(sql, values)
    while some := list(islice(stream, _AT_ONCE)):
        yield some


def _is_wanted(row: _Row, places: Places | None, hidden: Hidden) -> bool:
    source_id, coder_id = row[2], row[6]
    is_hidden = bool(hidden) and (coder_id in hidden.get("", ()) or coder_id in hidden.get(source_id, ()))
    return not is_hidden and (places is None or source_id in places)


class _Columns:
    """The rows of codings as lists of texts and numbers, which Python's collector need not look through."""

    def __init__(self) -> None:
        self._texts: tuple[list[str], ...] = ([], [], [], [], [])
        self._sources: list[str] = []
        self._start, self._stop = array("q"), array("q")

    def add(self, rows: Sequence[_Row]) -> None:
        """Add rows."""
        if not rows:
            return
        ids, segments, sources, start, stop, codes, coders, made = zip(*rows, strict=True)
        for column, values in zip(self._texts, (ids, segments, codes, coders, made), strict=True):
            column.extend(values)
        self._sources += sources
        self._start.extend(start)
        self._stop.extend(stop)

    def sorted(self, numbers: Mapping[str, int]) -> tuple[Passages, list[list[str]]]:
        """Return the codings in order of source, place and id, and the columns of texts in the same order."""
        source = np.array([numbers.get(one, -1) for one in self._sources], dtype=np.int64)
        start, stop = np.array(self._start, dtype=np.int64), np.array(self._stop, dtype=np.int64)
        order = np.lexsort((stop, start, source))
        # What people add while a worker reads is for the next answer.
        order = order[source[order] >= 0]
        source, start, stop = source[order], start[order], stop[order]
        same = (np.diff(source) == 0) & (np.diff(start) == 0) & (np.diff(stop) == 0)
        rows = _ties_by_id(order.tolist(), same, self._texts[0])
        texts = [[column[row] for row in rows] for column in self._texts]
        return Passages(source, start, stop, np.arange(len(rows))), texts


def _ties_by_id(rows: list[int], same: Flags, ids: Sequence[str]) -> list[int]:
    """Sort the rows that stand at one place by their ids; `same` says of each but the first whether it begins none."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
    for first, last in edges.reshape(-1, 2).tolist():
        rows[first : last + 1] = sorted(rows[first : last + 1], key=ids.__getitem__)
    return rows


def _among(column: Sequence[str], wanted: Collection[str]) -> Flags:
    return np.fromiter((one in wanted for one in column), dtype=np.bool_, count=len(column))


def check_condition(project: Project, condition: Bound) -> None:
    """Raise BadInput where a condition compares a variable with what is no value of it."""
    if isinstance(condition.leaf, Where) and condition.leaf.kind == "variable":
        places_in(project, _scope_of(condition, condition.leaf))


def _scope_of(condition: Bound, leaf: Where) -> Scope:
    if leaf.kind == "case":
        return Scope(cases=tuple(condition.ids))
    (variable,) = condition.ids
    operator = {"": IS_FILLED, "~": "contains"}.get(leaf.operator, leaf.operator)
    return Scope(conditions=(Condition(variable, operator, leaf.value),))
