"""How the tree of sources is drawn and what the hands can do in it."""

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from coder_app.gui.correcting.told import number_to_check
from coder_app.gui.sources.model import CODINGS, ID, MIME, TO_CHECK
from coder_app.gui.theme import Theme, ThemeSource, icon, set_role
from coder_app.i18n import tr

_ROW = 26
_BAR = 3
_ARROW = 12
_OWN_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SourcesView(QTreeView):
    """A tree of one column: a name at the left, how many codings at the right."""

    chosen = Signal(QModelIndex)
    """A row was clicked, or Enter pressed on it."""
    remove_pressed = Signal()
    paste_pressed = Signal()
    files_dropped = Signal(list)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marked = ""
        self._theme = theme
        self._hovered = QPersistentModelIndex()
        self._arrows: tuple[QIcon, QIcon] = (QIcon(), QIcon())
        self.setAccessibleName(tr("Sources"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QTreeView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(_Row(self))
        set_role(self, "quiet")
        theme.changed.connect(self._use_theme)
        self._use_theme(theme.theme)

    def _use_theme(self, theme: Theme) -> None:
        self._arrows = (icon("chevron_right", theme, theme.muted), icon("chevron_down", theme, theme.muted))
        self.setIndentation(theme.sizes.medium)
        self.viewport().update()

    def theme(self) -> Theme:
        """Return the theme that rows are drawn in."""
        return self._theme.theme

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._set_edge)
            self._set_edge()

    def _set_edge(self) -> None:
        # Arrows need room at the edge only where there are folders at the top, behind all sources there.
        model = self.model()
        self.setRootIsDecorated(model.hasChildren(model.index(model.rowCount() - 1, 0)) if model.rowCount() else False)

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme.theme
        row = QRect(0, option.rect.y(), self.viewport().width(), option.rect.height())
        if self.selectionModel().isSelected(index):
            painter.fillRect(row, theme.selection)
        elif QPersistentModelIndex(index) == self._hovered:
            painter.fillRect(row, theme.hover)
        super().drawRow(painter, option, index)
        if self.marked and self._source_id(index) == self.marked:
            painter.fillRect(QRect(0, row.y(), max(_BAR, theme.line_width), row.height()), theme.accent)
        if self.hasFocus() and index == self.currentIndex():
            painter.setPen(theme.accent)
            painter.drawRect(row.adjusted(0, 0, -1, -1))

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        if self.model().hasChildren(index):
            place = QRect(rect.right() - _ARROW + 1, rect.center().y() - _ARROW // 2, _ARROW, _ARROW)
            self._arrows[self.isExpanded(index)].paint(painter, place)

    def _source_id(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(ID) or "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(QPersistentModelIndex(self.indexAt(event.position().toPoint())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QPersistentModelIndex())
        super().leaveEvent(event)

    def _hover(self, index: QPersistentModelIndex) -> None:
        if index != self._hovered:
            self._hovered = index
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and event.button() == Qt.MouseButton.LeftButton
        if plain and index.isValid() and index == self.currentIndex():
            self.chosen.emit(index)

    def event(self, event: QEvent) -> bool:
        # These keys belong to the row while the tree has the focus, whatever the window uses them for.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_pressed.emit()
        elif event.key() not in _OWN_KEYS or self.state() == QTreeView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F2:
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_pressed.emit()
        elif self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _is_files(event):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _is_files(event):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if _is_files(event):
            event.acceptProposedAction()
            self.files_dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        else:
            super().dropEvent(event)


def _is_files(event: QDropEvent) -> bool:
    data = event.mimeData()
    return not data.hasFormat(MIME) and any(url.isLocalFile() for url in data.urls())


class _Row(QStyledItemDelegate):
    """Draws one row: the name, cut in its middle where there is no room, and the count."""

    def __init__(self, view: SourcesView) -> None:
        super().__init__(view)
        self._view = view
        self._edited = QPersistentModelIndex()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, max(_ROW, option.fontMetrics.height() + self._view.theme().sizes.small))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._view.theme()
        place = self._text_place(option, index)
        count = str(index.data(CODINGS))
        painter.setFont(option.font)
        painter.setPen(theme.muted)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        if QPersistentModelIndex(index) == self._edited:
            return
        place.setRight(place.right() - option.fontMetrics.horizontalAdvance(count) - theme.sizes.small)
        if index.data(TO_CHECK):
            told = number_to_check(index.data(TO_CHECK))
            painter.setPen(theme.warning)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
            place.setRight(place.right() - option.fontMetrics.horizontalAdvance(told) - theme.sizes.small)
        painter.setPen(theme.ink)
        name = option.fontMetrics.elidedText(
            index.data().replace("\n", " "), Qt.TextElideMode.ElideMiddle, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _text_place(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QRect:
        sizes = self._view.theme().sizes
        left = 0 if self._view.rootIsDecorated() else sizes.medium
        return option.rect.adjusted(left, 0, -sizes.medium, 0)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("New name of “{name}”", name=index.data()))
        set_role(editor, "quiet")
        self._edited = QPersistentModelIndex(index)
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        self._edited = QPersistentModelIndex()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(self._text_place(option, index).adjusted(-4, 1, -30, -1))
