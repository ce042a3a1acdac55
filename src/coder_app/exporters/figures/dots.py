"""Agreement as a picture: alpha of each code as a dot on its interval, and what coders marked as strips."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coder_app.domain.errors import BadInput
from coder_app.domain.number_words import decimal
from coder_app.domain.table import Cell, Table
from coder_app.exporters.figures.bars import Strip, strips
from coder_app.exporters.figures.drawing import (
    Disc,
    Drawing,
    Ink,
    Part,
    Stroke,
    Words,
    labels,
    moved,
    width_of,
    wrapped,
)
from coder_app.exporters.figures.paint import write_drawing
from coder_app.i18n import tr

_TYPE, _TITLE, _NOTE = 9.0, 13.0, 8.5
_LINE = 0.26
_LENGTH = 4.6
_MARGIN = 0.35
_LOWEST = -0.2
# Krippendorff's marks; they are named, they are no verdict.
_MARKS = (0.667, 0.8)
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
MOST_STRIPS = 200


def write_dots(table: Table, path: Path, recipe: str = "") -> None:
    """Draw a table of agreement by code. Raises BadInput for another suffix, and where the disk refuses."""
    write_drawing(_on_page(dots(table), table.title, table.settings), path, table.title, recipe)


def write_strips(rows: Sequence[Strip], title: str, settings: Mapping[str, str], path: Path, recipe: str = "") -> None:
    """Draw what coders marked, a strip for each source and coder. Raises BadInput as `write_dots`, and for too many."""
    if len(rows) > MOST_STRIPS:
        raise BadInput(
            tr("{n} strips are too many for one picture; choose fewer sources, {most} strips at most.",
               n=len(rows), most=MOST_STRIPS)
        )  # fmt: skip
    write_drawing(_on_page(strips(rows), title, settings), path, title, recipe)


def dots(table: Table) -> Drawing:
    """Return alpha by code from -0.2 to 1: a dot, its 95 % interval as a line, “undefined” where there is none."""
    places = {column.id: place for place, column in enumerate(table.columns)}
    names = labels([str(row[places["code"]]) for row in table.rows])
    left = max((width_of(name, _TYPE) for name in names), default=0.0) + 0.2

    def x(value: float) -> float:
        return left + _LENGTH * (max(value, _LOWEST) - _LOWEST) / (1 - _LOWEST)

    high = len(names) * _LINE
    parts: list[Part] = [Stroke(((x(mark), 0), (x(mark), high)), 0.8, Ink.MUTED, dashed=True) for mark in _MARKS]
    for tick in _TICKS:
        parts.append(Stroke(((x(tick), high), (x(tick), high + 0.06)), 0.8, Ink.MUTED))
        parts.append(Words(x(tick), high + 0.17, decimal(tick, 1), _TYPE - 1, align="center", ink=Ink.MUTED))
    parts.append(Stroke(((left, high), (left + _LENGTH, high)), 0.8, Ink.MUTED))
    for number, row in enumerate(table.rows):
        y = (number + 0.5) * _LINE
        parts.append(Words(0, y, names[number], _TYPE))
        alpha, low, bound = (_number(row[places[one]]) for one in ("krippendorff_alpha", "alpha_low", "alpha_high"))
        if alpha is None:
            parts.append(Words(x(0), y, tr("undefined"), _TYPE - 1, ink=Ink.MUTED))
            continue
        if low is not None and bound is not None:
            parts.append(Stroke(((x(low), y), (x(bound), y)), 1.6, Ink.INK))
            parts += [Stroke(((x(end), y - 0.04), (x(end), y + 0.04)), 1.2, Ink.INK) for end in (low, bound)]
        parts.append(Disc(x(alpha), y, 0.055, fill=1.0, edge=Ink.PAPER))
        parts.append(Words(left + _LENGTH + 0.12, y, decimal(alpha), _TYPE - 1, ink=Ink.MUTED))
    return Drawing(left + _LENGTH + 0.65, high + 0.32, tuple(parts))


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _on_page(drawing: Drawing, title: str, settings: Mapping[str, str]) -> Drawing:
    """Return a drawing with its title above and how it was made below."""
    top = _MARGIN + 0.4
    parts: list[Part] = [Words(_MARGIN, _MARGIN + 0.1, title, _TITLE, bold=True)]
    parts += [moved(part, _MARGIN, top) for part in drawing.parts]
    y = top + drawing.height + 0.2
    told = "; ".join(f"{name}: {value}" for name, value in settings.items())
    for line in wrapped(told, _NOTE, drawing.width):
        parts.append(Words(_MARGIN, y, line, _NOTE, ink=Ink.MUTED))
        y += 0.17
    return Drawing(drawing.width + 2 * _MARGIN, y + _MARGIN / 2, tuple(parts))
