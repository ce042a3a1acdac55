"""Draws a passage: the words in ink, what surrounds them muted, the place in small type below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.gui.passages.model import PASSAGE, ShownPassage
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.theme.fonts import text_font

_MARGIN_X = 34
_MARGIN_Y = 8
_MOST_LINES = 4
_LONGEST = 600
_STRIPE = 3


class PassageDelegate(QStyledItemDelegate):
    """Lays out each passage in at most four lines of the text's own type."""

    def __init__(self, themes: ThemeSource, view: QListView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def _fonts(self) -> tuple[QFont, QFont]:
        sizes = self._themes.theme.sizes
        text = text_font(sizes.interface + 2, "")
        small = QFont(self._view.font())
        small.setPixelSize(sizes.label)
        return text, small

    def _layout(self, passage: ShownPassage, theme: Theme, width: int) -> QTextLayout:
        before, after = passage.before.replace("\n", " "), passage.after.replace("\n", " ")
        words = passage.text.replace("\n", " ")
        words = words if len(words) <= _LONGEST else words[:_LONGEST] + " …"
        layout = QTextLayout("…" + before + words + after + "…", self._fonts()[0])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        first = _utf16(before) + 1
        layout.setFormats(
            [
                _range(0, first, theme.muted),
                _range(first, _utf16(words), theme.ink),
                _range(first + _utf16(words), _utf16(after) + 1, theme.muted),
            ]
        )
        layout.beginLayout()
        height = 0.0
        for _ in range(_MOST_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height() * 1.25
        layout.endLayout()
        return layout

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        passage = index.data(PASSAGE)
        theme = self._themes.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.hover)
        inside = option.rect.adjusted(_MARGIN_X, _MARGIN_Y, -_MARGIN_X, -_MARGIN_Y)
        if passage.colour:
            stripe = QRect(inside.left() - 14, inside.top(), _STRIPE, inside.height())
            painter.fillRect(stripe, QColor(passage.colour))
        layout = self._layout(passage, theme, inside.width())
        painter.setPen(theme.ink)
        layout.draw(painter, QPointF(inside.topLeft()))
        painter.setFont(self._fonts()[1])
        painter.setPen(theme.muted)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, passage.where)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width() - 2 * _MARGIN_X
        layout = self._layout(index.data(PASSAGE), self._themes.theme, max(100, width))
        lines = layout.lineCount()
        height = layout.lineAt(0).height() * 1.25 * lines if lines else 0
        small = QFontMetrics(self._fonts()[1]).height()
        return QSize(self._view.viewport().width(), round(height) + small + 4 + 2 * _MARGIN_Y)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _range(start: int, length: int, colour: QColor) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setForeground(colour)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form  # type: ignore[attr-defined]  # missing in the stubs
    return made


class PassageList(QListView):
    """A list of passages; Enter or a click opens one."""

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(PassageDelegate(themes, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        set_role(self, "quiet")
        themes.changed.connect(self._on_theme)

    def _on_theme(self, _: Theme) -> None:
        self.doItemsLayout()
