"""The last border: an error that nobody foresaw becomes a report the person can read and copy."""

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from coder_app import crash_log
from coder_app.domain.errors import AppError
from coder_app.i18n import tr

_shown: dict[str, bool] = {"now": False}
_say: dict[str, Callable[[str], None]] = {}


def say_foreseen_by(say: Callable[[str], None]) -> None:
    """Let `say` tell the sentence of a foreseen error that nobody caught, such as of a disk that cannot be read now."""
    _say["foreseen"] = say


def tell(error: BaseException) -> None:
    """Log an unforeseen error and show its report; while one report is up, others are only logged."""
    crash_log.write(error)
    if QApplication.instance() is None or _shown["now"]:
        return
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        tr("Something went wrong"),
        tr("Something went wrong that Coder App did not foresee. Everything that you did before is saved."),
    )
    box.setInformativeText(
        tr("Please send the report below to the people who look after the app; it holds no words of your texts.")
    )
    box.setDetailedText(crash_log.report(error))
    _shown["now"] = True
    try:
        box.exec()
    finally:
        _shown["now"] = False


def excepthook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Take the place of sys.excepthook while the window is up."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif isinstance(error, AppError) and "foreseen" in _say:
        _say["foreseen"](str(error))
    else:
        tell(error)
