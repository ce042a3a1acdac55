"""Where a search found something: a place, the same with its words, and what both have in common."""

from typing import NamedTuple, Protocol


class Placed(Protocol):
    """Anything that stands at [start, stop) of a source: a place, a hit, a row of a word-in-context list."""

    @property
    def source_id(self) -> str:
        """The source."""
        ...

    @property
    def start(self) -> int:
        """The first code point."""
        ...

    @property
    def stop(self) -> int:
        """The code point after the last."""
        ...


class Place(NamedTuple):
    """A stretch of a source."""

    source_id: str
    start: int
    stop: int


class Hit(NamedTuple):
    """A place where the words stand, with some context on either side."""

    source_id: str
    source: str
    start: int
    stop: int
    text: str
    before: str
    after: str
