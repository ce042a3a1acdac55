"""Draws how the cost of the main things grows from S to L: an SVG that can be read in light and dark, and aloud."""

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

import corpus
from measurements import GROUPS, Line
from report import Measured, amount

SIZES = "SML"
WIDTH, HEIGHT = 780, 560
LEFT, TOP, RIGHT, BOTTOM = 64, 64, 560, 500
LOWEST, HIGHEST = 1e-3, 1e2
LABEL_STEP = 19.0
TICK = 7

# What is drawn: a kind (that has a colour and a mark), the line's name, and a short name for the label.
KINDS = {
    "key": "at each key",
    "step": "when one opens or asks",
    "whole": "over the whole project",
}
DRAWN = (
    ("key", "scroll", "Scroll one frame"),
    ("key", "filter_codes", "Filter the codes, one key"),
    ("key", "apply_code", "Apply a code"),
    ("step", "show_source", "Show a text"),
    ("step", "search_first_common", "First 50 hits of a word"),
    ("step", "live_table", "Open table follows a coding"),
    ("step", "open_window", "Open the project"),
    ("whole", "cooccurrence_segments", "Count co-occurrences"),
    ("whole", "export_csv", "Export codings as .csv"),
    ("whole", "undo_import", "Undo the import of codings"),
    ("whole", "import_codings", "Import codings"),
    ("whole", "export_xlsx", "Export codings as .xlsx"),
)
STYLE = """
  svg { color-scheme: light dark; font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
  .paper { fill: #ffffff; } text { fill: #1f2328; } .quiet { fill: #59636e; }
  .grid { stroke: #d1d9e0; stroke-width: 1; } .leader { stroke: #8c959f; stroke-width: 0.75; fill: none; }
  .curve { fill: none; stroke-width: 2; } .goal { stroke-width: 1; stroke-dasharray: 2 2; fill: none; }
  .mark { stroke: none; } .title { font-size: 16px; font-weight: 600; }
  .key { stroke: #0b62c4; fill: #0b62c4; } .step { stroke: #1a7f37; fill: #1a7f37; }
  .whole { stroke: #b35900; fill: #b35900; } text.key, text.step, text.whole { stroke: none; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #151b23; } text { fill: #e6edf3; } .quiet { fill: #9aa4af; }
    .grid { stroke: #343c46; } .leader { stroke: #6e7781; }
    .key { stroke: #6cb0ff; fill: #6cb0ff; } .step { stroke: #56d364; fill: #56d364; }
    .whole { stroke: #ffb057; fill: #ffb057; }
  }
"""


class Label(NamedTuple):
    """Where a curve's name stands, and how far beside its points the ways to its goals are drawn."""

    y: float
    beside: int


class Point(NamedTuple):
    """A measured median, or a goal, in its place."""

    x: float
    y: float


def chart(found: Measured) -> str:
    """Return the picture; "" where nothing was measured on S, M and L."""
    lines = {line.name: line for group in GROUPS.values() for line in group}
    drawn = [
        (kind, lines[name], label)
        for kind, name, label in DRAWN
        if all((name, size) in found and found[name, size].median > 0 for size in SIZES)
    ]
    if not drawn:
        return ""
    ends = _apart([_y(found[line.name, "L"].median) for _, line, _ in drawn])
    parts = [_frame(), _legend()]
    parts += [
        _curve(kind, line, label, found, Label(end, 3 * (number % 5 - 2)))
        for number, ((kind, line, label), end) in enumerate(zip(drawn, ends, strict=True))
    ]
    told = "; ".join(
        f"{label} {', '.join(amount(line, found[line.name, size].median) for size in SIZES)}"
        for _, line, label in drawn
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' role="img" aria-labelledby="title what">\n'
        f'<title id="title">What things cost from S to L</title>\n'
        f'<desc id="what">Medians on S, M and L, on logarithmic scales: {escape(told)}.</desc>\n'
        f"<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _x(size: str) -> float:
    low, high = (math.log(corpus.SIZES[one].codings) for one in (SIZES[0], SIZES[-1]))
    return LEFT + 30 + (math.log(corpus.SIZES[size].codings) - low) / (high - low) * (RIGHT - LEFT - 60)


def _y(seconds: float) -> float:
    share = math.log(min(max(seconds, LOWEST), HIGHEST) / LOWEST) / math.log(HIGHEST / LOWEST)
    return BOTTOM - share * (BOTTOM - TOP)


def _frame() -> str:
    parts = [f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="8"/>']
    parts.append(f'<text class="title" x="{LEFT}" y="30">What things cost from S to L</text>')
    for power in range(round(math.log10(LOWEST)), round(math.log10(HIGHEST)) + 1):
        seconds = 10.0**power
        named = f"{seconds:g} s" if seconds >= 0.1 else f"{1000 * seconds:g} ms"
        y = _y(seconds)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text class="quiet" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{named}</text>')
    for size in SIZES:
        spec, x = corpus.SIZES[size], _x(size)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}"/>')
        parts.append(f'<text x="{x:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{size}</text>')
        words = f"{spec.codings:,} codings, {spec.texts:,} texts"
        parts.append(f'<text class="quiet" x="{x:.1f}" y="{BOTTOM + 38}" text-anchor="middle">{words}</text>')
    return "\n".join(parts)


def _legend() -> str:
    parts: list[str] = []
    x = LEFT
    for kind, words in KINDS.items():
        parts.append(_mark(kind, Point(x + 5, 47)))
        parts.append(f'<text class="quiet" x="{x + 15}" y="51">{words}</text>')
        x += 30 + 7 * len(words)
    parts.append(f'<path class="goal key" d="M{x} 47h{2 * TICK}"/>')
    parts.append(f'<text class="quiet" x="{x + 20}" y="51">goal</text>')
    return "\n".join(parts)


def _curve(kind: str, line: Line, label: str, found: Measured, end: Label) -> str:
    points = [Point(_x(size), _y(found[line.name, size].median)) for size in SIZES]
    path = "M" + "L".join(f"{point.x:.1f} {point.y:.1f}" for point in points)
    # `class` alone would fill the curve in its colour.
    parts = [f'<path class="{kind} curve" style="fill: none" d="{path}"/>']
    parts += [_mark(kind, point) for point in points]
    for size, point in zip(SIZES, points, strict=True):
        if size in line.goals:
            y = _y(line.goals[size].most)
            tick = f"M{point.x - TICK:.1f} {y:.1f}h{2 * TICK}M{point.x + end.beside:.1f} {y:.1f}V{point.y:.1f}"
            parts.append(f'<path class="{kind} goal" d="{tick}"/>')
    last = points[-1]
    parts.append(f'<path class="leader" d="M{last.x + 6:.1f} {last.y:.1f}L{RIGHT + 2} {end.y:.1f}H{RIGHT + 10}"/>')
    value = amount(line, found[line.name, "L"].median)
    y = f"{end.y + 4:.1f}"
    parts.append(f'<text class="{kind}" style="stroke: none" x="{RIGHT + 14}" y="{y}">{escape(label)}</text>')
    parts.append(f'<text class="quiet" x="{WIDTH - 14}" y="{y}" text-anchor="end">{value}</text>')
    return "<g>" + "\n".join(parts) + "</g>"


def _mark(kind: str, point: Point) -> str:
    """Return a mark of the kind's own shape: round, square, or a triangle."""
    x, y = f"{point.x:.1f}", f"{point.y:.1f}"
    if kind == "key":
        return f'<circle class="{kind} mark" style="stroke: none" cx="{x}" cy="{y}" r="4"/>'
    shape = "m-4-4h8v8h-8z" if kind == "step" else "m0-5l5 9h-10z"
    return f'<path class="{kind} mark" style="stroke: none" d="M{x} {y}{shape}"/>'


def _apart(wanted: Sequence[float]) -> list[float]:
    """Return where labels stand: in the order of what they name, near it, and so far apart that all can be read."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    places = [wanted[number] for number in order]
    for _ in range(200):
        for number in range(len(places) - 1):
            lack = LABEL_STEP - (places[number + 1] - places[number])
            if lack > 0.01:
                places[number] -= lack / 2
                places[number + 1] += lack / 2
        places[0] = max(places[0], TOP + 4.0)
    return [place for _, place in sorted(zip(order, places, strict=True))]
