"""Asks whether the codes that an annotation set names and the codebook lacks should be made."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.gui.context import Context
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr, trn

_WIDTH, _HEIGHT = 480, 320


class MissingCodes(QDialog):
    """Names the missing codes; `make` is called where the person wants them made."""

    def __init__(
        self, context: Context, parent: QWidget | None, file: str, missing: Sequence[str], make: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._make = make
        self.setWindowTitle(tr("Codes that are missing"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        sizes = context.theme.theme.sizes
        question = trn(
            "“{file}” uses {n} code that the codebook does not have. Make it and import the codings?",
            "“{file}” uses {n} codes that the codebook does not have. Make them and import the codings?",
            len(missing),
            file=file,
        )
        self.names = QPlainTextEdit("\n".join(missing), self)
        self.names.setReadOnly(True)
        self.names.setTabChangesFocus(True)
        self.names.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(self)
        self.yes = buttons.addButton(tr("Make the codes and import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setDefault(True)
        buttons.addButton(tr("Import nothing"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.medium)
        column.addWidget(sentence(question, "", self))
        column.addWidget(self.names, 1)
        column.addWidget(buttons)
        context.signals.closed.connect(self.reject)
        self.open()
        self.yes.setFocus(Qt.FocusReason.PopupFocusReason)

    def accept(self) -> None:
        super().accept()
        self._make()
