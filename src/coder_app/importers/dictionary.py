"""Reads a dictionary for autocoding: a table of codes and the words that speak for them."""

from collections.abc import Iterator
from pathlib import Path

from coder_app.domain.dictionary import DictionaryEntry
from coder_app.domain.extents import Extent
from coder_app.domain.spreadsheet import plain_text
from coder_app.i18n import tr
from coder_app.importers.delimited import table_rows
from coder_app.importers.problem import problem, read_bytes
from coder_app.importers.text_files import decode

LARGEST = 64 * 1024 * 1024
_NEEDED = ("code", "pattern")
_KNOWN = (*_NEEDED, "regex", "extent")
_YES = {"1", "yes", "true", "x", "regex"}
_NO = {"", "0", "no", "false"}


def read_dictionary(path: Path) -> list[DictionaryEntry]:
    """Return the entries of a .csv or .tsv file with the columns code and pattern, and perhaps regex and extent.

    A pattern is a search: words as they stand, or with operators; with “yes” under regex it is a regular
    expression. Raises ImportProblem, which names the file and the line, for the first row that cannot be meant.
    """
    if path.suffix.lower() not in {".csv", ".tsv"}:
        raise problem(path.name, tr("A dictionary can be read from .csv and .tsv; save it as one of these."))
    text, _, _ = decode(path.name, read_bytes(path, LARGEST), None)
    return list(_entries(path.name, text))


def _entries(file: str, text: str) -> Iterator[DictionaryEntry]:
    rows = table_rows(file, text, lambda cell: cell.strip().casefold() in _KNOWN)
    line, header = next(rows, (1, list[str]()))
    titles = [title.strip().casefold() for title in header]
    missing = ", ".join(f"“{name}”" for name in _NEEDED if name not in titles)
    if missing:
        raise problem(file, tr("There is no {names}; a dictionary needs it.", names=missing), line)
    for line, cells in rows:
        values = {title: plain_text(cell).strip() for title, cell in zip(titles, cells, strict=False)}
        yield _entry(file, line, values)


def _entry(file: str, line: int, values: dict[str, str]) -> DictionaryEntry:
    empty = next((name for name in _NEEDED if not values.get(name)), None)
    if empty:
        raise problem(file, tr("“{name}” is empty.", name=empty), line)
    regex = values.get("regex", "").casefold()
    if regex not in _YES | _NO:
        raise problem(file, tr("Under regex stands “{value}”; write yes or no.", value=regex), line)
    extent = values.get("extent", "").casefold()
    if extent and extent not in set(Extent):
        known = ", ".join(Extent)
        raise problem(file, tr("Under extent stands “{value}”; write one of {known}.", value=extent, known=known), line)
    return DictionaryEntry(line, values["code"], values["pattern"], regex in _YES, Extent(extent) if extent else None)
