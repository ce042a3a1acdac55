"""Paints the parts of a drawing in the colours of the theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from coder_app.exporters.figures.drawing import (
    POINTS,
    Box,
    Disc,
    Drawing,
    Fill,
    Ink,
    Mesh,
    Part,
    Ribbon,
    Shape,
    Stroke,
    Words,
)
from coder_app.gui.theme import Theme, mix, readable_on
from coder_app.gui.theme.fonts import interface_font

_SMALLEST_TYPE = 6


class Paint:
    """Paints with one theme; `scale` is pixels for an inch."""

    def __init__(self, painter: QPainter, theme: Theme, scale: float) -> None:
        self._painter = painter
        self._theme = theme
        self._scale = scale

    def drawing(self, drawing: Drawing, seen: QRectF) -> None:
        """Paint all parts; `seen` is what is in sight, in pixels."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in drawing.parts:
            self._part(part, seen)

    def _part(self, part: Part, seen: QRectF) -> None:
        match part:
            case Words():
                self._words(part)
            case Box():
                self._box(part, seen)
            case Shape():
                self._outline(part.fill, part.edge, part.line)
                self._painter.drawPolygon(QPolygonF([self._at(x, y) for x, y in part.points]))
            case Disc():
                self._outline(part.fill, part.edge, 1)
                radius = part.radius * self._scale
                self._painter.drawEllipse(self._at(part.x, part.y), radius, radius)
            case Stroke():
                self._stroke(part)
            case Ribbon():
                self._ribbon(part)
            case Mesh():
                self._mesh(part)

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(x * self._scale, y * self._scale)

    def colour(self, fill: Fill) -> QColor:
        """Return the colour of a role or of a step of the scale."""
        theme = self._theme
        if fill is None:
            return QColor(Qt.GlobalColor.transparent)
        if isinstance(fill, Ink):
            # Lines of a theme are faint borders of panels; those of a picture have to be seen.
            line = mix(theme.muted, theme.paper, 0.6)
            return {Ink.INK: theme.ink, Ink.MUTED: theme.muted, Ink.LINE: line, Ink.PAPER: theme.paper}[fill]
        return mix(theme.heat_high, theme.heat_low, fill)

    def _outline(self, fill: Fill, edge: Ink | None, width: float) -> None:
        self._painter.setBrush(self.colour(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self.colour(edge), width) if edge is not None else Qt.PenStyle.NoPen)

    def _words(self, part: Words) -> None:
        font = self._font(part.size, bold=part.bold)
        metrics = QFontMetricsF(font)
        ink = self.colour(part.ink) if part.on is None else readable_on(self.colour(part.on), self._theme)
        width = metrics.horizontalAdvance(part.text)
        back = {"left": 0.0, "center": width / 2, "right": width}[part.align]
        painter = self._painter
        painter.setFont(font)
        painter.setPen(ink)
        place = self._at(part.x, part.y)
        if part.rotation:
            painter.save()
            painter.translate(place)
            painter.rotate(-part.rotation)
            painter.drawText(QPointF(-back, -metrics.descent()), part.text)
            painter.restore()
        else:
            painter.drawText(place + QPointF(-back, metrics.capHeight() / 2), part.text)

    def _font(self, points: float, *, bold: bool) -> QFont:
        font = interface_font(max(_SMALLEST_TYPE, round(points / POINTS * self._scale)))
        font.setBold(bold)
        return font

    def _box(self, part: Box, seen: QRectF) -> None:
        rect = QRectF(self._at(part.x, part.y), self._at(part.x + part.width, part.y + part.height))
        if not rect.intersects(seen):
            return
        self._outline(part.fill, part.edge, 1)
        if part.dashed:
            pen = QPen(self.colour(part.edge), 1)
            pen.setDashPattern([3, 3])
            self._painter.setPen(pen)
        self._painter.setOpacity(part.opacity)
        self._painter.drawRoundedRect(rect, part.radius * self._scale, part.radius * self._scale)
        self._painter.setOpacity(1)

    def _stroke(self, part: Stroke) -> None:
        pen = QPen(self.colour(part.ink), part.width / POINTS * self._scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if part.dashed:
            pen.setDashPattern([3, 3])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline([self._at(x, y) for x, y in part.points])

    def _ribbon(self, part: Ribbon) -> None:
        middle = (part.x_a + part.x_b) / 2
        path = QPainterPath(self._at(part.x_a, part.top_a))
        path.cubicTo(self._at(middle, part.top_a), self._at(middle, part.top_b), self._at(part.x_b, part.top_b))
        path.lineTo(self._at(part.x_b, part.bottom_b))
        path.cubicTo(
            self._at(middle, part.bottom_b), self._at(middle, part.bottom_a), self._at(part.x_a, part.bottom_a)
        )
        path.closeSubpath()
        self._painter.setOpacity(part.opacity)
        self._outline(part.fill, Ink.PAPER, 0.5)
        self._painter.drawPath(path)
        self._painter.setOpacity(1)

    def _mesh(self, part: Mesh) -> None:
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        own = mix(self._theme.muted, self._theme.paper, 0.35)
        for row, shades in enumerate(part.cells):
            for column, shade in enumerate(shades):
                if shade or shade is None:
                    x, y = part.x + column * part.cell_width, part.y + row * part.cell_height
                    rect = QRectF(self._at(x, y), self._at(x + part.cell_width, y + part.cell_height))
                    painter.fillRect(rect, own if row == column else self.colour(shade))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
