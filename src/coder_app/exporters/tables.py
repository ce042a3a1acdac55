"""Writes any result table as .csv, .xlsx, .json or .html; the same table gives the same bytes, today and next year."""

import contextlib
import csv
import datetime
import io
import json
from collections.abc import Generator
from pathlib import Path
from typing import Protocol, cast

from coder_app.domain.errors import BadInput
from coder_app.domain.spreadsheet import looks_like_formula, safe_text
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.exporters.atomic import written
from coder_app.exporters.html import write_html
from coder_app.exporters.recipes import beside, with_settings
from coder_app.i18n import tr

_MAX_ROWS = 1_048_576
_MAX_COLUMNS = 16_384
_MAX_CELL = 32_767
# Spreadsheet files carry a date; a fixed one keeps equal content equal.
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 (the file format knows no time zones)


class Format(Protocol):
    """How a spreadsheet cell looks."""


class Sheet(Protocol):
    """What we use of a worksheet of xlsxwriter, which ships without types."""

    def write_string(self, row: int, column: int, text: str, cell_format: Format | None = None) -> int:
        """Write text as text."""
        ...

    def write_number(self, row: int, column: int, number: float, cell_format: Format | None = None) -> int:
        """Write a number."""
        ...

    def set_column(self, first: int, last: int, width: float) -> int:
        """Set the width of columns, in characters."""
        ...

    def freeze_panes(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before this cell in sight."""
        ...

    def autofilter(self, first_row: int, first_column: int, last_row: int, last_column: int) -> int:
        """Let people filter the rows of this range."""
        ...


class Workbook(Protocol):
    """What we use of a workbook of xlsxwriter."""

    def add_worksheet(self, name: str) -> Sheet:
        """Append an empty sheet."""
        ...

    def add_format(self, properties: dict[str, str | int]) -> Format:
        """Make a format for cells."""
        ...

    def set_properties(self, properties: dict[str, datetime.datetime | str]) -> None:
        """Set what the file says about itself."""
        ...

    def close(self) -> None:
        """Write the file."""
        ...


def write_table(table: Table, path: Path, recipe: str = "") -> None:
    """Write `table` in the format that the suffix of `path` names, replacing the file in one step.

    `recipe` is the text of its recipe, which stands in the file; beside a .csv it gets a file of its own.
    Raises BadInput for another suffix, for a table too big for .xlsx, and where the disk refuses;
    ValueError where two columns have one id.
    """
    if len({column.id for column in table.columns}) < len(table.columns):
        raise ValueError("two columns have one id: " + ", ".join(column.id for column in table.columns))
    writers = {".csv": _write_csv, ".json": _write_json, ".xlsx": _write_xlsx, ".html": write_html}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(sorted(writers))
        raise BadInput(tr("“{path}”: a table can be written as {known}; choose one of these.", path=path, known=known))
    with written(path) as temporary:
        writer(table, temporary, recipe)
    if recipe and path.suffix.lower() == ".csv":
        with written(beside(path)) as temporary:
            temporary.write_text(with_settings(recipe, table.settings) + "\n", encoding="utf-8", newline="\n")


def _write_csv(table: Table, path: Path, _recipe: str) -> None:
    # The byte-order mark tells spreadsheets that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(safe_text(column.id) for column in table.columns)
        lines.writerows([safe_text(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)


def _write_json(table: Table, path: Path, recipe: str) -> None:
    names = [column.id for column in table.columns]
    columns = [{"id": column.id, "title": column.title, "kind": column.kind.value} for column in table.columns]
    text = io.StringIO()
    made = f'"recipe": {recipe},\n' if recipe else ""
    text.write(f'{{\n"title": {_json(table.title)},\n{made}"settings": {_json(table.settings)},\n')
    text.write(f'"columns": [\n{_lines(columns)}\n],\n')
    text.write(f'"rows": [\n{_lines([dict(zip(names, row, strict=True)) for row in table.rows])}\n]\n}}\n')
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def _lines(items: list[dict[str, str]] | list[dict[str, Cell]]) -> str:
    return ",\n".join(_json(item) for item in items)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


@contextlib.contextmanager
def open_workbook(path: Path, recipe: str = "") -> Generator[Workbook]:
    """Give a new spreadsheet file that streams its rows, takes text as text and carries no clock time.

    `recipe` becomes the file's comment. Rows must be written from top to bottom. The file is there after the `with`
    block; OSError where it cannot be.
    """
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] (it has none; loaded late because it is slow to load)
    from xlsxwriter.exceptions import FileCreateError  # pyright: ignore[reportMissingTypeStubs] (as above)

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    workbook = cast("Workbook", xlsxwriter.Workbook(str(path), options))
    workbook.set_properties({"created": _CREATED, "comments": recipe})
    try:
        yield workbook
    finally:
        # Closing also removes the rows that were kept on the disk so far, so it is due after an error too.
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from error


def fits_cell(value: str) -> bool:
    """Say whether a spreadsheet cell can hold all of `value`: 32,767 UTF-16 units."""
    return 2 * len(value) <= _MAX_CELL or len(value.encode("utf-16-le")) <= 2 * _MAX_CELL


def spreadsheet_text(value: str) -> str:
    """Return `value` cut, with an ellipsis, to what a spreadsheet cell can hold."""
    if fits_cell(value):
        return value
    return value.encode("utf-16-le")[: 2 * (_MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def quoted(workbook: Workbook) -> Format:
    """Return the format for text that looks like a formula: it stays text even after a person edits the cell."""
    return workbook.add_format({"quote_prefix": True, "valign": "top"})


def _write_xlsx(table: Table, path: Path, recipe: str) -> None:
    if len(table.rows) >= _MAX_ROWS or len(table.columns) > _MAX_COLUMNS:
        raise BadInput(tr("The table is too big for a spreadsheet; write it as .csv or .json."))
    with open_workbook(path, recipe) as workbook:
        cut = write_sheet(workbook, tr("Table"), table)
        settings = {tr("Title"): table.title, **table.settings}
        if cut:
            settings[tr("Cells cut to what a spreadsheet can hold")] = str(cut)
        write_sheet(workbook, tr("Settings"), settings_table(settings, table.columns))


def settings_table(settings: dict[str, str], columns: tuple[Column, ...]) -> Table:
    """Return settings, and what each column is called, as a table of their own."""
    rows = list(settings.items()) + [(column.id, column.title) for column in columns if column.id != column.title]
    return Table("", (Column("setting", tr("Setting")), Column("value", tr("Value"))), tuple(rows))


def write_sheet(workbook: Workbook, name: str, table: Table) -> int:
    """Write one sheet, its columns headed by their ids, and return how many cells had to be cut."""
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    formats = [_format(workbook, column) for column in table.columns]
    quote = quoted(workbook)
    header = workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    for number, width in enumerate(_widths(table)):
        sheet.set_column(number, number, width)
    for number, column in enumerate(table.columns):
        sheet.write_string(0, number, spreadsheet_text(column.id), header)
    cut = 0
    for line, row in enumerate(table.rows, start=1):
        for number, cell in enumerate(row):
            if isinstance(cell, str):
                text = spreadsheet_text(cell)
                cut += text != cell
                sheet.write_string(line, number, text, quote if looks_like_formula(text) else formats[number])
            elif cell is not None:
                sheet.write_number(line, number, cell, formats[number])
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return cut


def _format(workbook: Workbook, column: Column) -> Format:
    shown = {Kind.TEXT: "General", Kind.COUNT: "0", Kind.NUMBER: "0.000"}[column.kind]
    return workbook.add_format({"num_format": shown, "valign": "top"})


def _widths(table: Table) -> list[int]:
    # The first rows are enough to guess by; a column of passages must not fill the screen.
    sample = [[column.id for column in table.columns], *([str(cell or "") for cell in row] for row in table.rows[:200])]
    return [min(60, max(8, *(len(cell) + 2 for cell in cells))) for cells in zip(*sample, strict=True)]
