"""The work list of passages that a corrected text left in doubt: see each, and say where it stands."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.edits.codings import delete_segments
from coder_app.edits.texts import accept_guess, settle_segment
from coder_app.gui.context import Context
from coder_app.gui.correcting.to_check_list import ToCheckModel, ToCheckView
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.placing import SegmentToCheck, segments_to_check
from coder_app.store.project import Project

_HEIGHT = 300
_LEAST = 230


class ToCheckPanel(QFrame):
    """Hidden until it is asked for. A row that is settled goes, and the next one takes its place."""

    place_chosen = Signal(str, int, int)
    """A passage should be shown: source id, start and stop of the guess in code points."""
    selection_wanted = Signal()
    """The words that are selected in the text are the place of the passage; answered by `settle_at`."""
    list_shown = Signal()
    flags_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(tr("Passages to check"))
        set_role(self, "bottom-bar")
        self.setMinimumHeight(_LEAST)
        self.model = ToCheckModel(self)
        self.list = ToCheckView(context.theme, self.model, self)
        self._count = QLabel(self)
        set_role(self._count, "muted")
        self._empty = words(tr("Nothing is to check: every passage stands where its words are."), "muted", self)
        self._accept = self._button(tr("Accept (A)"), tr("The passage stands where it is shown now"))
        self._use = self._button(
            tr("Use the selection (S)"), tr("The passage stands at the words that are selected in the text")
        )
        self._remove = self._button(tr("Remove (Del)"), tr("Remove the passage with its codings"))
        self._buttons = (self._accept, self._use, self._remove)
        self._close = QToolButton(self)
        self._close.setAccessibleName(tr("Close the list"))
        self._close.setToolTip(tr("Close the list (Esc)"))
        set_role(self._close, "quiet")
        self._arrange()
        self._connect()
        self._draw(context.theme.theme)
        self.hide()

    def _button(self, text: str, tip: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setToolTip(tip)
        return made

    def _arrange(self) -> None:
        title = QLabel(tr("To check"), self)
        set_role(title, "strong")
        head = QHBoxLayout()
        head.setContentsMargins(34, 8, 14, 6)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        for button in self._buttons:
            head.addWidget(button)
        head.addWidget(self._close)
        self._empty.setContentsMargins(34, 8, 34, 14)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.hide)
        self._accept.clicked.connect(self.accept)
        self._use.clicked.connect(self.selection_wanted)
        self._remove.clicked.connect(self.remove)
        self.list.place_wanted.connect(self.go)
        self.list.accepted.connect(self.accept)
        self.list.selection_offered.connect(self.selection_wanted)
        self.list.removal_wanted.connect(self.remove)
        self.list.selectionModel().selectionChanged.connect(self._check_buttons)
        self._context.theme.changed.connect(self._draw)
        signals = self._context.signals
        signals.opened.connect(self.hide)
        signals.closed.connect(self.hide)
        signals.changed.connect(self._on_changed)

    def sizeHint(self) -> QSize:
        # The text stays the larger part when the list comes.
        return QSize(600, _HEIGHT)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the list does for the window's actions."""
        return {
            "check.accept": self.accept,
            "check.here": self.selection_wanted.emit,
            "check.remove": self.remove,
        }

    def flags(self) -> set[str]:
        """Return "to_check" where a passage to check is meant."""
        return {"to_check"} if self.isVisible() and self.list.rows() else set()

    def open(self) -> None:
        """Show the list and go there."""
        self.show()
        self.list_shown.emit()
        self._refresh()
        self.list.setFocus()

    def go(self) -> None:
        """Show the current passage in its text."""
        one = self.model.row(self.list.currentIndex().row())
        if one is not None:
            self.place_chosen.emit(one.source_id, one.start, one.stop)

    def _chosen(self) -> list[SegmentToCheck]:
        return [one for row in self.list.rows() if (one := self.model.row(row)) is not None]

    def accept(self) -> None:
        """Let the selected passages stand where they are guessed."""
        chosen = self._chosen()
        # One that goes is seen to go, and a notice would lie over the next; Undo stands above.
        if self._context.attempt(_accept, [one.segment_id for one in chosen]) and len(chosen) > 1:
            self._say(tr("{n} passages stand where they were guessed.", n=len(chosen)))

    def remove(self) -> None:
        """Remove the selected passages with all that stands on them."""
        chosen = self._chosen()
        if chosen and self._context.attempt(_remove, [one.segment_id for one in chosen]):
            told = trn(
                "{n} passage was removed with its codings.",
                "{n} passages were removed with their codings.",
                len(chosen),
            )
            self._say(told)

    def settle_at(self, source_id: str, start: int, stop: int) -> None:
        """Let the current passage stand at [start, stop) of a source's text."""
        one = self.model.row(self.list.currentIndex().row())
        if one is None:
            return
        if one.source_id != source_id:
            self._context.say(tr("The passage is in “{name}”; Enter goes there.", name=one.source))
        elif start >= stop:
            self._context.say(tr("Select the words in the text where the passage stands."))
        else:
            self._context.attempt(settle_segment, one.segment_id, start, stop)

    def _say(self, sentence: str) -> None:
        left = self.model.rowCount()
        self._context.say(f"{sentence} {_left(left)}", undo=True)

    def _on_changed(self, change: ChangeSet) -> None:
        if self.isVisible() and change.touches("source", "segment", "coding", "code", "coder"):
            self._refresh()

    def _refresh(self) -> None:
        project = self._context.project
        if project is None:
            return
        row = max(self.list.currentIndex().row(), 0)
        rows = segments_to_check(project)
        self.model.show(rows)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._count.setText(trn("{n} passage", "{n} passages", len(rows)) if rows else "")
        if rows:
            self.list.setCurrentIndex(self.model.index(min(row, len(rows) - 1)))
        self._check_buttons()

    def _check_buttons(self, *_: object) -> None:
        for button in self._buttons:
            button.setEnabled(self._context.writable and bool(self.list.rows()))
        self.flags_changed.emit()

    def hideEvent(self, event: object) -> None:
        self.flags_changed.emit()

    def _draw(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme, theme.muted))


# Each returns that it was done, as an edit that was refused returns nothing.


def _accept(project: Project, segment_ids: list[str]) -> bool:
    accept_guess(project, segment_ids)
    return True


def _remove(project: Project, segment_ids: list[str]) -> bool:
    with project.edit("Remove a passage to check" if len(segment_ids) == 1 else f"Remove {len(segment_ids)} passages"):
        delete_segments(project, segment_ids)
    return True


def _left(number: int) -> str:
    if not number:
        return tr("Nothing is left to check.")
    return trn("{n} is left to check.", "{n} are left to check.", number)
