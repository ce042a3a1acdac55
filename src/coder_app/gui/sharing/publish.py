"""The small window that asks who publishes a version of the codebook and why, and shows what it changes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.domain.codebook_diff import CodeChange, kind_words
from coder_app.gui.context import Context
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr, trn
from coder_app.team.coderbook import Publication

_WIDTH, _HEIGHT = 560, 420


class PublishDialog(QDialog):
    """Calls `answered(authors, note)` on Publish; the main window stays usable beside it."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        path: Path,
        publication: Publication,
        author: str,
        answered: Callable[[list[str], str], object],
    ) -> None:
        super().__init__(parent)
        self._answered = answered
        self.setWindowTitle(tr("Publish codebook"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sizes = context.theme.theme.sizes
        version = publication.book.newest.version if publication.book is not None else 0
        n = len(publication.changes)
        told = (
            trn("with {n} code", "with {n} codes", n)
            if version == 1
            else trn("{n} code changed", "{n} codes changed", n)
        )
        self.summary = sentence(
            tr("Version {version} in {file}: {told}.", version=version, file=path.name, told=told), "", self
        )
        self.authors = QLineEdit(author, self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(tr("Why this version? Others read it beside the changes."))
        self.changes = QPlainTextEdit("\n".join(map(_in_words, publication.changes)), self)
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self.changes.setAccessibleName(tr("What the version changes"))
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(tr("Publish"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.small)
        column.addWidget(self.summary)
        for name, field in ((tr("Authors, with commas between them"), self.authors), (tr("Note"), self.note)):
            label = QLabel(name, self)
            label.setBuddy(field)
            field.setAccessibleName(name)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self.changes, 1)
        column.addWidget(buttons)
        self.resize(_WIDTH, _HEIGHT)
        context.signals.closed.connect(self.reject)
        self.show()
        self.note.setFocus(Qt.FocusReason.PopupFocusReason)

    def accept(self) -> None:
        super().accept()
        authors = [name.strip() for name in self.authors.text().split(",") if name.strip()]
        self._answered(authors, self.note.text().strip())


def _in_words(change: CodeChange) -> str:
    into = tr(" into {path}", path=change.merged_into) if change.merged_into else ""
    return f"{change.path}: {', '.join(map(kind_words, change.kinds))}{into}"
