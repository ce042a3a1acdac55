"""The counting itself, on numbered codes: sort and bisect, so that a million codings take seconds.

A pool is what one block of a table counts: for each source the entries (start, stop, code number),
in order. In start order the partners of an entry that begin no earlier stand in one run behind it,
so each meeting pair is found once and no pair that does not meet is ever looked at.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from coder_app.domain.text import Span

Entry: TypeAlias = tuple[int, int, int]
Pool: TypeAlias = dict[str, list[Entry]]
Cells: TypeAlias = dict[tuple[int, int], int]

# Meetings held before they are counted: large enough for the counting to run in C, small in memory.
_HELD = 1_000_000
_CODE: Callable[[Entry], int] = itemgetter(2)


def merged_pool(pool: Pool) -> Pool:
    """Return the pool with the spans of each code merged where they share a character."""
    return {source: _merged_entries(entries) for source, entries in pool.items()}


def _merged_entries(entries: list[Entry]) -> list[Entry]:
    starts: list[int] = []
    stops: list[int] = []
    codes: list[int] = []
    last: dict[int, int] = {}
    for start, stop, code in entries:
        place = last.get(code)
        if place is not None and start < stops[place]:
            stops[place] = max(stops[place], stop)
        else:
            last[code] = len(starts)
            starts.append(start)
            stops.append(stop)
            codes.append(code)
    return list(zip(starts, stops, codes, strict=True))


def entries_per_code(pool: Pool) -> dict[int, int]:
    """Return how many entries each code has."""
    found: Counter[int] = Counter()
    for entries in pool.values():
        found.update(map(_CODE, entries))
    return found


def characters_per_code(pool: Pool) -> dict[int, int]:
    """Return the length of each code's entries; merge the pool first."""
    lengths: defaultdict[int, int] = defaultdict(int)
    for entries in pool.values():
        for start, stop, code in entries:
            lengths[code] += stop - start
    return lengths


def meeting_entries(pool: Pool) -> Cells:
    """Return, for two codes, how many pairs of their entries share a character."""
    return _tallied(_runs(pool))


def _runs(pool: Pool) -> Iterator[tuple[int, list[int]]]:
    for entries in pool.values():
        starts = [start for start, _, _ in entries]
        codes = list(map(_CODE, entries))
        for place, (_, stop, code) in enumerate(entries, start=1):
            end = bisect_left(starts, stop, place)
            if end > place:
                yield code, codes[place:end]


def shared_characters(pool: Pool) -> Cells:
    """Return, for two codes, how many characters both cover; merge the pool first."""
    rows: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for entries in pool.values():
        starts = [start for start, _, _ in entries]
        for place, (_, stop, code) in enumerate(entries, start=1):
            row = rows[code]
            for other_start, other_stop, other in entries[place : bisect_left(starts, stop, place)]:
                row[other] += min(stop, other_stop) - other_start
    return _unordered(rows)


def codes_per_unit(pool: Pool, units: Mapping[str, Sequence[Span]] | None) -> list[list[int]]:
    """Return the codes of each unit in which anything is coded; without `units`, of each source.

    A code is in a unit when it covers a character of it. Units are in order and do not overlap.
    """
    if units is None:
        return [sorted({code for _, _, code in entries}) for entries in pool.values()]
    found: list[list[int]] = []
    for source, entries in pool.items():
        starts = [start for start, _ in units[source]]
        stops = [stop for _, stop in units[source]]
        inside: defaultdict[int, set[int]] = defaultdict(set)
        for start, stop, code in entries:
            for unit in range(bisect_right(stops, start), bisect_left(starts, stop)):
                inside[unit].add(code)
        found += [sorted(codes) for codes in inside.values()]
    return found


def units_per_code(units: Iterable[list[int]]) -> dict[int, int]:
    """Return in how many units each code is."""
    return Counter(code for codes in units for code in codes)


def shared_units(units: Iterable[list[int]]) -> Cells:
    """Return, for two codes, in how many units both are."""
    return _tallied((code, codes[place:]) for codes in units for place, code in enumerate(codes, start=1))


def _tallied(runs: Iterable[tuple[int, list[int]]]) -> Cells:
    held: defaultdict[int, list[int]] = defaultdict(list)
    rows: defaultdict[int, Counter[int]] = defaultdict(Counter)
    count = 0
    for code, others in runs:
        held[code] += others
        count += len(others)
        if count > _HELD:
            _count_held(held, rows)
            count = 0
    _count_held(held, rows)
    return _unordered(rows)


def _count_held(held: dict[int, list[int]], rows: defaultdict[int, Counter[int]]) -> None:
    for code, others in held.items():
        rows[code].update(others)
    held.clear()


def _unordered(rows: Mapping[int, Mapping[int, int]]) -> Cells:
    cells: Cells = {}
    for code, row in rows.items():
        for other, count in row.items():
            if code != other:
                key = (code, other) if code < other else (other, code)
                cells[key] = cells.get(key, 0) + count
    return cells
