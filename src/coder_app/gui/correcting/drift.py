"""Where places of a text stand while it is being edited, for highlights that go along with every key."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple


class Changed(NamedTuple):
    """[old, old_stop) of the text as it was is [new, new_stop) in the draft; all else is as it was."""

    old: int
    old_stop: int
    new: int
    new_stop: int


class Drift:
    """The stretches that edits have changed, in order and apart from each other.

    A key in a stretch that was changed before costs the same as the first one there; the unit of places is the
    caller's.
    """

    __slots__ = ("_changed",)

    def __init__(self) -> None:
        self._changed: list[Changed] = []

    def edit(self, place: int, removed: int, added: int) -> None:
        """Note that [place, place + removed) of the draft was replaced by `added` others."""
        stop, by = place + removed, added - removed
        first = bisect_left(self._changed, place, key=_new_stop)
        last = bisect_right(self._changed, stop, key=_new)
        old, old_stop = self.then(place, stop)
        new = min(place, self._changed[first].new) if first < last else place
        new_stop = max(stop, self._changed[last - 1].new_stop) if first < last else stop
        behind = [one._replace(new=one.new + by, new_stop=one.new_stop + by) for one in self._changed[last:]]
        merged = Changed(old, old_stop, new, new_stop + by)
        # What was typed and taken away again is as it was.
        # What was typed and taken away again leaves nothing.
        is_nothing = old == old_stop and merged.new == merged.new_stop
        self._changed[first:] = behind if is_nothing else [merged, *behind]

    def changed(self) -> list[Changed]:
        """Return the changed stretches, in order."""
        return list(self._changed)

    def _shift_before(self, number: int) -> int:
        """Return by how much what stands between the changed stretches `number` - 1 and `number` has moved."""
        return self._changed[number - 1].new_stop - self._changed[number - 1].old_stop if number else 0

    def now(self, start: int, stop: int) -> tuple[int, int]:
        """Return where [start, stop) of the text as it was stands; its end is not before its start."""
        begin, end = self._start(start), self._stop(stop)
        return begin, max(begin, end)

    def _start(self, place: int) -> int:
        number = bisect_right(self._changed, place, key=_old_stop)
        if number < len(self._changed) and self._changed[number].old < place:
            return self._changed[number].new
        return place + self._shift_before(number)

    def _stop(self, place: int) -> int:
        number = bisect_left(self._changed, place, key=_old)
        if number and self._changed[number - 1].old_stop > place:
            return self._changed[number - 1].new_stop
        return place + self._shift_before(number)

    def then(self, start: int, stop: int) -> tuple[int, int]:
        """Return the least range of the text as it was that holds all that can stand in [start, stop) now."""
        first = bisect_left(self._changed, start, key=_new_stop)
        inside = first < len(self._changed) and self._changed[first].new <= start
        begin = self._changed[first].old if inside else start - self._shift_before(first)
        last = bisect_right(self._changed, stop, key=_new)
        inside = last > 0 and self._changed[last - 1].new_stop >= stop
        end = self._changed[last - 1].old_stop if inside else stop - self._shift_before(last)
        return begin, end


def _old(one: Changed) -> int:
    return one.old


def _old_stop(one: Changed) -> int:
    return one.old_stop


def _new(one: Changed) -> int:
    return one.new


def _new_stop(one: Changed) -> int:
    return one.new_stop
