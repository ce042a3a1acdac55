"""The codings of one text as plain spans, found by position without looking at the others."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Set
from operator import itemgetter
from typing import NamedTuple

_Key = tuple[int, int, str]


class Span(NamedTuple):
    """A coding as it is drawn: code points `start` to `stop` (half-open), `colour` as "#rrggbb".

    A quotation, which has no code, is one without a colour; its segment's id stands for the coding's.

    A named tuple, as a large text has 50,000 of them to be made before it can be shown.
    """

    coding_id: str
    segment_id: str
    start: int
    stop: int
    colour: str
    code_name: str
    coder_initial: str = ""
    code_id: str = ""
    coder_id: str = ""


class SpanIndex:
    """The spans of a text, asked by position, changed one at a time; those of hidden codes and coders are kept aside.

    Spans of like length are kept together, each group sorted by start. A group whose longest span is n
    can reach a place only from n code points before it, so one coding of a whole book costs the others nothing.
    """

    def __init__(
        self, spans: Iterable[Span] = (), codes: Set[str] | None = None, without: Set[str] = frozenset()
    ) -> None:
        """Take `spans`; `codes` are the ids of the codes that are shown, None for all, `without` the hidden coders'."""
        self._spans = {span.coding_id: span for span in spans}
        self._codes = codes
        self._without = without
        self._sort()

    def _sort(self) -> None:
        self._groups: dict[int, list[_Key]] = {}
        self._initials: Counter[str] = Counter()
        self._size = 0
        self._take(self.shown())

    def _take(self, shown: list[Span]) -> None:
        groups = self._groups
        for key in [(span[2], span[3], span[0]) for span in shown]:
            size = (key[1] - key[0]).bit_length()
            if size in groups:
                groups[size].append(key)
            else:
                groups[size] = [key]
        for keys in self._groups.values():
            keys.sort()  # quick where it is sorted already, as it is but for the end
        self._initials.update(map(itemgetter(6), shown))
        self._size += len(shown)

    def __len__(self) -> int:
        return self._size

    @property
    def codes(self) -> Set[str] | None:
        """The ids of the codes that are shown, None for all."""
        return self._codes

    @property
    def without(self) -> Set[str]:
        """The ids of the coders whose spans are hidden."""
        return self._without

    def show_only(self, codes: Set[str] | None, without: Set[str] = frozenset()) -> None:
        """Show the spans of these codes only, None for all, without those of some coders."""
        self._codes, self._without = codes, without
        self._sort()

    def of_codes(self, codes: Set[str]) -> list[Span]:
        """Return the spans of these codes, hidden ones as well, in no particular order."""
        return [span for span in self._spans.values() if span.code_id in codes]

    def shown(self) -> list[Span]:
        """Return all spans that are shown, in no particular order."""
        # By number, as 50,000 names take three times as long: 7 is the code, 8 the coder.
        codes, without, spans = self._codes, self._without, self._spans.values()
        if codes is None and not without:
            return list(spans)
        return [span for span in spans if (codes is None or span[7] in codes) and span[8] not in without]

    def _is_shown(self, span: Span) -> bool:
        return (self._codes is None or span.code_id in self._codes) and span.coder_id not in self._without

    @property
    def coders(self) -> int:
        """How many different coders' initials there are."""
        return len(self._initials)

    def get(self, coding_id: str) -> Span | None:
        """Return the span of a coding, if it is shown."""
        span = self._spans.get(coding_id)
        return span if span is not None and self._is_shown(span) else None

    def put(self, span: Span) -> None:
        """Add a span, or let it replace the one of the same coding."""
        self.remove(span.coding_id)
        self._spans[span.coding_id] = span
        if not self._is_shown(span):
            return
        self._size += 1
        insort(self._groups.setdefault(_group(span), []), _key(span))
        self._initials[span.coder_initial] += 1

    def extend(self, spans: Iterable[Span]) -> list[Span]:
        """Add many spans at once; return those that are shown now and were not. One that is there already stays."""
        new = [span for span in spans if span.coding_id not in self._spans]
        shown = [span for span in new if self._is_shown(span)]
        self._spans.update((span.coding_id, span) for span in new)
        self._take(shown)
        return shown

    def remove(self, coding_id: str) -> Span | None:
        """Take a span out and return it; None if it was not there."""
        span = self._spans.pop(coding_id, None)
        if span is None or not self._is_shown(span):
            return span
        self._size -= 1
        keys = self._groups[_group(span)]
        del keys[bisect_left(keys, _key(span))]
        self._initials[span.coder_initial] -= 1
        if not self._initials[span.coder_initial]:
            del self._initials[span.coder_initial]
        return span

    def overlapping(self, start: int, stop: int) -> list[Span]:
        """Return the spans that share a code point with [start, stop), outer and earlier ones first."""
        found: list[Span] = []
        for size, keys in self._groups.items():
            first = bisect_left(keys, (start - (1 << size), 0, ""))
            last = bisect_left(keys, (stop, 0, ""))
            found += [self._spans[key[2]] for key in keys[first:last] if key[1] > start]
        return in_order(found)

    def at(self, position: int) -> list[Span]:
        """Return the spans over the code point at `position`, outer ones first."""
        return self.overlapping(position, position + 1)

    def ending_at(self, position: int) -> list[Span]:
        """Return the spans that stop at `position`, outer ones first."""
        return [span for span in self.overlapping(position - 1, position) if span.stop == position]

    def next_after(self, position: int) -> Span | None:
        """Return the first span that starts after `position`; of several that start there the outermost."""
        places = [(keys, bisect_left(keys, (position + 1, 0, ""))) for keys in self._groups.values()]
        starts = [keys[at][0] for keys, at in places if at < len(keys)]
        return self._outermost_from(min(starts)) if starts else None

    def previous_before(self, position: int) -> Span | None:
        """Return the last span that starts before `position`; of several that start there the outermost."""
        places = [(keys, bisect_left(keys, (position, 0, ""))) for keys in self._groups.values()]
        starts = [keys[at - 1][0] for keys, at in places if at > 0]
        return self._outermost_from(max(starts)) if starts else None

    def next_of(self, code_id: str, position: int, by: int) -> Span | None:
        """Return the first span of a code that starts after `position` (1), or the last that starts before it (-1)."""
        own = (span for span in self._spans.values() if span.code_id == code_id and self._is_shown(span))
        if by > 0:
            return min((span for span in own if span.start > position), key=_key, default=None)
        return max((span for span in own if span.start < position), key=_key, default=None)

    def _outermost_from(self, start: int) -> Span:
        return next(span for span in self.at(start) if span.start == start)


def uncovered(stretches: Iterable[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those of the stretches, which come in order, that share no code point with any span."""
    waiting = sorted(spans)
    left: list[tuple[int, int]] = []
    at = reached = 0
    for start, stop in stretches:
        while at < len(waiting) and waiting[at][0] < stop:
            reached = max(reached, waiting[at][1])
            at += 1
        if reached <= start:
            left.append((start, stop))
    return left


def in_order(spans: list[Span]) -> list[Span]:
    """Return `spans` by start, the longer first, ids deciding last: the order of lanes."""
    return sorted(spans, key=lambda span: (span.start, -span.stop, span.coding_id))


def _key(span: Span) -> _Key:
    return span.start, span.stop, span.coding_id


def _group(span: Span) -> int:
    """Return n such that the span is shorter than 2 to the n."""
    return (span.stop - span.start).bit_length()
