"""The picture of the table that is shown, in the colours of the theme; as wide as there is room."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from coder_app.exporters.figures.drawing import Drawing
from coder_app.gui.analyse.pictures.canvas import MARGIN, Canvas
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.i18n import tr

_LEAST_ZOOM = 0.45


class ChartView(QScrollArea):
    """A drawing; the arrow keys go from place to place, Enter goes on to the passages."""

    place_pointed = Signal(str, str)
    """The ids of what the current place stands for: its row and its column, or twice the same."""
    passages_wanted = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(theme)
        self.setWidget(self.canvas)
        self.setAccessibleName(tr("Chart of the table"))
        set_role(self, "quiet")
        self.canvas.pair_chosen.connect(self.place_pointed)
        self.canvas.passages_wanted.connect(self.passages_wanted)
        self.canvas.moved.connect(self._show_place)

    def show_drawing(self, drawing: Drawing, name: str) -> None:
        """Show another picture, called `name` for those who cannot see it."""
        self.canvas.show_drawing(drawing, name)
        self._fit()

    def _fit(self) -> None:
        full = self.canvas.unzoomed().width()
        room = self.viewport().width() - 2 * MARGIN
        self.canvas.zoom(max(_LEAST_ZOOM, min(1.0, room / full)) if full else 1.0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _show_place(self, place: QRectF) -> None:
        middle = place.center().toPoint()
        self.ensureVisible(middle.x(), middle.y(), round(place.width() / 2), round(place.height() / 2))
