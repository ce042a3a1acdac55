"""A matrix of counts as tiles: the darker, the higher; each tile with its number as long as it can be read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.domain.number_words import figure
from coder_app.domain.pictures import Heatmap
from coder_app.exporters.figures.drawing import (
    POINTS,
    Box,
    Drawing,
    Ink,
    Mesh,
    Part,
    Target,
    Words,
    labels,
    width_of,
)
from coder_app.i18n import tr

# With more codes the numbers could not be read any more, and the colours speak alone.
MOST_WITH_NUMBERS = 80
# Up to so many codes, so large are cells and type.
_SIZES = ((16, 1.0), (36, 0.75), (MOST_WITH_NUMBERS, 0.58), (math.inf, 0.3))
_SLANT = 40
_FULL_SIZE, _LEAST_SIZE = 9.5, 5.5


@dataclass(frozen=True, slots=True)
class _Measures:
    """Sizes in inches, and of type in points, that fit the number of codes and the length of their names."""

    cell_width: float
    cell_height: float
    type: float
    left: float
    head: float
    right: float


def heat(picture: Heatmap) -> Drawing:
    """Return the matrix with its names at the left and above."""
    names = labels(picture.shown.names)
    measure = _measures(names)
    size = len(names)
    parts = _names(names, measure)
    if size > MOST_WITH_NUMBERS:
        cells = tuple(
            tuple(None if row == column else shade for column, shade in enumerate(shades))
            for row, shades in enumerate(picture.shades)
        )
        parts.append(Mesh(measure.left, measure.head, measure.cell_width, measure.cell_height, cells))
    else:
        for row in range(size):
            for column in range(size):
                own = row == column
                parts += _tile(picture.counts[row][column], picture.shades[row][column], row, column, measure, own=own)
    width = measure.left + size * measure.cell_width + measure.right
    height = measure.head + size * measure.cell_height
    return Drawing(width, height, tuple(parts), tuple(_targets(picture, measure)))


def _names(names: Sequence[str], measure: _Measures) -> list[Part]:
    parts: list[Part] = []
    for number, name in enumerate(names):
        parts.append(Words(0, measure.head + (number + 0.5) * measure.cell_height, name, measure.type))
        foot = measure.left + (number + 0.42) * measure.cell_width
        parts.append(Words(foot, measure.head - 0.08, name, measure.type, rotation=_SLANT))
    return parts


def _tile(
    count: float | None, shade: float | None, row: int, column: int, measure: _Measures, *, own: bool
) -> list[Part]:
    if count is None:
        return []
    gap = 0.06 * measure.cell_height
    x, y = measure.left + column * measure.cell_width, measure.head + row * measure.cell_height
    box = x + gap, y + gap, measure.cell_width - 2 * gap, measure.cell_height - 2 * gap
    text = number(count) if count or own else "·"
    fits = measure.cell_width * 0.9 / max(width_of(text, 1.0), 0.001)
    filled = shade is not None and bool(count) and not own
    middle = x + measure.cell_width / 2, y + measure.cell_height / 2
    said = Words(
        *middle,
        text,
        min(measure.type, fits),
        align="center",
        ink=Ink.INK if count and not own else Ink.MUTED,
        on=shade if filled else None,
    )
    if own:
        return [Box(*box, edge=Ink.LINE, radius=2 * gap, dashed=True), said]
    return [Box(*box, fill=shade, edge=Ink.PAPER, radius=2 * gap), said] if filled else [said]


def _targets(picture: Heatmap, measure: _Measures) -> list[Target]:
    codes, names = picture.shown.codes, labels(picture.shown.names)
    found: list[Target] = []
    for row, code in enumerate(codes):
        for column, other in enumerate(codes):
            count = picture.counts[row][column]
            said = tr("{a} and {b}: not counted", a=names[row], b=names[column])
            if row == column:
                said = tr("{name}: its own number {n}", name=names[row], n=number(count or 0))
            elif count is not None:
                said = tr("{a} and {b}: {n}", a=names[row], b=names[column], n=number(count))
            place = measure.left + column * measure.cell_width, measure.head + row * measure.cell_height
            found.append(Target(*place, measure.cell_width, measure.cell_height, (code, other), said))
    return found


def number(count: float) -> str:
    """Return a cell as it is read: whole numbers whole, others with three digits."""
    return figure(count)


def _measures(names: Sequence[str]) -> _Measures:
    size = next(size for most, size in _SIZES if len(names) <= most)
    type_ = max(_FULL_SIZE * size, _LEAST_SIZE)
    inches = [width_of(name, type_) for name in names]
    cell_width = 0.62 * size
    slant = math.radians(_SLANT)
    overhang = [
        inch * math.cos(slant) - (len(names) - number - 0.42) * cell_width for number, inch in enumerate(inches)
    ]
    return _Measures(
        cell_width=cell_width,
        cell_height=0.4 * size,
        type=type_,
        left=max(inches) + 0.12,
        head=0.2 + max(inches) * math.sin(slant) + type_ / POINTS,
        right=max(0.0, *overhang) + 0.1,
    )
