"""What queries find, against a slow and plain reading of docs/queries.md, passage by passage."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.query_language.finding import find, is_condition, looks_at_all
from coder_app.domain.query_language.spans import (
    NO_CODING,
    PIECE,
    Far,
    Flags,
    Grid,
    Numbers,
    Passages,
    by_characters,
    by_grid,
    passages,
)
from coder_app.domain.query_language.tree import (
    NEAR_UNLESS_SAID,
    All,
    Bound,
    Coded,
    Distance,
    Either,
    Every,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Unit,
    Where,
    Without,
    walk,
)
from coder_app.domain.text import Span, paragraphs, sentences, words

TEXTS = ("One two. Three four.\nFive six seven.\n\nEight. ", "A b c. D e f\n g h. I", "")
SPLIT: dict[Unit, Callable[[str], Iterable[Span]]] = {
    Unit.WORDS: words,
    Unit.SENTENCES: sentences,
    Unit.PARAGRAPHS: paragraphs,
}


class One(NamedTuple):
    """A passage: source, start, stop, and its coding or NO_CODING."""

    source: int
    start: int
    stop: int
    coding: int


class Coding(NamedTuple):
    source: int
    start: int
    stop: int
    code: str
    coder: str


@dataclass
class Small:
    """A few codings by list, as Material and as what the plain reading looks at."""

    rows: list[Coding]
    words_at: tuple[Span, ...] = ((4, 8), (9, 19))
    codings: Passages = field(init=False)

    def __post_init__(self) -> None:
        self.rows.sort()
        source, start, stop = (np.array([row[place] for row in self.rows], dtype=np.int64) for place in range(3))
        self.codings = Passages(source, start, stop, np.arange(len(self.rows)))

    def coded(self, code_ids: frozenset[str]) -> Flags:
        return np.array([row.code in code_ids for row in self.rows], dtype=np.bool_)

    def fulfils(self, condition: Bound, some: Passages) -> Flags:
        return np.array([self.holds(condition, One(*row)) for row in some.rows()], dtype=np.bool_)

    def holds(self, condition: Bound, one: One) -> bool:
        assert isinstance(condition.leaf, Where)
        if condition.leaf.kind == "source":
            return one.source == int(condition.leaf.value)
        return one.coding != NO_CODING and self.rows[one.coding].coder == condition.leaf.value

    def words(self, text: str) -> Passages:
        rows = np.array([(0, *span) for span in self.words_at] if text else [], dtype=np.int64).reshape(-1, 3)
        return passages(rows[:, 0], rows[:, 1], rows[:, 2])

    def far(self, distance: Distance, sources: Numbers) -> Far:
        if distance.unit is Unit.CHARACTERS:
            return by_characters(distance.number)
        edges = [
            (int(source) * PIECE + start, int(source) * PIECE + stop)
            for source in sources
            for start, stop in SPLIT[distance.unit](TEXTS[source])
        ]
        table = np.array(edges, dtype=np.int64).reshape(-1, 2)
        return by_grid(distance, Grid(table[:, 0], table[:, 1]))


def plainly(  # noqa: C901, PLR0911 (a case for each part of the language)
    query: Query, small: Small, limits: tuple[Query, ...] = ()
) -> set[One]:
    """Return what a query finds by the words of the manual, in quadratic time."""
    every = {One(*row[:3], number) for number, row in enumerate(small.rows)}
    if is_condition(query):
        return {one for one in every if all(fits(part, one, small) for part in (*limits, query))}
    allowed = {one for one in every if all(fits(part, one, small) for part in limits)}
    match query:
        case Bound(leaf=Where(value=text)):
            hits = {One(*row) for row in small.words(text).rows()}
            return {one for one in hits if all(fits(part, one, small) for part in limits)}
        case Bound():
            return {one for one in allowed if isinstance(query.leaf, Every) or small.rows[one.coding].code in query.ids}
        case Either():
            return set[One]().union(*(plainly(part, small, limits) for part in query.parts))
        case Without():
            return {one for one in allowed if not meets_any(one, plainly(query.part, small))}
        case OnlyOne():
            return plain_only_one(query.parts, small, limits)
        case Placed():
            others = plainly(query.right, small)
            return {one for one in plainly(query.left, small, limits) if any(lies(one, query, o) for o in others)}
        case All():
            return plain_all(query, small, limits)
        case _:
            raise AssertionError(query)


def fits(condition: Query, one: One, small: Small) -> bool:
    match condition:
        case Bound():
            return small.holds(condition, one)
        case Without():
            return not fits(condition.part, one, small)
        case All():
            return all(fits(part, one, small) for part in condition.parts)
        case Either():
            return any(fits(part, one, small) for part in condition.parts)
        case OnlyOne():
            return sum(fits(part, one, small) for part in condition.parts) % 2 == 1
        case _:
            raise AssertionError(condition)


def meets_any(one: One, others: Iterable[One]) -> bool:
    return any(o.source == one.source and o.start < one.stop and one.start < o.stop for o in others)


def plain_only_one(parts: tuple[Query, ...], small: Small, limits: tuple[Query, ...]) -> set[One]:
    first, last = parts[:-1], parts[-1]
    left = first[0] if len(first) == 1 else OnlyOne(first)
    whole_left, whole_right = plainly(left, small), plainly(last, small)
    found = {one for one in plainly(left, small, limits) if not meets_any(one, whole_right)}
    return found | {one for one in plainly(last, small, limits) if not meets_any(one, whole_left)}


def plain_all(query: All, small: Small, limits: tuple[Query, ...]) -> set[One]:
    mine = tuple(part for part in query.parts if is_condition(part))
    texts = [part for part in query.parts if isinstance(part, Bound) and getattr(part.leaf, "kind", "") == "text"]
    denied = [part.part for part in query.parts if isinstance(part, Without) and part not in mine]
    rest = [part for part in query.parts if part not in (*mine, *texts) and not isinstance(part, Without)]
    limits = (*limits, *mine)
    by_people = any(getattr(getattr(one, "leaf", None), "kind", "") == "coder" for part in mine for one in walk(part))
    if len(rest) == 1:
        found = plainly(rest[0], small, limits)
    elif rest:
        found = stretches([plainly(part, small, limits) for part in rest])
    elif len(texts) == 1 and not by_people:
        found = plainly(texts[0], small, limits)
    else:
        found = plainly(Bound(Every()), small, limits)
    for text in texts:
        hits = plainly(text, small)
        found = {
            o for o in found if any(o.source == h.source and o.start <= h.start and h.stop <= o.stop for h in hits)
        }
    return {one for one in found if not any(meets_any(one, plainly(part, small)) for part in denied)}


def stretches(parts: list[set[One]]) -> set[One]:
    """Return the stretches that all cover, character by character, cut where passages of one part only touch."""
    found: set[One] = set()
    for source in range(len(TEXTS)):
        start = None
        for place in range(60):
            inside = all(any(o.source == source and o.start <= place < o.stop for o in part) for part in parts)
            cut = any(not any(o.source == source and o.start < place < o.stop for o in part) for part in parts)
            if start is not None and (not inside or cut):
                found.add(One(source, start, place, NO_CODING))
                start = None
            if inside and start is None:
                start = place
    return found


def lies(one: One, query: Placed, other: One) -> bool:  # noqa: PLR0911 (a case for each operator)
    if one == other or one.source != other.source:
        return False
    match query.how:
        case Lies.WITHIN:
            return other.start <= one.start and one.stop <= other.stop
        case Lies.ENCLOSES:
            return one.start <= other.start and other.stop <= one.stop
        case Lies.OVERLAPS:
            return meets_any(one, [other])
        case Lies.FOLLOWS:
            return other.stop <= one.start and close(other, one, query.distance)
        case Lies.PRECEDES:
            return one.stop <= other.start and close(one, other, query.distance)
        case Lies.NEAR:
            first, second = sorted((one, other), key=lambda o: o.start)
            return meets_any(one, [other]) or close(first, second, query.distance or NEAR_UNLESS_SAID)
    raise AssertionError(query)


def close(first: One, second: One, distance: Distance | None) -> bool:
    return distance is None or apart(first, second, distance) <= distance.number


def apart(first: One, second: One, distance: Distance) -> int:
    """Return how many characters or words lie between two passages, or how many sentences or paragraphs to go on."""
    if distance.unit is Unit.CHARACTERS:
        return second.start - first.stop
    spans = list(SPLIT[distance.unit](TEXTS[first.source]))
    if distance.unit is Unit.WORDS:
        return sum(first.stop <= start and stop <= second.start for start, stop in spans)
    last = sum(start < first.stop for start, _ in spans)
    return sum(stop <= second.start for _, stop in spans) + 1 - last


CODES = ("a", "b", "c")
LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.sampled_from([Bound(Coded(code), frozenset({code})) for code in CODES]),
    st.sampled_from([Bound(Coded("a"), frozenset({"a", "b"})), Bound(Every())]),
    st.sampled_from([Bound(Where("coder", "Ann")), Bound(Where("source", "0")), Bound(Where("text", "two"))]),
)
DISTANCES = st.builds(Distance, st.integers(0, 3), st.sampled_from(Unit))


def grown(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(All, some),
        st.builds(Either, some),
        st.builds(OnlyOne, some),
        st.builds(Without, inner),
        st.builds(Placed, inner, st.sampled_from([Lies.WITHIN, Lies.ENCLOSES, Lies.OVERLAPS]), inner),
        st.builds(
            Placed, inner, st.sampled_from([Lies.FOLLOWS, Lies.PRECEDES, Lies.NEAR]), inner, st.none() | DISTANCES
        ),
    )


QUERIES = st.recursive(LEAVES, grown, max_leaves=6)


def in_text(source: int, start: int, length: int, code: str, coder: str) -> Coding:
    start = min(start, len(TEXTS[source]) - 1)
    return Coding(source, start, min(start + length, len(TEXTS[source])), code, coder)


CODINGS = st.lists(
    st.builds(
        in_text,
        st.integers(0, 1),
        st.integers(0, 45),
        st.integers(1, 14),
        st.sampled_from(CODES),
        st.sampled_from(["Ann", "Ben"]),
    ),
    max_size=9,
)


@settings(max_examples=500, deadline=None)
@given(QUERIES, CODINGS)
def test_a_query_finds_what_the_plain_reading_finds(query: Query, rows: list[Coding]) -> None:
    small = Small(rows)

    found = find(query, small)

    assert [One(*row) for row in found.passages.rows()] == sorted(plainly(query, small))
    assert {one[3] for one in found.passages.rows()} - {NO_CODING} <= set(np.flatnonzero(found.used).tolist())


def test_conditions_at_the_beginning_of_a_chain_of_xor_are_one_condition() -> None:
    query = OnlyOne((Bound(Where("coder", "Ann")), Bound(Where("source", "0")), Bound(Coded("a"), frozenset({"a"}))))
    small = Small([in_text(0, 0, 1, "a", "Ann"), in_text(0, 0, 1, "a", "Ben")])
    assert find(query, small).passages.rows() == []


@settings(max_examples=200, deadline=None)
@given(QUERIES, CODINGS)
def test_codings_of_codes_that_nobody_asked_for_need_not_be_read(query: Query, rows: list[Coding]) -> None:
    asked = {code for part in walk(query) if isinstance(part, Bound) for code in part.ids}
    some = Small([row for row in rows if row.code in asked])

    if not looks_at_all(query):
        spans = [[one[:3] for one in find(query, small).passages.rows()] for small in (Small(rows), some)]
        assert spans[0] == spans[1]
