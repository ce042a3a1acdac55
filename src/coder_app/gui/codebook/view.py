"""Draws a code in the tree: swatch, name, the keys that apply it, its number of codings."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from coder_app.gui.codebook.model import COUNT, KEYS
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.gui.widgets.key_cap import draw_key_cap, key_cap_width
from coder_app.gui.widgets.words import SWATCH
from coder_app.i18n import tr

_GAP = 6
_AIR = 3 * _GAP
_ROW_HEIGHT = 26
_AT_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class CodeDelegate(QStyledItemDelegate):
    """Leaves room at the right for the count, which stands in the muted colour."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        whole = QRect(option.rect)
        keys: list[str] = index.data(KEYS)
        count = str(index.data(COUNT) or "")
        room = option.fontMetrics.horizontalAdvance(count) + _AIR
        room += sum(key_cap_width(option.fontMetrics, key) + _GAP for key in keys)
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
        painter.setFont(option.font)
        painter.drawText(whole.adjusted(0, 0, -_GAP, 0), _AT_RIGHT, count)
        right = whole.right() - option.fontMetrics.horizontalAdvance(count) - 2 * _GAP
        for key in reversed(keys):
            right = draw_key_cap(painter, right, whole, key) - _GAP
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(_ROW_HEIGHT, size.height()))


_APPLY = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_OWN_KEYS = (*_APPLY, Qt.Key.Key_Delete)


class CodeTreeView(QTreeView):
    """The tree itself: drag and drop within it and with the text, inline renaming by F2."""

    apply_pressed = Signal(QModelIndex)
    """Enter was pressed on a code."""
    reached = Signal(QModelIndex)
    """A key went to another code."""
    delete_pressed = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Codebook"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setIconSize(QSize(SWATCH, SWATCH))
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

    def event(self, event: QEvent) -> bool:
        # While the tree has the focus these keys are the code's, whatever the window uses them for.
        plain = isinstance(event, QKeyEvent) and event.modifiers() in _PLAIN and event.key() in _OWN_KEYS
        if event.type() == QEvent.Type.ShortcutOverride and plain:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.key() not in _OWN_KEYS or event.modifiers() not in _PLAIN or self.state() == self.State.EditingState:
            super().keyPressEvent(event)
            if self.currentIndex() != before and self.currentIndex().isValid():
                self.reached.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif before.isValid():
            self.apply_pressed.emit(before)
