"""Says where in a file a reader stumbled, in one form for all tables and codebooks."""

from pathlib import Path

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr


def problem(file: str, what: str, line: int | None = None) -> ImportProblem:
    """Return the error “file, line 17: what”; `what` is a whole sentence, `line` counts from 1."""
    if line is None:
        return ImportProblem(tr("{file}: {what}", file=file, what=what))
    return ImportProblem(tr("{file}, line {line}: {what}", file=file, line=line, what=what))


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what is in the file. Raises ImportProblem where it cannot be read or has more than `limit` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise problem(path.name, tr("There is no such file; check its name and folder.")) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise problem(path.name, tr("The file cannot be read ({reason}).", reason=reason)) from error
    if len(data) > limit:
        size = limit // (1024 * 1024)
        raise problem(path.name, tr("The file is larger than {size} MB; split it.", size=size))
    return data
