"""Asks for the key of a code: press it, and it is told whether it is free."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QKeySequenceEdit, QPushButton, QVBoxLayout, QWidget

from coder_app.edits.settings import set_code_key
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.help.keys import in_words, obstacle
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.settings import code_keys
from coder_app.store.project import Project

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_WIDTH = 380


class KeyDialog(QDialog):
    """One question about one code; the key is the present coder's own and works in the text."""

    def __init__(self, context: Context, actions: ActionSet, project: Project, code_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._tree = code_tree(project)
        self._keys = code_keys(project)
        self._code_id = code_id
        self.setWindowTitle(tr("Key of a code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        set_role(self, "panel")
        name = self._tree[code_id].name
        self._asked = sentence(tr("Press the key, or keys together, that shall apply “{name}”.", name=name))
        self.key = QKeySequenceEdit(QKeySequence(self._keys.get(code_id, ""), _PORTABLE), self)
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName(tr("Key of the code {name}", name=name))
        self.key.installEventFilter(self)
        self.key.keySequenceChanged.connect(self._tell)
        self.told = sentence("", "muted")
        self.none_button = QPushButton(tr("No key"), self)
        self.none_button.setEnabled(code_id in self._keys)
        self.none_button.clicked.connect(lambda: self._give(""))
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.reject)
        self.use_button = QPushButton(tr("Use this key"), self)
        self.use_button.clicked.connect(self._use)
        set_role(self.use_button, "primary")
        self._arrange()
        self._tell()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.none_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.use_button)
        for button in (self.none_button, self.cancel_button, self.use_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 14)
        column.setSpacing(8)
        for widget in (self._asked, self.key, self.told):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addLayout(buttons)
        # Two lines are kept free, so that the window does not jump when something is told.
        self.told.setFixedHeight(2 * self.told.fontMetrics().lineSpacing() + 4)

    def _refusal(self) -> str:
        """Return why the key cannot be used, "" where it can or none is pressed yet."""
        key = self.key.keySequence()
        if key.isEmpty():
            return ""
        told = obstacle(self._actions, key)
        for code_id, other in self._keys.items():
            if code_id != self._code_id and QKeySequence(other, _PORTABLE) == key:
                told = tr("the code “{name}”", name=self._tree[code_id].name)
        return tr("{key} belongs to {other}.", key=in_words([key]), other=told) if told else ""

    def _tell(self, *_: object) -> None:
        refusal = self._refusal()
        self.told.setText(refusal or tr("It works while the caret stands in the text, and for you only."))
        self.use_button.setEnabled(not refusal and not self.key.keySequence().isEmpty())

    def _use(self) -> None:
        if self.use_button.isEnabled():
            self._give(self.key.keySequence().toString(_PORTABLE))

    def _give(self, key: str) -> None:
        self._context.attempt(set_code_key, self._code_id, key)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # These three end the question; everything else is the key that is asked for.
        plain = isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.type() == QEvent.Type.KeyPress and plain and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._use()
                    return True
                case Qt.Key.Key_Escape:
                    self.reject()
                    return True
                case Qt.Key.Key_Tab:
                    return self.focusNextChild()
                case _:
                    pass
        return super().eventFilter(watched, event)
