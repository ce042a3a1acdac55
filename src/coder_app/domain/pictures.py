"""What a picture of a co-occurrence shows, as plain numbers: worked out in one place, drawn in a file or a window."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from coder_app.domain.table import Table


class PictureKind(StrEnum):
    """The pictures of a co-occurrence."""

    HEATMAP = "heatmap"
    DENDROGRAM = "dendrogram"
    MAP = "map"
    NETWORK = "network"
    SANKEY = "sankey"
    ENA = "ena"


@dataclass(frozen=True, slots=True)
class Shown:
    """What every picture has: its codes by id and path, their own numbers, what it is called and how it was made.

    `heading` names the coders. `caption` are whole sentences, `warnings` those that must not be overlooked.
    `table` holds every number that is drawn.
    """

    kind: PictureKind
    title: str
    heading: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    n: tuple[int, ...]
    caption: tuple[str, ...]
    table: Table
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Two codes, by their places among the codes of the picture: how strongly they are tied, and their count."""

    a: int
    b: int
    weight: float
    count: float


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A matrix in the order of `shown.codes`; a count of None is an empty cell. `shades` are 0 to 1, None has none."""

    shown: Shown
    counts: tuple[tuple[int | float | None, ...], ...]
    shades: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Two clusters become one at this distance: 0 to n-1 are codes, n is what the first join made, and so on."""

    left: int
    right: int
    height: float
    size: int


@dataclass(frozen=True, slots=True)
class Dendrogram:
    """A tree of clusters; `order` are the places of the codes from top to bottom."""

    shown: Shown
    joins: tuple[Join, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A unit (a document) in the plane, besides the codes."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plane:
    """Codes as points of a plane, in units of their own, with the links to draw and the points of units.

    `axes` are what the axes are called; empty where they have no meaning of their own.
    """

    shown: Shown
    places: tuple[tuple[float, float], ...]
    links: tuple[Link, ...] = ()
    points: tuple[Point, ...] = ()
    axes: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sankey:
    """Counts flowing from the codes of rows, at the left, to those of columns, at the right."""

    shown: Shown
    flows: tuple[Link, ...]


Picture: TypeAlias = Heatmap | Dendrogram | Plane | Sankey
