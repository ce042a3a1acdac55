"""Reads a table of attributes, such as participants with their ages, from .csv, .tsv or .xlsx."""

from collections.abc import Iterable
from pathlib import Path

from coder_app.domain.attributes import AttributeRow, AttributeTable
from coder_app.domain.spreadsheet import plain_text
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.delimited import table_rows
from coder_app.importers.problem import problem, read_bytes
from coder_app.importers.text_files import decode
from coder_app.importers.workbook import workbook_rows

LARGEST = 64 * 1024 * 1024
SUFFIXES = (".csv", ".tsv", ".xlsx")


def read_attributes(path: Path) -> AttributeTable:
    """Return the table in a file whose first row has the titles of the columns.

    Raises ImportProblem, with the line, where a column has no title or two have the same, or a row has more cells.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise problem(path.name, tr("Attributes can be read from {known}; save them as one of these.", known=known))
    data = read_bytes(path, LARGEST)
    if suffix == ".xlsx":
        return _table(path.name, workbook_rows(path.name, data))
    text, _, _ = decode(path.name, data, None)
    rows = table_rows(path.name, text, lambda _: False)
    return _table(path.name, ((line, [plain_text(cell) for cell in cells]) for line, cells in rows))


def _table(file: str, rows: Iterable[tuple[int, list[str]]]) -> AttributeTable:
    iterator = iter(rows)
    line, header = next(iterator, (1, list[str]()))
    titles = [" ".join(canonical(title).split()) for title in header]
    while titles and not titles[-1]:
        titles.pop()
    _check_titles(file, titles, line)
    return AttributeTable(file, tuple(titles), tuple(_row(file, line, cells, len(titles)) for line, cells in iterator))


def _check_titles(file: str, titles: list[str], line: int) -> None:
    if not titles:
        raise problem(file, tr("The table is empty; its first row should name the columns."))
    if "" in titles:
        number = titles.index("") + 1
        raise problem(file, tr("Column {number} has no title; give it one.", number=number), line)
    seen: set[str] = set()
    for title in titles:
        if title.casefold() in seen:
            raise problem(file, tr("Two columns are called “{title}”; rename one.", title=title), line)
        seen.add(title.casefold())


def _row(file: str, line: int, cells: list[str], width: int) -> AttributeRow:
    if any(cell.strip() for cell in cells[width:]):
        raise problem(file, tr("The row has more cells than there are columns."), line)
    filled = [canonical(cell).strip() for cell in cells[:width]] + [""] * (width - len(cells))
    return AttributeRow(line, tuple(filled))
