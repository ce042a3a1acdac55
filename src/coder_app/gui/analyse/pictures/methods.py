"""The paragraph for a paper's methods section, to read and to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coder_app.analysis.methods import methods
from coder_app.gui.analyse.counting import Answer
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr

_SIZE = 560, 340


class MethodsButton(QPushButton):
    """Opens the paragraph of the table that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Methods…"), parent)
        self._answer: Answer | None = None
        self.setToolTip(tr("How the table was counted, as a paragraph for a paper"))
        self.clicked.connect(self._open)
        self.take(None)

    def take(self, answer: Answer | None) -> None:
        """Describe this table from now on, or none."""
        self._answer = answer
        self.setEnabled(answer is not None)

    def _open(self) -> None:
        if self._answer is not None:
            MethodsDialog(methods(self._answer.result, self._answer.computed, names=self._answer.names), self).open()


class MethodsDialog(QDialog):
    """Shows the paragraph; Copy puts it on the clipboard and closes."""

    def __init__(self, paragraph: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Methods"))
        self.text = QPlainTextEdit(paragraph)
        self.text.setAccessibleName(tr("Methods paragraph"))
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        buttons = QDialogButtonBox()
        buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy.setDefault(True)
        buttons.accepted.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 14)
        column.setSpacing(14)
        column.addWidget(sentence(tr("How this table was counted, in words that a reader can check:")))
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(*_SIZE)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.accept()
