"""The last border: an error that nobody foresaw becomes a report the person can read and copy."""

import logging
import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

import coder_app
from coder_app.i18n import tr

log = logging.getLogger("coder_app")


def set_up_log(path: Path) -> None:
    """Write a log of types and places of errors to `path`, never words of the texts."""
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def report(error: BaseException) -> str:
    """Return what a report says: versions, the error's type and the places in our code, no messages.

    The error's own message is left out because it may quote a text.
    """
    places = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    head = f"Coder App {coder_app.__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([head, type(error).__name__, *places])


def tell(error: BaseException) -> None:
    """Log an unforeseen error and show its report."""
    text = report(error)
    log.error("%s", text)
    if QApplication.instance() is None:
        return
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        tr("Something went wrong"),
        tr("Something went wrong that Coder App did not foresee. Everything that you did before is saved."),
    )
    box.setInformativeText(
        tr("Please send the report below to the people who look after the app; it holds no words of your texts.")
    )
    box.setDetailedText(text)
    box.exec()


def excepthook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Take the place of sys.excepthook while the window is up."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        tell(error)
