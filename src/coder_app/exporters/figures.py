"""Draws a co-occurrence matrix as a picture for papers and slides: .png or .svg, the same bytes each time."""

import math
import textwrap
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Cell, Table
from coder_app.domain.tree import SEPARATOR
from coder_app.exporters.atomic import written
from coder_app.i18n import tr

_SUFFIXES = (".png", ".svg")
# From light to dark in even steps of lightness, so that the order is kept in greyscale.
_LIGHTEST = (0xEE, 0xF3, 0xFE)
_DARKEST = (0x28, 0x4B, 0xB8)
_GREY = (0.85, 0.85, 0.85)
_MIDDLE = 0.5
_INK, _PALE_INK, _LINE, _CELL_EDGE = "#1f2328", "#59636e", "#8c959f", "#ffffff"
_LABEL_CHARACTERS = 34
# With more codes the numbers could not be read any more, and the colours speak alone.
_MOST_WITH_NUMBERS = 80
# Up to so many codes, so large are cells and type.
_SIZES = ((16, 1.0), (36, 0.75), (_MOST_WITH_NUMBERS, 0.58), (math.inf, 0.3))
_DPI = 160
# Larger pictures take more memory than they are worth; their resolution is lowered instead.
_MAX_PIXELS = 6_000
_MARGIN = 0.35
_SLANT = 40
# Looked for in this order; those that are installed help out where the first one lacks a script.
_FONTS = (
    "DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "PingFang SC",
    "Hiragino Sans", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Arial Unicode MS", "Segoe UI Symbol",
)  # fmt: skip


class _Axes(Protocol):
    """What we use of matplotlib's drawing area, whose own types are incomplete; its unit is the inch."""

    def text(self, x: float, y: float, s: str, **style: str | float) -> object:
        """Write text."""
        ...

    def add_patch(self, p: object) -> object:
        """Draw a shape."""
        ...

    def imshow(self, picture: list[list[tuple[float, ...]]], **place: object) -> object:
        """Draw a picture, one colour per cell."""
        ...


@dataclass(frozen=True, slots=True)
class _Panel:
    """One block of the matrix: its heading, its codes, and the cell of each row and column."""

    coders: str
    codes: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Measures:
    """Sizes in inches, and of type in points, that fit the number of codes and the length of their names."""

    cell_width: float
    cell_height: float
    font: float
    left: float
    head: float
    right: float


def write_heatmap(table: Table, path: Path) -> None:
    """Draw the matrix layout of a co-occurrence (columns coders, code, then one per code) as .png or .svg.

    One heat table per coder, all on one scale; the diagonal (a code's own number) has a dashed border and
    no colour, a zero is a dot, an empty cell stays empty.
    Raises BadInput for another suffix, for a table without rows, and where the disk refuses.
    """
    kind = path.suffix.lower()
    if kind not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise BadInput(
            tr("“{path}”: a picture can be written as {known}; choose one of these.", path=path, known=known)
        )
    panels = _panels(table)
    if not panels:
        raise BadInput(tr("There is nothing to draw: no code is used in the chosen sources."))
    with written(path) as temporary:
        _draw(table, panels, temporary, kind.removeprefix("."))


def _panels(table: Table) -> list[_Panel]:
    place = {column.id: number for number, column in enumerate(table.columns)}
    blocks: dict[str, list[tuple[Cell, ...]]] = {}
    for row in table.rows:
        blocks.setdefault(str(row[0]), []).append(row)
    found: list[_Panel] = []
    for coders, rows in blocks.items():
        codes = tuple(str(row[1]) for row in rows)
        found.append(_Panel(coders, codes, tuple(tuple(row[place[code]] for code in codes) for row in rows)))
    return found


def _draw(table: Table, panels: list[_Panel], path: Path, kind: str) -> None:
    import matplotlib as mpl  # heavy: loaded when the first picture is drawn
    from matplotlib.figure import Figure

    labels = [_labels(panel.codes) for panel in panels]
    measures = [_measures(names) for names in labels]
    widths = [m.left + m.cell_width * len(names) + m.right for m, names in zip(measures, labels, strict=True)]
    heights = [m.head + m.cell_height * len(names) for m, names in zip(measures, labels, strict=True)]
    width = max(6.0, *widths) + 2 * _MARGIN
    notes = _notes(table, int((width - 2 * _MARGIN) * 13.5))
    height = 2 * _MARGIN + 0.45 + sum(heights) + 0.35 * len(panels) + 0.2 * len(notes)
    settings = {
        "font.family": _installed_fonts(),
        "svg.hashsalt": "coder-app",
        "svg.fonttype": "none",  # text stays text: it can be searched, and the viewer's fonts know its script
    }
    with cast("Any", mpl).rc_context(settings), warnings.catch_warnings():
        # A letter that no font knows is drawn as a box; that is no reason to fail.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure = cast("Any", Figure(figsize=(width, height), facecolor="white"))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        _write(axes, (_MARGIN, _MARGIN + 0.1), table.title, 13, fontweight="bold")
        top = _MARGIN + 0.45
        highest = max(_highest(panel) for panel in panels)
        for panel, names, measure, tall in zip(panels, labels, measures, heights, strict=True):
            _draw_panel(axes, top, panel, names, measure, highest)
            top += tall + 0.35
        for number, note in enumerate(notes):
            _write(axes, (_MARGIN, top + 0.2 * number), note, 8.5, color=_PALE_INK)
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        dpi = min(_DPI, _MAX_PIXELS / max(width, height))
        metadata = {"Date": None, "Creator": "Coder App"} if kind == "svg" else {"Software": "Coder App"}
        figure.savefig(path, format=kind, dpi=dpi, metadata=metadata)


def _draw_panel(axes: _Axes, top: float, panel: _Panel, names: list[str], measure: _Measures, highest: float) -> None:
    _write(axes, (_MARGIN, top + 0.1), panel.coders, 10, color=_PALE_INK)
    left, body = _MARGIN + measure.left, top + measure.head
    for number, name in enumerate(names):
        middle = body + (number + 0.5) * measure.cell_height
        _write(axes, (_MARGIN, middle), name, measure.font)
        foot = (left + (number + 0.35) * measure.cell_width, body - 0.06)
        _write(axes, foot, name, measure.font, rotation=_SLANT, va="bottom")
    if len(names) > _MOST_WITH_NUMBERS:
        _draw_mesh(axes, (left, body), panel, measure, highest)
        return
    for row, cells in enumerate(panel.cells):
        for column, cell in enumerate(cells):
            corner = (left + column * measure.cell_width, body + row * measure.cell_height)
            _draw_cell(axes, corner, cell, measure, None if row == column else highest)


def _draw_cell(axes: _Axes, corner: tuple[float, float], cell: Cell, measure: _Measures, highest: float | None) -> None:
    """Draw one cell; `highest`, the darkest count, is None on the diagonal, which has no colour."""
    from matplotlib.patches import FancyBboxPatch

    text, face, edge, ink, dashes = _look(cell, highest)
    gap = 0.06 * measure.cell_height
    size = measure.cell_width - 2 * gap, measure.cell_height - 2 * gap
    if face is not None or dashes:
        box = FancyBboxPatch(
            (corner[0] + gap, corner[1] + gap),
            *size,
            boxstyle=f"round,pad=0,rounding_size={2 * gap:.4f}",
            facecolor=face or "none",
            edgecolor=edge,
            linewidth=0.7,
            linestyle=(0, (2.5, 2)) if dashes else "solid",
        )
        axes.add_patch(box)
    fits = measure.cell_width * 72 / (0.68 * max(len(text), 1))
    middle = corner[0] + measure.cell_width / 2, corner[1] + measure.cell_height / 2
    _write(axes, middle, text, min(measure.font, fits), color=ink, ha="center")


def _draw_mesh(axes: _Axes, corner: tuple[float, float], panel: _Panel, measure: _Measures, highest: float) -> None:
    """Draw the cells by their colours alone; the diagonal is grey."""
    rows = [
        [_mesh_colour(cell, highest, diagonal=row == column) for column, cell in enumerate(cells)]
        for row, cells in enumerate(panel.cells)
    ]
    right, bottom = corner[0] + len(rows) * measure.cell_width, corner[1] + len(rows) * measure.cell_height
    extent = (corner[0], right, bottom, corner[1])
    axes.imshow(rows, extent=extent, aspect="auto", interpolation="nearest")


def _mesh_colour(cell: Cell, highest: float, *, diagonal: bool) -> tuple[float, ...]:
    if diagonal:
        return _GREY
    if not isinstance(cell, int | float) or not cell:
        return (1.0, 1.0, 1.0)
    return tuple(part / 255 for part in _shade(cell / highest))


def _shade(share: float) -> tuple[int, ...]:
    return tuple(round(light + (dark - light) * share) for light, dark in zip(_LIGHTEST, _DARKEST, strict=True))


def _look(cell: Cell, highest: float | None) -> tuple[str, str | None, str, str, bool]:
    """Return text, fill (or None), border, ink and whether the border is dashed."""
    if not isinstance(cell, int | float):
        return "", None, _CELL_EDGE, _INK, False
    text = f"{cell:,.3g}" if isinstance(cell, float) else f"{cell:,}"
    if highest is None:
        return text, None, _LINE, _PALE_INK, True
    if not cell:
        return "·", None, _CELL_EDGE, _PALE_INK, False
    share = cell / highest
    colour = "#" + "".join(f"{part:02x}" for part in _shade(share))
    return text, colour, _CELL_EDGE, "#ffffff" if share > _MIDDLE else _INK, False


def _highest(panel: _Panel) -> float:
    off_diagonal = (cell for row, cells in enumerate(panel.cells) for column, cell in enumerate(cells) if row != column)
    return max((cell for cell in off_diagonal if isinstance(cell, int | float)), default=0)


def _write(axes: _Axes, place: tuple[float, float], text: str, size: float, **style: str | float) -> None:
    plain: dict[str, str | float] = {"color": _INK, "ha": "left", "va": "center", "rotation_mode": "anchor"}
    # Without parse_math a code called "$5 or $6" would be set as a formula.
    axes.text(*place, text, fontsize=size, parse_math=False, **(plain | style))


def _labels(codes: Sequence[str]) -> list[str]:
    """Return short names: the last part of the path where no other code shares it, cut with an ellipsis."""
    last = [code.rsplit(SEPARATOR, 1)[-1] for code in codes]
    names = [code if last.count(name) > 1 else name for code, name in zip(codes, last, strict=True)]
    return [_cut("".join(c if c.isprintable() else " " for c in name).strip()) for name in names]


def _cut(name: str) -> str:
    # Long names often differ at their end only, so the middle goes.
    if len(name) <= _LABEL_CHARACTERS:
        return name
    half = (_LABEL_CHARACTERS - 1) // 2
    return f"{name[:half].rstrip()}…{name[-half:].lstrip()}"


def _measures(names: list[str]) -> _Measures:
    size = next(size for most, size in _SIZES if len(names) <= most)
    font = max(9.5 * size, 5.5)
    lengths = [sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in name) for name in names]
    inches = [length * font * 0.6 / 72 for length in lengths]
    cell_width = 0.62 * size
    slant = math.radians(_SLANT)
    overhang = [
        inch * math.cos(slant) - (len(names) - number - 0.35) * cell_width for number, inch in enumerate(inches)
    ]
    return _Measures(
        cell_width=cell_width,
        cell_height=0.4 * size,
        font=font,
        left=max(inches) + 0.12,
        head=0.3 + max(inches) * math.sin(slant) + font / 72,
        right=max(0.0, *overhang),
    )


def _notes(table: Table, characters: int) -> list[str]:
    counted = {
        "segments": tr("co-coded stretches (segments merged where they overlap)"),
        "pairs": tr("pairs of overlapping codings"),
        "characters": tr("characters covered by both codes"),
        "units": tr("units that hold both codes"),
    }
    mode = table.settings.get("mode", "")
    said = [tr("Count: {what}", what=counted.get(mode, mode))] if mode else []
    if mode == "units":
        said.append(tr("unit: {unit}", unit=table.settings.get("unit", "")))
    policies = {"each": tr("each coder separately"), "merged": tr("all coders together")}
    coders = table.settings.get("coders")
    said += [tr("coders: {coders}", coders=policies.get(coders, coders))] if coders else []
    if table.settings.get("roll_up") == "yes":
        said.append(tr("sub-codes counted with their parents; their shared cells are empty"))
    said.append(tr("diagonal: a code’s own number, outside the colours"))
    return textwrap.wrap(" · ".join(said), max(characters, 40), break_on_hyphens=False)


def _installed_fonts() -> list[str]:
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in _FONTS if name in known] or ["sans-serif"]
