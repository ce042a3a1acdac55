"""What the foot of the window says of the team: how much is undecided, and how the exchange stands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.context import Context
from coder_app.gui.history.days import clock_of
from coder_app.gui.team.syncing import Syncing
from coder_app.gui.theme import set_role
from coder_app.i18n import tr, trn


class TeamSign(QWidget):
    """Two quiet links; neither is there while it has nothing to say."""

    undecided_requested = Signal()
    team_requested = Signal()

    def __init__(self, context: Context, syncing: Syncing, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._syncing = syncing
        self.undecided = QPushButton(tr("Undecided"), self)
        self.team = QPushButton(tr("Team"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        for button, asked in ((self.undecided, self.undecided_requested), (self.team, self.team_requested)):
            set_role(button, "link")
            button.hide()
            button.clicked.connect(asked)
            row.addWidget(button)
        self.undecided.setToolTip(tr("What copies left undecided: show the list"))
        syncing.changed.connect(self._say_team)
        context.signals.opened.connect(self._say_undecided)
        context.signals.changed.connect(self._on_changed)
        context.signals.closed.connect(self._on_closed)

    def _on_changed(self, _: ChangeSet) -> None:
        self._say_undecided()

    def _on_closed(self) -> None:
        self.undecided.hide()
        self.team.hide()

    def _say_undecided(self, *_: object) -> None:
        n = self._syncing.undecided()
        self.undecided.setVisible(n > 0)
        self.undecided.setText(trn("{n} undecided", "{n} undecided", n))

    def _say_team(self) -> None:
        state = self._syncing.state
        self.team.setVisible(state.known is not None)
        if state.known is None:
            return
        told, tip = tr("Team: not exchanged yet"), str(state.known.folder)
        if state.trouble:
            told, tip = tr("Team: folder not in reach"), state.trouble
        elif state.resting:
            told, tip = tr("Team: resting"), tr("What came in was taken out; “Sync now” takes it in again.")
        elif state.problems:
            n = len(state.problems)
            told, tip = trn("Team: {n} file to look at", "Team: {n} files to look at", n), state.problems[0]
        elif state.known.unsent:
            n = state.known.unsent
            told = trn("Team: {n} step to give", "Team: {n} steps to give", n)
        elif state.known.synced_at:
            told = tr("Team: exchanged {time}", time=clock_of(state.known.synced_at))
        self.team.setText(told)
        self.team.setToolTip(plain_tip(tip))
