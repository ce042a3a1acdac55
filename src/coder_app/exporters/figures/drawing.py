"""A picture as shapes and words on a sheet, in inches: painted into files by one hand, into the window by another."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from coder_app.domain.tree import SEPARATOR

POINTS = 72
LABEL_CHARACTERS = 34
LINE_HEIGHT = 1.3


class Ink(StrEnum):
    """What a colour is for; whoever paints knows which one that is in a theme."""

    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    PAPER = "paper"


Fill: TypeAlias = Ink | float | None
"""A role, a share between the lightest and the darkest colour of the scale, or nothing."""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, `size` in points; `align` says which end of it is at x, y is its middle.

    `rotation` is in degrees against the clock, about the end at x. `on` is the fill it stands on, if any.
    """

    x: float
    y: float
    text: str
    size: float
    align: str = "left"
    ink: Ink = Ink.INK
    rotation: float = 0.0
    bold: bool = False
    on: float | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its corners round by `radius`."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill = None
    edge: Ink | None = None
    radius: float = 0.0
    dashed: bool = False
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline of straight lines."""

    points: tuple[tuple[float, float], ...]
    fill: Fill = None
    edge: Ink | None = None
    line: float = 1.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: Fill = None
    edge: Ink | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, `width` in points of type."""

    points: tuple[tuple[float, float], ...]
    width: float
    ink: Fill = Ink.INK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A stream from the stretch top_a..bottom_a at x_a to the stretch top_b..bottom_b at x_b."""

    x_a: float
    top_a: float
    bottom_a: float
    x_b: float
    top_b: float
    bottom_b: float
    fill: float
    opacity: float = 0.7


@dataclass(frozen=True, slots=True)
class Mesh:
    """A rectangle of cells without gaps, each a share of the scale or None."""

    x: float
    y: float
    cell_width: float
    cell_height: float
    cells: tuple[tuple[float | None, ...], ...]


Part: TypeAlias = Words | Box | Shape | Disc | Stroke | Ribbon | Mesh


@dataclass(frozen=True, slots=True)
class Target:
    """A place that can be pointed at: the codes whose passages it opens (one code twice: its own), and what it says.

    `codes` is None for what has no passages of its own. `outline` is where the pointing finger is shown.
    """

    x: float
    y: float
    width: float
    height: float
    codes: tuple[str, str] | None
    said: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet of `width` by `height` inches, y going down; parts are painted in their order."""

    width: float
    height: float
    parts: tuple[Part, ...]
    targets: tuple[Target, ...] = ()


def moved(part: Part, x: float, y: float) -> Part:
    """Return a part further right and down."""
    match part:
        case Shape() | Stroke():
            return replace(part, points=tuple((a + x, b + y) for a, b in part.points))
        case Ribbon():
            return replace(
                part,
                x_a=part.x_a + x,
                x_b=part.x_b + x,
                top_a=part.top_a + y,
                bottom_a=part.bottom_a + y,
                top_b=part.top_b + y,
                bottom_b=part.bottom_b + y,
            )
        case _:
            return replace(part, x=part.x + x, y=part.y + y)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide text is, in inches; rather too wide than too narrow, whatever face is at hand."""
    return sum(map(_em, text)) * size / POINTS * (1.08 if bold else 1.0)


def _em(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    if letter in "ijlI.,:;|!'’ ()[]ftr":
        return 0.42
    if letter in "mwMW@%—…":
        return 0.98
    return 0.7 if letter.isupper() else 0.63


def height_of(size: float) -> float:
    """Return the height of a line of text in inches."""
    return size * LINE_HEIGHT / POINTS


def labels(names: Sequence[str]) -> list[str]:
    """Return short names: the last part of the path where no other code shares it, cut with an ellipsis."""
    last = [name.rsplit(SEPARATOR, 1)[-1] for name in names]
    found = [name if last.count(end) > 1 else end for name, end in zip(names, last, strict=True)]
    return [cut("".join(c if c.isprintable() else " " for c in name).strip()) for name in found]


def cut(name: str, most: int = LABEL_CHARACTERS) -> str:
    """Return a name with its middle left out where it is long: long names often differ at their end only."""
    if len(name) <= most:
        return name
    half = (most - 1) // 2
    return f"{name[:half].rstrip()}…{name[-half:].lstrip()}"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return text in lines of at most `room` inches, broken at spaces where it has any."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(), size, room):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(words: Iterable[str], size: float, room: float) -> Iterable[str]:
    for word in words:
        rest = word
        while width_of(rest, size) > room and len(rest) > 1:
            fits = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or width_of(rest[:n], size) <= room)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest
