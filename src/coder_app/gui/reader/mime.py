"""What is dragged between the reader and other panels, and how it is written."""

from PySide6.QtCore import QByteArray, QMimeData

CODE_MIME = "application/x-coder-app-code"
"""Ids of codes, one per line."""
SELECTION_MIME = "application/x-coder-app-selection"
"""A stretch of the text that is open: "start,stop" in code points."""


def code_data(code_ids: list[str]) -> QMimeData:
    """Return codes as they are dragged onto a text."""
    data = QMimeData()
    data.setData(CODE_MIME, QByteArray("\n".join(code_ids).encode()))
    return data


def codes_in(data: QMimeData) -> list[str]:
    """Return the ids of the codes that are dragged; none if it is something else."""
    return _words(data, CODE_MIME, "\n")


def selection_data(start: int, stop: int, words: str) -> QMimeData:
    """Return a stretch of the text (code points) as it is dragged onto a code, or as plain text elsewhere."""
    data = QMimeData()
    data.setText(words)
    data.setData(SELECTION_MIME, QByteArray(f"{start},{stop}".encode()))
    return data


def selection_in(data: QMimeData) -> tuple[int, int] | None:
    """Return the stretch (code points) that is dragged; None if it is something else."""
    numbers = [int(word) for word in _words(data, SELECTION_MIME, ",") if word.isdecimal()]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None  # noqa: PLR2004 - start and stop


def _words(data: QMimeData, kind: str, between: str) -> list[str]:
    content = bytes(data.data(kind).data()).decode("utf-8", "replace")
    return [word for word in content.split(between) if word]
