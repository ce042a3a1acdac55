"""A small window with a list of sentences, such as what an import left out or what a check found."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.gui.context import Context
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr, trn

_WIDTH, _HEIGHT = 560, 320


class Remarks(QDialog):
    """Says one sentence and lists what belongs to it; the main window stays usable beside it."""

    def __init__(
        self, context: Context, parent: QWidget | None, title: str, summary: str, lines: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sizes = context.theme.theme.sizes
        self.summary = sentence(summary, "", self)
        self.list = QPlainTextEdit("\n".join(lines), self)
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(title)
        self.list.setVisible(bool(lines))
        self.buttons = buttons = QDialogButtonBox(self)
        buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.close)
        if lines:
            copy = buttons.addButton(tr("Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.list.toPlainText()))
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.medium)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.resize(_WIDTH, _HEIGHT if lines else self.sizeHint().height())
        context.signals.closed.connect(self.close)
        self.show()

    def offer(self, words: str, do: Callable[[], object]) -> None:
        """Put a button beside the others that closes the window and does something about what it says."""

        def clicked() -> None:
            self.close()
            do()

        self.buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole).clicked.connect(clicked)


def gathered(remarks: Iterable[tuple[str, str]]) -> list[str]:
    """Return (file, sentence) pairs as lines; a sentence about many files is said once, with their number."""
    pairs = list(dict.fromkeys(remarks))
    counts = Counter(what for _, what in pairs)
    lines: dict[str, None] = {}
    for name, what in pairs:
        number = counts[what]
        if number == 1:
            lines[tr("{name}: {sentence}", name=name, sentence=what)] = None
        else:
            lines[trn("{n} file: {sentence}", "{n} files: {sentence}", number, sentence=what)] = None
    return list(lines)
