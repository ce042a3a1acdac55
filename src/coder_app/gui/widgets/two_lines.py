"""Lists whose rows have two lines: what a thing is, and below it in small type what is to be known of it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.gui.theme import Theme, ThemeSource, set_role

Index = QModelIndex | QPersistentModelIndex
TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
BOTTOM = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
_PAD = 7


class TwoLines(QStyledItemDelegate):
    """Paints what is the same in each row: the ground, the frame of the focus. Subclasses write the words."""

    margin = 20

    def __init__(self, themes: ThemeSource, view: QListView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def write(self, painter: QPainter, inside: QRect, index: Index, theme: Theme) -> None:
        """Write the words of a row; the pen is for ink."""

    @property
    def large(self) -> QFont:
        """The type of the first line."""
        return self._view.font()

    @property
    def small(self) -> QFont:
        """The type of the second line."""
        small = QFont(self._view.font())
        small.setPixelSize(self._themes.theme.sizes.note)
        return small

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._themes.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, theme.line_width))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.setPen(theme.ink)
        self.write(painter, option.rect.adjusted(self.margin, _PAD, -self.margin, -_PAD), index, theme)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 2 * QFontMetrics(self._view.font()).height() + 2 * _PAD)


def line(painter: QPainter, inside: QRect, place: Qt.AlignmentFlag, said: str, font: QFont) -> None:
    """Write one line at its place, cut where there is no room."""
    painter.setFont(font)
    painter.drawText(inside, place, QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, inside.width()))


class TwoLineList(QListView):
    """A quiet list of such rows, which follows the theme."""

    def __init__(self, themes: ThemeSource, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)

    def _on_theme(self, _: object) -> None:
        self.doItemsLayout()
