"""Writes a codebook in the exchange format REFI-QDA (.qdc), valid by the standard's schema."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from coder_app import __version__
from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet
from coder_app.domain.description import description_of
from coder_app.domain.errors import BadInput
from coder_app.domain.palette import parse_colour
from coder_app.i18n import tr

NAMESPACE = "urn:QDA-XML:codebook:1.0"

# Everything outside of XML 1.0's `Char`.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_qdc(codebook: Codebook, path: Path) -> None:
    """Write `codebook` to `path`; use, not-use and examples go into each code's description.

    Characters that XML cannot hold become U+FFFD. Raises BadInput for a codebook without codes.
    """
    if not codebook.roots:
        raise BadInput(tr("The codebook has no codes, and a .qdc file needs at least one; add a code first."))
    root = ET.Element("CodeBook", {"xmlns": NAMESPACE, "origin": f"Coder App {__version__}"})
    codes = ET.SubElement(root, "Codes")
    for entry in codebook.roots:
        _add_code(codes, entry)
    if codebook.sets:
        sets = ET.SubElement(root, "Sets")
        for item in codebook.sets:
            _add_set(sets, item)
    _break_lines(root)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _add_code(parent: ET.Element, entry: CodebookEntry) -> None:
    attributes = {"guid": entry.id, "name": _clean(entry.name), "isCodable": "true" if entry.is_codable else "false"}
    colour = parse_colour(entry.colour)
    if colour:
        attributes["color"] = colour
    element = ET.SubElement(parent, "Code", attributes)
    _describe(element, description_of(entry))
    for child in entry.children:
        _add_code(element, child)


def _add_set(parent: ET.Element, item: CodeSet) -> None:
    element = ET.SubElement(parent, "Set", {"guid": item.id, "name": _clean(item.name)})
    _describe(element, item.description)
    for member in item.members:
        ET.SubElement(element, "MemberCode", {"guid": member})


def _describe(element: ET.Element, text: str) -> None:
    if text:
        ET.SubElement(element, "Description").text = _clean(text)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _break_lines(root: ET.Element) -> None:
    """Put each element on a line of its own; white space between elements means nothing."""
    for element in root.iter():
        if len(element):
            element.text = "\n"
        element.tail = "\n"
    root.tail = None
