"""Codes as a file names them become a codebook: ids, colours, cycles and sets are checked for all formats alike."""

import re
import uuid
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from coder_app.domain.codebook import DEEPEST, Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.palette import parse_colour
from coder_app.domain.text import canonical
from coder_app.domain.tree import SEPARATOR
from coder_app.i18n import tr, trn
from coder_app.importers.problem import problem

# Ids that a file does not give follow from its paths, so that reading it twice makes the same codes.
_NAMESPACE = uuid.UUID("5f1f3c0e-7d0b-5a43-9c55-0d6f4c1b2a77")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(slots=True, eq=False)
class FoundCode:
    """A code as it stands in the file; children are those that name it as `parent`, in the file's order."""

    name: str
    parent: "FoundCode | None" = None
    id: str = ""
    colour: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    is_codable: bool = True
    examples: tuple[Example, ...] = ()
    line: int | None = None


@dataclass(slots=True)
class FoundSet:
    """A set as it stands in the file; its codes are named by `members`, ids as the file spells them, or given."""

    name: str
    id: str = ""
    description: str = ""
    members: list[str] = field(default_factory=list[str])
    codes: list[FoundCode] = field(default_factory=list[FoundCode])
    line: int | None = None


def known_id(text: str) -> str:
    """Return an id in the form of the app, whatever case, braces or numbering the file has; "" stays ""."""
    plain = text.strip().strip("{}").lower()
    return plain if not plain or _UUID.fullmatch(plain) else str(uuid.uuid5(_NAMESPACE, "id:" + text.strip()))


def assembled(
    file: str,
    name: str,
    codes: list[FoundCode],
    sets: Iterable[FoundSet] = (),
    notes: Iterable[str] = (),
) -> Codebook:
    """Return the codebook that `codes`, in the order of the file, make up.

    Raises ImportProblem for a cycle, an id used twice, a bad colour and more than 200 levels.
    """
    told = list(notes)
    children: dict[FoundCode | None, list[FoundCode]] = {}
    for code in codes:
        children.setdefault(code.parent, []).append(code)
    ordered = _parents_first(file, codes, children)
    _name_nameless(ordered, told)
    ids = _ids(file, ordered)
    entries: dict[FoundCode, CodebookEntry] = {}
    for code in reversed(ordered):
        below = tuple(entries[child] for child in children.get(code, ()))
        entries[code] = _entry(file, code, ids[code], below)
    roots = tuple(entries[code] for code in children.get(None, ()))
    found_sets = _sets(file, sets, ids, told)
    return Codebook(canonical(name).strip(), roots, found_sets, tuple(told))


def _parents_first(
    file: str,
    codes: list[FoundCode],
    children: dict[FoundCode | None, list[FoundCode]],
) -> list[FoundCode]:
    ordered: list[FoundCode] = []
    level = children.get(None, [])
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise problem(
                file,
                tr("The codes are nested more than {deepest} levels deep; flatten them.", deepest=DEEPEST),
                level[0].line,
            )
        ordered += level
        level = [child for code in level for child in children.get(code, ())]
    if len(ordered) < len(codes):
        reached = set(ordered)
        lost = next(code for code in codes if code not in reached)
        raise problem(
            file,
            tr("The code “{name}” is its own ancestor; give it another parent.", name=lost.name),
            lost.line,
        )
    return ordered


def _name_nameless(codes: list[FoundCode], notes: list[str]) -> None:
    nameless = 0
    for code in codes:
        code.name = canonical(code.name).strip()
        if not code.name:
            code.name = tr("(no name)")
            nameless += 1
    if nameless:
        notes.append(
            trn(
                "One code has no name in the file; it is called “(no name)”.",
                "{n} codes have no name in the file; they are called “(no name)”.",
                nameless,
            ),
        )


def _ids(file: str, ordered: list[FoundCode]) -> dict[FoundCode, str]:
    ids: dict[FoundCode, str] = {}
    taken: dict[str, FoundCode] = {}
    for code in ordered:
        id_ = known_id(code.id)
        if id_ in taken:
            raise problem(
                file,
                tr("“{one}” and “{other}” have the same id {id}.", one=taken[id_].name, other=code.name, id=code.id),
                code.line,
            )
        if id_:
            ids[code] = id_
            taken[id_] = code
    return _ids_from_paths(ordered, ids)


def _ids_from_paths(ordered: list[FoundCode], ids: dict[FoundCode, str]) -> dict[FoundCode, str]:
    taken = set(ids.values())
    paths: dict[FoundCode | None, str] = {}
    for code in ordered:
        path = paths[code] = paths[code.parent] + SEPARATOR + code.name if code.parent else code.name
        if code not in ids:
            ids[code] = _derived("path", path, taken)
            taken.add(ids[code])
    return ids


def _derived(kind: str, name: str, taken: Container[str]) -> str:
    """Return an id that follows from `name`, or from its being the second, third … of that name."""
    number = 1
    while True:
        same = "" if number == 1 else f"#{number}"
        id_ = str(uuid.uuid5(_NAMESPACE, f"{kind}{same}:{name}"))
        if id_ not in taken:
            return id_
        number += 1


def _entry(file: str, code: FoundCode, id_: str, children: tuple[CodebookEntry, ...]) -> CodebookEntry:
    colour = parse_colour(code.colour) if code.colour.strip() else ""
    if colour is None:
        raise problem(
            file,
            tr("“{colour}” of the code “{name}” is no colour; write #rrggbb.", colour=code.colour, name=code.name),
            code.line,
        )
    return CodebookEntry(
        id=id_,
        name=code.name,
        colour=colour,
        definition=canonical(code.definition),
        use_when=canonical(code.use_when),
        not_when=canonical(code.not_when),
        is_codable=code.is_codable,
        examples=tuple(Example(canonical(item.text), canonical(item.source)) for item in code.examples),
        children=children,
    )


def _sets(file: str, sets: Iterable[FoundSet], ids: dict[FoundCode, str], notes: list[str]) -> tuple[CodeSet, ...]:
    codes = set(ids.values())
    found: dict[str, CodeSet] = {}
    for item in sets:
        name = canonical(item.name).strip() or tr("(no name)")
        id_ = known_id(item.id) or _derived("set", name, found)
        if id_ in found:
            raise problem(file, tr("The set “{name}” has the id of another set.", name=name), item.line)
        wanted = [known_id(member) for member in item.members] + [ids[code] for code in item.codes]
        members = tuple(member for member in dict.fromkeys(wanted) if member in codes)
        unknown = len(set(wanted) - codes)
        if unknown:
            notes.append(
                trn(
                    "The set “{name}” names a code that is not in the file; it was left out.",
                    "The set “{name}” names {n} codes that are not in the file; they were left out.",
                    unknown,
                    name=name,
                ),
            )
        found[id_] = CodeSet(id_, name, canonical(item.description), members)
    return tuple(found.values())
