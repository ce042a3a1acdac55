"""The window that asks what a new project is called, where it is kept and who codes in it."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr

SUFFIX = ".coder"
_WIDTH = 520
# What one of the three big systems does not take in the name of a file.
_REFUSED = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 120


class NewProjectDialog(QDialog):
    """Three lines and a button; a problem is said in the window, which then stays."""

    wanted = Signal(object, str, str)
    """A project should be made: its path, its name, the coder's name."""

    def __init__(self, context: Context, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New project"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        sizes = context.theme.theme.sizes
        self.name = self._line(tr("Name of the project"), tr("My study"))
        self.folder = self._line(tr("Folder"), "", str(folder))
        self.coder = self._line(tr("Your name as a coder"), tr("Coder 1"), context.settings.values.coder_name)
        pick = QPushButton(tr("Choose…"), self)
        pick.setAccessibleName(tr("Choose the folder"))
        pick.setAutoDefault(False)
        pick.clicked.connect(self._pick_folder)
        where = QHBoxLayout()
        where.setSpacing(sizes.small)
        where.addWidget(self.folder, 1)
        where.addWidget(pick)
        form = QFormLayout()
        form.setVerticalSpacing(sizes.medium)
        form.setHorizontalSpacing(sizes.medium)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Folder"), where)
        form.addRow(tr("Your name"), self.coder)
        self.file = sentence("", "muted", self)
        self.problem = sentence("", "error", self)
        self.problem.hide()
        buttons = QDialogButtonBox(self)
        self.make = buttons.addButton(tr("Make project"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.make.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.medium)
        column.addLayout(form)
        column.addWidget(self.file)
        column.addWidget(
            sentence(tr("Your name stands beside your codings; it can be another in every project."), "muted")
        )
        column.addWidget(self.problem)
        column.addWidget(buttons)
        for line in (self.name, self.folder):
            line.textChanged.connect(self._say_file)
        self._say_file()
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def _line(self, name: str, placeholder: str, text: str = "") -> QLineEdit:
        line = QLineEdit(text, self)
        line.setAccessibleName(name)
        line.setPlaceholderText(placeholder)
        return line

    def path(self) -> Path:
        """Return the file that the project is to be kept in."""
        return Path(self.folder.text().strip()).expanduser() / (file_name(self.name.text()) + SUFFIX)

    def _say_file(self) -> None:
        ready = bool(self.name.text().strip() and self.folder.text().strip())
        self.make.setEnabled(ready)
        self.problem.hide()
        self.file.setText(
            tr("The project is one file: {file}", file=self.path()) if ready else tr("The project is one file.")
        )

    def _pick_folder(self) -> None:
        found = choose.folder(self, tr("Folder for the project"), Path(self.folder.text()))
        if found is not None:
            self.folder.setText(str(found))

    def _ask(self) -> None:
        self.wanted.emit(self.path(), self.name.text().strip(), self.coder.text().strip())

    def say_problem(self, sentence: str) -> None:
        """Say why the project could not be made."""
        self.problem.setText(sentence)
        self.problem.show()


def file_name(name: str) -> str:
    """Return `name` as a name of a file that every system takes, without suffix."""
    return _REFUSED.sub("-", name).strip(" .")[:_LONGEST].strip(" .") or tr("Project")
