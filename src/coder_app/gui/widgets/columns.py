"""The columns of a layout, whose borders can be dragged."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_WINDOW_WIDTH = 1440
_LEAST_WIDTH = 200


def side_by_side(*parts: tuple[QWidget, int]) -> QSplitter:
    """Return panels beside each other, each with its width in pixels; 0 takes what is left of the window."""
    columns = QSplitter(Qt.Orientation.Horizontal)
    columns.setChildrenCollapsible(False)
    columns.setHandleWidth(0)  # the panels bring the line between them; the grip stays a few pixels wide
    for part, width in parts:
        columns.addWidget(part)
        columns.setStretchFactor(columns.count() - 1, 0 if width else 1)
        part.setMinimumWidth(_LEAST_WIDTH)
    left = _WINDOW_WIDTH - sum(width for _, width in parts)
    columns.setSizes([width or left for _, width in parts])
    return columns
