"""Paints a drawing into a file: .svg, .pdf or .png, the same bytes each time."""

import logging
import math
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from coder_app.domain.errors import BadInput
from coder_app.exporters.atomic import written
from coder_app.exporters.figures.drawing import (
    Box,
    Disc,
    Drawing,
    Fill,
    Ink,
    Mesh,
    Part,
    Ribbon,
    Shape,
    Stroke,
    Words,
)
from coder_app.i18n import tr

SUFFIXES = (".png", ".svg", ".pdf")
# From light to dark in even steps of lightness, so that the order is kept in greyscale and for every eye.
_LIGHTEST = (0xEE, 0xF3, 0xFE)
_DARKEST = (0x28, 0x4B, 0xB8)
_INKS = {Ink.INK: "#1f2328", Ink.MUTED: "#59636e", Ink.LINE: "#8c959f", Ink.PAPER: "#ffffff"}
_BLACK = "#000000"
_DPI = 160
# Larger pictures take more memory than they are worth; their resolution is lowered instead.
_MAX_PIXELS = 6_000
# Looked for in this order; those that are installed help out where the first one lacks a script.
_FONTS = (
    "DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR",
    "Source Han Sans", "WenQuanYi Zen Hei", "Droid Sans Fallback", "PingFang SC", "Hiragino Sans", "Microsoft YaHei",
    "Yu Gothic", "Malgun Gothic", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Bengali",
    "Noto Sans Tamil", "Noto Sans Thai", "Noto Sans Ethiopic", "Nirmala UI", "Leelawadee UI", "Arial Unicode MS",
    "Segoe UI Symbol",
)  # fmt: skip
_NAME = "Coder App"


def refuse_suffix(path: Path) -> None:
    """Raise BadInput where a picture cannot be written under this name."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(
            tr(
                "“{path}”: a picture can be written as {known}; choose one of these.",
                path=path,
                known=", ".join(SUFFIXES),
            )
        )


def write_drawing(drawing: Drawing, path: Path, title: str, recipe: str = "") -> None:
    """Write a drawing in the format that the suffix names, with its recipe inside.

    Raises BadInput for another suffix and where the disk refuses.
    """
    refuse_suffix(path)
    with written(path) as temporary:
        _save(drawing, temporary, path.suffix.lower().removeprefix("."), title, recipe)


def _save(drawing: Drawing, path: Path, kind: str, title: str, recipe: str) -> None:
    import matplotlib as mpl  # heavy: loaded when the first picture is drawn
    from matplotlib.figure import Figure

    # It tells of every weight that a face lacks; the next best is what we want.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    settings = {
        "font.family": _installed_fonts(),
        "svg.hashsalt": "coder-app",
        "svg.fonttype": "none",  # text stays text: it can be searched, and the viewer's fonts know its script
        "pdf.fonttype": 42,  # letters stay letters there, too
    }
    with cast("Any", mpl).rc_context(settings), warnings.catch_warnings():
        # A letter that no font knows is drawn as a box; that is no reason to fail.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure = cast("Any", Figure(figsize=(drawing.width, drawing.height), facecolor=_INKS[Ink.PAPER]))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        for order, part in enumerate(drawing.parts):
            _paint(axes, part, order)
        axes.set_xlim(0, drawing.width)
        axes.set_ylim(drawing.height, 0)
        dpi = min(_DPI, _MAX_PIXELS / max(drawing.width, drawing.height))
        figure.savefig(path, format=kind, dpi=dpi, metadata=_metadata(kind, title, recipe))


def _metadata(kind: str, title: str, recipe: str) -> dict[str, str | None]:
    """Return what the file says of itself: no date, and its recipe."""
    match kind:
        case "svg":
            own = {"Source": recipe} if recipe else {}
            return {"Date": None, "Creator": _NAME, "Title": title, **own}
        case "pdf":
            own = {"Keywords": recipe} if recipe else {}
            return {"CreationDate": None, "Creator": _NAME, "Producer": _NAME, "Title": title, **own}
        case _:
            own = {"Recipe": recipe} if recipe else {}
            return {"Software": _NAME, "Title": title, **own}


def _paint(axes: Any, part: Part, order: int) -> None:  # noqa: ANN401 - matplotlib's own types are incomplete
    painters: dict[type[Part], Callable[[Any, Any, int], None]] = {
        Words: _words,
        Box: _box,
        Shape: _shape,
        Disc: _disc,
        Stroke: _stroke,
        Ribbon: _ribbon,
        Mesh: _mesh,
    }
    painters[type(part)](axes, part, order)


def _words(axes: Any, part: Words, order: int) -> None:  # noqa: ANN401 - as above
    axes.text(
        part.x,
        part.y,
        part.text,
        fontsize=part.size,
        color=_INKS[part.ink] if part.on is None else readable_on(part.on),
        ha=part.align,
        # Before it is turned a line of text is centred on its place; "center" would count descenders.
        va="bottom" if part.rotation else "center_baseline",
        rotation=part.rotation,
        rotation_mode="anchor",
        fontweight="bold" if part.bold else "normal",
        # Without parse_math a code called "$5 or $6" would be set as a formula.
        parse_math=False,
        zorder=order,
    )


def _box(axes: Any, part: Box, order: int) -> None:  # noqa: ANN401 - as above
    from matplotlib.patches import FancyBboxPatch

    style = f"round,pad=0,rounding_size={part.radius:.4f}" if part.radius else "square,pad=0"
    patch = FancyBboxPatch(
        (part.x, part.y),
        part.width,
        part.height,
        boxstyle=style,
        facecolor=_colour(part.fill),
        edgecolor=_colour(part.edge),
        linewidth=0.7,
        linestyle=(0, (2.5, 2)) if part.dashed else "solid",
        alpha=None if part.opacity == 1 else part.opacity,
        zorder=order,
    )
    axes.add_patch(patch)


def _shape(axes: Any, part: Shape, order: int) -> None:  # noqa: ANN401 - as above
    from matplotlib.patches import Polygon

    patch = Polygon(
        part.points,
        closed=True,
        facecolor=_colour(part.fill),
        edgecolor=_colour(part.edge),
        linewidth=part.line,
        zorder=order,
    )
    axes.add_patch(patch)


def _disc(axes: Any, part: Disc, order: int) -> None:  # noqa: ANN401 - as above
    from matplotlib.patches import Circle

    patch = Circle(
        (part.x, part.y),
        part.radius,
        facecolor=_colour(part.fill),
        edgecolor=_colour(part.edge),
        linewidth=0.8,
        zorder=order,
    )
    axes.add_patch(patch)


def _stroke(axes: Any, part: Stroke, order: int) -> None:  # noqa: ANN401 - as above
    from matplotlib.lines import Line2D

    line = Line2D(
        [x for x, _ in part.points],
        [y for _, y in part.points],
        linewidth=part.width,
        color=_colour(part.ink),
        linestyle=(0, (3, 3)) if part.dashed else "solid",
        solid_capstyle="round",
        solid_joinstyle="miter",
        zorder=order,
    )
    axes.add_line(line)


def _ribbon(axes: Any, part: Ribbon, order: int) -> None:  # noqa: ANN401 - as above
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    middle = (part.x_a + part.x_b) / 2
    corners = [
        (part.x_a, part.top_a), (middle, part.top_a), (middle, part.top_b), (part.x_b, part.top_b),
        (part.x_b, part.bottom_b), (middle, part.bottom_b), (middle, part.bottom_a), (part.x_a, part.bottom_a),
        (part.x_a, part.top_a),
    ]  # fmt: skip
    curve = [Outline.CURVE4] * 3
    steps = [Outline.MOVETO, *curve, Outline.LINETO, *curve, Outline.CLOSEPOLY]
    patch = PathPatch(
        Outline(corners, cast("Any", steps)),
        facecolor=_colour(part.fill),
        edgecolor=_INKS[Ink.PAPER],
        linewidth=0.4,
        alpha=part.opacity,
        zorder=order,
    )
    axes.add_patch(patch)


def _mesh(axes: Any, part: Mesh, order: int) -> None:  # noqa: ANN401 - as above
    grey, white = (0.85, 0.85, 0.85), (1.0, 1.0, 1.0)
    rows = [
        [
            grey if shade is None else white if not shade else tuple(one / 255 for one in _shade(shade))
            for shade in shades
        ]
        for shades in part.cells
    ]
    right, bottom = part.x + len(rows[0]) * part.cell_width, part.y + len(rows) * part.cell_height
    axes.imshow(rows, extent=(part.x, right, bottom, part.y), aspect="auto", interpolation="nearest", zorder=order)


def _shade(share: float) -> tuple[int, int, int]:
    mixed = [round(light + (dark - light) * share) for light, dark in zip(_LIGHTEST, _DARKEST, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _colour(fill: Fill) -> str:
    if fill is None:
        return "none"
    if isinstance(fill, Ink):
        return _INKS[fill]
    return "#" + "".join(f"{part:02x}" for part in _shade(fill))


def readable_on(share: float) -> str:
    """Return black or white, whichever is read more easily on a step of the scale."""
    linear = [((one / 255 + 0.055) / 1.055) ** 2.4 for one in _shade(share)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    # Where black and white are read equally well; no other pair of inks does for every step of the scale.
    return _BLACK if luminance + 0.05 > math.sqrt(1.05 * 0.05) else _INKS[Ink.PAPER]


def _installed_fonts() -> list[str]:
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in _FONTS if name in known] or ["sans-serif"]
