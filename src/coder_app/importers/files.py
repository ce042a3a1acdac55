"""The way from a file on disk, a drop or a paste to a text: all or nothing, with one clear error."""

import stat
from collections.abc import Callable
from pathlib import Path

from coder_app.domain.errors import Cancelled, ImportProblem
from coder_app.domain.imported import ImportedText
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.child import Child
from coder_app.importers.folders import files_below, skipped_below
from coder_app.importers.formats import RISKY, importer_for, parse
from coder_app.importers.parsed import Parsed

__all__ = ["files_below", "read_bytes", "read_file", "read_many", "skipped_below", "text_from_paste"]

LARGEST = 512 * 1024 * 1024

_Parse = Callable[[str, str, bytes, str | None], Parsed]


def read_file(path: Path, encoding: str | None = None, *, in_process: bool = False) -> ImportedText:
    """Return the text of the file at `path`. Raises ImportProblem.

    `encoding` overrides what plain text, Markdown and web pages say or seem to be. `in_process` keeps
    risky formats in this process, without the protection of a child.
    """
    return read_bytes(_name_of(path), _content(path), encoding, in_process=in_process)


def read_bytes(name: str, data: bytes, encoding: str | None = None, *, in_process: bool = False) -> ImportedText:
    """Return the text of a file called `name` that holds `data`. Raises ImportProblem."""
    with Child() as child:
        return _read(name, data, encoding, parse if in_process else child.parse)


def read_many(
    paths: list[Path],
    *,
    encoding: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[ImportedText]:
    """Return the texts of all files at `paths`, in this order; the first problem ends it all.

    `on_progress` is told (files read, all files) after each file; `cancelled` is asked often.
    Raises ImportProblem and Cancelled.
    """
    texts: list[ImportedText] = []
    with Child(cancelled) as child:
        for path in paths:
            if cancelled is not None and cancelled():
                raise Cancelled(tr("The import was stopped; nothing was added."))
            texts.append(_read(_name_of(path), _content(path), encoding, child.parse))
            if on_progress is not None:
                on_progress(len(texts), len(paths))
    return texts


def text_from_paste(name: str, text: str) -> ImportedText:
    """Return pasted `text` as a source called `name`; its original is its UTF-8. Raises ImportProblem if blank."""
    text = canonical(text)
    if not text.strip():
        raise ImportProblem(tr("There is no text to paste. Copy some text first."))
    return ImportedText(name, "text", text, text.encode(), "paste", "1", encoding="utf-8")


def _read(name: str, data: bytes, encoding: str | None, parse_apart: _Parse) -> ImportedText:
    if len(data) > LARGEST:
        raise _too_large(name)
    importer = importer_for(name, data)
    parsed = (parse_apart if importer in RISKY else parse)(importer, name, data, encoding)
    if not parsed.text.strip():
        raise ImportProblem(tr("“{name}” is empty: there is no text in it.", name=name))
    return ImportedText(
        name=name,
        kind="text",
        text=parsed.text,
        original=data,
        importer=importer,
        importer_version=parsed.importer_version,
        encoding=parsed.encoding,
        encoding_sure=parsed.encoding_sure,
        blocks=parsed.blocks,
        warnings=parsed.warnings,
    )


def _content(path: Path) -> bytes:
    """Return the bytes of the file; what is no file or too large is refused before any is read."""
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise ImportProblem(tr("“{name}” is a folder, not a file.", name=path))
        if not stat.S_ISREG(info.st_mode):
            raise ImportProblem(tr("“{name}” is no ordinary file and cannot be read.", name=path))
        if info.st_size > LARGEST:
            raise _too_large(_name_of(path))
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise ImportProblem(tr("There is no file “{name}”. Check its name and folder.", name=path)) from error
    except PermissionError as error:
        raise ImportProblem(
            tr("“{name}” may not be read: you lack the permission to open it.", name=path),
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ImportProblem(tr("“{name}” cannot be read ({reason}).", name=path, reason=reason)) from error


def _too_large(name: str) -> ImportProblem:
    return ImportProblem(
        tr("“{name}” is larger than 512 MB. Split it, or save its text alone, and import that.", name=name),
    )


def _name_of(path: Path) -> str:
    """Return the file's name as a source is called: what is no valid Unicode in it is replaced."""
    return canonical(path.name).replace("\n", " ")
