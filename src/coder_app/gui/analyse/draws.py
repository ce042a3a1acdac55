"""The folded group of an options column that few people open: seeds, numbers of draws, least numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from coder_app.gui.analyse.number_row import NumberRow
from coder_app.gui.theme import set_role
from coder_app.i18n import tr

MOST_SEED = 999_999_999
_OPEN, _CLOSED = "▾", "▸"


class Draws(QWidget):
    """A line that opens the rows below it; while it is closed it says whether anything in them was changed."""

    def __init__(self, rows: Sequence[QWidget], title: str = "") -> None:
        super().__init__()
        self._title = title or tr("Random draws")
        self._said = ""
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolTip(tr("Show what random draws begin with and how many there are"))
        set_role(self.button, "quiet")
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)
        line = QHBoxLayout()
        line.setContentsMargins(14, 0, 6, 0)
        line.setSpacing(4)
        line.addWidget(QLabel(self._title))
        line.addStretch(1)
        line.addWidget(self.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(line)
        whole.addWidget(self._inside)
        self.button.toggled.connect(self._fold)
        self._fold(open_=False)

    def _fold(self, open_: bool) -> None:  # noqa: FBT001 (QToolButton.toggled's)
        self._inside.setVisible(open_)
        self._show()

    def say(self, *, changed: bool) -> None:
        """Say beside the title whether anything in the rows differs from what is usual."""
        self._said = tr("changed") if changed else tr("usual")
        self._show()

    def _show(self) -> None:
        self.button.setText(f"{self._said} {_OPEN if self.button.isChecked() else _CLOSED}")
        self.button.setAccessibleName(f"{self._title}: {self._said}")


def seed_row() -> NumberRow:
    """Return the row for the number that random draws begin with."""
    return NumberRow(tr("Seed"), tr("The same seed gives the same figures"), least=0, most=MOST_SEED)
