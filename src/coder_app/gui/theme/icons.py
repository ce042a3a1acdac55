"""Icons by role: one-colour drawings that take their colour from the theme."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from coder_app.bundled import bundled
from coder_app.gui.theme.values import Theme, mix

_SIZES = (16, 20, 24, 32, 48)


def icon(role: str, theme: Theme, colour: QColor | None = None) -> QIcon:
    """Return the icon `role` (a file of resources/icons) in `colour`, or in the theme's ink.

    Raises OSError if there is no such icon.
    """
    drawing = (bundled("resources") / "icons" / f"{role}.svg").read_text(encoding="utf-8")
    normal = colour or theme.ink
    made = QIcon()
    for mode, shade in (
        (QIcon.Mode.Normal, normal),
        (QIcon.Mode.Disabled, mix(normal, theme.panel, 0.4)),
    ):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", shade.name()).encode()))
        for size in _SIZES:
            made.addPixmap(_drawn(renderer, size), mode)
    return made


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
