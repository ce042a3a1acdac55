"""What is said when a step was refused by the disk or the file: what happened, what was kept, what to do."""

from pathlib import Path

from coder_app.domain.errors import AppError, BadInput
from coder_app.i18n import tr
from coder_app.store import database, driver


def raise_in_words(path: Path, error: BaseException) -> None:
    """Raise an AppError for what went wrong in a step, where that is nothing that the program did wrong."""
    if isinstance(error, UnicodeEncodeError):
        raise BadInput(tr("A text holds half a character, which cannot be stored; nothing was changed.")) from error
    if isinstance(error, driver.OperationalError):
        raise AppError(disk_message(path, error)) from error
    if isinstance(error, driver.DatabaseError) and driver.is_of_the_file(error):
        raise database.translated(error, path) from error


def kept_message(path: Path, error: BaseException) -> str:
    """Return the sentence for a disk that failed when the step was in the file already."""
    return tr(
        "The disk reported an error at the very end ({reason}): the last change to {file} is there, as is everything "
        "before it, but a power cut now might still undo it. Make a backup on another disk.",
        file=path.name,
        reason=error,
    )


def disk_message(path: Path, error: driver.OperationalError) -> str:
    """Return the sentence for a disk that did not take a step."""
    reason = str(error)
    if "full" in reason:
        return tr(
            "The disk is full: the last change to {file} was not kept, everything before it is safe. "
            "Make room and try again.",
            file=path.name,
        )
    return tr(
        "{file} could not be written to ({reason}): the last change was not kept, everything before it is safe. "
        "Look whether its disk or folder is still there and try again.",
        file=path.name,
        reason=reason,
    )
