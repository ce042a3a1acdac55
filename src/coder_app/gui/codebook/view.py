"""Draws a code in the tree: swatch, name, the number key it is pinned to, its number of codings."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from coder_app.gui.codebook.model import COUNT, PINNED
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.i18n import tr

_COUNT_WIDTH = 36
_PIN_WIDTH = 20
_ROW_HEIGHT = 26


class CodeDelegate(QStyledItemDelegate):
    """Leaves room at the right for the count, which stands in the muted colour."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        whole = QRect(option.rect)
        pinned = index.data(PINNED)
        room = _COUNT_WIDTH + (_PIN_WIDTH if pinned else 0)
        style = option.widget.style()
        background = QStyleOptionViewItem(option)
        self.initStyleOption(background, index)
        background.text = ""
        background.icon = type(background.icon)()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, background, painter, option.widget)
        named = QStyleOptionViewItem(option)
        named.rect = whole.adjusted(0, 0, -room, 0)
        named.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        super().paint(painter, named, index)
        painter.save()
        painter.setPen(self._theme.theme.muted)
        count = index.data(COUNT)
        if count:
            place = QRect(whole.right() - _COUNT_WIDTH, whole.top(), _COUNT_WIDTH - 6, whole.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(count))
        if pinned:
            box = QRect(whole.right() - room, whole.center().y() - 7, 15, 15)
            painter.drawRoundedRect(box, 3, 3)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(pinned))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(_ROW_HEIGHT, size.height()))


class CodeTreeView(QTreeView):
    """The tree itself: drag and drop within it and with the text, inline renaming by F2."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Codebook"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(CodeDelegate(theme, self))
        set_role(self, "quiet")
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
