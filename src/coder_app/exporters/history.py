"""Writes the history and the development of the codebook: as a table, or as a page that can be read and printed."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from coder_app.domain.table import Cell, Kind, Table
from coder_app.exporters.atomic import written
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 1.5em; margin: 0 0 .2em; } h2 { font-size: 1.15em; margin: 2em 0 .4em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em; color: GrayText; margin: 0 0 1.5em; }
dt, dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35em .7em .35em 0; border-bottom: 1px solid #8884; }
th { font-size: .85em; color: GrayText; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: anywhere; white-space: pre-wrap; } td.id { font: .75em ui-monospace, monospace; color: GrayText; }
tr.undone td { color: GrayText; text-decoration: line-through; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } thead { display: table-header-group; }
  tr { break-inside: avoid; } }
"""
_IDS = {"step", "undone_by", "undoes", "code_id"}


def write_history(table: Table, path: Path, *others: Table) -> None:
    """Write `table` as .html, with `others` above it, or alone in a format of `write_table`.

    The page needs no other file and no network. Raises BadInput as `write_table` does.
    """
    if path.suffix.lower() not in {".html", ".htm"}:
        write_table(table, path)
        return
    with written(path) as temporary:
        temporary.write_text("".join(_page(table, others)), encoding="utf-8", newline="\n")


def _page(table: Table, others: tuple[Table, ...]) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(table.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(table.title)}</h1>\n<dl>\n"
    for name, value in table.settings.items():
        yield f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n"
    yield "</dl>\n"
    for other in others:
        yield f"<h2>{escape(other.title)}</h2>\n"
        yield from _table(other)
    if others:
        yield f"<h2>{escape(tr('One by one'))}</h2>\n"
    yield from _table(table)
    yield "</body>\n</html>\n"


def _table(table: Table) -> Iterator[str]:
    used = [n for n, _ in enumerate(table.columns) if any(row[n] not in (None, "") for row in table.rows)]
    undone = next((n for n, column in enumerate(table.columns) if column.id == "undone_by"), None)
    if not table.rows:
        yield f"<p>{escape(tr('Nothing.'))}</p>\n"
        return
    yield "<table>\n<thead><tr>"
    yield "".join(f'<th scope="col">{escape(table.columns[n].title)}</th>' for n in used)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield '<tr class="undone">' if undone is not None and row[undone] else "<tr>"
        yield from (_cell(table, n, row[n]) for n in used)
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _cell(table: Table, n: int, value: Cell) -> str:
    column = table.columns[n]
    look = ' class="number"' if column.kind is not Kind.TEXT else ' class="id"' if column.id in _IDS else ""
    return f"<td{look}>{'' if value is None else escape(str(value))}</td>"
