"""Rows of the first sheet of an .xlsx file, as text, each with its number.

The file is read in a process of its own: a few bytes can claim a sheet of 17 thousand million cells, for which the
reader would ask so much memory that its process ends.
"""

import datetime
import io
import json
from collections.abc import Iterator
from typing import TypeAlias, cast

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr
from coder_app.importers.child import Child
from coder_app.importers.parsed import Parsed
from coder_app.importers.zip_guard import ZipGuard

_Cell: TypeAlias = str | float | datetime.date | datetime.time | datetime.timedelta
# Beyond this not every whole number has a place among the floats.
_LARGEST_WHOLE = 2**53


def workbook_rows(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield (row, cells) for each row that is not blank. Raises ImportProblem."""
    with Child() as child:
        found = child.parse("workbook", name, data, None)
    rows = cast("list[list[str]]", json.loads(found.text))
    for number, cells in enumerate(rows, start=1):
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def parse_workbook(name: str, data: bytes) -> Parsed:
    """Return the first sheet that can be seen, its rows of cells as JSON. Raises ImportProblem."""
    guard = ZipGuard(name, data)
    for member in guard:
        guard.read(member)
    return Parsed(json.dumps([[_text(cell) for cell in row] for row in _rows(name, data)]))


def _rows(name: str, data: bytes) -> list[list[_Cell]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
                    # The empty rows and columns before the table count, so that a row has the number that people see.
                    return list(workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
    except CalamineError as error:
        raise ImportProblem(tr("“{name}” is damaged or not what its name says.", name=name)) from error
    raise ImportProblem(tr("“{name}” has no sheet that can be seen; show one, or save it anew.", name=name))


def _text(cell: _Cell) -> str:
    """Return a cell as a person reads it: spreadsheets know no whole numbers, so 23.0 is “23”."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int | float):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) <= _LARGEST_WHOLE else repr(cell)
    return str(cell)
