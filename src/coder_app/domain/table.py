"""The one shape in which every analysis returns its result, and every exporter takes it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None


class Kind(StrEnum):
    """What a column holds, which decides how it is aligned and written."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `id` is its name in files, `title` what people read."""

    id: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; None is an empty cell. `settings` says how it was computed."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    settings: dict[str, str] = field(default_factory=dict[str, str])
