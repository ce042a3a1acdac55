"""Where a file carries the recipe that it was made from, and how that is found again."""

import html
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

_BEGIN = '{"recipe":"coder-app"'
_SUFFIX = ".recipe.json"
# In these its special letters are written as entities.
_XML = (".svg", ".graphml", ".gexf")
# Recipes stand at the beginning of a file, and are small; what is read of a file is bounded by this (bytes).
_MOST = 4_000_000


def beside(path: Path) -> Path:
    """Return where the recipe of a file stands that cannot hold one itself."""
    return path.with_name(path.name + _SUFFIX)


def with_settings(recipe: str, settings: Mapping[str, str]) -> str:
    """Return the recipe for a file beside a table that holds its cells alone: it says how these were counted, too.

    The settings, the paragraph for a methods section among them, are for people; a recipe is followed without them.
    """
    if not settings:
        return recipe
    return json.dumps(json.loads(recipe) | {"settings": dict(settings)}, ensure_ascii=False, separators=(",", ":"))


def is_recipe_file(path: Path) -> bool:
    """Say whether a file is by its name a recipe alone."""
    return path.name.lower().endswith(_SUFFIX)


def found_recipe(path: Path) -> str:
    """Return the text of the recipe that a file carries, that stands beside it, or that it is.

    Raises BadInput where the file cannot be read or there is none.
    """
    try:
        if path.suffix.lower() in {".csv", ".docx"}:
            path = beside(path)
        text = _within(path)
    except OSError as error:
        raise BadInput(tr("“{file}” cannot be read ({reason}).", file=path, reason=error.strerror or error)) from error
    if not text:
        raise BadInput(
            tr(
                "“{file}” carries no recipe. Choose a table or picture that this app exported, or its recipe.",
                file=path,
            )
        )
    return text


def _within(path: Path) -> str:
    match path.suffix.lower():
        case ".png":
            return _in_png(path)
        case ".pdf":
            return _in_pdf(path)
        case ".xlsx":
            return _in_workbook(path)
        case _:
            return _in_text(path)


def _in_text(path: Path) -> str:
    with path.open("rb") as file:
        text = file.read(_MOST).decode("utf-8", "replace")
    if path.suffix.lower() in _XML:
        text = html.unescape(re.split("<", text[max(text.find(_BEGIN), 0) :], maxsplit=1)[0])
    return _first(text) or (text if is_recipe_file(path) else "")


def _first(text: str) -> str:
    """Return the first recipe in a text."""
    start = max(text.find(_BEGIN), 0)
    try:
        _, stop = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return ""
    return text[start:stop] if text.startswith(_BEGIN, start) else ""


def _in_workbook(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as parts, parts.open("docProps/core.xml") as part:
            return _first(html.unescape(part.read(_MOST).decode("utf-8", "replace")))
    except (zipfile.BadZipFile, KeyError, RuntimeError, EOFError):
        return ""


def _in_png(path: Path) -> str:
    from PIL import Image, UnidentifiedImageError  # heavy: comes with matplotlib

    try:
        with Image.open(path, formats=["PNG"]) as picture:
            return _first(str(picture.info.get("Recipe", "")))
    except (UnidentifiedImageError, ValueError, SyntaxError):
        return ""


def _in_pdf(path: Path) -> str:
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs] (it has none; loaded late because it is slow to load)

    try:
        document = cast("Any", pypdfium2).PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ""
    try:
        return _first(str(document.get_metadata_value("Keywords")))
    finally:
        document.close()
