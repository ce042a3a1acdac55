"""Writes down an error that nobody foresaw: its type and the places in the code, never a word of a text or a name."""

import logging
import platform
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

import coder_app

_BYTES, _OLDER = 500_000, 2


def log_path() -> Path:
    """Return where the log is, or will be once there is something to write."""
    from platformdirs import user_log_path

    return user_log_path("coder-app", appauthor=False) / "coder-app.log"


def report(error: BaseException) -> str:
    """Return what a report says: versions, types of errors and places in the code.

    The errors' own messages are left out, because they may quote an interview or the name of a file.
    """
    lines = [f"Coder App {coder_app.__version__}, Python {platform.python_version()}, {platform.system()}"]
    at: BaseException | None = error
    while at is not None:
        lines.append(type(at).__qualname__)
        lines += [
            f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_qualname}"
            for frame, line in traceback.walk_tb(at.__traceback__)
        ]
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def write(error: BaseException) -> Path | None:
    """Add the report on `error` to the log and return the log's path, or None where no log can be written."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.handle(logging.LogRecord("coder_app", logging.ERROR, "", 0, report(error), None, None))
    handler.close()
    return path
