"""A small window for the memo on a source or a passage: beside what it is about, saved as one writes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.edits.memos import write_memo
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.times import day_and_clock
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.memos import memos_on
from coder_app.store.project import Project

_PAUSE_MILLISECONDS = 1_500
_WIDTH, _HEIGHT = 420, 300


@dataclass(frozen=True, slots=True)
class MemoOn:
    """What a memo is on: a kind that `edits.memos.write_memo` knows and an id, within a source; how that is called."""

    kind: str
    id: str
    source_id: str
    name: str
    hint: str
    is_there: Callable[[Project], bool]


class MemoWindow(QDialog):
    """The present coder's memo on one thing; other coders' memos stand below it, to be read. Goes with the thing."""

    def __init__(self, context: Context, on: MemoOn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._on = on
        self._stored = ""
        self._gone = False
        self.setWindowTitle(tr("Memo on “{name}”", name=on.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        sizes = context.theme.theme.sizes
        self.editor = QPlainTextEdit(self)
        self.editor.setPlaceholderText(on.hint)
        self.editor.setAccessibleName(self.windowTitle())
        self.editor.setTabChangesFocus(True)
        self._others = sentence("", "muted", self)
        self._state = QLabel(self)
        set_role(self._state, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.medium, sizes.medium, sizes.medium, sizes.small)
        column.setSpacing(sizes.small)
        column.addWidget(self.editor, 1)
        column.addWidget(self._others)
        column.addWidget(self._state)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.save)
        self.refresh()
        self.editor.textChanged.connect(self._on_typed)
        context.signals.changed.connect(self.refresh)
        context.signals.coder_changed.connect(self._on_coder)
        context.blinding.changed.connect(self.refresh)
        context.signals.closed.connect(self._on_closed)
        context.signals.save_requested.connect(self.save)

    def refresh(self, *_: object) -> None:
        """Read the memos again; what is being typed now stays."""
        project = self._context.project
        if project is None:
            return
        if not self._on.is_there(project):
            self._on_closed()
            return
        hidden = self._context.blinding.hidden_in(self._on.source_id)
        found = [memo for memo in memos_on(project, self._on.kind, self._on.id) if memo.coder_id not in hidden]
        names = {coder.id: coder.name for coder in coders(project)}
        mine = next((memo.body for memo in found if memo.coder_id == project.coder_id), "")
        if self.editor.toPlainText() == self._stored and mine != self._stored:
            self._stored = mine
            self.editor.setPlainText(mine)
        self._stored = mine
        told = [
            f"{names.get(memo.coder_id or '', '?')} · {day_and_clock(memo.created_at)}\n{memo.body}"
            for memo in found
            if memo.coder_id != project.coder_id
        ]
        self._others.setText("\n\n".join(told))
        self._others.setVisible(bool(told))
        self._say_state()

    def save(self) -> None:
        """Keep what was typed."""
        self._pause.stop()
        text = self.editor.toPlainText()
        if text != self._stored and self._context.writable and not self._gone:
            self._context.attempt(write_memo, self._on.kind, self._on.id, text)

    def _on_typed(self) -> None:
        self._say_state()
        if self.editor.toPlainText() != self._stored:
            self._pause.start()

    def _say_state(self) -> None:
        saved = self.editor.toPlainText() == self._stored
        self._state.setText((tr("Saved") if self._stored else "") if saved else tr("Writing…"))

    def _on_coder(self) -> None:
        # The memo belongs to who wrote it, so it is shown anew for the one who works now.
        self.close()

    def _on_closed(self) -> None:
        self._pause.stop()
        self._gone = True
        self.close()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            # Whatever is asked of the main window next finds the memo in the project.
            self.save()
        return super().event(event)

    def reject(self) -> None:
        self.save()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save()
        super().closeEvent(event)
