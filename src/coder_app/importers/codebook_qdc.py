"""Reads a codebook in the exchange format REFI-QDA (.qdc), in every dialect that programs were seen to write."""

from pathlib import PurePath

from coder_app.domain.codebook import Codebook
from coder_app.domain.description import apart
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.codebook_found import FoundCode, FoundSet, assembled
from coder_app.importers.elements import Element, local_name, parse_xml
from coder_app.importers.problem import problem

# The versions behind this differ in their number only, and programs write the number in three ways.
_NAMESPACE = "{urn:QDA-XML:"
_CODABLE = {"true": True, "1": True, "false": False, "0": False}


def parse_qdc(file: str, data: bytes) -> Codebook:
    """Return the codebook in the bytes of a .qdc file. Raises ImportProblem."""
    root = parse_xml(file, data)
    tag = str(root.tag)
    if local_name(root) != "CodeBook" or not (tag.startswith(_NAMESPACE) or "}" not in tag):
        raise problem(file, tr("This is no REFI-QDA codebook: it begins with <{tag}>.", tag=local_name(root)))
    codes: list[FoundCode] = []
    sets: list[FoundSet] = []
    for part in root:
        if local_name(part) == "Codes":
            codes += _codes(file, part)
        elif local_name(part) == "Sets":
            sets += [_set(element) for element in part if local_name(element) == "Set"]
    if not codes:
        raise problem(file, tr("There are no codes in the file."))
    return assembled(file, PurePath(file).stem, codes, sets)


def _codes(file: str, part: Element) -> list[FoundCode]:
    found: list[FoundCode] = []
    waiting: list[tuple[FoundCode | None, Element]] = [(None, element) for element in reversed(list(part))]
    while waiting:
        parent, element = waiting.pop()
        if local_name(element) == "Code":
            code = _code(file, element, parent)
            found.append(code)
            waiting += [(code, child) for child in reversed(list(element))]
    return found


def _code(file: str, element: Element, parent: FoundCode | None) -> FoundCode:
    definition, use_when, not_when, examples = apart(_description(element))
    name = element.get("name") or ""
    is_codable = _CODABLE.get((element.get("isCodable") or "true").strip().lower())
    if is_codable is None:
        raise problem(
            file,
            tr("isCodable of the code “{name}” is neither true nor false.", name=name),
            _line(element),
        )
    return FoundCode(
        name=name,
        parent=parent,
        id=element.get("guid") or "",
        colour=element.get("color") or "",
        definition=definition,
        use_when=use_when,
        not_when=not_when,
        is_codable=is_codable,
        examples=examples,
        line=_line(element),
    )


def _set(element: Element) -> FoundSet:
    # Whole projects name the members of a set by another attribute, and some programs do so here too.
    members = [part.get("guid") or part.get("targetGUID") or "" for part in element if local_name(part) == "MemberCode"]
    return FoundSet(
        name=element.get("name") or "",
        id=element.get("guid") or "",
        description=_description(element),
        members=members,
        line=_line(element),
    )


def _description(element: Element) -> str:
    text = next((part.text or "" for part in element if local_name(part) == "Description"), "")
    return "" if text.isspace() else canonical(text)


def _line(element: Element) -> int | None:
    line: object = getattr(element, "sourceline", None)
    return line if isinstance(line, int) else None
