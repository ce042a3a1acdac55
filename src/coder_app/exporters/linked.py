"""A spreadsheet in which every count leads to its passages: pairs, matrix, passages and settings on four sheets."""

from pathlib import Path
from typing import Protocol, cast

from coder_app.domain.behind import Behind, CellKey
from coder_app.domain.errors import BadInput
from coder_app.domain.spreadsheet import looks_like_formula
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.exporters.atomic import written
from coder_app.exporters.cell_links import matrix_links, pair_links, paths_of
from coder_app.exporters.tables import (
    Format,
    Sheet,
    Workbook,
    open_workbook,
    quoted,
    settings_table,
    spreadsheet_text,
    write_sheet,
)
from coder_app.i18n import tr

_MAX_ROWS = 1_048_576
_MAX_COLUMNS = 16_384
# A sheet can hold no more links than these.
_MAX_LINKS = 65_000


class _Linking(Sheet, Protocol):
    """What we use of a worksheet besides."""

    def write_url(self, row: int, column: int, url: str, cell_format: Format | None = None) -> int:
        """Make a cell lead to another one."""
        ...


def write_linked(
    pairs: Table, matrix: Table, behind: Behind, path: Path, recipe: str = "", *, matrix_first: bool = False
) -> None:
    """Write a co-occurrence as .xlsx; `pairs` and `matrix` are its two tables.

    Raises BadInput where it is too big for a spreadsheet, and where the disk refuses.
    """
    if len(pairs.rows) >= _MAX_ROWS or max(len(matrix.columns), len(pairs.columns)) > _MAX_COLUMNS:
        raise BadInput(tr("The table is too big for a spreadsheet; write it as .csv or .json."))
    sheet_name = tr("Passages")
    begins = _begins(behind)
    sheets = [
        (tr("Pairs"), pairs, pair_links(pairs, behind)),
        (tr("Matrix"), matrix, matrix_links(pairs, matrix, behind)),
    ]
    with written(path) as temporary, open_workbook(temporary, recipe) as workbook:
        for name, table, links in sheets[::-1] if matrix_first else sheets:
            places = {at: f"internal:'{sheet_name}'!A{begins[key]}" for at, key in links.items()}
            _write(workbook, name, table, places)
        write_sheet(workbook, sheet_name, _passages(pairs, behind))
        settings = {tr("Title"): pairs.title, **pairs.settings}
        if behind.most_per_cell is not None:
            settings[tr("Passages of each pair at most")] = str(behind.most_per_cell)
        if behind.left_out:
            settings[tr("Rarest pairs without their passages")] = str(behind.left_out)
        write_sheet(workbook, tr("Settings"), settings_table(settings, pairs.columns))


def _begins(behind: Behind) -> dict[CellKey, int]:
    """Return the row of the sheet (from 1) at which the passages of each cell begin."""
    found: dict[CellKey, int] = {}
    row = 2
    for key, passages in behind.cells.items():
        found[key] = row
        row += len(passages)
    return found


def _passages(pairs: Table, behind: Behind) -> Table:
    paths = paths_of(pairs)
    rows: list[tuple[Cell, ...]] = [
        (key[0], paths[key[1]], paths[key[2]], one.source, one.start, one.stop, one.text)
        for key, passages in behind.cells.items()
        for one in passages
    ]
    columns = (
        Column("coders", tr("Coders")),
        Column("code_a", tr("Code A")),
        Column("code_b", tr("Code B")),
        Column("source", tr("Source")),
        Column("start", tr("Start"), Kind.COUNT),
        Column("stop", tr("Stop"), Kind.COUNT),
        Column("text", tr("Text")),
    )
    return Table(tr("Passages"), columns, tuple(rows))


def _write(workbook: Workbook, name: str, table: Table, links: dict[tuple[int, int], str]) -> None:
    sheet = cast("_Linking", workbook.add_worksheet(name))
    head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    link = workbook.add_format({"font_color": "#1F4FB8", "underline": 1, "num_format": "0"})
    formats = {
        kind: workbook.add_format({"num_format": shown})
        for kind, shown in ((Kind.TEXT, "General"), (Kind.COUNT, "0"), (Kind.NUMBER, "0.000"))
    }
    quote = quoted(workbook)
    texts = [number for number, column in enumerate(table.columns) if column.kind is Kind.TEXT]
    sheet.freeze_panes(1, min(len(texts), 2))
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, 28 if column.kind is Kind.TEXT else max(8, min(16, len(column.id) + 2)))
        sheet.write_string(0, number, spreadsheet_text(column.id), head)
    left = _MAX_LINKS
    for line, row in enumerate(table.rows):
        for number, cell in enumerate(row):
            target = links.get((line, number)) if left else None
            if target is not None:
                left -= 1
                sheet.write_url(line + 1, number, target, link)
            if isinstance(cell, str):
                text = spreadsheet_text(cell)
                sheet.write_string(line + 1, number, text, quote if looks_like_formula(text) else formats[Kind.TEXT])
            elif cell is not None:
                shown = link if target is not None else formats[table.columns[number].kind]
                sheet.write_number(line + 1, number, cell, shown)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
