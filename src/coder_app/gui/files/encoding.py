"""Shows how text files were read where that was a guess, so that a person can see and correct it."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.text import canonical
from coder_app.gui.context import Context
from coder_app.gui.theme.fonts import text_font
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr, trn

_WIDTH, _HEIGHT = 860, 520
_LIST_WIDTH = 210
_READ = 2 * 1024 * 1024
_LINES = 14
_LONGEST_LINE = 240
_NAME = int(Qt.ItemDataRole.UserRole)


@dataclass(slots=True)
class Question:
    """A file whose encoding is to be confirmed: its name, its bytes and the encoding it was read in."""

    name: str
    data: bytes
    encoding: str


class EncodingDialog(QDialog):
    """Lists the files, for each the encodings that fit it, and what its text looks like in the one chosen."""

    answered = Signal(list)
    """The encodings that the person accepted, one for each question, in their order."""

    def __init__(self, context: Context, parent: QWidget | None, questions: Sequence[Question], accept: str) -> None:
        """Show the questions; `accept` is what the button says that takes the answers."""
        super().__init__(parent)
        self._questions = list(questions)
        self._answers = [codecs.lookup(question.encoding).name for question in questions]
        self._offers: dict[int, list[str]] = {}
        self.setWindowTitle(tr("How were these texts written?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self.files = self._list(tr("Files"))
        self.encodings = self._list(tr("Encodings, the likeliest first"))
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(tr("The text in this encoding"))
        self.preview.setFont(text_font(context.theme.theme.sizes.interface + 2))
        self._arrange(context, accept)
        for question in self._questions:
            item = QListWidgetItem(question.name, self.files)
            item.setToolTip(question.name)
        self.files.setVisible(len(self._questions) > 1)
        self.files.currentRowChanged.connect(self._show_file)
        self.encodings.currentRowChanged.connect(self._choose)
        self.files.setCurrentRow(0)
        self.encodings.setFocus(Qt.FocusReason.PopupFocusReason)
        context.signals.closed.connect(self.reject)

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(name)
        made.setFixedWidth(_LIST_WIDTH)
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _arrange(self, context: Context, accept: str) -> None:
        sizes = context.theme.theme.sizes
        buttons = QDialogButtonBox(self)
        ok = buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        ok.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(sizes.medium)
        row.addWidget(self.files)
        row.addWidget(self.encodings)
        row.addWidget(self.preview, 1)
        hint = trn(
            "This file does not say how its letters are written. Choose the encoding in which they look right; "
            "shown are the lines that differ.",
            "These {n} files do not say how their letters are written. Choose for each the encoding in which they "
            "look right; shown are the lines that differ.",
            len(self._questions),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.medium)
        column.addWidget(sentence(hint, "", self))
        column.addLayout(row, 1)
        column.addWidget(buttons)

    def _show_file(self, row: int) -> None:
        offered = self._offered(row)
        self.encodings.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.encodings.clear()
        for encoding in offered:
            item = QListWidgetItem(encoding_name(encoding), self.encodings)
            item.setData(_NAME, encoding)
        self.encodings.setCurrentRow(offered.index(self._answers[row]))
        self.encodings.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._show_text(row)

    def _offered(self, row: int) -> list[str]:
        from coder_app.importers.text_files import preview_encodings

        if row not in self._offers:
            # The start of a long file tells enough, and guessing takes its time.
            fits = [encoding for encoding, _ in preview_encodings(self._questions[row].data)]
            answer = self._answers[row]
            self._offers[row] = fits if answer in fits else [answer, *fits]
        return self._offers[row]

    def _choose(self, place: int) -> None:
        row = self.files.currentRow()
        if place >= 0 and row >= 0:
            self._answers[row] = self.encodings.item(place).data(_NAME)
            self._show_text(row)

    def _show_text(self, row: int) -> None:
        text = self._questions[row].data[:_READ].decode(self._answers[row], "replace")
        self.preview.setPlainText(telling_lines(canonical(text)))

    def answers(self) -> list[str]:
        """Return the encoding chosen for each file so far."""
        return list(self._answers)

    def _accept(self) -> None:
        self.accept()
        self.answered.emit(self._answers)


def telling_lines(text: str) -> str:
    """Return the lines of `text` by which its encoding can be judged: those with letters beyond ASCII.

    A text without any gives its first lines; long lines are shown around their first such letter.
    """
    lines = [line for line in text.split("\n") if not line.isspace() and line]
    telling = [line for line in lines if not line.isascii()]
    return "\n".join(_cut(line) for line in (telling or lines)[:_LINES])


def _cut(line: str) -> str:
    first = next((place for place, letter in enumerate(line) if not letter.isascii()), 0)
    start = max(0, first - _LONGEST_LINE // 2)
    cut = line[start : start + _LONGEST_LINE]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(line) else "")


def encoding_name(encoding: str) -> str:
    """Return what people call an encoding, with its technical name."""
    script = {
        "utf-8": tr("Unicode"),
        "utf-16": tr("Unicode"),
        "utf-16-le": tr("Unicode"),
        "utf-16-be": tr("Unicode"),
        "utf-32": tr("Unicode"),
        "cp1252": tr("Western European"),
        "iso8859-1": tr("Western European"),
        "iso8859-15": tr("Western European"),
        "mac-roman": tr("Western European, Mac"),
        "cp1250": tr("Central European"),
        "iso8859-2": tr("Central European"),
        "cp1251": tr("Cyrillic"),
        "koi8-r": tr("Cyrillic"),
        "cp1253": tr("Greek"),
        "cp1254": tr("Turkish"),
        "cp1255": tr("Hebrew"),
        "cp1256": tr("Arabic"),
        "gb18030": tr("Chinese, simplified"),
        "big5": tr("Chinese, traditional"),
        "shift_jis": tr("Japanese"),
        "euc_kr": tr("Korean"),
    }.get(encoding)
    return f"{script} ({encoding})" if script else encoding
