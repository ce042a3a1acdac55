"""A memo on the chosen passage or coding: written as one thinks, saved at each pause and when one goes on."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.domain.model import Memo
from coder_app.edits.memos import write_memo
from coder_app.gui.context import Context
from coder_app.gui.details.finish_keys import FinishKeys
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

    def __init__(self, context: Context, title: str, hint: str, *, always: bool = True) -> None:
        """`hint` stands in the empty field; a card that is not shown `always` comes with the first memo."""
        super().__init__()
        self._context = context
        self._hint = hint
        self._always = always
        self._wanted = False
        self._on = ("", "")
        self._source_id = ""
        self._stored = ""
        self._state = QLabel(self)
        self._editor = QPlainTextEdit()
        self._editor.setAccessibleName(title)
        self._editor.setTabChangesFocus(True)
        self._editor.setFixedHeight(_HEIGHT)
        set_role(self._editor, "quiet")
        self._editor.installEventFilter(self)
        keys = FinishKeys(self)
        keys.watch(self._editor)
        keys.finished.connect(self._finish)
        self._editor.textChanged.connect(self._on_typed)
        self._others = words("", "muted")
        frame, column = card()
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._editor)
        column.addWidget(self._others)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(heading(title, self._state))
        whole.addWidget(frame)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.save)
        context.signals.save_requested.connect(self.save)

    def show_memo(self, on: str, on_id: str, source_id: str) -> None:
        """Show the memos on one thing in a source; what was typed on the one before is saved first."""
        if (on, on_id) != self._on:
            self.save()
            self._on = (on, on_id)
            self._wanted = False
            # What could not be saved has been told; the next memo starts with its own words.
            self._stored = ""
            self._editor.clear()
            self._pause.stop()
        self._source_id = source_id
        self.refresh()

    def refresh(self) -> None:
        """Read the memos again; what is being typed now stays."""
        project = self._context.project
        seen = self._seen() if self._on[1] else []
        self.setVisible(bool(self._on[1]) and (self._always or self._wanted or bool(seen)))
        if project is None or not self._on[1]:
            return
        names = {coder.id: coder.name for coder in coders(project)}
        mine = next((memo.body for memo in seen if memo.coder_id == project.coder_id), "")
        is_typed = self._editor.toPlainText() != self._stored
        self._stored = mine
        if not is_typed and self._editor.toPlainText() != mine:
            self._editor.setPlainText(mine)
        self._editor.setReadOnly(not self._context.writable)
        self._editor.setPlaceholderText(self._hint if self._context.writable else tr("No memo."))
        self._say_state()
        told = [
            f"{names.get(memo.coder_id or '', '?')} · {day_and_clock(memo.created_at)}\n{memo.body}"
            for memo in seen
            if memo.coder_id != project.coder_id
        ]
        self._others.setText("\n\n".join(told))
        self._others.setVisible(bool(told))

    def _seen(self) -> list[Memo]:
        """Return one's own memo and those of the coders whose codings are shown here."""
        project = self._context.project
        if project is None:
            return []
        hidden = self._context.hidden_in(self._source_id)
        every = memos_on(project, *self._on)
        return [memo for memo in every if memo.coder_id == project.coder_id or memo.coder_id not in hidden]

    def write(self) -> None:
        """Put the caret into the memo."""
        self._wanted = True
        self.refresh()
        self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._editor.moveCursor(self._editor.textCursor().MoveOperation.End)

    def save(self) -> None:
        """Keep what was typed; where that fails it stays in the field."""
        self._pause.stop()
        text = self._editor.toPlainText()
        if self._on[1] and text != self._stored and self._context.writable:
            self._context.attempt(write_memo, *self._on, text)
            self._say_state()

    def _on_typed(self) -> None:
        self._say_state()
        if self._editor.toPlainText() != self._stored:
            self._pause.start()

    def _say_state(self) -> None:
        if self._editor.toPlainText() != self._stored:
            self._state.setText(tr("writing…"))
        else:
            self._state.setText(tr("saved") if self._stored else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        self.save()
        self.finished.emit()
