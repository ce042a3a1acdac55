"""A table as the window shows it: names of rows and columns, cells, totals apart, and what each row stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from coder_app.analysis.tables.material import Measure
from coder_app.domain.table import Cell, Column, Kind
from coder_app.gui.analyse.sentences import short_names
from coder_app.gui.tables.kinds import LAYOUTS, TESTS, Layout
from coder_app.i18n import tr
from coder_app.reports.table_options import CROSSES
from coder_app.reports.tables import Made

_DATE = 16
_SMALL_P = 0.001
_PROBABILITIES = frozenset({"p", "q", "p_textbook", "p_fisher"})


@dataclass(frozen=True)
class Sheet:
    """What is shown of one block. `records` are the rows of the body by the ids of their columns.

    `totals` stand below the body and `apart` columns behind it; neither is shaded or sorted in. `shares` says for a
    row and a column how strongly a cell is shaded. `is_cross` says that a cell, not a row, has passages.
    """

    names: tuple[str, ...]
    paths: tuple[str, ...]
    columns: tuple[Column, ...]
    records: tuple[dict[str, Cell], ...]
    totals: tuple[tuple[str, dict[str, Cell]], ...] = ()
    apart: int = 0
    is_cross: bool = False
    percent: frozenset[str] = frozenset()
    shaded: frozenset[str] = frozenset()
    wide: str = ""

    @cached_property
    def highest(self) -> float:
        """The largest number that is shaded; 0 where there is none."""
        numbers = (row[name] for row in self.records for name in self.shaded)
        return max((float(one) for one in numbers if isinstance(one, int | float)), default=0.0)

    def share(self, record: dict[str, Cell], column: Column) -> float | None:
        """Return how strongly a cell is shaded, from 0 to 1; None where it is not."""
        value = record[column.id]
        if column.id not in self.shaded or not isinstance(value, int | float) or not value or not self.highest:
            return None
        return float(value) / self.highest

    def said(self, value: Cell, column: Column) -> str:
        """Return a cell as it is read."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value.replace("\n", " ") if column.kind is Kind.TEXT else value
        if column.id in _PROBABILITIES:
            return tr("< .001") if value < _SMALL_P else f"{value:.3f}".removeprefix("0")
        if column.id in self.percent:
            return tr("{n} %", n=f"{100 * value:.1f}")
        return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"


def blocks_of(made: Made) -> list[str]:
    """Return the names of the blocks of a table, in their order; none where its rows belong to no coder's table."""
    place = [column.id for column in made.table.columns]
    return list(dict.fromkeys(str(row[0]) for row in made.table.rows)) if place[0] == "coders" else []


def sheet_of(made: Made, block: str) -> Sheet:
    """Return what is shown of one block of a table; an empty name takes all rows."""
    ids = [column.id for column in made.table.columns]
    records = [dict(zip(ids, row, strict=True)) for row in made.table.rows if not block or row[0] == block]
    options = made.gathered.options
    if options.kind in CROSSES and not options.tests:
        return _crossed(made, records)
    layout = TESTS if options.tests else LAYOUTS[options.kind]
    return _listed(made, records, layout)


def _crossed(made: Made, records: list[dict[str, Cell]]) -> Sheet:
    body = [record for record in records if record["row"] == "code"]
    below = {"any code": tr("any code"), "sources": tr("coded sources"), "characters": tr("their characters")}
    totals = [(below[str(record["row"])], record) for record in records if record["row"] in below]
    columns = made.table.columns[3:-1]
    percent = made.gathered.options.measure == Measure.SHARE.value
    names, paths = _code_names(made, body)
    return Sheet(
        names,
        paths,
        columns,
        tuple(body),
        tuple(totals),
        apart=1,
        is_cross=True,
        percent=frozenset(column.id for column in columns) if percent else frozenset(),
        shaded=frozenset(column.id for column in columns[:-1]),
    )


def _listed(made: Made, records: list[dict[str, Cell]], layout: Layout) -> Sheet:
    known = {column.id: column for column in made.table.columns}
    shown = [known[name] for name in layout.shown if any(record[name] is not None for record in records)]
    names, paths = (
        _code_names(made, records)
        if layout.name == "code"
        else (tuple(str(record["source"]) for record in records),) * 2
    )
    dated = [_short_codes(made, _dated(record)) for record in records]
    shaded = frozenset([layout.shaded]) if layout.shaded else frozenset[str]()
    return Sheet(names, paths, tuple(shown), tuple(dated), percent=layout.percent, shaded=shaded, wide=layout.wide)


def _dated(record: dict[str, Cell]) -> dict[str, Cell]:
    dates = {
        name: str(record[name])[:_DATE].replace("T", " ") for name in ("first_used", "last_used") if record.get(name)
    }
    return record | dates


def _short_codes(made: Made, record: dict[str, Cell]) -> dict[str, Cell]:
    """Return a row with the names of codes in place of their paths."""
    tree = made.gathered.material.tree
    ids = {"code_a": "code_a_id", "code_b": "code_b_id", "next": "next_id"}
    return record | {name: tree[str(record[one])].name for name, one in ids.items() if record.get(one) is not None}


def _code_names(made: Made, records: Sequence[dict[str, Cell]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    tree = made.gathered.material.tree
    ids = [str(record["code_id"]) for record in records]
    short = short_names(dict.fromkeys(ids), tree)
    return tuple(short[one] for one in ids), tuple(tree.path(one) for one in ids)
