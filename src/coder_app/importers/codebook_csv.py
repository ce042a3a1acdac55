"""Reads a codebook from a table: our own, or a list of names, paths or parents of any other program."""

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import cast

from coder_app.domain.codebook import Codebook, Example
from coder_app.domain.spreadsheet import plain_text
from coder_app.i18n import tr
from coder_app.importers.codebook_found import FoundCode, FoundSet, assembled
from coder_app.importers.codebook_parents import Row, find_parents
from coder_app.importers.delimited import table_rows
from coder_app.importers.problem import problem
from coder_app.importers.text_files import decode
from coder_app.importers.workbook import workbook_rows

_ALIASES = {
    "id": ("guid", "uuid", "code_id", "code_guid"),
    "name": ("tag", "code", "code_name", "codename", "label", "code_label"),
    "path": ("full_path", "code_path"),
    "parent": ("category", "group", "parent_id", "parent_code", "parent_name"),
    "level": ("depth",),
    "colour": ("color", "code_color", "code_colour"),
    "definition": ("description", "memo", "comment", "code_description", "comments"),
    "use_when": ("when_to_use", "inclusion", "include", "inclusion_criteria"),
    "not_when": ("when_not_to_use", "do_not_use_when", "exclusion", "exclude", "exclusion_criteria"),
    "is_codable": ("iscodable", "codable"),
    "examples": ("example",),
    "sets": ("set",),
}
_COLUMN = {alias: column for column, aliases in _ALIASES.items() for alias in (column, *aliases)}
# German spreadsheets turn TRUE into WAHR, French ones into VRAI, Spanish ones into VERDADERO.
_YES = {"", "1", "true", "yes", "y", "x", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "si"}
_NO = {"0", "false", "no", "n", "falsch", "nein", "faux", "non", "falso"}


def parse_csv(file: str, data: bytes) -> Codebook:
    """Return the codebook in the bytes of a .csv or .tsv file. Raises ImportProblem with the line."""
    text, encoding, sure = decode(file, data, None)
    notes: list[str] = []
    if not sure:
        notes.append(tr("The file was read as {encoding}; look whether its letters are right.", encoding=encoding))
    table = table_rows(file, text, lambda cell: _plain(cell) in _COLUMN)
    return codebook_of_rows(file, ((line, [plain_text(cell) for cell in cells]) for line, cells in table), notes)


def parse_xlsx(file: str, data: bytes) -> Codebook:
    """Return the codebook in the first sheet of an .xlsx file. Raises ImportProblem with the row."""
    # Text is text there: no apostrophe keeps it from running, so none is taken away.
    return codebook_of_rows(file, workbook_rows(file, data), [])


def codebook_of_rows(file: str, table: Iterator[tuple[int, list[str]]], notes: list[str]) -> Codebook:
    """Return the codebook in (line, cells) of a table whose first row names the columns; `notes` are added to it."""
    _, header = next(table, (1, list[str]()))
    columns = _columns(file, header, notes)
    rows: list[Row] = []
    sets: dict[str, FoundSet] = {}
    for line, cells in table:
        values = {column: cells[place] for column, place in columns.items() if place < len(cells) and cells[place]}
        row = _row(file, line, values)
        rows.append(row)
        _join_sets(sets, row, values.get("sets", ""))
    codes = find_parents(file, rows, notes)
    return assembled(file, PurePath(file).stem, codes, sets.values(), notes)


def _plain(header: str) -> str:
    return "_".join(header.strip().casefold().replace("-", " ").replace("_", " ").split())


def _columns(file: str, header: list[str], notes: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    unused: list[str] = []
    # A column of the very name comes before one of another program's name for it.
    order = sorted(range(len(header)), key=lambda place: _plain(header[place]) not in _ALIASES)
    for place in order:
        column = _COLUMN.get(_plain(header[place]))
        if column is None or column in columns:
            unused.append(header[place].strip())
        else:
            columns[column] = place
    if "name" not in columns and "path" not in columns:
        raise problem(file, tr("There is no column “name” (or “path”, “code”, “tag”); add one in the first line."), 1)
    left_out = ", ".join(f"“{title}”" for title in unused if title)
    if left_out:
        notes.append(tr("These columns were left out: {columns}.", columns=left_out))
    return columns


def _row(file: str, line: int, values: dict[str, str]) -> Row:
    name, path = values.get("name", ""), values.get("path", "")
    if not name.strip() and not path.strip():
        raise problem(file, tr("The code has no name; give it one, or remove the line."), line)
    code = FoundCode(
        name=name,
        id=values.get("id", ""),
        colour=values.get("colour", ""),
        definition=values.get("definition", ""),
        use_when=values.get("use_when", ""),
        not_when=values.get("not_when", ""),
        is_codable=_truth(file, line, values.get("is_codable", "")),
        examples=_examples(values.get("examples", "")),
        line=line,
    )
    return Row(code, path, values.get("parent", "").strip(), _level(file, line, values.get("level", "").strip()))


def _truth(file: str, line: int, cell: str) -> bool:
    plain = cell.strip().casefold()
    if plain not in _YES | _NO:
        raise problem(file, tr("“{cell}” in the column is_codable is neither 1 nor 0.", cell=cell), line)
    return plain in _YES


def _level(file: str, line: int, cell: str) -> int | None:
    if not cell:
        return None
    try:
        return int(cell)
    except ValueError as error:
        raise problem(file, tr("The level “{cell}” is no whole number.", cell=cell), line) from error


def _listed(cell: str) -> list[object] | None:
    """Return the list that a cell holds as JSON, or None for free text."""
    if not cell.startswith("["):
        return None
    try:
        content: object = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return cast("list[object]", content) if isinstance(content, list) else None


def _field(item: object, name: str) -> str:
    if isinstance(item, dict):
        value = cast("dict[object, object]", item).get(name)
        return value if isinstance(value, str) else ""
    return str(item) if name in ("text", "name") else ""


def _examples(cell: str) -> tuple[Example, ...]:
    listed = _listed(cell)
    if listed is None:
        return tuple(Example(line.strip()) for line in cell.splitlines() if line.strip())
    return tuple(Example(_field(item, "text"), _field(item, "source")) for item in listed)


def _join_sets(sets: dict[str, FoundSet], row: Row, cell: str) -> None:
    listed = _listed(cell)
    if listed is None:
        listed = [part.strip() for part in cell.split(";") if part.strip()]
    for item in listed:
        name, id_ = _field(item, "name"), _field(item, "id")
        known = sets.setdefault(id_ or name, FoundSet(name, id_, _field(item, "description"), line=row.code.line))
        known.codes.append(row.code)
