"""Reads an annotation set, ours or any with the same columns; one bad line refuses the whole file."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.spreadsheet import plain_text
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.delimited import table_rows
from coder_app.importers.problem import problem, read_bytes
from coder_app.importers.text_files import decode

LARGEST = 2 * 1024 * 1024 * 1024
_NEEDED = ("source", "start", "stop", "code", "coder")
_KNOWN = (*_NEEDED, "memo")
# Longer numbers are no places in a text, and Python takes its time with them.
_MOST_DIGITS = 15


def read_codings(path: Path) -> list[ImportedCoding]:
    """Return the codings in a .csv (or .tsv) or .jsonl file, in the order of the file.

    Needed are source, start, stop, code and coder; memo may be there, anything else is ignored.
    Raises ImportProblem, which names the file and the line, for the first row that cannot be meant.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise problem(path.name, tr("Codings can be read from {known}; save them as one of these.", known=known))
    text, _, _ = decode(path.name, read_bytes(path, LARGEST), None)
    names: dict[str, str] = {}
    return [_sharing(coding, names) for coding in reader(path.name, text)]


def _sharing(coding: ImportedCoding, names: dict[str, str]) -> ImportedCoding:
    """Return a coding whose names are the very strings of earlier ones; a million rows name a thousand things."""
    source, code, coder = (names.setdefault(name, name) for name in (coding.source, coding.code, coding.coder))
    return ImportedCoding(coding.line, source, coding.start, coding.stop, code, coder, coding.memo)


def _from_csv(file: str, text: str) -> Iterator[ImportedCoding]:
    rows = table_rows(file, text, lambda cell: cell.strip().casefold() in _KNOWN)
    line, header = next(rows, (1, list[str]()))
    titles = [title.strip().casefold() for title in header]
    _refuse_missing(file, (name for name in _NEEDED if name not in titles), line)
    places = [titles.index(name) for name in _NEEDED]
    memo_place = titles.index("memo") if "memo" in titles else -1
    longest = max(places)
    for line, cells in rows:
        if len(cells) <= longest:
            raise problem(file, tr("The row ends early: it has too few cells."), line)
        source, start, stop, code, coder = [cells[place] for place in places]
        memo = cells[memo_place] if 0 <= memo_place < len(cells) else ""
        yield _coding(
            file,
            ImportedCoding(
                line,
                plain_text(source).strip(),
                _position(file, line, "start", start),
                _position(file, line, "stop", stop),
                plain_text(code).strip(),
                plain_text(coder).strip(),
                canonical(plain_text(memo)) if memo else "",
            ),
        )


def _from_jsonl(file: str, text: str) -> Iterator[ImportedCoding]:
    for line, content in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if content and not content.isspace():
            yield _coding(file, _from_object(file, line, _object(file, line, content)))


def _object(file: str, line: int, content: str) -> dict[str, object]:
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise problem(file, tr("This line is no JSON object."), line) from error
    if not isinstance(found, dict):
        raise problem(file, tr("This line is no JSON object."), line)
    return cast("dict[str, object]", found)


def _from_object(file: str, line: int, found: dict[str, object]) -> ImportedCoding:
    _refuse_missing(file, (name for name in _NEEDED if name not in found), line)
    return ImportedCoding(
        line,
        _string(file, line, found, "source").strip(),
        _position(file, line, "start", found["start"]),
        _position(file, line, "stop", found["stop"]),
        _string(file, line, found, "code").strip(),
        _string(file, line, found, "coder").strip(),
        canonical(_string(file, line, found, "memo")),
    )


def _string(file: str, line: int, found: dict[str, object], name: str) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise problem(file, tr("“{name}” is no text; put it in quotation marks.", name=name), line)
    return value


def _refuse_missing(file: str, missing: Iterable[str], line: int) -> None:
    names = ", ".join(f"“{name}”" for name in missing)
    if names:
        raise problem(file, tr("There is no {names}; every coding needs it.", names=names), line)


def _position(file: str, line: int, name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    plain = value.strip() if isinstance(value, str) else ""
    if plain.removeprefix("-").isdecimal() and len(plain) <= _MOST_DIGITS:
        return int(plain)
    raise problem(file, tr("{name} is “{value}”, which is no whole number.", name=name, value=value), line)


def _coding(file: str, coding: ImportedCoding) -> ImportedCoding:
    """Return `coding` if it can be meant. Raises ImportProblem."""
    if not (coding.source and coding.code and coding.coder):
        empty = next(name for name in ("source", "code", "coder") if not getattr(coding, name))
        raise problem(file, tr("“{name}” is empty.", name=empty), coding.line)
    if coding.start < 0:
        raise problem(file, tr("start is {start}; the first place is 0.", start=coding.start), coding.line)
    if coding.stop <= coding.start:
        raise problem(
            file,
            tr("stop ({stop}) must come after start ({start}).", start=coding.start, stop=coding.stop),
            coding.line,
        )
    return coding


_READERS: dict[str, Callable[[str, str], Iterator[ImportedCoding]]] = {
    ".csv": _from_csv,
    ".tsv": _from_csv,
    ".jsonl": _from_jsonl,
}
