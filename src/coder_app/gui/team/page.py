"""The layout for working together: the team folder, what is undecided, and merging copies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.gui.team.flow import TeamFlow
from coder_app.gui.team.folder_panel import FolderPanel
from coder_app.gui.team.merge_panel import MergePanel
from coder_app.gui.team.sign import TeamSign
from coder_app.gui.team.syncing import Syncing
from coder_app.gui.team.undecided_panel import UndecidedPanel
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.tabs import tabs
from coder_app.i18n import tr, trn

FOLDER, UNDECIDED, MERGE = range(3)


class TeamPage(QWidget):
    """Reads what is in sight, and again when something has changed meanwhile."""

    shown_requested = Signal()
    """The page should come into sight."""
    check_requested = Signal()
    """The passages that are to check after their text was corrected should be gone through."""
    flags_changed = Signal()
    move_requested = Signal(str)
    """A code that stands at the top because of a circle should be put elsewhere."""

    def __init__(self, context: Context, open_path: Callable[[Path], object], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._stale = True
        self.setAccessibleName(tr("Team"))
        self.syncing = Syncing(context, self)
        self.flow = TeamFlow(context, self.syncing, open_path, window)
        self.folder = FolderPanel(context, self.syncing)
        self.undecided = UndecidedPanel(context)
        self.merge = MergePanel(context)
        self.sign = TeamSign(context, self.syncing, window)
        self._tabs = QButtonGroup(self)
        self._pages = QStackedWidget()
        for page in (self.folder, self.undecided, self.merge):
            self._pages.addWidget(page)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.addWidget(tabs((tr("Team folder"), tr("Undecided"), tr("Merge")), self._tabs))
        head.addStretch(1)
        paper = QFrame()
        set_role(paper, "paper")
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(paper)

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._wait)
        signals.changed.connect(self._on_changed)
        signals.released.connect(self._wait)
        self._tabs.idClicked.connect(self.show_tab)
        self.folder.share_requested.connect(self.flow.ask_share)
        self.folder.join_requested.connect(self.flow.ask_join)
        self.folder.sync_requested.connect(self.syncing.sync)
        self.folder.leave_requested.connect(self.flow.leave)
        self.flow.copies_chosen.connect(self.look)
        self.flow.shared.connect(self.show_folder)
        self.merge.copies_requested.connect(self.flow.ask_copies)
        self.merge.undecided_requested.connect(self.show_undecided)
        self.undecided.check_requested.connect(self.check_requested)
        self.undecided.code_requested.connect(self.move_requested)
        self.syncing.changed.connect(self.flags_changed)
        self.sign.undecided_requested.connect(self.show_undecided)
        self.sign.team_requested.connect(self.show_folder)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions of the menu Team."""
        return {
            "team.merge": self.flow.ask_copies,
            "team.undecided": self.show_undecided,
            "team.share": self.flow.ask_share,
            "team.join": self.flow.ask_join,
            "team.sync": self.syncing.sync,
            "team.status": self.show_folder,
            "team.leave": self.flow.leave,
        }

    def flags(self) -> set[str]:
        """Return the flags of the actions that need a team folder."""
        return {"team"} if self.syncing.state.known is not None else set()

    def _on_changed(self, _: ChangeSet) -> None:
        self._wait()

    def _wait(self, *_: object) -> None:
        """Read again now if the page is in sight, else when it comes into sight."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read what is in sight."""
        if self._context.project is None:
            return
        self._stale = False
        n = self.syncing.undecided()
        self._tabs.button(UNDECIDED).setText(trn("Undecided: {n}", "Undecided: {n}", n) if n else tr("Undecided"))
        if self._pages.currentWidget() is self.folder:
            self.folder.refresh()
        elif self._pages.currentWidget() is self.undecided:
            self.undecided.refresh()

    def show_tab(self, n: int) -> None:
        """Show one of the parts, with the keys in it."""
        self._tabs.button(n).setChecked(True)
        self._pages.setCurrentIndex(n)
        self.refresh()
        self.enter()

    def enter(self) -> None:
        """Give the part that is in sight the keys."""
        if self._pages.currentWidget() is self.folder:
            self.syncing.look()
            (self.folder.sync if self.syncing.state.known is not None else self.folder.share).setFocus()
        elif self._pages.currentWidget() is self.undecided:
            self.undecided.list.setFocus()
        else:
            (self.merge.tree if self.merge.report is not None else self.merge.choose).setFocus()

    def show_folder(self) -> None:
        """Show the team folder."""
        self.shown_requested.emit()
        self.show_tab(FOLDER)

    def show_undecided(self) -> None:
        """Show what is undecided."""
        self.shown_requested.emit()
        self.show_tab(UNDECIDED)

    def look(self, paths: list[Path]) -> None:
        """Show what merging these copies would do."""
        self.shown_requested.emit()
        self.show_tab(MERGE)
        self.merge.look(paths)
