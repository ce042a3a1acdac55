"""What a project holds, as one number that differs where any count could differ."""

import hashlib
import json
from collections.abc import Sequence

from coder_app.store.project import Project

_CODINGS = """
SELECT source_id, now_start, now_stop, code_id, coding.coder_id FROM coding JOIN segment ON segment.id = segment_id
WHERE now_start IS NOT NULL ORDER BY 1, 2, 3, 4, 5
"""
_COUNTED = (
    "SELECT id, name, folder, order_key, text_hash FROM source ORDER BY id",
    "SELECT id, parent_id, name, order_key FROM code ORDER BY id",
    _CODINGS,
)
_WHOLE = ("coder", "case", "case_member", "variable", "variable_value", "set", "set_member")


def fingerprint(project: Project, besides: Sequence[str] = ()) -> str:
    """Return the SHA-256 of what tables are counted from: texts, codes, codings, coders, cases, values and sets.

    Definitions, memos, colours, settings and the history are left out, so that writing a memo makes no table
    old; `besides` names tables of the project that count, too. Copies with the same content have the same.
    """
    digest = hashlib.sha256()
    for select in (*_COUNTED, *(f'SELECT * FROM "{table}" ORDER BY id' for table in (*_WHOLE, *besides))):
        digest.update(b"\n")
        for row in project.each(select):
            digest.update(json.dumps(row).encode())
    return digest.hexdigest()
