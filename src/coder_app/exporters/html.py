"""Writes a table as one page that needs nothing else: to read, to print, to hear; each number leads to its passages."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from coder_app.domain.behind import Behind, CellKey, Quoted
from coder_app.domain.number_words import decimal
from coder_app.domain.table import Cell, Kind, Table
from coder_app.exporters.atomic import written
from coder_app.exporters.cell_links import Links, matrix_links, pair_links, paths_of
from coder_app.i18n import tr, trn

_METHODS = "methods"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; margin: 2em auto; padding: 0 1.5em;
  max-width: 100em; }
h1 { font-size: 1.6em; line-height: 1.2; margin: 0 0 .3em; } h2 { font-size: 1.2em; margin: 2em 0 .5em; }
h3 { font-size: 1em; margin: 1.6em 0 .3em; }
p.methods { max-width: 48em; } .wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .93em; }
caption { text-align: left; font-weight: 600; padding: .3em 0; }
th, td { padding: .25em .6em; border-bottom: 1px solid #8886; vertical-align: top; text-align: left; }
td.number, th.number { text-align: right; } thead th { vertical-align: bottom; border-bottom: 2px solid #8889; }
td.own { color: GrayText; border: 1px dashed #8889; }
blockquote { margin: .35em 0; padding-left: .8em; border-left: 3px solid #8886; white-space: pre-wrap;
  overflow-wrap: anywhere; max-width: 48em; }
cite { color: GrayText; font-style: normal; font-size: .9em; display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1.2em; }
dt { font-weight: 600; } dd { margin: 0; }
:target { outline: 2px solid Highlight; outline-offset: .3em; }
a:focus-visible { outline: 3px solid Highlight; }
@media print { body { margin: 0; font-size: 10pt; } a { color: inherit; text-decoration: none; }
  blockquote, tr { break-inside: avoid; } }
"""


def write_html(table: Table, path: Path, recipe: str = "") -> None:
    """Write a table with its settings."""
    text = "".join(_page([(table, {})], recipe, Behind(), {}))
    path.write_text(text, encoding="utf-8", newline="\n")


def write_cooccurrence(pairs: Table, matrix: Table, behind: Behind, path: Path, recipe: str = "") -> None:
    """Write a co-occurrence as a page: its matrix, its pairs, and the passages that their counts lead to.

    The paragraph `methods` of its settings stands above all. Raises BadInput where the disk refuses.
    """
    tables = [(matrix, matrix_links(pairs, matrix, behind)), (pairs, pair_links(pairs, behind))]
    with written(path) as temporary:
        text = "".join(_page(tables, recipe, behind, paths_of(pairs)))
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _page(
    tables: Sequence[tuple[Table, Links]], recipe: str, behind: Behind, paths: Mapping[str, str]
) -> Iterator[str]:
    first = tables[0][0]
    title = escape(first.title)
    anchors = {key: f"p{number}" for number, key in enumerate(behind.cells, start=1)}
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    if recipe:
        # A "<" would end the script; JSON knows another way to write it.
        safe = recipe.replace("<", "\\u003c")
        yield f'<script type="application/json" id="recipe">{safe}</script>\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    if _METHODS in tables[-1][0].settings:
        yield f'<p class="methods">{escape(tables[-1][0].settings[_METHODS])}</p>\n'
    names = {key: tr("{a} × {b} ({coders})", a=paths[key[1]], b=paths[key[2]], coders=key[0]) for key in behind.cells}
    for table, links in tables:
        yield from _table(table, {at: (anchors[key], names[key]) for at, key in links.items()})
    yield from _settings(tables[-1][0])
    yield from _passages(behind, anchors, names)
    yield "</main>\n</body>\n</html>\n"


def _table(table: Table, links: Mapping[tuple[int, int], tuple[str, str]]) -> Iterator[str]:
    """Yield a table; `links` are the anchors of cells, each with what it leads to in words."""
    yield '<div class="wide" tabindex="0" role="region" aria-label="' + escape(table.title) + '">\n'
    yield f"<table>\n<caption>{escape(table.title)}</caption>\n<thead>\n<tr>"
    for column in table.columns:
        number = "" if column.kind is Kind.TEXT else ' class="number"'
        yield f'<th scope="col"{number}>{escape(column.title)}</th>'
    yield "</tr>\n</thead>\n<tbody>\n"
    # The words that name a row stand before its first number.
    heads = _first_number(table)
    for line, row in enumerate(table.rows):
        yield "<tr>"
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            words = _cell(cell, column.kind)
            if (line, number) in links:
                anchor, name = links[line, number]
                said = escape(tr("{name}: {n}, read the passages", name=name, n=cell))
                words = f'<a href="#{anchor}" aria-label="{said}">{words}</a>'
            if number < heads:
                yield f'<th scope="row">{words}</th>'
            else:
                yield f'<td class="number">{words}</td>' if column.kind is not Kind.TEXT else f"<td>{words}</td>"
        yield "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _first_number(table: Table) -> int:
    numbers = (number for number, column in enumerate(table.columns) if column.kind is not Kind.TEXT)
    return next(numbers, 1)


def _cell(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return decimal(cell) if kind is Kind.NUMBER else f"{cell:g}"
    return escape(str(cell))


def _settings(table: Table) -> Iterator[str]:
    if not table.settings:
        return
    yield f"<h2>{escape(tr('How it was counted'))}</h2>\n<dl>\n"
    for name, value in table.settings.items():
        if name != _METHODS:
            yield f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n"
    yield "</dl>\n"


def _passages(behind: Behind, anchors: Mapping[CellKey, str], names: Mapping[CellKey, str]) -> Iterator[str]:
    if not behind.cells:
        return
    yield f"<h2>{escape(tr('Passages'))}</h2>\n"
    if behind.most_per_cell is not None:
        said = trn("Of each pair the first passage.", "Of each pair the first {n} passages.", behind.most_per_cell)
        yield f"<p>{escape(said)}</p>\n"
    if behind.left_out:
        said = trn(
            "The passages of the rarest pair are left out.",
            "The passages of the {n} rarest pairs are left out.",
            behind.left_out,
        )
        yield f"<p>{escape(said)}</p>\n"
    for key, passages in behind.cells.items():
        yield f'<section id="{anchors[key]}">\n<h3>{escape(names[key])}</h3>\n'
        yield from map(_quoted, passages)
        yield "</section>\n"


def _quoted(one: Quoted) -> str:
    place = f"{one.source}, {one.start:,}–{one.stop:,}"
    return f'<blockquote dir="auto">{escape(one.text)}<cite>{escape(place)}</cite></blockquote>\n'
