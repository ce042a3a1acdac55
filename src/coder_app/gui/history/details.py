"""The right column: one step with its rows, and what can be done with it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coder_app.domain.field_words import one_name
from coder_app.domain.step_words import CHANGED
from coder_app.gui.context import Context
from coder_app.gui.history.days import moment_words
from coder_app.gui.history.rows_text import RowsText
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import card, unmarked, words
from coder_app.i18n import tr, trn
from coder_app.queries.history import HistoryStep, StepRef, steps
from coder_app.queries.history_rows import ShownRow, StepRows, step_rows

_LISTED = 8
_LONGEST = 60


class _Link(QPushButton):
    """A step that can be gone to; its words are cut where there is no room for them."""

    def __init__(self, said: str = "") -> None:
        super().__init__()
        set_role(self, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._said = said
        self.say(said)

    def say(self, said: str) -> None:
        """Show other words."""
        self._said = said
        self.setAccessibleName(said or tr("Go to the step"))
        shown = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, max(40, self.width() - 4))
        self.setText(unmarked(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.say(self._said)


class StepDetails(QFrame):
    """Says who did what when, shows the rows, and asks for what a person wants done."""

    revert_requested = Signal(str)
    look_requested = Signal(str)
    step_requested = Signal(str)
    """Another step should be shown: one in the way, or the one that took this one back."""
    wording_requested = Signal(str, str, str, bool)
    """An older wording should come back: table, row, step, and whether it is the one before the step."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._step: HistoryStep | None = None
        self._rows = StepRows((), 0)
        self.setAccessibleName(tr("The chosen step"))
        set_role(self, "right-panel")
        self.title = words("", "strong")
        self.told = words("", "muted")
        self.undone = _Link()
        self.look = QPushButton(tr("Look as it was"))
        self.revert = QPushButton(tr("Take back"))
        self.wording = QPushButton(tr("Restore wording"))
        self.wording.setMenu(QMenu(self.wording))
        self._in_the_way, self._way_column = card()
        self.rows = RowsText(context.theme)
        self.empty = words(tr("Choose a step to see what it changed."), "muted")
        self._arrange()
        self.look.clicked.connect(self._ask_look)
        self.revert.clicked.connect(self._ask_revert)
        self.undone.clicked.connect(self._ask_undone)
        self.wording.menu().aboutToShow.connect(self._fill_wordings)
        self.show_step(None)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.look, self.revert, self.wording):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.empty)
        for part in (self.title, self.told, self.undone):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addWidget(self._in_the_way)
        column.addSpacing(4)
        column.addWidget(self.rows, 1)
        self._filler = column
        column.addStretch(0)

    def show_step(self, step: HistoryStep | None) -> None:
        """Show a step, or what to do first."""
        project = self._context.project
        self._step = step
        is_told = step is not None and not step.is_hidden
        self._rows = step_rows(project, step.id) if step is not None and is_told and project else StepRows((), 0)
        for part in (self.title, self.told):
            part.setVisible(step is not None)
        for part in (self.look, self.revert, self.rows):
            part.setVisible(is_told)
        self.empty.setVisible(step is None)
        self._in_the_way.hide()
        self.undone.setVisible(step is not None and step.undone_by is not None)
        self.wording.setVisible(any(row.has_wording and row.how == CHANGED for row in self._rows.rows))
        self._filler.setStretch(self._filler.count() - 1, 0 if is_told else 1)
        if step is None:
            return
        self.title.setText(step.words)
        if step.is_hidden:
            self.told.setText(f"{moment_words(step.made_at)}. {_kept()}")
            self.undone.hide()
            return
        rows = trn("{n} row", "{n} rows", step.rows)
        self.told.setText(f"{moment_words(step.made_at)} · {rows}")
        self.rows.show_rows(self._rows)
        writable = self._context.writable
        self.revert.setEnabled(writable and step.step != "new" and step.undone_by is None)
        self.wording.setEnabled(writable)
        if step.undone_by is not None:
            self.undone.say(tr("Undone: {step}", step=self._name(step.undone_by)))

    def _name(self, step_id: str) -> str:
        project = self._context.project
        if project is None:
            return ""
        step = next(steps(project, [StepRef(step_id, "", None)], self._context.blinding.blinds))
        return f"{step.words} · {moment_words(step.made_at)}"

    def say_in_the_way(self, step_ids: Sequence[str]) -> None:
        """List the later steps that must be taken back first."""
        while self._way_column.count():
            item = self._way_column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._way_column.addWidget(words(tr("Later steps build on it. Take these back first:")))
        for step_id in step_ids[:_LISTED]:
            link = _Link(self._name(step_id))
            link.clicked.connect(partial(self._ask_step, step_id))
            self._way_column.addWidget(link)
        more = len(step_ids) - _LISTED
        if more > 0:
            self._way_column.addWidget(words(trn("and {n} more", "and {n} more", more), "muted"))
        self._in_the_way.setVisible(bool(step_ids))

    def _ask_step(self, step_id: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - QAbstractButton.clicked's
        self.step_requested.emit(step_id)

    def _ask_look(self) -> None:
        if self._step is not None:
            self.look_requested.emit(self._step.id)

    def _ask_revert(self) -> None:
        if self._step is not None:
            self.revert_requested.emit(self._step.id)

    def _ask_undone(self) -> None:
        if self._step is not None and self._step.undone_by is not None:
            self.step_requested.emit(self._step.undone_by)

    def _fill_wordings(self) -> None:
        menu = self.wording.menu()
        menu.clear()
        for row in self._rows.rows:
            if row.has_wording and row.how == CHANGED:
                self._offer(menu, row, tr("{kind}, {what}: as before this step"), before=True)
                self._offer(menu, row, tr("{kind}, {what}: as after this step"), before=False)

    def _offer(self, menu: QMenu, row: ShownRow, form: str, *, before: bool) -> None:
        said = form.format(kind=one_name(row.table), what=_short(row.what))
        menu.addAction(unmarked(said)).triggered.connect(partial(self._ask_wording, row, before))

    def _ask_wording(self, row: ShownRow, before: bool, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - QAction.triggered's
        if self._step is not None:
            self.wording_requested.emit(row.table, row.row_id, self._step.id, before)


def _kept() -> str:
    return tr(
        "The step is kept. It is about codings, passages or memos of a source that you have not finished in a blind "
        "round."
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
