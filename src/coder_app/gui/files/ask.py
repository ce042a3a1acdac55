"""A small window that asks for one line, such as a name; the main window stays usable beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from coder_app.gui.context import Context
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr

_WIDTH = 380


class Ask(QDialog):
    """Calls `answered(text)` on Enter or OK; Escape forgets it. Goes when the project goes.

    Where what it attempts is refused, such as a name that is taken, the window stays with what was typed and says why.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        title: str,
        answered: Callable[[str], object],
        *,
        text: str = "",
        choices: Sequence[str] = (),
        hint: str = "",
    ) -> None:
        """Show the question. `choices` are offered beside what can be typed; with "" among them it may stay empty."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        sizes = context.theme.theme.sizes
        self._context = context
        self._answered = answered
        self._allow_empty = "" in choices
        self.line = QLineEdit(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.small)
        label = QLabel(title, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(label)
        if choices:
            box = QComboBox(self)
            box.setEditable(True)
            box.setLineEdit(self.line)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.addItems(list(choices))
            box.setCurrentIndex(-1)
            box.setAccessibleName(title)
            label.setBuddy(box)
            # A box that can be typed in keeps Enter to itself.
            self.line.returnPressed.connect(self.accept)
            column.addWidget(box)
        else:
            label.setBuddy(self.line)
            column.addWidget(self.line)
        self.line.setText(text)
        self.line.selectAll()
        self.line.setAccessibleName(title)
        self.refused = sentence("", "error", self)
        self.refused.hide()
        column.addWidget(self.refused)
        if hint:
            column.addWidget(sentence(hint, "muted", self))
        column.addSpacing(sizes.small)
        column.addWidget(self._buttons())
        self.line.textChanged.connect(self._check)
        self._check()
        context.signals.closed.connect(self.reject)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(tr("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _check(self) -> None:
        self.ok.setEnabled(self._allow_empty or bool(self.line.text().strip()))
        self._say("")

    def _say(self, refusal: str) -> None:
        self.refused.setText(refusal)
        self.refused.setVisible(bool(refusal))
        self.line.setAccessibleDescription(refusal)

    def accept(self) -> None:
        if not self.ok.isEnabled() or not self.isVisible():
            return
        typed = self.line.text().strip()
        refusal = self._context.refusal(lambda: self._answered(typed))
        if refusal:
            self._say(refusal)
            self.line.selectAll()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.isVisible():
            super().accept()
