"""The keys that a coder has given to codes: they apply the code while the text has the focus."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.help.keys import obstacle
from coder_app.queries.settings import code_keys


class CodeKeys(QObject):
    """Keeps one shortcut per key on `text`, and calls `apply` with the code's id.

    A key that an action has meanwhile is the action's: two meanings would be none.
    """

    def __init__(self, context: Context, actions: ActionSet, text: QWidget, apply: Callable[[str], object]) -> None:
        super().__init__(text)
        self._context = context
        self._actions = actions
        self._text = text
        self._apply = apply
        self._shortcuts: list[QShortcut] = []
        signals = context.signals
        signals.opened.connect(self._read)
        signals.closed.connect(self._read)
        signals.coder_changed.connect(self._read)
        signals.changed.connect(self._on_changed)
        self._read()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("setting"):
            self._read()

    def _read(self, *_: object) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts.clear()
        project = self._context.project
        if project is None or not project.writable:
            return
        for code_id, spelled in code_keys(project).items():
            key = QKeySequence(spelled, QKeySequence.SequenceFormat.PortableText)
            if not key.isEmpty() and not obstacle(self._actions, key):
                shortcut = QShortcut(key, self._text)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda code_id=code_id: self._apply(code_id))
                self._shortcuts.append(shortcut)
