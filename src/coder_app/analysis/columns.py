"""Codings as columns of whole numbers, the shape in which a million of them are counted at once.

A document's codings are those rows that bear its number: start, stop, code and coder, in any order. Every
count of this package is a sum over documents, so the rows of one document can be counted alone, and taken
out of a total or put into it, without looking at the others.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.spans import CodedSpan
from coder_app.domain.coded import CodedColumns
from coder_app.domain.tree import CodeTree

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Row: TypeAlias = tuple[str, int, int, str, str]

_COLUMNS = 5
# So many rows of text are turned into numbers at a time: few enough to stay in the processor's cache.
_AT_ONCE = 200
_WIDEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers that stand for ids, from 0 on. They are only ever added to, so what has been counted stays valid."""

    sources: dict[str, int] = field(default_factory=dict[str, int])
    codes: dict[str, int] = field(default_factory=dict[str, int])
    coders: dict[str, int] = field(default_factory=dict[str, int])

    def copy(self) -> "Ids":
        """Return a copy to add to."""
        return Ids(self.sources.copy(), self.codes.copy(), self.coders.copy())


@dataclass(frozen=True, slots=True, eq=False)
class Codings:
    """Text codings by column, equally long; positions are code points, the other numbers are those of `ids`."""

    ids: Ids
    source: Numbers
    start: Numbers
    stop: Numbers
    code: Numbers
    coder: Numbers

    def __len__(self) -> int:
        return len(self.source)

    def where(self, chosen: Flags) -> "Codings":
        """Return the rows that are chosen."""
        return self.at(np.flatnonzero(chosen))

    def at(self, rows: Numbers) -> "Codings":
        """Return the rows of these numbers, in this order."""
        columns = (self.source, self.start, self.stop, self.code, self.coder)
        return Codings(self.ids, *(column[rows] for column in columns))

    def within(self, source_ids: Collection[str]) -> Flags:
        """Say of each row whether it is in one of these sources."""
        return _among(self.source, self.ids.sources, source_ids)

    def under(self, code_ids: Collection[str]) -> Flags:
        """Say of each row whether it bears one of these codes."""
        return _among(self.code, self.ids.codes, code_ids)

    def by(self, coder_id: str) -> Flags:
        """Say of each row whether this coder made it."""
        return self.coder == self.ids.coders.get(coder_id, -1)

    def uses(self) -> dict[str, int]:
        """Return how many codings each code has that has any."""
        counts = np.bincount(self.code, minlength=len(self.ids.codes))
        return {code: int(counts[number]) for code, number in self.ids.codes.items() if counts[number]}

    def rows(self) -> list[CodedSpan]:
        """Return the codings one by one, in the order of the columns."""
        sources, codes, coders = list(self.ids.sources), list(self.ids.codes), list(self.ids.coders)
        columns = (self.source, self.start, self.stop, self.code, self.coder)
        return [
            CodedSpan(sources[source], start, stop, codes[code], coders[coder])
            for source, start, stop, code, coder in zip(*(column.tolist() for column in columns), strict=True)
        ]


def _among(column: Numbers, numbers: dict[str, int], wanted: Collection[str]) -> Flags:
    chosen = np.zeros(len(numbers), dtype=np.bool_)
    chosen[[numbers[one] for one in wanted if one in numbers]] = True
    return chosen[column]


def numbered(rows: Iterable[Row], tree: CodeTree, ids: Ids | None = None) -> Codings:
    """Return rows (source id, start, stop, code id, coder id) as columns, read as a stream.

    `ids` are the numbers given out before, for columns that are to be joined with others. All codes of
    `tree` have a number afterwards, used or not.
    """
    grown = _with_codes(tree, ids)
    sources, codes, coders = (_Numbers(known) for known in (grown.sources, grown.codes, grown.coders))
    columns = tuple(array("q") for _ in range(_COLUMNS))
    stream = iter(rows)
    while some := list(islice(stream, _AT_ONCE)):
        source, start, stop, code, coder = zip(*some, strict=True)
        numbers = (map(sources.of, source), start, stop, map(codes.of, code), map(coders.of, coder))
        for column, new in zip(columns, numbers, strict=True):
            column.extend(new)
    return Codings(
        Ids(dict(sources), dict(codes), dict(coders)), *(np.array(column, dtype=np.int64) for column in columns)
    )


def columned(coded: CodedColumns, tree: CodeTree, ids: Ids | None = None) -> Codings:
    """Return columns as the file holds them as codings, numbered as `numbered` does it with their rows."""
    grown = _with_codes(tree, ids)
    sources, codes, coders = (
        _Renumbered(rows, known)
        for rows, known in (
            (coded.sources, grown.sources),
            (coded.codes, grown.codes),
            (coded.coders, grown.coders),
        )
    )
    columns = tuple(array("q") for _ in range(_COLUMNS))
    for portion in coded.portions:
        source, start, stop, code, coder = (np.fromstring(digits, dtype=np.int64, sep=",") for digits in portion)
        new = (sources.of(source), start, stop, codes.of(code), coders.of(coder))
        for column, numbers in zip(columns, new, strict=True):
            column.frombytes(numbers.tobytes())
    # The columns themselves, not copies.
    return Codings(grown, *(np.asarray(column) for column in columns))


def _with_codes(tree: CodeTree, ids: Ids | None) -> Ids:
    grown = Ids() if ids is None else ids.copy()
    for code in tree.walk():
        grown.codes.setdefault(code.id, len(grown.codes))
    return grown


class _Renumbered:
    """Puts our numbers for ids in place of the file's, in the order in which new ones turn up."""

    def __init__(self, rows: Mapping[int, str], known: dict[str, int]) -> None:
        self._known = known
        self._rows = np.array(sorted(rows), dtype=np.int64)
        self._ids = [rows[row] for row in sorted(rows)]
        self._numbers = np.array([known.get(one, -1) for one in self._ids], dtype=np.int64)
        # The file nearly always numbers from 1 on without wide gaps; then a place is looked up, not searched for.
        self._places: Numbers | None = None
        if rows and self._rows[0] >= 0 and self._rows[-1] < _WIDEST:
            self._places = np.zeros(int(self._rows[-1]) + 1, dtype=np.int64)
            self._places[self._rows] = np.arange(len(rows))

    def of(self, column: Numbers) -> Numbers:
        """Return a column of the file's numbers as ours."""
        places = self._rows.searchsorted(column) if self._places is None else self._places[column]
        new = places[self._numbers[places] < 0]
        # Most rows are of the source of the row before.
        changes = np.flatnonzero(np.diff(new, prepend=-1))
        for place in dict.fromkeys(new[changes].tolist()):
            self._numbers[place] = self._known[self._ids[place]] = len(self._known)
        return self._numbers[places]


class _Numbers(dict[str, int]):
    """Gives an id that is new the next number; one that is known is found without a line of Python."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number

    @property
    def of(self) -> Callable[[str], int]:
        """What returns the number of an id."""
        return self.__getitem__


def joined(parts: Iterable[Codings]) -> Codings:
    """Return several codings as one; each was numbered with the ids of the one before, and there is at least one."""
    every = list(parts)
    columns = zip(*((one.source, one.start, one.stop, one.code, one.coder) for one in every), strict=True)
    return Codings(every[-1].ids, *(np.concatenate(column) for column in columns))
