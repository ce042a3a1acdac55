"""The whole content of a project as canonical JSON: equal content gives equal bytes."""

import json
from typing import Any

from sqlite_utils import Database

from coder_app.store.migrations import journaled_columns
from coder_app.store.schema import DERIVED, JOURNALED


def dump(db: Database) -> str:
    """Return the content as sorted JSON, texts included, files by their hash.

    Left out are the journal, what belongs to this copy alone, and texts and files that no source
    names any more, so that undo gives back the same bytes.
    """
    content: dict[str, Any] = {}
    for table in JOURNALED:
        columns = [*journaled_columns(db, table), *DERIVED.get(table, ())]
        names = ", ".join(f'"{name}"' for name in columns)
        content[table] = [
            dict(zip(columns, values, strict=True))
            for values in db.conn.execute(f'SELECT {names} FROM "{table}" ORDER BY id')
        ]
    content["text_body"] = dict(
        db.conn.execute(
            "SELECT hash, text FROM text_body WHERE hash IN (SELECT text_hash FROM source)"
            " OR hash IN (SELECT text_hash FROM segment)"
        )
    )
    content["media"] = dict(
        db.conn.execute(
            "SELECT hash, size FROM media WHERE hash IN (SELECT original_hash FROM source)"
            " OR hash IN (SELECT blocks_hash FROM source)"
        )
    )
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
