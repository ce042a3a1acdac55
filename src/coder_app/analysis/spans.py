"""Stretches of text and how they meet: the rules on which every count of codings rests.

A span is half-open [start, stop) in code points, with stop > start. Two spans meet when they share
at least one character; spans that only touch do not meet and are not merged.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from coder_app.domain.text import Span


class CodedSpan(NamedTuple):
    """One coding: a code on a stretch of a source, by a coder. Positions are code points."""

    source_id: str
    start: int
    stop: int
    code_id: str
    coder_id: str


class Relation(StrEnum):
    """How one span lies to another; exactly one holds, read from the first to the second."""

    EQUAL = "equal"
    WITHIN = "within"
    ENCLOSES = "encloses"
    OVERLAPS = "overlaps"
    OVERLAPPED_BY = "overlapped_by"
    MEETS = "meets"
    MET_BY = "met_by"
    BEFORE = "before"
    AFTER = "after"


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches that `spans` cover, in order; spans sharing a character become one."""
    found: list[Span] = []
    for start, stop in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def characters(stretches: Iterable[Span]) -> int:
    """Return the length of `stretches` in code points; merge them first, or some count twice."""
    return sum(stop - start for start, stop in stretches)


def shared(first: Span, second: Span) -> Span:
    """Return the stretch that two meeting spans have in common."""
    return max(first[0], second[0]), min(first[1], second[1])


def meetings(first: Sequence[Span], second: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the places (in `first`, in `second`) of all spans that meet; both must be sorted.

    Those that begin no earlier than a span, and meet it, stand in one run behind its start,
    so the work grows with the spans and their meetings, not with all pairs.
    """
    first_starts = [start for start, _ in first]
    second_starts = [start for start, _ in second]
    for place, (start, stop) in enumerate(first):
        for other in range(bisect_left(second_starts, start), bisect_left(second_starts, stop)):
            yield place, other
    for other, (start, stop) in enumerate(second):
        for place in range(bisect_left(first_starts, start + 1), bisect_left(first_starts, stop)):
            yield place, other


def agreed(by_coder: Iterable[Iterable[Span]], at_least: int) -> list[Span]:
    """Return the stretches that at least so many coders marked; each coder's own spans are merged first."""
    edges: list[tuple[int, int]] = []
    for spans in by_coder:
        for start, stop in merged(spans):
            edges += [(start, 1), (stop, -1)]
    found: list[Span] = []
    depth = begin = 0
    # Ends sort before starts, so that touching stretches stay apart, as they do in `merged`.
    for position, step in sorted(edges):
        if step > 0 and depth == at_least - 1:
            begin = position
        elif step < 0 and depth == at_least:
            found.append((begin, position))
        depth += step
    return found


def touched(spans: Iterable[Span], units: Sequence[Span]) -> set[int]:
    """Return the places of the units of which `spans` cover a character; units are in order and apart."""
    starts = [start for start, _ in units]
    stops = [stop for _, stop in units]
    found: set[int] = set()
    for start, stop in spans:
        found.update(range(bisect_left(stops, start + 1), bisect_left(starts, stop)))
    return found


def relation(first: Span, second: Span) -> Relation:
    """Return how `first` lies to `second`."""
    if first == second:
        return Relation.EQUAL
    if first[1] <= second[0]:
        return Relation.MEETS if first[1] == second[0] else Relation.BEFORE
    if second[1] <= first[0]:
        return Relation.MET_BY if second[1] == first[0] else Relation.AFTER
    if second[0] <= first[0] and first[1] <= second[1]:
        return Relation.WITHIN
    if first[0] <= second[0] and second[1] <= first[1]:
        return Relation.ENCLOSES
    return Relation.OVERLAPS if first[0] < second[0] else Relation.OVERLAPPED_BY
