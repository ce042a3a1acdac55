"""The memo on the chosen segment: written as one thinks, saved at each pause and when one goes on."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.edits.memos import write_memo
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.times import day_and_clock
from coder_app.gui.widgets.words import card, heading, words
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.memos import memos_on

_PAUSE_MILLISECONDS = 1_500
_HEIGHT = 96


class MemoCard(QWidget):
    """An editor for the present coder's memo; other coders' memos stand below it, to be read."""

    finished = Signal()
    """The person pressed Escape and wants to go back to the text."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._on = ("", "")
        self._stored = ""
        self._state = QLabel(self)
        self._editor = QPlainTextEdit()
        self._editor.setPlaceholderText(tr("What strikes you about this passage?"))
        self._editor.setAccessibleName(tr("Memo on the passage"))
        self._editor.setTabChangesFocus(True)
        self._editor.setFixedHeight(_HEIGHT)
        set_role(self._editor, "quiet")
        self._editor.installEventFilter(self)
        self._editor.textChanged.connect(self._on_typed)
        self._others = words("", "muted")
        frame, column = card()
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._editor)
        column.addWidget(self._others)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(heading(tr("Memo"), self._state))
        whole.addWidget(frame)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.save)

    def show_memo(self, on: str, on_id: str) -> None:
        """Show the memos on one thing; what was typed on the one before is saved first."""
        if (on, on_id) != self._on:
            self.save()
        self._on = (on, on_id)
        self.refresh()

    def refresh(self) -> None:
        """Read the memos again; what is being typed now stays."""
        project = self._context.project
        self.setVisible(project is not None and bool(self._on[1]))
        if project is None or not self._on[1]:
            return
        found = memos_on(project, *self._on)
        names = {coder.id: coder.name for coder in coders(project)}
        mine = next((memo.body for memo in found if memo.coder_id == project.coder_id), "")
        if self._editor.toPlainText() == self._stored or not self._editor.hasFocus():
            self._stored = mine
            if self._editor.toPlainText() != mine:
                self._editor.setPlainText(mine)
            self._pause.stop()
        self._stored = mine
        self._editor.setReadOnly(not self._context.writable)
        self._state.setText(tr("saved") if mine and self._editor.toPlainText() == mine else "")
        told = [
            f"{names.get(memo.coder_id or '', '?')} · {day_and_clock(memo.created_at)}\n{memo.body}"
            for memo in found
            if memo.coder_id != project.coder_id
        ]
        self._others.setText("\n\n".join(told))
        self._others.setVisible(bool(told))

    def write(self) -> None:
        """Put the caret into the memo."""
        if self.isVisible():
            self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._editor.moveCursor(self._editor.textCursor().MoveOperation.End)

    def save(self) -> None:
        """Keep what was typed."""
        self._pause.stop()
        text = self._editor.toPlainText()
        if self._on[1] and text != self._stored and self._context.writable:
            self._stored = text
            self._context.attempt(write_memo, *self._on, text)

    def _on_typed(self) -> None:
        if self._editor.toPlainText() != self._stored:
            self._state.setText(tr("writing…"))
            self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.FocusOut:
            self.save()
        if watched is self._editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            finishes = event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Escape or finishes:
                self.save()
                self.finished.emit()
                return True
        return super().eventFilter(watched, event)
