"""The names of the codes at the edges of the heat table: slanted above the columns, plain before the rows."""

import math

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from coder_app.gui.theme import ThemeSource
from coder_app.gui.theme.fonts import interface_font

_SLANT = 38
_STEEP = 62
_FOOT = 0.3
_TALLEST = 178
_WIDEST = 230
_GAP = 10


class NamesHeader(QHeaderView):
    """Draws all names in sight at once, because slanted ones reach over the columns beside their own."""

    def __init__(self, orientation: Qt.Orientation, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self._names: list[str] = []
        self._longest = 0.0
        self._current = -1
        self._slant = _SLANT
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_names(self, names: list[str]) -> None:
        """Show these names, one per section, and make room for the longest."""
        self._names = [name.replace("\n", " ") for name in names]
        metrics = QFontMetricsF(self._font(bold=True))
        self._longest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        self.updateGeometry()
        self.geometriesChanged.emit()
        self.viewport().update()

    def slant(self, *, steep: bool) -> None:
        """Set the names above narrow columns more steeply, where they reach less far beyond the last one."""
        self._slant = _STEEP if steep else _SLANT
        self.updateGeometry()

    def mark(self, section: int) -> None:
        """Set the name of one section off, -1 for none."""
        if section != self._current:
            self._current = section
            self.viewport().update()

    def overhang(self) -> int:
        """Return by how much the slanted names reach beyond the last column."""
        metrics = QFontMetricsF(self._font(bold=True))
        size = self.defaultSectionSize()
        beyond = 0.0
        for behind, name in enumerate(reversed(self._names)):
            reach = min(metrics.horizontalAdvance(name), self._room()) * math.cos(math.radians(self._slant))
            beyond = max(beyond, reach + _FOOT * size - (behind + 1) * size)
            if behind * size > _TALLEST * 2:
                break
        return math.ceil(beyond)

    def reach(self, section: int) -> int:
        """Return where, in the viewport, the slanted name of a column ends."""
        metrics = QFontMetricsF(self._font(bold=True))
        length = min(metrics.horizontalAdvance(self._names[section]), self._room())
        foot = self.sectionViewportPosition(section) + _FOOT * self.defaultSectionSize()
        return math.ceil(foot + length * math.cos(math.radians(self._slant)))

    def sizeHint(self) -> QSize:
        if self.orientation() == Qt.Orientation.Vertical:
            return QSize(math.ceil(min(self._longest, _WIDEST)) + _GAP, 0)
        height = self._longest * math.sin(math.radians(self._slant)) + QFontMetricsF(self._font()).height() + _GAP
        return QSize(0, math.ceil(min(height, _TALLEST)))

    def _room(self) -> float:
        """Return how long a slanted name may be."""
        return (self.sizeHint().height() - _GAP - 6) / math.sin(math.radians(self._slant))

    def _font(self, *, bold: bool = False) -> QFont:
        font = interface_font(self._theme.theme.sizes.note)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.theme.paper)
        across = self.orientation() == Qt.Orientation.Horizontal
        length = self.viewport().width() if across else self.viewport().height()
        first = max(0, self.visualIndexAt(0))
        last = self.visualIndexAt(length)
        if across:
            first = max(0, first - math.ceil(_TALLEST * 2 / self.defaultSectionSize()))
        for section in range(first, (len(self._names) if last < 0 else last + 1)):
            current = section == self._current
            painter.setFont(self._font(bold=current))
            painter.setPen(self._theme.theme.accent if current else self._theme.theme.ink)
            (self._draw_slanted if across else self._draw_plain)(painter, section)
        painter.end()

    def _draw_slanted(self, painter: QPainter, section: int) -> None:
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(self._names[section], Qt.TextElideMode.ElideMiddle, self._room())
        painter.save()
        foot = self.sectionViewportPosition(section) + _FOOT * self.defaultSectionSize()
        painter.translate(foot, self.viewport().height() - 8)
        painter.rotate(-self._slant)
        painter.drawText(QPointF(0, 0), name)
        painter.restore()

    def _draw_plain(self, painter: QPainter, section: int) -> None:
        top = self.sectionViewportPosition(section)
        place = QRect(0, top, self.viewport().width() - _GAP, self.sectionSize(section))
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(self._names[section], Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
