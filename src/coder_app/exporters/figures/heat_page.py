"""A matrix table as a picture: the same rows and columns, one matrix for each coder, all on one scale."""

from collections.abc import Sequence
from pathlib import Path

from coder_app.domain.errors import BadInput
from coder_app.domain.pictures import Heatmap, PictureKind, Shown
from coder_app.domain.table import Cell, Table
from coder_app.exporters.figures.bodies import page
from coder_app.exporters.figures.paint import refuse_suffix, write_drawing
from coder_app.i18n import tr

_Rows = list[tuple[Cell, ...]]


def write_heatmap(table: Table, path: Path, recipe: str = "") -> None:
    """Draw the matrix layout of a co-occurrence (columns coders, code, then one per code) as .png, .svg or .pdf.

    The diagonal (a code's own number) has a dashed border and no colour, a zero is a dot, an empty cell stays
    empty. Raises BadInput for another suffix, for a table without rows, and where the disk refuses.
    """
    refuse_suffix(path)
    blocks: dict[str, _Rows] = {}
    for row in table.rows:
        blocks.setdefault(str(row[0]), []).append(row)
    if not blocks:
        raise BadInput(tr("There is nothing to draw: no code is used in the chosen sources."))
    place = {column.id: number for number, column in enumerate(table.columns)}
    cells = {coders: _cells(rows, place) for coders, rows in blocks.items()}
    highest = max(_highest(counts) for counts in cells.values()) or 1
    pictures = [_picture(table, coders, blocks[coders], counts, highest) for coders, counts in cells.items()]
    write_drawing(page(pictures), path, table.title, recipe)


def _cells(rows: _Rows, place: dict[str, int]) -> tuple[tuple[int | float | None, ...], ...]:
    columns = [place[str(row[1])] for row in rows]
    return tuple(tuple(_number(row[column]) for column in columns) for row in rows)


def _number(cell: Cell) -> int | float | None:
    return cell if isinstance(cell, int | float) else None


def _highest(counts: Sequence[Sequence[int | float | None]]) -> float:
    return max((cell or 0 for row, cells in enumerate(counts) for n, cell in enumerate(cells) if n != row), default=0)


def _picture(
    table: Table, coders: str, rows: _Rows, counts: tuple[tuple[int | float | None, ...], ...], highest: float
) -> Heatmap:
    names = tuple(str(row[1]) for row in rows)
    shades = tuple(
        tuple(None if cell is None or n == row else cell / highest for n, cell in enumerate(cells))
        for row, cells in enumerate(counts)
    )
    own = tuple(int(cells[n] or 0) for n, cells in enumerate(counts))
    shown = Shown(PictureKind.HEATMAP, table.title, coders, names, names, own, _caption(table), table)
    return Heatmap(shown, counts, shades)


def _caption(table: Table) -> tuple[str, ...]:
    counted = {
        "segments": tr("co-coded stretches (segments merged where they overlap)"),
        "pairs": tr("pairs of overlapping codings"),
        "characters": tr("characters covered by both codes"),
        "units": tr("units that hold both codes"),
    }
    mode, coders = table.settings.get("mode", ""), table.settings.get("coders", "")
    said = [tr("Count: {what}.", what=counted.get(mode, mode))] if mode else []
    if mode == "units":
        said.append(tr("Unit: {unit}.", unit=table.settings.get("unit", "")))
    policies = {"each": tr("each coder separately"), "merged": tr("all coders together")}
    said += [tr("Coders: {coders}.", coders=policies.get(coders, coders))] if coders else []
    if table.settings.get("roll_up") == "yes":
        said.append(tr("Sub-codes count with their parents; a code and one above it are not paired."))
    said.append(tr("Dashed: a code’s own number, outside the colours."))
    return tuple(said)
