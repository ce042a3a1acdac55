"""One text, or two side by side: two sources, or two places of one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.reader.panel import ReaderPanel
from coder_app.gui.theme import Theme
from coder_app.i18n import tr

_MARK = 3


class _Pane(QWidget):
    """A reader under a line that says whether it is the one that is meant."""

    def __init__(self, reader: ReaderPanel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.reader = reader
        self._theme = theme
        self._is_marked = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(reader)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def mark(self, *, is_one_of_two: bool, is_active: bool) -> None:
        self._is_marked = is_active
        self._column.setContentsMargins(0, _MARK if is_one_of_two else 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.accent if self._is_marked else self._theme.panel
        painter.fillRect(QRect(0, 0, self.width(), _MARK), colour)
        painter.end()


class SplitReader(QWidget):
    """Holds one reader or two. What is asked of it the active one does: the one that had the focus last."""

    source_shown = Signal(str)
    coding_chosen = Signal(object)
    caret_described = Signal(str)
    flags_changed = Signal()

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self._panes: list[_Pane] = []
        self._active = self._add()
        actions["view.split"].setCheckable(True)
        context.theme.changed.connect(self._on_theme)
        context.signals.closed.connect(self.join)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    @property
    def active(self) -> ReaderPanel:
        """The reader that is meant."""
        return self._active.reader

    def readers(self) -> list[ReaderPanel]:
        """Return the readers, from the left."""
        return [pane.reader for pane in self._panes]

    def _add(self, beside: ReaderPanel | None = None) -> _Pane:
        reader = ReaderPanel(self._context, self._actions, self, beside)
        pane = _Pane(reader, self._context.theme.theme, self)
        self._panes.append(pane)
        self._splitter.addWidget(pane)
        self._actions.attach_reader(reader.view)
        for told, heard in (
            (reader.source_shown, self.source_shown),
            (reader.coding_chosen, self.coding_chosen),
            (reader.caret_described, self.caret_described),
            (reader.flags_changed, self.flags_changed),
        ):
            told.connect(partial(self._pass_on, reader, heard))
        reader.style_changed.connect(partial(self._restyle_others, reader))
        return pane

    def _pass_on(self, reader: ReaderPanel, signal: SignalInstance, *told: object) -> None:
        if len(self._panes) == 1 or reader is self.active:
            signal.emit(*told)

    def _restyle_others(self, changed: ReaderPanel) -> None:
        for reader in self.readers():
            if reader is not changed:
                reader.look.follow()

    # two of them

    def split(self) -> None:
        """Show the same place once more to the right, and go there."""
        if len(self._panes) > 1 or self._context.project is None:
            return
        place, chosen = self.active.view.first_position(), self.active.view.chosen()
        pane = self._add(self.active)
        view = pane.reader.view
        view.choose(chosen)
        self._splitter.setSizes([self.width() // 2, self.width() // 2])
        self._activate(pane)
        view.setFocus()
        # The pane gets its width with the next events; only then does a place have a height.
        QTimer.singleShot(0, view, partial(view.scroll_to, place))

    def join(self) -> None:
        """Show the active reader alone again."""
        for pane in [pane for pane in self._panes if pane is not self._active]:
            self._panes.remove(pane)
            pane.reader.correcting.keep_now()
            pane.hide()
            pane.setParent(None)
            pane.deleteLater()
        self._mark()
        if self.isVisible():
            self.active.view.setFocus()

    def toggle(self) -> None:
        """Split, or join what is split."""
        if len(self._panes) > 1:
            self.join()
        else:
            self.split()

    def go_across(self) -> None:
        """Make the other reader the active one."""
        for pane in self._panes:
            if pane is not self._active:
                self._activate(pane)
                pane.reader.view.setFocus()
                return

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        for pane in self._panes:
            if now is not None and pane is not self._active and pane.isAncestorOf(now):
                self._activate(pane)
                return

    def _activate(self, pane: _Pane) -> None:
        self._active = pane
        self._mark()
        pane.reader.tell()

    def _mark(self) -> None:
        is_split = len(self._panes) > 1
        self._actions["view.split"].setChecked(is_split)
        for number, pane in enumerate(self._panes):
            pane.mark(is_one_of_two=is_split, is_active=pane is self._active)
            names = (tr("Text on the left"), tr("Text on the right"))
            pane.reader.setAccessibleName(names[number] if is_split else tr("Text"))

    def _on_theme(self, theme: Theme) -> None:
        for pane in self._panes:
            pane.set_theme(theme)

    # what the active one does

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the readers do for the window's actions."""
        own: dict[str, Callable[[], object]] = {"view.split": self.toggle, "view.other_text": self.go_across}
        return own | {action_id: partial(self._do, action_id) for action_id in self.active.handlers()}

    def _do(self, action_id: str) -> None:
        self.active.handlers()[action_id]()

    def flags(self) -> set[str]:
        """Return the flags of the active reader, and "split" where there are two."""
        return self.active.flags() | ({"split"} if len(self._panes) > 1 else set())

    def show_source(
        self, source_id: str, start: int | None = None, stop: int | None = None, coding_id: str = ""
    ) -> None:
        """Show a source where it was left, or with [start, stop) (code points) in sight and a coding there chosen."""
        self.active.show_source(source_id, start, stop, coding_id)

    def apply_code(self, code_id: str) -> None:
        """Apply a code to the passage that is meant."""
        self.active.apply_code(code_id)

    def apply_code_to(self, code_id: str, start: int, stop: int) -> None:
        """Apply a code to a range of the source that is shown."""
        self.active.apply_code_to(code_id, start, stop)

    def pick_for_segment(self, segment_id: str) -> None:
        """Ask for another code for a segment."""
        self.active.pick_for_segment(segment_id)

    def remove_coding(self, coding_id: str) -> None:
        """Remove a coding and offer Undo."""
        self.active.gestures.remove(coding_id)

    def focus_text(self) -> None:
        """Let the keys mean the text."""
        self.active.view.setFocus()
