"""The names of several pages beside each other, of which one is in sight."""

from collections.abc import Iterable

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from coder_app.gui.theme import set_role

_HEIGHT = 32


def tabs(names: Iterable[str], group: QButtonGroup) -> QFrame:
    """Return a button for each name, the first one chosen; `group` takes them in, numbered from 0 on."""
    frame = QFrame()
    set_role(frame, "segmented")
    frame.setFixedHeight(_HEIGHT)
    row = QHBoxLayout(frame)
    row.setContentsMargins(1, 0, 1, 0)
    row.setSpacing(0)
    for number, name in enumerate(names):
        button = QToolButton()
        button.setText(name)
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setChecked(number == 0)
        group.addButton(button, number)
        row.addWidget(button)
    return frame
