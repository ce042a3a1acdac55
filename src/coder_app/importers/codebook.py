"""Reads a codebook from a file of any format that the app knows."""

from collections.abc import Callable
from pathlib import Path

from coder_app.domain.codebook import Codebook
from coder_app.domain.coderbook import as_codebook
from coder_app.i18n import tr
from coder_app.importers.codebook_csv import parse_csv, parse_xlsx
from coder_app.importers.codebook_qdc import parse_qdc
from coder_app.importers.problem import problem, read_bytes

LARGEST = 64 * 1024 * 1024


def read_codebook(path: Path) -> Codebook:
    """Return the codebook in a .json, .csv, .tsv, .xlsx, .qdc or .coderbook file, with notes on what had to be bent.

    Raises ImportProblem, which names the file and, where there is one, the line.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise problem(path.name, tr("A codebook can be read from {known}; save it as one of these.", known=known))
    return reader(path.name, read_bytes(path, LARGEST))


def _json(file: str, data: bytes) -> Codebook:
    from coder_app.importers.codebook_json import parse_json  # pydantic is slow to load

    return parse_json(file, data)


def _coderbook(file: str, data: bytes) -> Codebook:
    from coder_app.importers.coderbook import parse_coderbook  # pydantic is slow to load

    book = parse_coderbook(file, data)
    return as_codebook(book, book.newest)


_READERS: dict[str, Callable[[str, bytes], Codebook]] = {
    ".json": _json,
    ".coderbook": _coderbook,
    ".csv": parse_csv,
    ".tsv": parse_csv,
    ".xlsx": parse_xlsx,
    ".qdc": parse_qdc,
}
