"""Reads a .coderbook file: makes each version again, and refuses a file that does not come out the same."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from coder_app.domain.codebook import DEEPEST
from coder_app.domain.coderbook import (
    ADDED,
    CHANGED,
    FORMAT,
    FORMAT_VERSION,
    REMOVED,
    Coderbook,
    Codes,
    Edition,
    changed_back,
    code_of,
    document,
    tree_of,
    with_edition,
)
from coder_app.domain.errors import ImportProblem
from coder_app.domain.palette import parse_colour
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.problem import problem, read_bytes

LARGEST = 64 * 1024 * 1024
_MOST_VERSIONS = 1_000
_MOST_CODES = 20_000
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _sound(text: str) -> str:
    if canonical(text) != text:
        raise ValueError(text)
    return text


def _uuid(text: str) -> str:
    if not _UUID.fullmatch(text):
        raise ValueError(text)
    return text


def _uuid_or_top(text: str) -> str:
    return _uuid(text) if text else text


def _colour(text: str) -> str:
    if parse_colour(text) != text:
        raise ValueError(text)
    return text


_Text = Annotated[str, AfterValidator(_sound)]
_Id = Annotated[str, AfterValidator(_uuid)]
_Order = Annotated[str, Field(pattern="^[0-9A-Za-z]*$", max_length=10_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Example(_Part):
    text: _Text
    source: _Text


class _Fields(_Part):
    """The fields of a code; where a change tells of some of them, the others are missing."""

    parent: Annotated[str, AfterValidator(_uuid_or_top)] = ""
    order: _Order = ""
    name: _Text = Field("", min_length=1)
    colour: Annotated[str, AfterValidator(_colour)] = ""
    codable: bool = True
    definition: _Text = ""
    use_when: _Text = ""
    not_when: _Text = ""
    examples: list[_Example] = []


_ALL = set(_Fields.model_fields)


class _Code(_Fields):
    id: _Id
    path: _Text


class _Change(_Part):
    id: _Id
    path: _Text
    change: Literal["added", "changed", "removed"]
    before: _Fields | None = None
    after: _Fields | None = None
    merged_into: _Id | None = None


class _Version(_Part):
    version: int
    published_at: _Text
    authors: list[_Text]
    note: _Text
    changes: list[_Change]
    sha256: str


class _File(_Part):
    format: str
    format_version: int
    id: _Id
    name: _Text
    version: int
    codes: list[_Code] = Field(max_length=_MOST_CODES)
    versions: list[_Version] = Field(min_length=1, max_length=_MOST_VERSIONS)
    sha256: str


def read_coderbook(path: Path) -> Coderbook:
    """Return the shared codebook in a .coderbook file, with all its versions.

    Raises ImportProblem, which names the file, where it is none, newer than the app, cut short, or not as it was
    published.
    """
    return parse_coderbook(path.name, read_bytes(path, LARGEST))


def parse_coderbook(file: str, data: bytes) -> Coderbook:
    """Return the shared codebook in the bytes of a file. Raises ImportProblem."""
    content = _content(file, data)
    _check_format(file, content)
    try:
        book = _made(_File.model_validate(content))
    except (ValidationError, ValueError, KeyError, RecursionError) as error:
        raise _altered(file) from error
    if document(book) != content:
        raise _altered(file)
    return book


def _content(file: str, data: bytes) -> dict[str, object]:
    try:
        content: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise problem(
            file, tr("This is no shared codebook, or it is cut short; get it again from where it was published.")
        ) from error
    if not isinstance(content, dict) or cast("dict[str, object]", content).get("format") != FORMAT:
        raise problem(file, tr("This is no shared codebook; “codebook publish” makes one."))
    return cast("dict[str, object]", content)


def _check_format(file: str, content: dict[str, object]) -> None:
    version = content.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise problem(
            file,
            tr(
                "The shared codebook was written by a newer Coder App (form {version}); update this one.",
                version=version,
            ),
        )


def _altered(file: str) -> ImportProblem:
    return problem(
        file,
        tr(
            "The shared codebook is not as it was published: it was altered or damaged. Get it again from where it "
            "was published."
        ),
    )


def _made(file: _File) -> Coderbook:
    """Return the codebook that a file tells of, each version made from the next one. Raises ValueError, KeyError."""
    codes: Codes = {one.id: code_of(one.id, _record(one)) for one in file.codes}
    states: list[Codes] = []
    for version in reversed(file.versions):
        states.append(codes)
        codes = _before(codes, version.changes)
    book = Coderbook(file.id, file.name, ())
    for state, version in zip(reversed(states), file.versions, strict=True):
        _check_tree(state)
        merged = {one.id: one.merged_into for one in version.changes if one.merged_into is not None}
        edition = Edition(0, version.published_at, tuple(version.authors), version.note, state, merged)
        book = with_edition(book, edition)
    return book


def _record(fields: _Fields) -> dict[str, Any]:
    record = fields.model_dump(include=_ALL)
    return {name: record[name] for name in record if name in fields.model_fields_set}


def _before(codes: Codes, changes: list[_Change]) -> Codes:
    then = dict(codes)
    for one in changes:
        told = _record(one.before) if one.before is not None else {}
        if one.change == ADDED:
            del then[one.id]
        elif one.change == REMOVED:
            then[one.id] = code_of(one.id, told)
        elif one.change == CHANGED:
            then[one.id] = changed_back(then[one.id], told)
    return then


def _check_tree(codes: Codes) -> None:
    tree = tree_of(codes)
    depths: dict[str, int] = {}
    for one in tree.walk():
        parent = tree.parent(one.id)
        depths[one.id] = depths[parent] + 1 if parent is not None else 0
        if depths[one.id] >= DEEPEST or (parent or "") != codes[one.id].parent_id:
            raise ValueError(one.id)
