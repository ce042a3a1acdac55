"""Writes the report of a merge: a page to read, all of it as JSON, or what came in as a table."""

import json
from pathlib import Path

from coder_app.domain.table import Table
from coder_app.exporters.atomic import written
from coder_app.exporters.history import write_history
from coder_app.exporters.tables import write_table


def write_merge_report(path: Path, items: Table, *others: Table) -> None:
    """Write a report to `path`: .html and .json hold all tables, what `write_table` knows besides the items alone.

    The page needs no other file and no network. Raises BadInput as `write_table` does.
    """
    suffix = path.suffix.lower()
    if suffix in {".html", ".htm"}:
        write_history(items, path, *others)
    elif suffix == ".json":
        with written(path) as temporary:
            temporary.write_text(_json(items, *others), encoding="utf-8", newline="\n")
    else:
        write_table(items, path)


def _json(items: Table, *others: Table) -> str:
    told = {
        "settings": items.settings,
        "tables": [
            {
                "title": table.title,
                "rows": [dict(zip((column.id for column in table.columns), row, strict=True)) for row in table.rows],
            }
            for table in (items, *others)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
