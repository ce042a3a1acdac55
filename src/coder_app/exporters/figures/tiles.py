"""Codes by columns of any kind as tiles: the darker, the higher, each with its number as long as it can be read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.domain.number_words import figure
from coder_app.domain.table import Cell
from coder_app.exporters.figures.drawing import Box, Drawing, Ink, Mesh, Part, Target, Words, cut, labels, width_of
from coder_app.i18n import tr

MOST_ROWS, MOST_COLUMNS = 150, 150
_WITH_NUMBERS = 60
_SLANT = 40
_TYPE, _SMALL_TYPE = 9.0, 6.0
_CELL, _SMALL_CELL = (0.62, 0.3), (0.16, 0.12)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Cells by row and column; `share` says of each how dark it is, None leaves it without colour.

    `apart` is the number of rows and columns at the end that are no part of the body: totals. `row_ids` and
    `column_ids` say of the body what a tile opens.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[Cell]]
    shares: Sequence[Sequence[float | None]]
    apart: tuple[int, int] = (0, 0)
    row_ids: Sequence[str] = ()
    column_ids: Sequence[str] = ()

    def opened(self, row: int, column: int) -> tuple[str, str] | None:
        """Return the ids of a tile's row and column, None for a total."""
        known = row < len(self.row_ids) and column < len(self.column_ids)
        return (self.row_ids[row], self.column_ids[column]) if known else None


def tiles(matrix: Tiles) -> Drawing:
    """Return the matrix with the names of its rows at the left and those of its columns above."""
    large = len(matrix.rows) > _WITH_NUMBERS or len(matrix.columns) > _WITH_NUMBERS
    wide, high = _SMALL_CELL if large else _CELL
    size = _SMALL_TYPE if large else _TYPE
    rows, columns = labels(matrix.rows), [cut(one) for one in labels(matrix.columns)]
    left = max(width_of(one, size) for one in rows) + 0.15
    head = max(width_of(one, size) for one in columns) * math.sin(math.radians(_SLANT)) + 0.25
    parts: list[Part] = []
    targets: list[Target] = []
    for number, name in enumerate(rows):
        parts.append(Words(0, head + (number + 0.5) * high, name, size, ink=_ink(number, len(rows), matrix.apart[0])))
    for number, name in enumerate(columns):
        foot = left + (number + 0.42) * wide
        ink = _ink(number, len(columns), matrix.apart[1])
        parts.append(Words(foot, head - 0.08, name, size, rotation=_SLANT, ink=ink))
    if large:
        parts.append(Mesh(left, head, wide, high, tuple(tuple(row) for row in matrix.shares)))
    else:
        for row, cells in enumerate(matrix.cells):
            for column, cell in enumerate(cells):
                place = left + column * wide, head + row * high
                parts += _tile(cell, matrix.shares[row][column], place, (wide, high), size)
                said = tr("{a}, {b}: {n}", a=rows[row], b=columns[column], n=shown(cell) or tr("nobody coded it"))
                targets.append(Target(*place, wide, high, matrix.opened(row, column), said))
    reach = (
        width_of(name, size) * math.cos(math.radians(_SLANT)) + (n + 0.42) * wide for n, name in enumerate(columns)
    )
    width = left + max(len(columns) * wide, *reach, 0.0)
    return Drawing(width, head + len(rows) * high, tuple(parts), tuple(targets))


def _ink(number: int, of: int, apart: int) -> Ink:
    return Ink.MUTED if number >= of - apart else Ink.INK


def _tile(
    cell: Cell, share: float | None, place: tuple[float, float], size: tuple[float, float], letters: float
) -> list[Part]:
    if cell is None:
        return []
    wide, high = size
    gap = 0.05 * high
    text = shown(cell) if cell else "·"
    fits = wide * 0.9 / max(width_of(text, 1.0), 0.001)
    filled = share is not None and bool(cell)
    middle = place[0] + wide / 2, place[1] + high / 2
    said = Words(
        *middle,
        text,
        min(letters, fits),
        align="center",
        ink=Ink.INK if filled else Ink.MUTED,
        on=share if filled else None,
    )
    box = Box(
        place[0] + gap, place[1] + gap, wide - 2 * gap, high - 2 * gap, fill=share, edge=Ink.PAPER, radius=2 * gap
    )
    return [box, said] if filled else [said]


def shown(cell: Cell) -> str:
    """Return a cell as it is read: whole numbers whole, others with three digits."""
    if isinstance(cell, int):
        return f"{cell:,}"
    return figure(cell) if isinstance(cell, float) else cell or ""
