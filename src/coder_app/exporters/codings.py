"""Writes the annotation set, one row per coding, as a stream: a million rows need little memory."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path

from coder_app.domain.annotation import AnnotationRow
from coder_app.domain.errors import BadInput
from coder_app.domain.spreadsheet import looks_like_formula, safe_text
from coder_app.exporters.atomic import written
from coder_app.exporters.tables import Workbook, open_workbook, quoted, spreadsheet_text
from coder_app.i18n import tr

COLUMNS = tuple(field.name for field in fields(AnnotationRow))
"""The columns of every annotation set, in this order."""
# A sheet has 1,048,576 rows, and the first one is the header.
ROWS_PER_SHEET = 1_048_575

_cells: Callable[[AnnotationRow], tuple[str | int, ...]] = attrgetter(*COLUMNS)


def write_codings(rows: Iterable[AnnotationRow], path: Path) -> None:
    """Write `rows`, in their order, in the format that the suffix of `path` names, replacing the file in one step.

    A .jsonl file holds them as they are; in .csv what looks like a formula gets an apostrophe, which
    `read_codings` takes away; in .xlsx a text of more than 32,767 characters is cut.
    Raises BadInput for another suffix and where the disk refuses.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(_WRITERS)
        raise BadInput(tr("“{path}”: codings can be written as {known}; choose one of these.", path=path, known=known))
    with written(path) as temporary:
        writer(rows, temporary)


def _write_csv(rows: Iterable[AnnotationRow], path: Path) -> None:
    # The byte-order mark tells spreadsheets that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows([safe_text(cell) if isinstance(cell, str) else cell for cell in _cells(row)] for row in rows)


def _write_jsonl(rows: Iterable[AnnotationRow], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            content = dict(zip(COLUMNS, _cells(row), strict=True))
            file.write(json.dumps(content, ensure_ascii=False) + "\n")


def _write_xlsx(rows: Iterable[AnnotationRow], path: Path) -> None:
    with open_workbook(path) as workbook:
        for number, sheet_rows in enumerate(_sheets(iter(rows)), start=1):
            name = tr("Codings") if number == 1 else tr("Codings {number}", number=number)
            _write_sheet(workbook, name, sheet_rows)


def _sheets(rows: Iterator[AnnotationRow]) -> Iterator[Iterator[AnnotationRow]]:
    """Yield the rows of each sheet; the first sheet is there even without rows."""
    yield islice(rows, ROWS_PER_SHEET)
    for first in rows:
        yield chain([first], islice(rows, ROWS_PER_SHEET - 1))


def _write_sheet(workbook: Workbook, name: str, rows: Iterator[AnnotationRow]) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    plain = workbook.add_format({"valign": "top"})
    quote = quoted(workbook)
    header = workbook.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 60 if column == "text" else 16)
        sheet.write_string(0, place, column, header)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(_cells(row)):
            if not isinstance(cell, str):
                sheet.write_number(line, place, cell, plain)
            elif cell:  # a cell that is not there is empty, too, and a million memos are mostly none
                text = spreadsheet_text(cell)
                sheet.write_string(line, place, text, quote if looks_like_formula(text) else plain)


_WRITERS: dict[str, Callable[[Iterable[AnnotationRow], Path], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".jsonl": _write_jsonl,
}
