"""How many codings of which colour lie where in a text, counted in equal stretches and changed one coding at a time."""

from collections import Counter

STRETCHES = 512


class Density:
    """The codings on each of STRETCHES equal parts of a text of `length` code points."""

    def __init__(self, length: int) -> None:
        self._length = max(length, 1)
        self._counts: list[Counter[str]] = [Counter() for _ in range(STRETCHES)]

    def _reach(self, start: int, stop: int) -> range:
        """Return the numbers of the parts that [start, stop) touches, at least one."""
        first = min(start * STRETCHES // self._length, STRETCHES - 1)
        last = -(-stop * STRETCHES // self._length)
        return range(first, max(min(last, STRETCHES), first + 1))

    def add(self, start: int, stop: int, colour: str) -> range:
        """Count a coding in; return the numbers of the parts that changed."""
        reach = self._reach(start, stop)
        for number in reach:
            self._counts[number][colour] += 1
        return reach

    def remove(self, start: int, stop: int, colour: str) -> range:
        """Count a coding out; return the numbers of the parts that changed."""
        reach = self._reach(start, stop)
        for number in reach:
            counts = self._counts[number]
            counts[colour] -= 1
            if counts[colour] <= 0:
                del counts[colour]
        return reach

    def at(self, number: int) -> list[tuple[str, int]]:
        """Return the colours of a part with how many codings have them, the commonest first."""
        return sorted(self._counts[number].items(), key=lambda item: (-item[1], item[0]))

    def most(self) -> int:
        """Return how many codings the part with the most of them has."""
        return max(counts.total() for counts in self._counts)
