"""Draws highlights, underlines, outlines and grips from plain values; knows neither project nor document."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from coder_app.gui.theme import Theme, mix

UNDERLINE = 2
UNDERLINE_STEP = 3
MOST_UNDERLINES = 3
MOST_SPLIT = 2
# Lanes differ by pattern as well as by colour: whole, long dashes, dots (in multiples of the width).
_DASHES: tuple[tuple[float, ...], ...] = ((), (4, 1.5), (1, 1))
_CORNER = 4.0
_REACH = 3.0


@dataclass(frozen=True, slots=True)
class Tint:
    """A stretch (rectangles, a band high each) over which the same codings lie; `colours` from the outer one in."""

    rects: Sequence[QRectF]
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Underline:
    """The line under one coding; `lane` 0 is the lowest."""

    rects: Sequence[QRectF]
    colour: str
    lane: int


@lru_cache(maxsize=1024)
def tint_of(colour: str, paper: int, share: float) -> QColor:
    """Return a code's colour as a highlight on `paper` (QColor.rgb)."""
    return mix(QColor(colour), QColor.fromRgb(paper), share)


def draw_tints(painter: QPainter, tints: Sequence[Tint], theme: Theme) -> None:
    """Fill highlights: one colour whole, several as stripes one above the other."""
    for tint in tints:
        for rect in tint.rects:
            height = (rect.height() - 1) / len(tint.colours)
            for number, colour in enumerate(tint.colours):
                stripe = QRectF(rect.left(), rect.top() + number * height, rect.width(), height)
                painter.fillRect(stripe, tint_of(colour, theme.paper.rgb(), theme.tint))


def draw_underlines(painter: QPainter, underlines: Sequence[Underline]) -> None:
    """Draw the stacked lines under codings, each lane with its own pattern."""
    for under in underlines:
        pen = QPen(QColor(under.colour), UNDERLINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if dashes := _DASHES[under.lane % len(_DASHES)]:
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        for rect in under.rects:
            y = round(rect.bottom()) - 2 - under.lane * UNDERLINE_STEP
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))


def draw_counts(painter: QPainter, counts: Sequence[tuple[QRectF, int]], theme: Theme) -> None:
    """Write how many codings lie on a line, where they are too many to be told apart."""
    font = QFont(painter.font())
    font.setPixelSize(max(theme.sizes.label - 2, 8))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(theme.muted)
    for rect, count in counts:
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(count))


def draw_fills(painter: QPainter, rects: Sequence[QRectF], colour: QColor) -> None:
    """Fill stretches such as search hits or the selection."""
    for rect in rects:
        painter.fillRect(rect.adjusted(0, 0, 0, -1), colour)


def draw_outline(
    painter: QPainter, rects: Sequence[QRectF], colour: QColor, width: float, *, dashed: bool = False
) -> None:
    """Draw a line around a stretch that follows its lines, with round corners."""
    if not rects:
        return
    region = QPainterPath()
    region.setFillRule(Qt.FillRule.WindingFill)
    for rect in rects:
        region.addRect(rect.adjusted(-_REACH, -0.5, _REACH, 0.5))
    pen = QPen(colour, width)
    if dashed:
        pen.setDashPattern((3, 2))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for polygon in region.simplified().toSubpathPolygons():
        painter.drawPath(rounded(polygon, _CORNER))


def rounded(polygon: QPolygonF, radius: float) -> QPainterPath:
    """Return `polygon` as a closed path whose corners are rounded by `radius`, less on short sides."""
    corners = polygon.toList()
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    path = QPainterPath()
    for number, corner in enumerate(corners):
        before, after = corners[number - 1], corners[(number + 1) % len(corners)]
        enter, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        if number:
            path.lineTo(enter)
        else:
            path.moveTo(enter)
        path.quadTo(corner, leave)
    path.closeSubpath()
    return path


def _towards(corner: QPointF, other: QPointF, distance: float) -> QPointF:
    side = QLineF(corner, other)
    share = min(distance, side.length() / 2) / side.length() if side.length() else 0
    return side.pointAt(share)


def draw_grip(painter: QPainter, x: float, top: float, bottom: float, colour: QColor, *, at_start: bool) -> None:
    """Draw the handle at one end of a passage: a bar with a knob, above at the start, below at the stop."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(QRectF(x - 1, top, 2, bottom - top))
    painter.drawEllipse(QPointF(x, top if at_start else bottom), 4, 4)
