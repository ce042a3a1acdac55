"""Two wordings side by side, field by field, with the words marked that the other side does not have."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coder_app.domain.codebook_diff import FieldChange
from coder_app.gui.context import Context
from coder_app.gui.team.diff import Range, differences
from coder_app.gui.team.sides import SideText
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import SWATCH, swatch, words
from coder_app.i18n import tr

_LEFT, _RIGHT = 0, 1


class Beside(QScrollArea):
    """A column for each side; what has no words there says so."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Both wordings"))
        set_role(self, "quiet")
        self.show_fields("", "", ())

    def show_fields(self, left: str, right: str, fields: Iterable[FieldChange]) -> None:
        """Show fields under the names of the two sides."""
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 8, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        for column, name in ((_LEFT, left), (_RIGHT, right)):
            grid.setColumnStretch(column, 1)
            grid.addWidget(words(name, "strong"), 0, column)
        for change in fields:
            self._add(grid, change)
        whole.addLayout(grid)
        whole.addStretch(1)
        self.setWidget(inside)

    def _add(self, grid: QGridLayout, change: FieldChange) -> None:
        row = grid.rowCount()
        grid.setRowMinimumHeight(row, 8)
        for column in (_LEFT, _RIGHT):
            grid.addWidget(words(change.name, "muted"), row + 1, column)
        both = bool(change.before and change.after)
        left, right = differences(change.before, change.after) if both else (list[Range](), list[Range]())
        for column, said, marked in ((_LEFT, change.before, left), (_RIGHT, change.after, right)):
            shown = _colour(said) if change.field == "colour" else SideText(self._context.theme, said, marked)
            if isinstance(shown, SideText) and not said:
                shown.setPlaceholderText(tr("(nothing)"))
            frame = QFrame()
            set_role(frame, "card")
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(8, 4, 8, 4)
            inside.addWidget(shown)
            inside.addStretch(1)
            grid.addWidget(frame, row + 2, column)


def _colour(said: str) -> QWidget:
    label = QLabel()
    label.setPixmap(swatch(said).pixmap(2 * SWATCH, SWATCH))
    label.setAccessibleName(said)
    label.setToolTip(said)
    label.setFixedHeight(2 * SWATCH)
    return label
