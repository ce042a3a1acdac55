"""Writes a codebook as a .docx for the appendix of a paper: headings, texts and examples in Word's own styles."""

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from coder_app.domain.codebook import Codebook
from coder_app.exporters.codebook_page import Shown, about, shown_codes
from coder_app.i18n import tr

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_DEEPEST_HEADING = 9
_INDENT = 0.6
"""Centimetres that examples stand in."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where Word expects to read when the file was made, so that equal codebooks give equal bytes."""


def write_docx(book: Codebook, path: Path, counts: Mapping[str, int] | None = None) -> None:
    """Write the codebook with a heading for each code; `counts` are codings by id, None leaves them out."""
    from docx import Document

    document = Document()
    title = _clean(tr("Codebook: {name}", name=book.name))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:255], "", ""
    properties.created = properties.modified = _NO_TIME
    document.add_heading(title, level=0)
    document.add_paragraph(about(book, counts))
    for one in shown_codes(book, counts):
        _add(document, one)
    made = BytesIO()
    document.save(made)
    _write_timeless(made, path)


def _add(document: "DocxDocument", one: Shown) -> None:
    from docx.shared import Cm, RGBColor

    heading = document.add_heading("", level=min(one.depth + 1, _DEEPEST_HEADING))
    if re.fullmatch("#[0-9a-f]{6}", one.entry.colour):
        heading.add_run("■ ").font.color.rgb = RGBColor.from_string(one.entry.colour[1:].upper())
    heading.add_run(_clean(one.entry.name))
    if one.note:
        note = heading.add_run(f"  {one.note}")
        note.bold = False
        note.font.color.rgb = RGBColor(0x77, 0x77, 0x77)
    for label, text in one.texts:
        paragraph = document.add_paragraph()
        if label:
            paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(_clean(text.strip()))
    for example in one.entry.examples:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(_INDENT)
        paragraph.add_run(f"“{_clean(example.text.strip())}”").italic = True
        if example.source:
            paragraph.add_run(f" ({_clean(example.source)})")


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _write_timeless(made: BytesIO, path: Path) -> None:
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name in parts.namelist():
            written.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
