"""Writes a shared codebook as a .coderbook file: sorted, one field a line, so that two of them can be compared."""

import json
from pathlib import Path

from coder_app.domain.coderbook import Coderbook, document
from coder_app.exporters.atomic import written


def write_coderbook(book: Coderbook, path: Path) -> None:
    """Write all versions of a shared codebook, replacing the file in one step.

    Raises BadInput where the disk refuses; the file stands as it was then.
    """
    with written(path) as temporary:
        temporary.write_text(
            json.dumps(document(book), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )
