"""Finds the parent of each code of a table, from a column of parents, of levels or of paths."""

from collections import Counter
from dataclasses import dataclass, field

from coder_app.i18n import tr
from coder_app.importers.codebook_found import FoundCode, known_id
from coder_app.importers.problem import problem

# Points and slashes stand in names too often to be taken for separators.
SEPARATORS = (">>", "::", " > ")


@dataclass(slots=True)
class Row:
    """A line of the table: the code, and what the line says about its place in the tree."""

    code: FoundCode
    path: str
    parent: str
    level: int | None
    above: tuple[str, ...] = ()
    """The names above the code, as far as the line tells them."""


@dataclass(slots=True)
class _Known:
    """The codes by all that a line may call them, and those that are made up on the way."""

    file: str
    separator: str
    top: int
    ids: dict[str, FoundCode] = field(default_factory=dict[str, FoundCode])
    paths: dict[tuple[str, ...], FoundCode] = field(default_factory=dict[tuple[str, ...], FoundCode])
    names: dict[str, list[FoundCode]] = field(default_factory=dict[str, list[FoundCode]])
    levels: dict[int, FoundCode] = field(default_factory=dict[int, FoundCode])
    codes: list[FoundCode] = field(default_factory=list[FoundCode])
    added: list[str] = field(default_factory=list[str])


def find_parents(file: str, rows: list[Row], notes: list[str]) -> list[FoundCode]:
    """Set the parent of each row's code and return all codes in order, with those that only paths name.

    A row's parent column counts most (an id, a path or a name), then its level, then its path. A name with
    a separator in it is a path where there are no other columns to go by.
    Raises ImportProblem for a level that is skipped and a parent whose name several codes have.
    """
    if not any(row.path or row.parent or row.level is not None for row in rows):
        for row in rows:
            row.path, row.code.name = row.code.name, ""
    top = min((row.level for row in rows if row.level is not None), default=0)
    known = _Known(file, _separator(rows), top)
    for row in rows:
        _introduce(row, known)
    for row in rows:
        row.code.parent = _parent(row, known)
        known.codes.append(row.code)
    if known.added:
        names = ", ".join(f"“{name}”" for name in known.added)
        notes.append(tr("These parents have no line of their own and were added: {names}.", names=names))
    return known.codes


def _parent(row: Row, known: _Known) -> FoundCode | None:
    above = _on_level_above(row, known) if row.level is not None else None
    if row.parent:
        return _named(row, known)
    return above if row.level is not None else _by_path(row.above, known)


def _separator(rows: list[Row]) -> str:
    """Return the separator that stands in the most paths, or else in the most parents."""
    counts = Counter(mark for row in rows for mark in SEPARATORS if mark in row.path)
    counts = counts or Counter(mark for row in rows for mark in SEPARATORS if mark in row.parent)
    return max(SEPARATORS, key=lambda mark: counts[mark])


def _parts(path: str, separator: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in path.split(separator)) if part)


def _introduce(row: Row, known: _Known) -> None:
    """Give a code that has only a path its name, and remember what other lines may call it."""
    row.above = _names_above(row, known.separator)
    code = row.code
    code.name = code.name.strip() or (_parts(row.path, known.separator) or (row.path.strip(),))[-1]
    known.paths.setdefault((*row.above, code.name), code)
    known.names.setdefault(code.name, []).append(code)
    if code.id:
        known.ids.setdefault(known_id(code.id), code)


def _names_above(row: Row, separator: str) -> tuple[str, ...]:
    name, path = row.code.name.strip(), row.path.strip()
    if not path:
        return _parts(row.parent, separator)
    if not name:
        return _parts(path, separator)[:-1]
    # The name itself may hold the separator, and some programs leave it out of the path.
    rest, mark = path.removesuffix(name).rstrip(), separator.strip()
    if not rest or (rest != path and rest.endswith(mark)):
        return _parts(rest.removesuffix(mark), separator)
    return _parts(path, separator)


def _on_level_above(row: Row, known: _Known) -> FoundCode | None:
    level = row.level or 0
    above = known.levels.get(level - 1)
    known.levels = {other: code for other, code in known.levels.items() if other < level} | {level: row.code}
    if above is None and level > known.top and not row.parent:
        raise problem(
            known.file,
            tr("Level {level} does not follow a level {above}.", level=level, above=level - 1),
            row.code.line,
        )
    return above


def _named(row: Row, known: _Known) -> FoundCode | None:
    parts = _parts(row.parent, known.separator)
    found = known.ids.get(known_id(row.parent)) or (known.paths.get(parts) if len(parts) > 1 else None)
    if found is not None:
        return found
    same = known.names.get(row.parent, [])
    if len(same) > 1:
        raise problem(
            known.file,
            tr("Several codes are called “{name}”; name the parent by its id or path.", name=row.parent),
            row.code.line,
        )
    if same:
        return same[0]
    before = len(known.codes)
    parent = _by_path(parts, known)
    known.added += [code.name for code in known.codes[before:]]
    return parent


def _by_path(parts: tuple[str, ...], known: _Known) -> FoundCode | None:
    """Return the code with this path; those on the way that no line describes are made."""
    above: FoundCode | None = None
    for length in range(1, len(parts) + 1):
        code = known.paths.get(parts[:length])
        if code is None:
            code = known.paths[parts[:length]] = FoundCode(parts[length - 1], above)
            known.codes.append(code)
            known.names.setdefault(code.name, []).append(code)
        above = code
    return above
