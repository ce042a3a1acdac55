"""The passages behind the cells of a table, for files in which a number can be followed to the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

CellKey: TypeAlias = tuple[str, str, str]
"""Whose table it is, and the ids of the two codes in the order of the table."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a source, in code points, with its words."""

    source: str
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The passages by cell, and how many of each cell were taken at most; None took all.

    `left_out` is the number of pairs, the rarest, whose passages are not here because there would be too many.
    """

    cells: Mapping[CellKey, Sequence[Quoted]] = field(default_factory=dict[CellKey, Sequence[Quoted]])
    most_per_cell: int | None = None
    left_out: int = 0
