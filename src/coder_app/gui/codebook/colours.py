"""A menu of colours: the palette as a grid, and a way to any other colour."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QWidget, QWidgetAction

from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import swatch
from coder_app.i18n import tr

_ACROSS = 6
_SWATCH = 20


class ColourMenu(QMenu):
    """Made for one question; deletes itself when it is closed. Tab and the arrow keys walk through the grid."""

    colour_chosen = Signal(str)
    other_wanted = Signal()

    def __init__(self, colours: Sequence[str], now: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Colours"))
        grid = QWidget(self)
        cells = QGridLayout(grid)
        cells.setContentsMargins(8, 8, 8, 8)
        cells.setSpacing(2)
        self.buttons = [self._button(colour, colour == now, number) for number, colour in enumerate(colours, start=1)]
        for place, button in enumerate(self.buttons):
            cells.addWidget(button, place // _ACROSS, place % _ACROSS)
        whole = QWidgetAction(self)
        whole.setDefaultWidget(grid)
        self.addAction(whole)
        self.addSeparator()
        self.addAction(tr("Another colour…")).triggered.connect(self.other_wanted)
        (next((button for button in self.buttons if button.isChecked()), self.buttons[0])).setFocus()

    def _button(self, colour: str, is_now: bool, number: int) -> QToolButton:  # noqa: FBT001 - one of two looks
        button = QToolButton(self)
        set_role(button, "quiet")
        button.setIcon(swatch(colour, _SWATCH))
        button.setIconSize(QSize(_SWATCH, _SWATCH))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCheckable(True)
        button.setChecked(is_now)
        button.setToolTip(colour)
        button.setAccessibleName(tr("Colour {n}, {colour}", n=number, colour=colour))
        button.clicked.connect(lambda _=False: self._choose(colour))
        return button

    def _choose(self, colour: str) -> None:
        self.close()
        self.colour_chosen.emit(colour)
