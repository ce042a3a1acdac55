"""Counts words and finds their lines on plain values, so that a worker may do it as well as the window itself."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import NamedTuple, overload

from coder_app.analysis.kwic import CONTEXT, Sort, sort_key
from coder_app.analysis.words import Tally, Words, occurrences
from coder_app.domain.model import Source
from coder_app.domain.progress import OnProgress
from coder_app.domain.text import Span
from coder_app.gui.words.options import Options, Scope, Where
from coder_app.queries.codes import code_tree
from coder_app.queries.stretches import coded_stretches
from coder_app.store.project import Project

_SORTED_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """A source that is counted, whole or in `spans`. `key` is what the tally knows its words by."""

    source: Source
    key: str
    spans: tuple[Span, ...] | None = None

    def pieces(self, text: str) -> Iterator[str]:
        """Yield what is counted of the text."""
        if self.spans is None:
            yield text
        else:
            yield from (text[start:stop] for start, stop in self.spans)


class Line(NamedTuple):
    """Where a word stands."""

    source_id: str
    start: int
    stop: int


class Lines(Sequence[Line]):
    """Any number of lines in twelve bytes each: half a million objects would keep the garbage collector busy."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sources, self._starts, self._stops = array("I"), array("I"), array("I")

    def begin(self, source_id: str) -> None:
        """Say which source the lines that follow are of."""
        self._ids.append(source_id)

    def add(self, start: int, stop: int) -> None:
        """Add a line of the source that was begun last."""
        self._sources.append(len(self._ids) - 1)
        self._starts.append(start)
        self._stops.append(stop)

    def put_in_order(self, order: Iterable[int]) -> None:
        """Arrange the lines so that these places, each given once, follow each other."""
        wanted = list(order)
        self._sources = array("I", (self._sources[place] for place in wanted))
        self._starts = array("I", (self._starts[place] for place in wanted))
        self._stops = array("I", (self._stops[place] for place in wanted))

    def source_ids(self) -> list[str]:
        """Return the sources that have lines, in the order in which they were begun."""
        return [self._ids[number] for number in sorted(set(self._sources))]

    def __len__(self) -> int:
        return len(self._sources)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(len(self))

    def _key(self) -> tuple[object, ...]:
        return self._ids, self._sources, self._starts, self._stops

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return Line(self._ids[self._sources[index]], self._starts[index], self._stops[index])


def parts_of(project: Project, sources: Iterable[Source], scope: Scope, coder_ids: Sequence[str]) -> list[Part]:
    """Return what a scope covers, in the order of the sources; codings are those of `coder_ids`."""
    if scope.where is Where.CODE:
        tree = code_tree(project)
        codes = [scope.name, *(code.id for code in tree.walk(scope.name))]
        found = coded_stretches(project, codes, coder_ids=coder_ids)
        return [Part(one, one.id, tuple(found[one.id])) for one in sources if one.id in found]
    return [Part(one, one.text_hash) for one in sources if _is_in(one, scope)]


def _is_in(source: Source, scope: Scope) -> bool:
    match scope.where:
        case Where.SOURCE:
            return source.id == scope.name
        case Where.FOLDER:
            return f"{source.folder}/".startswith(f"{scope.name}/")
        case Where.CHOSEN:
            return source.id in scope.chosen
        case _:
            return True


@dataclass(frozen=True, slots=True)
class Counted:
    """All words of the parts, the most frequent first, and what finds their places."""

    options: Options
    parts: Sequence[Part]
    tally: Tally
    rows: Sequence[Words]
    running: int


def count(
    options: Options, parts: Sequence[Part], tally: Tally, texts: Mapping[str, str], on_progress: OnProgress
) -> Counted:
    """Count the parts; `tally` takes in what it does not know yet from `texts` by hash, and is changed."""
    missing = {part.key: part for part in parts if part.key not in tally}
    total = sum(len(texts[part.source.text_hash]) for part in missing.values())
    done = 0

    def counted(characters: int) -> None:
        nonlocal done
        done += characters
        on_progress(min(done, total), total)

    for key, part in missing.items():
        tally.add(key, part.pieces(texts[part.source.text_hash]), counted)
    keys = [part.key for part in parts]
    return Counted(options, parts, tally, tally.totals(keys, match_case=options.match_case), tally.running(keys))


def find_lines(
    parts: Sequence[Part], forms: frozenset[str], sort: Sort, texts: Mapping[str, str], on_progress: OnProgress
) -> Lines:
    """Return where words in these forms stand; `texts` are by hash."""
    total = sum(len(texts[part.source.text_hash]) for part in parts)
    found = Lines()
    keys: list[str] = []
    before = 0
    for part in parts:
        text = texts[part.source.text_hash]
        found.begin(part.source.id)
        for first, last in ((0, len(text)),) if part.spans is None else part.spans:
            whole = (first, last) == (0, len(text))
            for start, stop in occurrences(text if whole else text[first:last], forms):
                if start == stop:
                    on_progress(before + first + stop, total)
                    continue
                found.add(first + start, first + stop)
                if sort is not Sort.PLACE:
                    keys.append(_key(sort, text, first + start, first + stop))
        before += len(text)
    if sort is not Sort.PLACE:
        found.put_in_order(_order(keys))
    return found


def _key(sort: Sort, text: str, start: int, stop: int) -> str:
    return sort_key(sort, text[max(0, start - CONTEXT) : start], text[start:stop], text[stop : stop + CONTEXT])


def _order(keys: Sequence[str]) -> Iterable[int]:
    """Return the places of the keys in their order, equals as they come."""
    runs = (
        sorted(range(start, min(start + _SORTED_AT_ONCE, len(keys))), key=keys.__getitem__)
        for start in range(0, len(keys), _SORTED_AT_ONCE)
    )
    # By runs: nothing else can happen in the window while Python sorts.
    return merge(*runs, key=keys.__getitem__)
