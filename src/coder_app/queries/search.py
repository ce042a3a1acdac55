"""Finds words, phrases and patterns in all texts of a project, through its search index where that helps."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from coder_app.domain.hits import Hit, Place, Placed
from coder_app.domain.text import Span, paragraph_at, paragraphs
from coder_app.queries.search_match import Finder, find_in, finder, index_terms
from coder_app.queries.search_query import Expression, Phrase, parse
from coder_app.queries.search_regex import SECONDS, PatternFinder, check_pattern, find_in_all, processes_for
from coder_app.store import full_text
from coder_app.store.many import AMONG, id_list
from coder_app.store.project import Project

__all__ = [
    "Hit",
    "Place",
    "SearchOptions",
    "Watch",
    "codes_covering",
    "find_in",
    "hits_at",
    "places",
    "places_by_source",
    "search",
]

_STRETCH = 50_000

# So many texts are read by one statement, unless those before had so many characters together.
_MOST_TEXTS = 16
_MANY_CHARACTERS = 1_000_000

# A word in more lines than these is asked for text by text instead of being listed as a whole.
_MOST_LISTED = 3_000


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How a query is meant. Accents and case are told apart or not; `whole_words` leaves longer words out.

    `operators` off takes the query as it stands. `regex` takes it as a regular expression, which may work
    for `seconds`. `sources` narrows the search to these ids; None takes all.
    """

    match_case: bool = False
    match_accents: bool = True
    whole_words: bool = True
    operators: bool = True
    regex: bool = False
    seconds: float = SECONDS
    sources: frozenset[str] | None = None


PLAIN = SearchOptions()


@dataclass(frozen=True, slots=True)
class Watch:
    """How a long search is followed and stopped.

    `on_progress` is told (sources done, all) before each source and may raise Cancelled. Once `is_stopped` says
    yes, a pattern that is at work is ended and Cancelled raised.
    """

    on_progress: Callable[[int, int], None] | None = None
    is_stopped: Callable[[], bool] | None = None


_ALONE = Watch()


def search(project: Project, query: str, options: SearchOptions = PLAIN, *, context: int = 60) -> Iterator[Hit]:
    """Return the hits of `query` with `context` code points on either side, in the order of sources and places.

    Hits come as they are found, so the first ones of many are there at once. The project may be a snapshot
    in another thread. Raises QueryProblem at once where the query cannot be read, and while hits are taken
    PatternTooSlow.
    """
    found = _found(project, query, options, _ALONE)
    return (_hit_in(source, text, span, context) for source, text, spans in found for span in spans)


def places(project: Project, query: str, options: SearchOptions = PLAIN) -> Iterator[Place]:
    """Return where `query` stands, as `search` does but without words: for lists of any length."""
    found = _found(project, query, options, _ALONE)
    return (Place(source.id, *span) for source, _, spans in found for span in spans)


def places_by_source(
    project: Project, query: str, options: SearchOptions = PLAIN, watch: Watch = _ALONE
) -> Iterator[tuple[str, str, Iterator[Place]]]:
    """Return the id and name of each source that may hold hits, with its places, in the order of `search`.

    The places of one source must be taken before the next is asked for; there may be none. Raises as `search`
    does, and Cancelled.
    """
    return (
        (source.id, source.name, (Place(source.id, *span) for span in spans))
        for source, _, spans in _found(project, query, options, watch)
    )


def hits_at(project: Project, wanted: Sequence[Placed], *, context: int = 60) -> list[Hit]:
    """Return places with their words and context, in the same order, for the rows of a list that are in sight.

    In a source that is gone they have no words.
    """
    found: list[Hit] = []
    known: dict[str, tuple[str, str]] = {}
    for place in wanted:
        if place.source_id not in known:
            rows = project.rows(
                "SELECT name, text FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?",
                (place.source_id,),
            )
            known[place.source_id] = rows[0] if rows else ("", "")
        name, text = known[place.source_id]
        found.append(_hit_in(_Source(place.source_id, name), text, (place.start, place.stop), context))
    return found


class _Source(NamedTuple):
    id: str
    name: str
    text_hash: str = ""
    number: int | None = None
    """The text's number in the search index, None where it is not wholly there."""


def _hit_in(source: _Source, text: str, span: Span, context: int) -> Hit:
    """Return a place in a text with its words and context."""
    start, stop = span
    before, after = text[max(0, start - context) : start], text[stop : stop + context]
    return Hit(source[0], source[1], start, stop, text[start:stop], before, after)


_Found = Iterator[tuple[_Source, str, Iterator[Span]]]


def _found(project: Project, query: str, options: SearchOptions, watch: Watch) -> _Found:
    if options.regex:
        check_pattern(query)
        return _by_pattern(project, query, options, watch) if query else iter(())
    wanted = parse(query, operators=options.operators)
    return _by_words(project, wanted, options, watch) if wanted else iter(())


def _by_pattern(project: Project, query: str, options: SearchOptions, watch: Watch) -> _Found:
    def start() -> PatternFinder:
        return PatternFinder(query, match_case=options.match_case, seconds=options.seconds, is_stopped=watch.is_stopped)

    lengths = project.rows("SELECT source.id, characters FROM source JOIN text_body ON hash = text_hash")
    characters = sum(long for one, long in lengths if options.sources is None or one in options.sources)
    texts = ((source, project.text(source.text_hash), source.name) for source in _sources(project, options, watch))
    for source, text, spans in find_in_all(texts, start, processes_for(characters)):
        yield source, text, iter(spans)


def _by_words(project: Project, wanted: Expression, options: SearchOptions, watch: Watch) -> _Found:
    find = finder(
        wanted,
        match_case=options.match_case,
        match_accents=options.match_accents,
        whole_words=options.whole_words,
    )
    across = isinstance(wanted, Phrase) and wanted.across
    # One word cannot reach over the end of a line, so a text can be read at one go.
    at_one_go = isinstance(wanted, Phrase) and len(wanted.words) == 1
    index = _Index(project, index_terms(wanted, whole_words=options.whole_words), whole_texts=across)
    looked_at = ((source, index.lines_of(source.number)) for source in _sources(project, options, watch))
    for source, lines, text in _with_texts(project, (one for one in looked_at if one[1] is None or one[1])):
        if across:
            yield source, text, iter(find(text, 0, len(text)))
        elif lines is None and at_one_go:
            yield source, text, _in_stretches(text, find)
        else:
            yield source, text, _in_lines(text, lines, find)


def _with_texts(
    project: Project, wanted: Iterator[tuple[_Source, list[int] | None]]
) -> Iterator[tuple[_Source, list[int] | None, str]]:
    """Yield sources with their lines and texts; these are read several by one statement, the first one alone."""
    size = 1
    while some := list(islice(wanted, size)):
        hashes = id_list(source.text_hash for source, _ in some)
        texts = dict(project.rows(f"SELECT hash, text FROM text_body WHERE hash IN {AMONG}", (hashes,)))
        for source, lines in some:
            yield source, lines, texts[source.text_hash]
        size = min(2 * size, _MOST_TEXTS) if sum(map(len, texts.values())) < _MANY_CHARACTERS else 1


def _in_stretches(text: str, find: Finder) -> Iterator[Span]:
    """Yield the hits in a text that is read in stretches of many lines, so that the first are there early."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _STRETCH)
        stop = len(text) if end < 0 else end
        yield from find(text, start, stop)
        start = stop


def _in_lines(text: str, starts: list[int] | None, find: Finder) -> Iterator[Span]:
    """Yield the hits in the lines that start at `starts`, or in all lines."""
    for start, stop in paragraphs(text) if starts is None else (paragraph_at(text, start) for start in starts):
        yield from find(text, start, stop)


def _sources(project: Project, options: SearchOptions, watch: Watch) -> Iterator[_Source]:
    rows = project.rows(
        "SELECT source.id, name, source.text_hash, number FROM source"
        " LEFT JOIN indexed_text ON indexed_text.text_hash = source.text_hash AND stop IS NULL"
        " ORDER BY folder, order_key, source.id"
    )
    for done, row in enumerate(rows):
        if watch.on_progress:
            watch.on_progress(done, len(rows))
        if options.sources is None or row[0] in options.sources:
            yield _Source(*row)


class _Index:
    """What the search index says about some terms, asked for as a whole or text by text."""

    def __init__(self, project: Project, terms: tuple[str, ...], *, whole_texts: bool) -> None:
        self._db = project.db
        self._listed: list[dict[int, list[int]]] = []
        self._common: list[str] = []
        try:
            for term in terms:
                self._list(term)
            if whole_texts:
                # Nearly every text holds a common word, so to ask which costs more than it saves.
                self._common = []
        except full_text.Unusable:
            self._give_up()

    def _list(self, term: str) -> None:
        lines = full_text.lines_with(self._db, term, _MOST_LISTED)
        if lines is None:
            self._common.append(term)
            return
        by_text: dict[int, list[int]] = {}
        for line in lines:
            number, start = full_text.split_line(line)
            by_text.setdefault(number, []).append(start)
        self._listed.append(by_text)

    def _give_up(self) -> None:
        self._listed, self._common = [], []

    def lines_of(self, number: int | None) -> list[int] | None:
        """Return the starts of the lines of a text that fit, none where a term is missing; None: look at all."""
        if number is None:
            return None
        found: list[int] | None = None
        for by_text in self._listed:
            found = by_text.get(number, [])
            if not found:
                return found
        try:
            for term in self._common:
                found = [full_text.split_line(line)[1] for line in full_text.lines_in(self._db, term, number)]
                if not found:
                    return found
        except full_text.Unusable:
            self._give_up()
            return None
        return found


def codes_covering(
    project: Project,
    wanted: Sequence[Placed],
    coder_ids: Collection[str] | None = None,
    *,
    longest: dict[str, int] | None = None,
) -> list[tuple[str, ...]]:
    """Return for each place the ids of the codes that some coding of it, or of more around it, has put there.

    `coder_ids` narrows this to the codings of some coders. Meant for the rows of a list that are in sight;
    thousands of places are no burden either. In `longest` the length of the longest segment of each source is
    remembered, for callers that ask often: they keep it until a segment changes.
    """
    longest = {} if longest is None else longest
    found: list[tuple[str, ...]] = [()] * len(wanted)
    by_source: dict[str, list[int]] = {}
    for number, place in enumerate(wanted):
        by_source.setdefault(place.source_id, []).append(number)
    for source_id, numbers in by_source.items():
        numbers.sort(key=lambda number: wanted[number].start)
        if source_id not in longest:
            sql = "SELECT coalesce(max(now_stop - now_start), 0) FROM segment WHERE source_id = ?"
            longest[source_id] = project.rows(sql, (source_id,))[0][0]
        places_here = [wanted[number] for number in numbers]
        for number, codes in _covering(project, source_id, places_here, coder_ids, longest[source_id]):
            found[numbers[number]] = codes
    return found


def _covering(
    project: Project, source_id: str, wanted: list[Placed], coder_ids: Collection[str] | None, longest: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    codings = project.rows(
        "SELECT now_start, now_stop, code_id FROM segment JOIN coding ON segment_id = segment.id"
        " WHERE source_id = ? AND now_start BETWEEN ? AND ? AND now_stop >= ?"
        " AND (? IS NULL OR coding.coder_id IN (SELECT value FROM json_each(?))) ORDER BY now_start",
        (
            source_id,
            min(place.stop for place in wanted) - longest,
            wanted[-1].start,
            min(place.stop for place in wanted),
            *(2 * [None if coder_ids is None else json.dumps(list(coder_ids))]),
        ),
    )
    around: list[tuple[int, str]] = []
    at = 0
    for number, place in enumerate(wanted):
        while at < len(codings) and codings[at][0] <= place.start:
            around.append((codings[at][1], codings[at][2]))
            at += 1
        around = [one for one in around if one[0] > place.start]
        yield number, tuple(dict.fromkeys(code_id for stop, code_id in around if stop >= place.stop))
