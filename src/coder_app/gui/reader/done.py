"""Marks the source that is read as done by the coder at work, in the round in which it is theirs."""

from PySide6.QtWidgets import QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.disagreement import Assignment
from coder_app.edits.rounds import mark_done
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.i18n import tr
from coder_app.queries.rounds import assigned


class DoneButton(QPushButton):
    """In sight where the source is the coder's in an open round."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._source_id = ""
        self._given: Assignment | None = None
        self.setCheckable(True)
        set_role(self, "quiet")
        self.setToolTip(tr("A source that is done counts for agreement: a code you did not give, you decided against"))
        self.clicked.connect(self.toggle)
        context.signals.changed.connect(self._on_changed)
        context.signals.coder_changed.connect(self._refresh)
        context.signals.closed.connect(self.hide)
        self.hide()

    def show_source(self, source_id: str) -> None:
        """Show whether the coder at work has finished this source."""
        self._source_id = source_id
        self._refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("round", "assignment"):
            self._refresh()

    def _refresh(self, *_: object) -> None:
        project = self._context.project
        self._given = assigned(project, self._source_id) if project is not None and self._source_id else None
        self.setVisible(self._given is not None)
        is_done = self._given is not None and self._given.done_at is not None
        self.setChecked(is_done)
        self.setEnabled(self._context.writable)
        self.setText(tr("✓ Done") if is_done else tr("Mark as done"))
        self.setAccessibleName(tr("This source is done") if is_done else tr("Mark this source as done"))

    def toggle(self, *_: object) -> None:
        """Mark the source as done, or as not done."""
        one = self._given
        if one is None:
            self._context.say(
                tr("This source is not yours in an open round. Assign it in Analyse, Agreement, Assignments.")
            )
            return
        is_done = one.done_at is None
        self._context.attempt(mark_done, one.round_id, [one.source_id], [one.coder_id], is_done=is_done)
        self._refresh()
        if is_done:
            self._context.say(tr("Marked as done."), undo=True)
