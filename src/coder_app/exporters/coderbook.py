"""Writes a shared codebook as a .coderbook file: sorted, one field a line, so that two of them can be compared."""

import json
from pathlib import Path

from coder_app.domain.coderbook import Coderbook, document
from coder_app.domain.errors import BadInput
from coder_app.exporters.atomic import written
from coder_app.i18n import tr


def write_coderbook(book: Coderbook, path: Path) -> None:
    """Write all versions of a shared codebook, replacing the file in one step.

    Raises BadInput where the disk refuses; the file stands as it was then.
    """
    with written(path) as temporary:
        _write(book, temporary)


def publish_coderbook(book: Coderbook, path: Path, there: Coderbook | None) -> None:
    """Write the next version of a shared codebook in the place of `there`, None where there is no file yet.

    Raises BadInput where somebody has changed the file since `there` was read, or the disk refuses; the file stands
    as it was then.
    """
    with written(path) as temporary:
        _write(book, temporary)
        # Looked at last, so that next to no time is left for others to publish in between.
        if _content(path) != (document(there) if there is not None else None):
            raise BadInput(
                tr(
                    "{file} was changed by somebody else meanwhile; nothing was published. Look what is new there, "
                    "then publish again.",
                    file=path,
                )
            )


def _write(book: Coderbook, path: Path) -> None:
    path.write_text(json.dumps(document(book), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _content(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        # Half of what somebody else is writing, or what a service is bringing.
        return ""
