"""Many places in one source without an object each: Python's collector would stop the window to look at them."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from coder_app.domain.hits import Place, Placed


class Stretches(Sequence[Placed]):
    """Places of one source in the order in which they were added; each is made when it is asked for."""

    __slots__ = ("_bounds", "source_id")

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        self._bounds = array("I")

    def add(self, start: int, stop: int) -> None:
        """Add a place by its code points."""
        self._bounds.append(start)
        self._bounds.append(stop)

    def __add__(self, more: "Stretches") -> "Stretches":
        both = Stretches(self.source_id)
        both._bounds = self._bounds + more._bounds
        return both

    def __len__(self) -> int:
        return len(self._bounds) // 2

    @overload
    def __getitem__(self, index: int) -> Placed: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Placed]: ...
    def __getitem__(self, index: int | slice) -> Placed | Sequence[Placed]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index < 0 or index >= len(self):
            raise IndexError(index)
        return Place(self.source_id, self._bounds[2 * index], self._bounds[2 * index + 1])

    def __iter__(self) -> Iterator[Placed]:
        return (self[each] for each in range(len(self)))


def joined(first: Sequence[Placed], more: Sequence[Placed]) -> Sequence[Placed]:
    """Return one sequence after the other."""
    if isinstance(first, Stretches) and isinstance(more, Stretches):
        return first + more
    return [*first, *more]
