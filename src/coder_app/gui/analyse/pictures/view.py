"""Scrolls a canvas that is larger than its room, and shows it as large as it fits or as a person likes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from coder_app.exporters.figures.drawing import Drawing
from coder_app.gui.analyse.pictures.canvas import MARGIN, Canvas
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.i18n import tr

# Pixels that the smallest names need to be read, 9 points of 96 to the inch, and how far a small picture is blown up.
_LEAST_TYPE, _MOST_FIT = 12.0, 1.35
_LEAST, _MOST, _STEP = 0.3, 4.0, 1.15


class PictureView(QScrollArea):
    """Ctrl and the wheel, or Ctrl with + and -, show the picture larger or smaller; Ctrl+0 fits it again."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(theme)
        self._chosen: float | None = None
        self.setAccessibleName(tr("Picture, scrolled"))
        set_role(self, "quiet")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.viewport().setAutoFillBackground(False)
        self.canvas.moved.connect(self._follow)
        theme.changed.connect(self._fit)

    def show_drawing(self, drawing: Drawing, name: str, *, anew: bool) -> None:
        """Show a drawing; `anew` forgets how large another kind of picture was shown."""
        if anew:
            self._chosen = None
        self.canvas.show_drawing(drawing, name)
        self._fit()

    def _fit(self) -> None:
        if self._chosen is not None:
            self.canvas.zoom(self._chosen)
            return
        full = self.canvas.unzoomed()
        bar = self.verticalScrollBar().sizeHint().width()
        across = (self.width() - bar - 2 * MARGIN) / max(full.width(), 1)
        down = (self.height() - 2 * MARGIN) / max(full.height(), 1)
        # Never larger than the height allows, and never so small that names cannot be read.
        self.canvas.zoom(max(_LEAST_TYPE / self.canvas.smallest_type(), min(_MOST_FIT, across, down)))

    def enlarge(self, steps: float) -> None:
        """Show the picture larger, or smaller for negative steps."""
        self._chosen = max(_LEAST, min(_MOST, self.canvas.zoomed * _STEP**steps))
        self._fit()

    def _follow(self, rect: QRectF) -> None:
        middle = rect.center()
        self.ensureVisible(round(middle.x()), round(middle.y()), round(rect.width() / 2), round(rect.height() / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in steps:
            self.enlarge(steps[key])
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_0:
            self._chosen = None
            self._fit()
        else:
            super().keyPressEvent(event)
