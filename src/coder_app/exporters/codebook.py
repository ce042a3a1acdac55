"""Writes a codebook as .json, .csv, .xlsx or .qdc, or as a page; the same codebook gives the same bytes."""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from coder_app.domain.codebook import DEEPEST, FORMAT, VERSION, Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.errors import BadInput
from coder_app.domain.spreadsheet import safe_text
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.tree import SEPARATOR
from coder_app.exporters.atomic import written
from coder_app.exporters.codebook_docx import write_docx
from coder_app.exporters.codebook_page import write_html
from coder_app.exporters.codebook_qdc import write_qdc
from coder_app.exporters.tables import fits_cell, open_workbook, write_sheet
from coder_app.i18n import tr

_COLUMNS = (
    *("id", "path", "parent", "level", "name", "colour", "definition", "use_when", "not_when", "is_codable"),
    *("examples", "sets"),
)
_NUMBERS = {"level", "is_codable"}
# What no XML can hold, not even in the spelling that spreadsheets have for control characters.
_NO_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def write_codebook(codebook: Codebook, path: Path, counts: Mapping[str, int] | None = None) -> None:
    """Write `codebook` in the format that the suffix of `path` names, replacing the file in one step.

    A .json file holds all of it; a .csv or .xlsx file all but its name and sets
    without codes; a .qdc file all but its name. A .html or .docx is a page to read, which tells how often codes
    are used where `counts` (codings by id) is given.
    Raises BadInput for another suffix, for what the format cannot hold at all, and where the disk refuses.
    """
    suffix = path.suffix.lower()
    if suffix not in _WRITERS and suffix not in _PAGES:
        known = ", ".join((*_WRITERS, *_PAGES))
        raise BadInput(
            tr("“{path}”: a codebook can be written as {known}; choose one of these.", path=path, known=known),
        )
    if any(place.level >= DEEPEST for place in _places(codebook)):
        raise BadInput(
            tr("The codes are nested more than {deepest} levels deep, which no program reads.", deepest=DEEPEST),
        )
    with written(path) as temporary:
        if suffix in _PAGES:
            _PAGES[suffix](codebook, temporary, counts)
        else:
            _WRITERS[suffix](codebook, temporary)


@dataclass(frozen=True, slots=True)
class _Place:
    entry: CodebookEntry
    parent: str
    path: str
    level: int


def _places(codebook: Codebook) -> list[_Place]:
    """Return all codes, each before its children, with where they stand."""
    found: list[_Place] = []
    waiting = [_Place(root, "", root.name, 0) for root in reversed(codebook.roots)]
    while waiting:
        place = waiting.pop()
        found.append(place)
        waiting += [
            _Place(child, place.entry.id, place.path + SEPARATOR + child.name, place.level + 1)
            for child in reversed(place.entry.children)
        ]
    return found


def _write_json(codebook: Codebook, path: Path) -> None:
    content = {
        "format": FORMAT,
        "version": VERSION,
        "name": codebook.name,
        "codes": [asdict(root) for root in codebook.roots],
        "sets": [asdict(item) for item in codebook.sets],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _write_csv(codebook: Codebook, path: Path) -> None:
    # The byte-order mark tells spreadsheets that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(_COLUMNS)
        lines.writerows([safe_text(cell) for cell in _cells(place, codebook.sets)] for place in _places(codebook))


def _write_xlsx(codebook: Codebook, path: Path) -> None:
    rows = [
        tuple(_number_or_text(*pair) for pair in zip(_COLUMNS, _cells(place, codebook.sets), strict=True))
        for place in _places(codebook)
    ]
    for row in rows:
        for column, cell in zip(_COLUMNS, row, strict=True):
            if isinstance(cell, str) and not fits_cell(cell):
                # A cut list of examples could not be read again.
                raise BadInput(
                    tr(
                        "“{name}” has more in “{column}” than a spreadsheet cell can hold; write a .csv or .json file.",
                        name=row[_COLUMNS.index("name")],
                        column=column,
                    ),
                )
    columns = tuple(Column(name, name, Kind.COUNT if name in _NUMBERS else Kind.TEXT) for name in _COLUMNS)
    with open_workbook(path) as workbook:
        write_sheet(workbook, tr("Codebook"), Table("", columns, tuple(rows)))


def _number_or_text(column: str, cell: str) -> Cell:
    return int(cell) if column in _NUMBERS else cell.translate(_NO_XML)


def _cells(place: _Place, sets: tuple[CodeSet, ...]) -> list[str]:
    entry = place.entry
    return [
        entry.id,
        place.path,
        place.parent,
        str(place.level),
        entry.name,
        entry.colour,
        entry.definition,
        entry.use_when,
        entry.not_when,
        "1" if entry.is_codable else "0",
        _examples(entry.examples),
        _sets_of(entry, sets),
    ]


def _examples(examples: tuple[Example, ...]) -> str:
    return json.dumps([asdict(item) for item in examples], ensure_ascii=False) if examples else ""


def _sets_of(entry: CodebookEntry, sets: tuple[CodeSet, ...]) -> str:
    joined = [
        {"id": item.id, "name": item.name, "description": item.description} for item in sets if entry.id in item.members
    ]
    return json.dumps(joined, ensure_ascii=False) if joined else ""


_WRITERS: dict[str, Callable[[Codebook, Path], None]] = {
    ".json": _write_json,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".qdc": write_qdc,
}
_PAGES: dict[str, Callable[[Codebook, Path, Mapping[str, int] | None], None]] = {
    ".html": write_html,
    ".docx": write_docx,
}
