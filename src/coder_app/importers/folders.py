"""Finds the files of folders that can be sources, with the folder that each will be filed under."""

import re
import stat
from pathlib import Path

from coder_app.domain.errors import ImportProblem
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.formats import is_supported

_NUMBER = re.compile(r"(\d+)")
# Word keeps such a file beside each document that is open.
_HIDDEN = (".", "~$")


def files_below(paths: list[Path]) -> list[tuple[Path, str]]:
    """Return (file, folder) of the files given and of those in the folders given, each file once.

    A file given by itself is taken whatever it is, under "". In folders only the formats that can be read
    are taken, in natural order, a folder's files before its folders; "Interviews" gives "Interviews/2024".
    Raises ImportProblem where a folder cannot be opened.
    """
    return _look(paths)[0]


def skipped_below(paths: list[Path]) -> list[Path]:
    """Return what `files_below` passes by in these folders: other formats, broken links, folders met before.

    Hidden files are not worth a word and are left out here too.
    """
    return _look(paths)[1]


def natural_key(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts "2" before "10" and ignores case."""
    pieces = _NUMBER.split(name.casefold())
    return [(int(piece), "") if position % 2 else (0, piece) for position, piece in enumerate(pieces)]


def _look(paths: list[Path]) -> tuple[list[tuple[Path, str]], list[Path]]:
    found: dict[Path, tuple[Path, str]] = {}
    skipped: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                _look_into(path, found, skipped)
                continue
        except (OSError, ValueError):
            pass  # reading it will say what is wrong with it
        found.setdefault(path.absolute(), (path, ""))
    return list(found.values()), skipped


def _look_into(top: Path, found: dict[Path, tuple[Path, str]], skipped: list[Path]) -> None:
    met: set[Path] = set()
    waiting = [(top, _place(top.resolve().name))]
    while waiting:
        folder, place = waiting.pop()
        below: list[tuple[Path, str]] = []
        try:
            if folder.resolve() in met:
                skipped.append(folder)
                continue
            met.add(folder.resolve())
            for path in _entries(folder):
                if path.is_dir():
                    below.append((path, f"{place}/{_place(path.name)}".lstrip("/")))
                elif path.is_file() and is_supported(path.name):
                    found.setdefault(path.absolute(), (path, place))
                else:
                    skipped.append(path)
        except (OSError, RuntimeError) as error:
            raise ImportProblem(
                tr("The folder “{name}” cannot be opened. Check your permission.", name=folder),
            ) from error
        waiting += reversed(below)


def _entries(folder: Path) -> list[Path]:
    shown = [path for path in folder.iterdir() if not _is_hidden(path)]
    return sorted(shown, key=lambda path: (natural_key(path.name), path.name))


def _is_hidden(path: Path) -> bool:
    attributes = getattr(path.lstat(), "st_file_attributes", 0)
    return path.name.startswith(_HIDDEN) or bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _place(name: str) -> str:
    return canonical(name).replace("\n", " ").strip()
