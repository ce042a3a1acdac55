"""Finds where coders of a source differ, and what they agree on, stretch by stretch.

Of each code the stretches of all coders that share a character belong together. Where everybody who coded the source
has one, they agree, or differ in the borders; where somebody has none, they missed the code, or gave the place another
one. This is the matching of matching.py for any number of coders, with the passages behind the counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.domain.disagreement import Agreed, Difference, Disagreement, Mark
from coder_app.domain.progress import OnProgress, tell_nobody

SAME_BORDERS = 0.9
"""Shared characters by covered ones from which on borders count as the same."""

_SAME_PLACE = 0.5
"""So much of the shorter of two stretches must lie in the other for both to be about the same place."""

_PAIR = 2

Row = tuple[str, str, int, int, str, str]
"""A coding: id, source, start, stop (code points), code, coder."""


@dataclass(frozen=True, slots=True)
class Found:
    """What coders agree on and where they differ, by source and place."""

    agreed: tuple[Agreed, ...]
    differing: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class _Together:
    """Stretches of one code, or of several at one place, that belong together: where they lie, and whose they are."""

    marks: tuple[Mark, ...]
    start: int
    stop: int
    coders: frozenset[str]


def _group(marks: Sequence[Mark]) -> _Together:
    start, stop = min(mark.start for mark in marks), max(mark.stop for mark in marks)
    return _Together(tuple(marks), start, stop, frozenset([mark.coder_id for mark in marks]))


def find(
    rows: Iterable[Row],
    coded: Mapping[str, Collection[str]],
    *,
    codes: Collection[str] | None = None,
    same_borders: float = SAME_BORDERS,
    on_progress: OnProgress = tell_nobody,
) -> Found:
    """Return where coders differ. `coded` are, by source, those who coded it; sources of fewer than two do not enter.

    `codes` are the codes to look at, None for all. `same_borders` is the share of the covered characters that all
    must have marked for the borders to count as the same, above 0 up to 1. `on_progress` may raise Cancelled.
    """
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[5] in coded.get(row[1], ()) and (codes is None or row[4] in codes):
            by_source[row[1]].append(row)
    agreed: list[Agreed] = []
    differing: list[Disagreement] = []
    shared = [source for source, people in coded.items() if len(people) >= _PAIR]
    for done, source_id in enumerate(shared):
        on_progress(done, len(shared))
        people = tuple(sorted(coded[source_id]))
        one = _of_source(source_id, by_source.get(source_id, ()), people, same_borders)
        agreed += one.agreed
        differing += one.differing
    return Found(tuple(agreed), tuple(differing))


def _of_source(source_id: str, rows: Sequence[Row], people: tuple[str, ...], same_borders: float) -> Found:
    agreed: list[Agreed] = []
    differing: list[Disagreement] = []
    open_: list[_Together] = []
    for code_id, marks in _marks(rows).items():
        for group in _together(marks):
            if len(group.coders) < len(people):
                open_.append(group)
                continue
            start, stop, share = _common(group)
            if share >= same_borders and len(group.marks) == len(people):
                ids = tuple(sorted(one for mark in group.marks for one in mark.coding_ids))
                agreed.append(Agreed(source_id, code_id, start, stop, ids))
            else:
                differing.append(_told(Difference.BOUNDARY, source_id, group, people))
    for group in _at_one_place(open_):
        several = len({mark.code_id for mark in group.marks}) > 1
        kind = Difference.CODE if several else Difference.MISSED
        differing.append(_told(kind, source_id, group, people))
    agreed.sort(key=lambda one: (one.start, one.stop, one.code_id))
    differing.sort(key=lambda one: (one.start, one.stop, one.kind, one.coding_ids))
    return Found(tuple(agreed), tuple(differing))


def _told(kind: Difference, source_id: str, group: _Together, people: tuple[str, ...]) -> Disagreement:
    overlap = 0.0 if kind is Difference.MISSED else _common(group)[2]
    marks = tuple(sorted(group.marks, key=lambda mark: (mark.start, mark.stop, mark.coder_id, mark.code_id)))
    return Disagreement(kind, source_id, group.start, group.stop, marks, people, overlap)


def _marks(rows: Sequence[Row]) -> dict[str, list[Mark]]:
    """Return the stretches of each code, those of one coder that share a character as one."""
    by_code: dict[str, list[Mark]] = defaultdict(list)
    last: dict[tuple[str, str], int] = {}
    for coding_id, _, start, stop, code_id, coder_id in sorted(rows, key=lambda row: (row[2], row[3], row[0])):
        marks = by_code[code_id]
        place = last.get((code_id, coder_id), -1)
        if place >= 0 and start < marks[place].stop:
            old = marks[place]
            ids = (*old.coding_ids, coding_id)
            marks[place] = Mark(coder_id, code_id, old.start, max(old.stop, stop), ids)
        else:
            last[code_id, coder_id] = len(marks)
            marks.append(Mark(coder_id, code_id, start, stop, (coding_id,)))
    return by_code


def _together(marks: Sequence[Mark]) -> list[_Together]:
    """Return stretches of one code in groups of those that share a character, directly or by way of others."""
    groups: list[list[Mark]] = []
    stop = -1
    for mark in sorted(marks, key=lambda one: (one.start, one.stop, one.coder_id)):
        if mark.start < stop:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        stop = max(stop, mark.stop)
    return [_group(group) for group in groups]


def _common(group: _Together) -> tuple[int, int, float]:
    """Return what all coders of a group marked as one stretch, and its share of what anybody marked.

    Where they have no one stretch in common, the share counts the characters that all of them marked.
    """
    by_coder: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mark in group.marks:
        by_coder[mark.coder_id].append((mark.start, mark.stop))
    start = max(min(first for first, _ in spans) for spans in by_coder.values())
    stop = min(max(last for _, last in spans) for spans in by_coder.values())
    shares = _covered(by_coder)
    return start, stop, shares


def _covered(by_coder: Mapping[str, Sequence[tuple[int, int]]]) -> float:
    """Return the share of the characters marked by anybody that everybody marked."""
    steps: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for coder_id, spans in by_coder.items():
        for first, last in spans:
            steps[first].append((coder_id, 1))
            steps[last].append((coder_id, -1))
    depth: dict[str, int] = defaultdict(int)
    any_, every, at = 0, 0, 0
    for place in sorted(steps):
        marking = sum(1 for number in depth.values() if number)
        any_ += (place - at) if marking else 0
        every += (place - at) if marking == len(by_coder) else 0
        for coder_id, step in steps[place]:
            depth[coder_id] += step
        at = place
    return every / any_ if any_ else 0.0


def _at_one_place(groups: Sequence[_Together]) -> list[_Together]:
    """Join groups of different codes and different coders that are about the same place, the closest first."""
    ordered = sorted(groups, key=lambda one: (one.start, one.stop))
    close: list[tuple[float, int, int]] = []
    active: list[int] = []
    for number, group in enumerate(ordered):
        active = [one for one in active if ordered[one].stop > group.start]
        for one in active:
            share = _closeness(ordered[one], group)
            if share and not ordered[one].coders & group.coders:
                close.append((-share, one, number))
        active.append(number)
    joined = {number: [number] for number in range(len(ordered))}
    for _, one, other in sorted(close):
        first, second = joined[one], joined[other]
        if first is second:
            continue
        people = [ordered[number].coders for number in (*first, *second)]
        if sum(map(len, people)) == len(frozenset[str]().union(*people)):
            first += second
            for number in second:
                joined[number] = first
    unique = {id(numbers): numbers for numbers in joined.values()}
    return [
        ordered[numbers[0]] if len(numbers) == 1 else _group([mark for one in numbers for mark in ordered[one].marks])
        for numbers in unique.values()
    ]


def _closeness(one: _Together, two: _Together) -> float:
    """Return how much of what either covers both cover; 0 where they are about different places."""
    both = min(one.stop, two.stop) - max(one.start, two.start)
    shorter = min(one.stop - one.start, two.stop - two.start)
    if both < _SAME_PLACE * shorter:
        return 0.0
    return both / (max(one.stop, two.stop) - min(one.start, two.start))
