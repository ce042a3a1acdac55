"""The picture of each table of codes: tiles, bars, strips or a curve, one for each coder below the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder_app.domain.errors import BadInput
from coder_app.domain.number_words import decimal, probability
from coder_app.domain.table import Cell, Table
from coder_app.exporters.figures.bars import MOST_BARS, Bar, Strip, bars, strips
from coder_app.exporters.figures.curve import Points, curve
from coder_app.exporters.figures.drawing import Drawing, Ink, Part, Target, Words, height_of, moved, wrapped
from coder_app.exporters.figures.paint import write_drawing
from coder_app.exporters.figures.tiles import MOST_COLUMNS, MOST_ROWS, Tiles, tiles
from coder_app.i18n import tr, trn

_MARGIN, _TITLE, _HEADING, _CAPTION = 0.35, 13, 10, 8.5
_MOST_PAIRED = 40
_BINS = 400
_DARK = (0.0, 0.3, 0.6, 1.0)

Record = Mapping[str, Cell]
Pieces = Mapping[str, Sequence[tuple[int, int, int]]]
"""The coded stretches of sources, by coders and source id joined by a tab: start, stop, number of codes."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn for one block, and what had to be left out."""

    drawing: Drawing
    left_out: str = ""


def table_drawing(kind: str, table: Table, pieces: Pieces | None = None, *, titled: bool = True) -> Drawing:
    """Return the picture of a table of codes of this kind, on a page with title (if `titled`) and caption.

    `pieces` are the strips of a coverage map; without them it shows how much is coded, not where.
    Raises BadInput where there is nothing to draw, and for a table that has a row per cell.
    """
    table = _narrowed(table)
    records = _dicts(table)
    by_block: dict[str, list[Record]] = {}
    for record in records:
        by_block.setdefault(str(record.get("coders") or ""), []).append(record)
    if not records:
        raise BadInput(tr("There is nothing to draw: the table has no rows."))
    drawers = _drawers(table, pieces or {})
    kind = "tests" if any(column.id == "effect" for column in table.columns) else kind
    draw = drawers[kind] if kind in drawers else _crossed(table)
    parts: list[Part] = []
    targets: list[Target] = []
    top, width, margin = 0.05, 6.0, 0.05
    if titled:
        top, margin = _MARGIN + 0.4, _MARGIN
        parts.append(Words(margin, margin + 0.1, table.title, _TITLE, bold=True))
    for coders, rows in by_block.items():
        drawn = draw(rows)
        if coders and titled and coders not in {"each", "merged"}:
            parts.append(Words(margin, top + 0.1, coders, _HEADING, ink=Ink.MUTED))
            top += 0.3
        parts += [moved(part, margin, top) for part in drawn.drawing.parts]
        targets += [
            Target(one.x + margin, one.y + top, one.width, one.height, one.codes, one.said)
            for one in drawn.drawing.targets
        ]
        top += drawn.drawing.height + 0.15
        width = max(width, drawn.drawing.width)
        if drawn.left_out:
            parts.append(Words(margin, top + 0.05, drawn.left_out, _CAPTION, ink=Ink.INK))
            top += 0.25
    for line in wrapped(" ".join(_caption(table)), _CAPTION, width):
        parts.append(Words(margin, top + height_of(_CAPTION) / 2, line, _CAPTION, ink=Ink.MUTED))
        top += height_of(_CAPTION)
    return Drawing(width + 2 * margin, top + margin, tuple(parts), tuple(targets))


def write_table_chart(kind: str, table: Table, path: Path, recipe: str = "", pieces: Pieces | None = None) -> None:
    """Write the picture of a table as .svg, .pdf or .png. Raises BadInput as `table_drawing` and `write_drawing` do."""
    write_drawing(table_drawing(kind, table, pieces), path, table.title, recipe)


def _drawers(table: Table, pieces: Pieces) -> dict[str, Callable[[list[Record]], _Drawn]]:
    return {
        "tests": _tests,
        "frequencies": _frequencies,
        "coverage": lambda rows: _coverage(rows, pieces),
        "uncoded": _uncoded,
        "contradictions": _contradictions,
        "sequence": _sequence,
        "saturation": lambda rows: _saturation(rows, table),
    }


def _caption(table: Table) -> list[str]:
    said = table.settings
    policies = {"each": tr("each coder separately"), "merged": tr("all coders together")}
    lines = [tr("Coders: {coders}.", coders=policies.get(said.get("coders", ""), said.get("coders", "")))]
    if "cell" in said:
        lines.insert(0, tr("Cells: {what}.", what=said["cell"]))
    if said.get("roll_up") == "yes":
        lines.append(tr("Sub-codes count with their parents."))
    lines += [tr("Scope: {scope}.", scope=said["scope"])] if "scope" in said else []
    lines += [words for name, words in said.items() if name.startswith("result")]
    if "effect_sign" in said:
        lines.append(tr("Effects: {sign}.", sign=said["effect_sign"]))
    return lines


def _cut_to(many: int, most: int) -> str:
    over = many - most
    return trn("{n} more row is in the table only.", "{n} more rows are in the table only.", over) if over > 0 else ""


def _narrowed(table: Table) -> Table:
    """Return a code × … table with one column more than is drawn, so that thousands are not looked at."""
    if len(table.columns) <= MOST_COLUMNS + 6 or table.columns[1].id != "row":
        return table
    stop = 3 + MOST_COLUMNS + 1
    rows = tuple((*row[:stop], *row[-2:]) for row in table.rows)
    return Table(table.title, (*table.columns[:stop], *table.columns[-2:]), rows, table.settings)


def _crossed(table: Table) -> Callable[[list[Record]], _Drawn]:
    columns = [column.id for column in table.columns]
    if "row" not in columns:
        raise BadInput(tr("A table with a row per cell has no picture; choose one measure."))
    body = columns[3:-2]
    cells = (cell for row in table.rows if row[1] == "code" for cell in row[3:-2])
    highest = max((float(cell) for cell in cells if isinstance(cell, int | float)), default=0) or 1

    def draw(rows: list[Record]) -> _Drawn:
        codes = [row for row in rows if row["row"] == "code"][:MOST_ROWS]
        totals = [row for row in rows if row["row"] == "any code"]
        there = body[:MOST_COLUMNS]  # what is beyond has been cut off but for one column
        names = [str(row["code"]) for row in codes] + [tr("any code")] * len(totals)
        cells = [[row[one] for one in (*there, "all")] for row in (*codes, *totals)]
        shares = [[_share(row[one], highest) for one in there] + [None] for row in codes]
        shares += [[None] * (len(there) + 1) for _ in totals]
        over = [len(rows) > MOST_ROWS, len(body) > MOST_COLUMNS]
        left_out = tr("Only the first rows and columns are drawn; the table has all.") if any(over) else ""
        all_title = table.columns[-2].title
        ids = [str(row["code_id"]) for row in codes]
        return _Drawn(tiles(Tiles(names, [*there, all_title], cells, shares, (len(totals), 1), ids, there)), left_out)

    return draw


def _dicts(table: Table) -> list[Record]:
    names = [column.id for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _share(cell: Cell, highest: float) -> float | None:
    return float(cell) / highest if isinstance(cell, int | float) else None


def _number(record: Record, name: str) -> float:
    value = record[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _frequencies(rows: list[Record]) -> _Drawn:
    used = sorted((row for row in rows if row["codings"]), key=lambda row: -_number(row, "codings"))
    if not used:
        raise BadInput(tr("There is nothing to draw: no code is used in the chosen sources."))
    made = [
        Bar(str(row["code"]), [(_number(row, "codings"), 0.7)], f"{row['codings']:,}", str(row.get("code_id") or ""))
        for row in used[:MOST_BARS]
    ]
    return _Drawn(bars(made), _cut_to(len(used), MOST_BARS))


def _tests(rows: list[Record]) -> _Drawn:
    """Return the sizes of the effects, the largest first, each with its p and q; what is undefined has none."""
    defined = sorted((row for row in rows if row["effect"] is not None), key=lambda row: -abs(_number(row, "effect")))
    if not defined:
        raise BadInput(tr("There is nothing to draw: no code varies over these values."))
    made: list[Bar] = []
    for row in defined[:MOST_BARS]:
        effect = _number(row, "effect")
        said = [decimal(effect, 2)] + [
            f"{name} {probability(_number(row, name))}" for name in ("p", "q") if row[name] is not None
        ]
        made.append(Bar(str(row["code"]), [(abs(effect), 0.85 if effect > 0 else 0.4)], " · ".join(said)))
    name = str(defined[0]["effect_name"])
    key = [(0.85, name)] + (
        [(0.4, tr("{name}, negative", name=name))] if any(_number(one, "effect") < 0 for one in defined) else []
    )
    undefined = len(rows) - len(defined)
    without = trn("{n} code is undefined (no variation).", "{n} codes are undefined (no variation).", undefined)
    return _Drawn(bars(made, key), without if undefined else _cut_to(len(defined), MOST_BARS))


def _key() -> list[tuple[float, str]]:
    return [(_DARK[1], tr("one code")), (_DARK[2], tr("two codes")), (_DARK[3], tr("three or more"))]


def _coverage(rows: list[Record], pieces: Pieces) -> _Drawn:
    made: list[Strip] = []
    for row in rows[:MOST_BARS]:
        length = max(1.0, _number(row, "characters"))
        said = f"{100 * _number(row, 'share'):.1f} %"
        known = pieces.get(f"{row['coders']}\t{row['source_id']}")
        on = _binned(known, length) if known is not None else _amounts(row)
        made.append(Strip(str(row["source"]), length, on, said))
    return _Drawn(strips(made, _key()), _cut_to(len(rows), MOST_BARS))


def _amounts(row: Record) -> list[tuple[float, float, float]]:
    found: list[tuple[float, float, float]] = []
    place = 0.0
    for name, share in zip(("once", "twice", "more"), _DARK[1:], strict=True):
        found.append((place, place + _number(row, name), share))
        place += _number(row, name)
    return [one for one in found if one[1] > one[0]]


def _binned(known: Sequence[tuple[int, int, int]], length: float) -> list[tuple[float, float, float]]:
    """Return pieces no finer than can be seen, each as dark as its deepest stretch."""
    depth = [0] * _BINS
    for start, stop, codes in known:
        first = min(_BINS - 1, int(start * _BINS / length))
        last = min(_BINS, max(first + 1, round(stop * _BINS / length)))
        for place in range(first, last):
            depth[place] = max(depth[place], codes)
    found: list[tuple[float, float, float]] = []
    for place, codes in enumerate(depth):
        share = _DARK[min(codes, len(_DARK) - 1)]
        start, stop = place * length / _BINS, (place + 1) * length / _BINS
        if codes and found and found[-1][1] == start and found[-1][2] == share:
            found[-1] = (found[-1][0], stop, share)
        elif codes:
            found.append((start, stop, share))
    return found


def _uncoded(rows: list[Record]) -> _Drawn:
    lengths: dict[str, list[float]] = {}
    for row in rows:
        lengths.setdefault(str(row["source"]), []).append(_number(row, "characters"))
    made = [
        Bar(name, [(sum(some), 0.5)], trn("{n} passage", "{n} passages", len(some))) for name, some in lengths.items()
    ]
    return _Drawn(bars(made[:MOST_BARS]), _cut_to(len(made), MOST_BARS))


def _contradictions(rows: list[Record]) -> _Drawn:
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(str(row["source"]), []).append(str(row["kind"]))
    made = [
        Bar(name, [(some.count("one coder"), 0.9), (some.count("two coders"), 0.4)], str(len(some)))
        for name, some in kinds.items()
    ]
    key = [(0.9, tr("one coder gave both")), (0.4, tr("two coders differ"))]
    return _Drawn(bars(made[:MOST_BARS], key), _cut_to(len(made), MOST_BARS))


def _sequence(rows: list[Record]) -> _Drawn:
    sums: dict[str, float] = {}
    for row in rows:
        for name in ("code", "next"):
            sums[str(row[name])] = sums.get(str(row[name]), 0) + _number(row, "observed")
    often = set(sorted(sums, key=lambda name: -sums[name])[:_MOST_PAIRED])
    names = [name for name in dict.fromkeys([*(str(row["code"]) for row in rows), *sums]) if name in often]
    seen = {(str(row["code"]), str(row["next"])): int(_number(row, "observed")) for row in rows}
    highest = max(seen.values(), default=0) or 1
    cells: list[list[Cell]] = [[seen.get((one, two), 0) for two in names] for one in names]
    shares = [[seen.get((one, two), 0) / highest for two in names] for one in names]
    over = tr("The most frequent codes are drawn; rows are followed by columns.") if len(sums) > _MOST_PAIRED else ""
    return _Drawn(tiles(Tiles(names, names, cells, shares)), over or tr("Rows are followed by columns."))


def _saturation(rows: list[Record], table: Table) -> _Drawn:
    run = int(table.settings.get("run_length", "1"))
    ends = [int(_number(row, "position")) for row in rows if row["reached"]]
    points = Points(
        [str(row["source"]) for row in rows],
        [int(_number(row, "new")) for row in rows],
        [int(_number(row, "cumulative")) for row in rows],
        int(table.settings.get("base_size", "1")),
        (ends[0] - run + 1, ends[0]) if ends else None,
    )
    return _Drawn(curve(points))
