"""Writes passages that a query found: as a table, or to be read, one below the other, as a page or a .docx."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from coder_app.domain.table import Cell, Table
from coder_app.exporters.atomic import written
from coder_app.exporters.recipes import beside
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr, trn

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

SUFFIXES = (".csv", ".xlsx", ".docx", ".html", ".json")

_WORDS = ("before", "text", "after")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 Georgia, "Noto Serif", serif; max-width: 46em; margin: 2.5em auto; padding: 0 1.5em; }
h1 { font-size: 1.6em; line-height: 1.2; margin: 0 0 .3em; } h2 { font-size: 1.2em; margin: 1.8em 0 .4em; }
h2 small { color: GrayText; font-weight: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em; color: GrayText; margin: 0 0 2em; }
dt, dd { margin: 0; } dd { overflow-wrap: anywhere; }
blockquote { margin: 1.1em 0 0; padding-left: .9em; border-left: 3px solid #8886; white-space: pre-wrap;
  overflow-wrap: anywhere; }
blockquote span { color: GrayText; }
p.about { margin: .2em 0 0; padding-left: .9em; border-left: 3px solid #8886; color: GrayText; font-size: .88em;
  overflow-wrap: anywhere; white-space: pre-wrap; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; } blockquote { break-inside: avoid; }
  blockquote, h2 { break-after: avoid; } }
"""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where Word expects to read when the file was made, so that equal passages give equal bytes."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage to read: its words with what surrounds them, and what is known of it in one line."""

    before: str
    text: str
    after: str
    about: str


def write_quotes(table: Table, path: Path, recipe: str = "", *, group: str = "") -> None:
    """Write passages in the format that the suffix of `path` names, replacing the file in one step.

    A page and a .docx have a heading for each value of the column `group`. `recipe` stands in the file; beside a .csv
    and a .docx it gets a file of its own. Raises BadInput as `write_table` does.
    """
    suffix = path.suffix.lower()
    if suffix not in {".html", ".docx"}:
        write_table(table, path, recipe)
        return
    with written(path) as temporary:
        if suffix == ".html":
            text = "".join(_page(table, recipe, group))
            temporary.write_text(text, encoding="utf-8", newline="\n")
        else:
            _write_docx(table, temporary, group)
    if recipe and suffix == ".docx":
        with written(beside(path)) as temporary:
            temporary.write_text(recipe + "\n", encoding="utf-8", newline="\n")


def _grouped(table: Table, group: str) -> Iterator[tuple[str, list[Quoted]]]:
    """Yield headings with the passages under them; without a group all of them under none."""
    place = next((n for n, column in enumerate(table.columns) if column.id == group), None)
    if place is None:
        yield "", [_quoted(table, row, -1) for row in table.rows]
        return
    for value, rows in groupby(table.rows, key=lambda row: row[place]):
        yield str(value or tr("(none)")), [_quoted(table, row, place) for row in rows]


def _quoted(table: Table, row: tuple[Cell, ...], group: int) -> Quoted:
    by_id = {column.id: cell for column, cell in zip(table.columns, row, strict=True)}
    about = [
        f"{column.title}: {cell}"
        for n, (column, cell) in enumerate(zip(table.columns, row, strict=True))
        if column.id not in _WORDS and n != group and cell not in (None, "")
    ]
    before, text, after = (str(by_id.get(one) or "") for one in _WORDS)
    return Quoted(before, text, after, " · ".join(about))


def _page(table: Table, recipe: str, group: str) -> Iterator[str]:
    title = escape(table.title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    if recipe:
        # A "<" would end the script; JSON knows another way to write it.
        safe = recipe.replace("<", "\\u003c")
        yield f'<script type="application/json" id="recipe">{safe}</script>\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<dl>\n"
    for name, value in table.settings.items():
        yield f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n"
    yield "</dl>\n"
    if not table.rows:
        yield f"<p>{escape(tr('No passage was found.'))}</p>\n"
    for heading, quotes in _grouped(table, group):
        if heading:
            yield f"<h2>{escape(heading)} <small>{escape(_passages(len(quotes)))}</small></h2>\n"
        for one in quotes:
            before, after = (f"<span>{escape(part)}</span>" if part else "" for part in (one.before, one.after))
            yield f"<blockquote>{before}{escape(one.text)}{after}</blockquote>\n"
            yield f'<p class="about">{escape(one.about)}</p>\n'
    yield "</main>\n</body>\n</html>\n"


def _passages(n: int) -> str:
    return trn("{n} passage", "{n} passages", n)


def _write_docx(table: Table, path: Path, group: str) -> None:
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(table.title)[:255], "", ""
    properties.created = properties.modified = _NO_TIME
    document.add_heading(_clean(table.title), level=0)
    for name, value in table.settings.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{_clean(name)}: ").bold = True
        paragraph.add_run(_clean(value))
    if not table.rows:
        document.add_paragraph(tr("No passage was found."))
    for heading, quotes in _grouped(table, group):
        if heading:
            document.add_heading(f"{_clean(heading)} ({_passages(len(quotes))})", level=1)
        for one in quotes:
            _add(document, one)
    made = BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as timeless:
        for name in parts.namelist():
            timeless.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)


def _add(document: "DocxDocument", one: Quoted) -> None:
    from docx.shared import Cm, Pt, RGBColor

    grey = RGBColor(0x77, 0x77, 0x77)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.6)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    for text, is_grey in ((one.before, True), (one.text, False), (one.after, True)):
        if text:
            run = paragraph.add_run(_clean(text))
            if is_grey:
                run.font.color.rgb = grey
    about = document.add_paragraph()
    about.paragraph_format.left_indent = Cm(0.6)
    run = about.add_run(_clean(one.about))
    run.font.size, run.font.color.rgb = Pt(9), grey


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
