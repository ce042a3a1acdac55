"""Keeps keys, clicks and drops away from every window while a large edit holds the project.

The windows stay alive and look as they did: they repaint, can be moved and closed. Escape and the button Cancel
stop the edit.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from coder_app.gui.context import Context

_KINDS = QEvent.Type
_INPUT = {
    _KINDS.KeyPress,
    _KINDS.KeyRelease,
    _KINDS.ShortcutOverride,
    _KINDS.Shortcut,
    _KINDS.InputMethod,
    _KINDS.MouseButtonPress,
    _KINDS.MouseButtonRelease,
    _KINDS.MouseButtonDblClick,
    _KINDS.MouseMove,
    _KINDS.Wheel,
    _KINDS.ContextMenu,
    _KINDS.TouchBegin,
    _KINDS.TouchUpdate,
    _KINDS.TouchEnd,
    _KINDS.TabletPress,
    _KINDS.TabletMove,
    _KINDS.TabletRelease,
    _KINDS.NativeGesture,
    _KINDS.DragEnter,
    _KINDS.DragMove,
    _KINDS.Drop,
    _KINDS.ToolTip,
}


class Hold(QObject):
    """Swallows input from `held` to `released`, but for what goes to `free`, where Cancel is."""

    def __init__(self, context: Context, free: QWidget, stop: Callable[[], object]) -> None:
        super().__init__(free)
        self._free = free
        self._stop = stop
        self._on = False
        context.signals.held.connect(self._begin)
        context.signals.released.connect(self._end)
        context.signals.closed.connect(self._end)

    def _begin(self) -> None:
        app = QApplication.instance()
        if app is None or self._on:
            return
        self._on = True
        app.installEventFilter(self)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)

    def _end(self) -> None:
        app = QApplication.instance()
        if app is None or not self._on:
            return
        self._on = False
        app.removeEventFilter(self)
        QGuiApplication.restoreOverrideCursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _INPUT:
            return False
        if isinstance(watched, QWidget):
            return not self._is_free(watched) and self._swallow(event)
        # Windows hand their events on to widgets; what shortcuts belong to is neither.
        return event.type() == QEvent.Type.Shortcut

    def _is_free(self, widget: QWidget) -> bool:
        return widget is self._free or self._free.isAncestorOf(widget)

    def _swallow(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._stop()
        # Taken, so that nothing above the widget gets it either.
        event.accept()
        return True
