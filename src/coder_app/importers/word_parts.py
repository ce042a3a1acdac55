"""The parts inside a .docx archive: the main text, its notes, and which paragraph styles are headings."""

import posixpath
from dataclasses import dataclass, field

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr
from coder_app.importers.elements import Element, attribute, local_name, parse_xml
from coder_app.importers.zip_guard import ZipGuard

# Block levels go to 6; Word's outline has nine.
_DEEPEST = 6
_BODY_TEXT = 9


@dataclass(slots=True)
class WordParts:
    """The parts of a Word document that hold text. Notes are known by ("footnote" or "endnote", id)."""

    body: Element
    notes: dict[tuple[str, str], Element] = field(default_factory=dict[tuple[str, str], Element])
    heading_levels: dict[str, int] = field(default_factory=dict[str, int])


def read_parts(name: str, data: bytes) -> WordParts:
    """Return the parts of the .docx file `data`. Raises ImportProblem."""
    archive = ZipGuard(name, data)
    main = _main_part(name, archive)
    body = child(parse_xml(name, archive.read(main)), "body")
    if body is None:
        raise _no_word_document(name)
    parts = WordParts(body)
    folder, file = posixpath.split(main)
    for kind, target in _relations(name, archive, f"{folder}/_rels/{file}.rels", folder):
        if kind in {"footnotes", "endnotes"}:
            for note in parse_xml(name, archive.read(target)):
                parts.notes[local_name(note), attribute(note, "id") or ""] = note
        elif kind == "styles":
            parts.heading_levels = _heading_levels(parse_xml(name, archive.read(target)))
    return parts


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of `element` called `name`, or None."""
    return None if element is None else next((one for one in element if local_name(one) == name), None)


def value(element: Element | None) -> str | None:
    """Return the `val` attribute of `element`, None where there is no element or no attribute."""
    return None if element is None else attribute(element, "val")


def is_on(element: Element | None) -> bool:
    """Return whether the switch `element` is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off"}


def outline_level(properties: Element | None) -> int | None:
    """Return the heading level (1-6) that paragraph properties set, 0 for body text, None where they set none."""
    number = value(child(properties, "outlineLvl"))
    if number is None or not number.isdecimal():
        return None
    return 0 if int(number) >= _BODY_TEXT else min(int(number) + 1, _DEEPEST)


def _main_part(name: str, archive: ZipGuard) -> str:
    found = next((to for kind, to in _relations(name, archive, "_rels/.rels", "") if kind == "officeDocument"), "")
    main = found or "word/document.xml"
    if main not in archive:
        raise _no_word_document(name)
    return main


def _relations(name: str, archive: ZipGuard, part: str, folder: str) -> list[tuple[str, str]]:
    """Return (kind, member) of the parts that `part` refers to and that are there."""
    part = part.lstrip("/")
    if part not in archive:
        return []
    found: list[tuple[str, str]] = []
    for relation in parse_xml(name, archive.read(part)):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        member = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
        if relation.get("TargetMode") != "External" and member in archive:
            found.append((kind, member))
    return found


def _heading_levels(styles: Element) -> dict[str, int]:
    by_id = {attribute(style, "styleId") or "": style for style in styles if local_name(style) == "style"}
    levels: dict[str, int] = {}
    for style_id in by_id:
        seen: set[str] = set()
        level: int | None = None
        ancestor = style_id
        while level is None and ancestor in by_id and ancestor not in seen:
            seen.add(ancestor)
            level = _own_level(by_id[ancestor])
            ancestor = value(child(by_id[ancestor], "basedOn")) or ""
        if level:
            levels[style_id] = level
    return levels


def _own_level(style: Element) -> int | None:
    level = outline_level(child(style, "pPr"))
    if level is not None:
        return level
    # Word writes these two names in English, whatever its language.
    words = (value(child(style, "name")) or "").lower().split()
    if words == ["title"]:
        return 1
    if words[:1] == ["heading"] and words[1:] and words[1].isdecimal():
        return max(1, min(int(words[1]), _DEEPEST))
    return None


def _no_word_document(name: str) -> ImportProblem:
    return ImportProblem(tr("“{name}” is not a Word document. Save it as .docx and import that.", name=name))
