"""Reads a codebook from the app's own .json format; unknown keys are ignored, newer versions refused."""

import json
from pathlib import PurePath
from typing import cast

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from coder_app.domain.codebook import FORMAT, VERSION, Codebook, Example
from coder_app.i18n import tr
from coder_app.importers.codebook_found import FoundCode, FoundSet, assembled
from coder_app.importers.problem import problem


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Example(_Part):
    text: str
    source: str | None = None


class _Code(_Part):
    """One code; its children are validated one by one, so that depth costs no recursion."""

    name: str
    id: str | None = None
    colour: str | None = Field(None, validation_alias=AliasChoices("colour", "color"))
    definition: str | None = None
    use_when: str | None = None
    not_when: str | None = None
    is_codable: bool = True
    examples: list[_Example | str] | None = None
    children: list[object] | None = None


class _Set(_Part):
    name: str
    id: str | None = None
    description: str | None = None
    members: list[str] = []


class _File(_Part):
    name: str | None = None
    codes: list[object]
    sets: list[_Set] | None = None


def parse_json(file: str, data: bytes) -> Codebook:
    """Return the codebook in the bytes of a .json file. Raises ImportProblem."""
    content = _content(file, data)
    _check_version(file, content)
    try:
        whole = _File.model_validate(content)
    except ValidationError as error:
        raise problem(file, _explained(tr("the codebook"), error)) from error
    sets = [FoundSet(item.name, item.id or "", item.description or "", list(item.members)) for item in whole.sets or ()]
    return assembled(file, whole.name or PurePath(file).stem, _codes(file, whole.codes), sets)


def _content(file: str, data: bytes) -> dict[str, object]:
    try:
        content: object = json.loads(data)
    except RecursionError as error:
        raise problem(file, tr("The file is nested too deep to be a codebook.")) from error
    except json.JSONDecodeError as error:
        what = tr("This is no JSON; look for a missing comma, quotation mark or bracket.")
        raise problem(file, what, error.lineno) from error
    except ValueError as error:
        raise problem(file, tr("This is no JSON in UTF-8; export the codebook again.")) from error
    if not isinstance(content, dict):
        raise problem(file, tr("This JSON is no codebook of Coder App."))
    return cast("dict[str, object]", content)


def _check_version(file: str, content: dict[str, object]) -> None:
    if content.get("format") != FORMAT:
        raise problem(
            file,
            tr("This JSON is no codebook of Coder App: its “format” is not “{format}”.", format=FORMAT),
        )
    version = content.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise problem(file, tr("The codebook does not say its version; add “version”: {version}.", version=VERSION))
    if version > VERSION:
        raise problem(
            file,
            tr("The codebook was written by a newer Coder App (version {version}); update this one.", version=version),
        )


def _codes(file: str, roots: list[object]) -> list[FoundCode]:
    found: list[FoundCode] = []
    waiting: list[tuple[FoundCode | None, object]] = [(None, root) for root in reversed(roots)]
    while waiting:
        parent, raw = waiting.pop()
        place = parent.name if parent else tr("the codebook")
        try:
            part = _Code.model_validate(raw)
        except ValidationError as error:
            name = cast("dict[object, object]", raw).get("name") if isinstance(raw, dict) else None
            where = (
                tr("the code “{name}”", name=name)
                if isinstance(name, str)
                else tr("a code below “{place}”", place=place)
            )
            raise problem(file, _explained(where, error)) from error
        code = _found(part, parent)
        found.append(code)
        waiting += [(code, child) for child in reversed(part.children or ())]
    return found


def _found(part: _Code, parent: FoundCode | None) -> FoundCode:
    return FoundCode(
        name=part.name,
        parent=parent,
        id=part.id or "",
        colour=part.colour or "",
        definition=part.definition or "",
        use_when=part.use_when or "",
        not_when=part.not_when or "",
        is_codable=part.is_codable,
        examples=tuple(
            Example(item) if isinstance(item, str) else Example(item.text, item.source or "")
            for item in part.examples or ()
        ),
    )


def _explained(where: str, error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if not first["loc"]:
        return tr("There is something else in the place of {where}.", where=where)
    field = str(first["loc"][0])
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return tr("“{field}” is missing from {where}.", field=field, where=where)
    return tr("“{field}” of {where} does not hold what it should.", field=field, where=where)
