"""A table as the window shows it: names of rows and columns, cells, totals apart, and what each row stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from coder_app.analysis.tables.material import Measure
from coder_app.domain.number_words import figure, probability
from coder_app.domain.table import Cell, Column
from coder_app.domain.tree import SEPARATOR
from coder_app.gui.analyse.sentences import short_names
from coder_app.gui.tables.kinds import LAYOUTS, TESTS, Layout, short_titles
from coder_app.i18n import tr
from coder_app.reports.table_options import CROSSES
from coder_app.reports.tables import Made

Row = tuple[Cell, ...]
_DATE = 16
_PROBABILITIES = frozenset({"p", "q", "p_textbook", "p_fisher"})
_DATES = frozenset({"first_used", "last_used"})
_CODES = frozenset({"code_a", "code_b", "next"})


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What is shown of one block. A million cells stay the rows of the table; words are made when they come in sight.

    `place` says where the cell of a column stands in a row. `totals` are rows below the body, each with its name,
    and `apart` columns behind it; neither is shaded or sorted in. `named` is the column by which a row is called,
    `codes` the names of codes by id. `is_cross` says that a cell, not a row, has passages.
    """

    columns: tuple[Column, ...] = ()
    rows: Sequence[Row] = ()
    place: Mapping[str, int] = field(default_factory=dict[str, int])
    named: str = ""
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    totals: Sequence[tuple[str, Row]] = ()
    apart: int = 0
    is_cross: bool = False
    percent: frozenset[str] = frozenset()
    shaded: frozenset[str] = frozenset()
    highest: float = 0.0
    wide: str = ""

    def record(self, row: Row) -> dict[str, Cell]:
        """Return a row by the ids of its columns."""
        return {name: row[place] for name, place in self.place.items()}

    def cell(self, row: Row, name: str) -> Cell:
        """Return one cell of a row; None where there is no such column."""
        place = self.place.get(name)
        return None if place is None else row[place]

    def name(self, row: Row) -> str:
        """Return what a row is called."""
        if self.named == "code":
            return self.codes.get(str(self.cell(row, "code_id")), "")
        return str(self.cell(row, self.named))

    def path(self, row: Row) -> str:
        """Return what a row is called in full."""
        return str(self.cell(row, self.named))

    def share(self, row: Row, column: Column) -> float | None:
        """Return how strongly a cell is shaded, from 0 to 1; None where it is not."""
        if column.id not in self.shaded or not self.highest:
            return None
        value = self.cell(row, column.id)
        return float(value) / self.highest if isinstance(value, int | float) and value else None

    def said(self, value: Cell, column: Column) -> str:
        """Return a cell as it is read."""
        if value is None:
            return ""
        if isinstance(value, str):
            return _words(value, column.id)
        if column.id in _PROBABILITIES:
            return probability(float(value))
        if column.id in self.percent:
            return tr("{n} %", n=f"{100 * value:.1f}")
        return f"{value:,}" if isinstance(value, int) else figure(value)


def _words(value: str, name: str) -> str:
    if name in _DATES:
        return value[:_DATE].replace("T", " ")
    return value.rsplit(SEPARATOR, 1)[-1] if name in _CODES else value.replace("\n", " ")


def blocks_of(made: Made) -> list[str]:
    """Return the names of the blocks of a table, in their order; none where its rows belong to no coder's table."""
    if made.table.columns[0].id != "coders":
        return []
    return list(dict.fromkeys(str(row[0]) for row in made.table.rows))


def sheet_of(made: Made, block: str) -> Sheet:
    """Return what is shown of one block of a table; an empty name takes all rows."""
    rows = [row for row in made.table.rows if row[0] == block] if block else made.table.rows
    options = made.gathered.options
    if options.kind in CROSSES and not options.tests:
        return _crossed(made, block, rows)
    return _listed(made, rows, TESTS if options.tests else LAYOUTS[options.kind])


def _place(made: Made) -> dict[str, int]:
    return {column.id: number for number, column in enumerate(made.table.columns)}


def _crossed(made: Made, block: str, rows: Sequence[Row]) -> Sheet:
    body = [row for row in rows if row[1] == "code"]
    below = {"any code": tr("any code"), "sources": tr("coded sources"), "characters": tr("their characters")}
    columns = made.table.columns[3:-1]
    measure = Measure(made.gathered.options.measure)
    counted = next((one for one in made.cross.blocks if one.coders == block), None) if made.cross else None
    values = counted.values(measure) if counted is not None else np.zeros((0, 0))
    return Sheet(
        columns,
        body,
        _place(made),
        "code",
        _code_names(made, body),
        [(below[str(row[1])], row) for row in rows if row[1] in below],
        apart=1,
        is_cross=True,
        percent=frozenset(one.id for one in columns) if measure is Measure.SHARE else frozenset(),
        shaded=frozenset(one.id for one in columns[:-1]),
        highest=float(np.nan_to_num(values).max(initial=0)),
    )


def _listed(made: Made, rows: Sequence[Row], layout: Layout) -> Sheet:
    known = {column.id: column for column in made.table.columns}
    place = _place(made)
    titles = short_titles()
    shown = [
        Column(name, titles.get(name, known[name].title), known[name].kind)
        for name in layout.shown
        if any(row[place[name]] is not None for row in rows)
    ]
    shaded = place.get(layout.shaded)
    numbers = (row[shaded] for row in rows) if shaded is not None else ()
    return Sheet(
        tuple(shown),
        rows,
        place,
        layout.name,
        _code_names(made, rows) if layout.name == "code" else {},
        percent=layout.percent,
        shaded=frozenset([layout.shaded]) if layout.shaded else frozenset(),
        highest=max((float(one) for one in numbers if isinstance(one, int | float)), default=0.0),
        wide=layout.wide,
    )


def _code_names(made: Made, rows: Sequence[Row]) -> dict[str, str]:
    number = _place(made)["code_id"]
    return short_names(dict.fromkeys(str(row[number]) for row in rows), made.gathered.material.tree)
