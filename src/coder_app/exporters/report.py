"""Writes a report as a .docx or a page; as .csv, .xlsx or .json its main table."""

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from coder_app.domain.number_words import decimal
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.written import Heading, Quote, Report, Words
from coder_app.exporters.atomic import written
from coder_app.exporters.recipes import beside
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

SUFFIXES = (".docx", ".html", ".csv", ".xlsx", ".json")

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.55 Georgia, "Noto Serif", serif; max-width: 52em; margin: 2.5em auto; padding: 0 1.5em; }
h1 { font-size: 1.6em; line-height: 1.2; } h2 { font-size: 1.2em; margin: 2em 0 .5em; }
p.prompt { color: GrayText; font-style: italic; }
table { border-collapse: collapse; font: .82em/1.4 system-ui, "Noto Sans", sans-serif; }
div.wide { overflow-x: auto; margin: 1em 0; } caption { text-align: left; font-weight: 600; padding: .3em 0; }
th, td { padding: .25em .6em; border-bottom: 1px solid #8886; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
dl { color: GrayText; font-size: .85em; } dt { float: left; clear: left; margin-right: .5em; } dd { margin: 0; }
blockquote { margin: 1.1em 0 0; padding-left: .9em; border-left: 3px solid #8886; white-space: pre-wrap;
  overflow-wrap: anywhere; }
p.about { margin: .2em 0 0; padding-left: .9em; border-left: 3px solid #8886; color: GrayText; font-size: .88em; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } blockquote, tr { break-inside: avoid; } }
"""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where Word expects to read when the file was made, so that the same report gives the same bytes."""


def write_report(report: Report, path: Path, recipe: str = "") -> None:
    """Write a report in the format that the suffix of `path` names, replacing the file in one step.

    `recipe` stands in the file, or beside a .csv and a .docx. Raises BadInput for another suffix, and where the
    disk refuses.
    """
    suffix = path.suffix.lower()
    if suffix not in {".html", ".docx"}:
        write_table(report.table, path, recipe)
        return
    with written(path) as temporary:
        if suffix == ".html":
            temporary.write_text("".join(_page(report, recipe)), encoding="utf-8", newline="\n")
        else:
            _write_docx(report, temporary)
    if recipe and suffix == ".docx":
        with written(beside(path)) as temporary:
            temporary.write_text(recipe + "\n", encoding="utf-8", newline="\n")


def cell_words(cell: Cell, column: Column) -> str:
    """Return what a cell of a printed table says: numbers with three digits behind the point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return decimal(cell) if column.kind is Kind.NUMBER else f"{cell:g}"
    return str(cell)


def _page(report: Report, recipe: str) -> Iterator[str]:
    title = escape(report.title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    if recipe:
        # A "<" would end the script; JSON knows another way to write it.
        safe = recipe.replace("<", "\\u003c")
        yield f'<script type="application/json" id="recipe">{safe}</script>\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    for part in report.parts:
        match part:
            case Heading():
                yield f"<h2>{escape(part.text)}</h2>\n"
            case Words():
                yield f"<p{' class=' + chr(34) + 'prompt' + chr(34) if part.prompt else ''}>{escape(part.text)}</p>\n"
            case Quote():
                yield f'<blockquote>{escape(part.text)}</blockquote>\n<p class="about">{escape(part.about)}</p>\n'
            case Table():
                yield from _table(part)
    yield "</main>\n</body>\n</html>\n"


def _table(table: Table) -> Iterator[str]:
    name = escape(table.title)
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{name}">\n<table>\n<caption>{name}</caption>\n'
    classes = ["" if column.kind is Kind.TEXT else ' class="number"' for column in table.columns]
    heads = (
        f'<th scope="col"{one}>{escape(column.title)}</th>' for one, column in zip(classes, table.columns, strict=True)
    )
    yield f"<thead>\n<tr>{''.join(heads)}</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        cells = zip(row, table.columns, classes, strict=True)
        yield (
            "<tr>"
            + "".join(f"<td{one}>{escape(cell_words(cell, column))}</td>" for cell, column, one in cells)
            + "</tr>\n"
        )
    yield "</tbody>\n</table>\n</div>\n"
    if table.settings:
        settings = (f"<dt>{escape(name)}:</dt><dd>{escape(value)}</dd>" for name, value in table.settings.items())
        yield f"<dl>{''.join(settings)}</dl>\n"


def _write_docx(report: Report, path: Path) -> None:
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(report.title)[:255], "", ""
    properties.created = properties.modified = _NO_TIME
    document.add_heading(_clean(report.title), level=0)
    for part in report.parts:
        match part:
            case Heading():
                document.add_heading(_clean(part.text), level=1)
            case Words():
                document.add_paragraph().add_run(_clean(part.text)).italic = part.prompt
            case Quote():
                _add_quote(document, part)
            case Table():
                _add_table(document, part)
    made = BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as timeless:
        for name in parts.namelist():
            timeless.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)


def _add_quote(document: "DocxDocument", one: Quote) -> None:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph(_clean(one.text))
    paragraph.paragraph_format.left_indent = Cm(0.6)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    about = document.add_paragraph()
    about.paragraph_format.left_indent = Cm(0.6)
    about.add_run(_clean(one.about)).font.size = Pt(9)


def _add_table(document: "DocxDocument", table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document.add_paragraph().add_run(_clean(table.title)).bold = True
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    made.style = "Light List"
    lines = [[column.title for column in table.columns]]
    lines += [[cell_words(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    for row, line in zip(made.rows, lines, strict=True):
        for cell, said, column in zip(row.cells, line, table.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if column.kind is not Kind.TEXT:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.add_run(_clean(said)).font.size = Pt(8)
    told = "; ".join(f"{name}: {value}" for name, value in table.settings.items())
    note = document.add_paragraph()
    note.add_run(_clean(tr("How it was made: {what}.", what=told) if told else "")).font.size = Pt(8)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
