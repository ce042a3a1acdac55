"""The team folder: where it is, who takes part, what waits, what is wrong with it and what to do."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.context import Context
from coder_app.gui.history.days import moment_words
from coder_app.gui.team.syncing import Syncing, SyncState
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import card, heading, words
from coder_app.i18n import tr, trn
from coder_app.team.members import Known, Member

_WIDEST = 760


class FolderPanel(QWidget):
    """Says how the project stands to its team folder, and offers what can be done about it."""

    share_requested = Signal()
    join_requested = Signal()
    sync_requested = Signal()
    leave_requested = Signal()

    def __init__(self, context: Context, syncing: Syncing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._syncing = syncing
        self.setAccessibleName(tr("Team folder"))
        self.without = self._make_without()
        self.folder = words("", "strong")
        self.state = words("")
        self.trouble = words("", "warning")
        self.sync = _button(tr("Sync now"), self.sync_requested, "primary")
        self.leave = _button(tr("Leave the team folder"), self.leave_requested)
        self.by_itself = QCheckBox(tr("Exchange by itself"))
        self.problems, self._problem_column = card()
        self.members, member_column = card()
        self._people = QGridLayout()
        self._people.setHorizontalSpacing(20)
        self._people.setVerticalSpacing(8)
        self._people.setColumnStretch(0, 1)
        member_column.addWidget(heading(tr("Who takes part")))
        member_column.addLayout(self._people)
        self.looking = words("", "muted")
        member_column.addWidget(self.looking)
        self.within = self._make_within()
        self._arrange()
        self.by_itself.toggled.connect(self._set_by_itself)
        syncing.changed.connect(self._on_changed)

    def _make_without(self) -> QFrame:
        frame, column = card()
        self.share = _button(tr("Share in a folder…"), self.share_requested, "primary")
        self.join = _button(tr("Join a team…"), self.join_requested)
        column.addWidget(words(tr("This project has no team folder."), "heading"))
        column.addWidget(
            words(
                tr(
                    "A team works together without a server: everyone has a copy on their own computer, and the copies "
                    "exchange their steps through a folder that Dropbox, OneDrive, Nextcloud, a network drive or a "
                    "stick carries. Nothing is overwritten; where two of you changed the same thing, you decide."
                )
            )
        )
        column.addSpacing(4)
        column.addLayout(_row(self.share, self.join))
        return frame

    def _make_within(self) -> QWidget:
        frame, column = card()
        column.addWidget(heading(tr("Team folder")))
        column.addWidget(self.folder)
        column.addWidget(self.state)
        column.addWidget(self.trouble)
        column.addSpacing(4)
        column.addLayout(_row(self.sync, self.leave))
        column.addWidget(self.by_itself)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(14)
        for part in (frame, self.problems, self.members):
            rows.addWidget(part)
        return whole

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 0, 20, 20)
        column.addWidget(self.without)
        column.addWidget(self.within)
        column.addStretch(1)
        scroll = QScrollArea()
        set_role(scroll, "quiet")
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Team folder"))
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Say again how things stand."""
        state, known = self._syncing.state, self._syncing.state.known
        self.without.setVisible(known is None)
        self.within.setVisible(known is not None)
        writable = self._context.writable
        for button in (self.share, self.sync, self.leave):
            button.setEnabled(writable)
        if known is None:
            return
        self.folder.setText(str(known.folder))
        self.state.setText(_standing(state, known))
        self.trouble.setText(state.trouble)
        self.trouble.setVisible(bool(state.trouble))
        settings = self._context.settings.values
        self.by_itself.setText(
            trn(
                "Exchange by itself every minute, when nobody is typing",
                "Exchange by itself every {n} minutes, when nobody is typing",
                settings.sync_minutes,
            )
        )
        self.by_itself.setChecked(settings.sync_by_itself)
        self._show_problems(state.problems)
        self._show_people(state, known)

    def _show_problems(self, problems: list[str]) -> None:
        _empty(self._problem_column)
        self._problem_column.addWidget(heading(tr("What to look at")))
        for problem in problems:
            self._problem_column.addWidget(words(problem))
        self._problem_column.addWidget(
            words(
                tr(
                    "Nothing of your project is lost. Wait until the service has brought everything; if a file stays "
                    "damaged, let the one who wrote it press “Sync now”: what is missing is written again."
                ),
                "muted",
            )
        )
        self.problems.setVisible(bool(problems))

    def _show_people(self, state: SyncState, known: Known) -> None:
        _empty(self._people)
        members = state.seen.members if state.seen is not None else []
        self.looking.setVisible(not members)
        self.looking.setText(
            tr("Looking…")
            if state.looking
            else tr(
                "Nobody has joined yet. The project lies in the folder for those who do; what they do is listed here."
            )
        )
        if not members:
            return
        for place, title in enumerate((tr("Coders"), tr("Last written"), tr("Steps"))):
            self._people.addWidget(words(title, "muted"), 0, place)
        for row, member in enumerate(members, start=1):
            self._show_member(row, member, is_own=member.replica == known.replica)

    def _show_member(self, row: int, member: Member, *, is_own: bool) -> None:
        names = ", ".join(member.coders) or tr("Somebody whose work is not here yet")
        who = words(tr("{names} (this copy)", names=names) if is_own else names, "strong" if is_own else "")
        when = words(moment_words(member.written_at) if member.written_at else tr("cannot be read"))
        when.setWordWrap(False)
        steps = QLabel(str(member.steps) if member.steps else tr("not here yet"))
        steps.setTextFormat(Qt.TextFormat.PlainText)
        steps.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place, label in enumerate((who, when, steps)):
            self._people.addWidget(label, row, place)

    def _set_by_itself(self, on: bool) -> None:  # noqa: FBT001 - the signature of QCheckBox.toggled
        settings = self._context.settings
        if settings.values.sync_by_itself != on:
            settings.values.sync_by_itself = on
            settings.save()


def _standing(state: SyncState, known: Known) -> str:
    """Return in words what is exchanged and what is not."""
    sentences = [
        tr("Exchanged last on {when}.", when=moment_words(known.synced_at))
        if known.synced_at
        else tr("Never exchanged.")
    ]
    if known.unsent:
        sentences.append(
            trn("{n} step of yours is not there yet.", "{n} steps of yours are not there yet.", known.unsent)
        )
    if state.trouble:
        return " ".join(sentences)
    if state.seen is not None and state.seen.new_files:
        sentences.append(tr("There is work of others to take in."))
    elif state.seen is not None and not known.unsent:
        sentences.append(tr("All that lies there is here, and all of yours is there."))
    if state.resting:
        sentences.append(tr("Nothing is exchanged by itself now, because you took out what came in."))
    return " ".join(sentences)


def _button(said: str, asked: SignalInstance, role: str = "") -> QPushButton:
    button = QPushButton(said)
    if role:
        set_role(button, role)
    button.clicked.connect(asked)
    return button


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
