"""Rows of a .csv or .tsv file as spreadsheets and other programs write them, each with its line number."""

import csv
import re
from collections.abc import Callable, Iterator
from itertools import chain

from coder_app.i18n import tr
from coder_app.importers.problem import problem

DELIMITERS = (",", ";", "\t")
# A cell may hold a whole document; the csv module refuses more than 128 KiB unless told otherwise.
_LARGEST_CELL = 2**31 - 1
# Not `splitlines`: that also breaks at form feeds and other characters that may stand in a cell.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def table_rows(file: str, text: str, known: Callable[[str], bool]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) for the header and each row that is not blank.

    The delimiter is the one that a first line `sep=;` names, else the one that gives the header the most
    names that are `known`. A record with newlines in quotes has the line on which it starts.
    Raises ImportProblem where a quotation mark is out of place, as nothing after it can be trusted.
    """
    csv.field_size_limit(_LARGEST_CELL)
    lines = (match[0] for match in _LINE.finditer(text.removeprefix("\ufeff")))
    skipped, header = _first_line(lines)
    delimiter = _named_delimiter(header)
    if delimiter is None:
        delimiter = max(DELIMITERS, key=lambda mark: _names_known(header, mark, known))
        lines = chain([header], lines)
    else:
        skipped += 1
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for cells in reader:
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise problem(
            file,
            tr("A quotation mark stands where none may be, or is never closed; nothing was read."),
            line,
        ) from error


def _first_line(lines: Iterator[str]) -> tuple[int, str]:
    """Return how many blank lines come first, and the line after them."""
    for number, line in enumerate(lines):
        if line.strip():
            return number, line
    return 0, ""


def _named_delimiter(line: str) -> str | None:
    marked = line.strip("\r\n").strip('"')
    return marked[4] if len(marked) == len("sep=;") and marked.lower().startswith("sep=") else None


def _names_known(header: str, delimiter: str, known: Callable[[str], bool]) -> tuple[int, int]:
    cells = header.rstrip("\r\n").split(delimiter)
    return sum(known(cell.strip().strip('"')) for cell in cells), len(cells)
