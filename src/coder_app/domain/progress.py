"""How long work says how far it is, and how it learns that nobody waits for it any more."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

OnProgress = Callable[[int, int], None]
"""Is told (done, all) now and then, and may raise Cancelled; (0, 0) is work of unknown length."""

_EVERY = 500


def tell_nobody(_done: int, _of: int) -> None:
    """Be an OnProgress that nobody listens to."""


def first_half(on_progress: OnProgress) -> OnProgress:
    """Return what tells of a part of the work that is the first half of all."""
    return lambda done, of: on_progress(done, 2 * of)


def second_half(on_progress: OnProgress) -> OnProgress:
    """Return what tells of a part of the work that is the second half of all."""
    return lambda done, of: on_progress(of + done, 2 * of)


def counted(items: Iterable[T], number: int, on_progress: OnProgress) -> Iterator[T]:
    """Yield `items`, of which there are about `number`, and say now and then how many went by."""
    for done, item in enumerate(items):
        if done % _EVERY == 0:
            on_progress(done, number)
        yield item
