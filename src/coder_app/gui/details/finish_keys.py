"""The keys that end writing in a field: Escape and Ctrl+Enter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class FinishKeys(QObject):
    """Watches fields; claims the keys before the window's own shortcuts get them."""

    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def watch(self, field: QWidget) -> None:
        """Let the keys in `field` mean that the person has finished."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and _finishes(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.finished.emit()
                return True
        return super().eventFilter(watched, event)


def _finishes(event: QKeyEvent) -> bool:
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_Escape or (
        is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )
