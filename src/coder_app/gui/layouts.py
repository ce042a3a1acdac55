"""The layouts of the window, one at a time; the action of the one in sight is checked."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.jobs import Progress
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.tabs import tabs
from coder_app.i18n import tr


class Page(QWidget):
    """What a layout shows, or a tab of it."""

    place_chosen = Signal(str, int, int)
    """A passage is to be read in its text: source id, start and stop in code points."""

    def enter(self) -> None:
        """Be looked at: bring up to date what has changed meanwhile."""

    def show_thing(self, thing_id: str) -> None:
        """Show one of the things that this page is about, by its id; most pages know none."""


class LatePage(Page):
    """Empty until it is shown for the first time, because its panel needs what takes long to load."""

    def __init__(
        self,
        context: Context,
        name: str,
        load: Callable[[], Callable[[Context, QWidget], Page]],
        needs: Sequence[str] = (),
    ) -> None:
        """`load` loads the panel's modules and returns what builds it; `needs` are slow modules that know no Qt.

        Those are loaded on the worker, so that the window does not stand still. Classes of Qt's are made on the
        window's thread alone: made by a worker while the window makes others, they ended the process now and then.
        """
        super().__init__()
        self._needs = needs
        self._context = context
        self._load = load
        self._loading = False
        self._wanted = ""
        self.panel: Page | None = None
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        context.signals.closed.connect(self._on_closed)

    def enter(self) -> None:
        if self.panel is not None:
            self.panel.enter()
        elif not self._loading:
            self._loading = True
            self._context.jobs.run(tr("Making “{page}” ready", page=self.accessibleName()), self._work, self._on_needs)

    def show_thing(self, thing_id: str) -> None:
        self._wanted = thing_id
        if self.panel is not None:
            self._show_wanted()

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if self.panel is not None and wanted:
            self.panel.show_thing(wanted)

    def _work(self, _progress: Progress) -> None:
        for module in self._needs:
            import_module(module)

    def _on_needs(self, _: None) -> None:
        # Loading is one event, building another, what it then reads a third.
        build = self._load()
        QTimer.singleShot(0, self, lambda: self._build(build))

    def _build(self, build: Callable[[Context, QWidget], Page]) -> None:
        if self.panel is not None or not self._loading:
            # Built meanwhile, or the project was closed.
            return
        self.panel = build(self._context, self)
        self.panel.place_chosen.connect(self.place_chosen)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.panel)
        QTimer.singleShot(0, self, self._enter_built)

    def _enter_built(self) -> None:
        if self.panel is not None and self.isVisible():
            self.panel.enter()
            self._show_wanted()

    def _on_closed(self) -> None:
        self._wanted = ""
        # The job was cancelled with the project; whoever looks here again begins another.
        self._loading = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.enter()


class TabbedPage(Page):
    """Several pages under one layout, with their names at the head."""

    def __init__(self, name: str, pages: Sequence[LatePage]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.pages = tuple(pages)
        self._stack = QStackedWidget()
        self._tabs = QButtonGroup(self)
        head = QFrame()
        set_role(head, "paper")
        for page in self.pages:
            self._stack.addWidget(page)
            page.place_chosen.connect(self.place_chosen)
        around = QHBoxLayout(head)
        around.setContentsMargins(20, 8, 20, 8)
        around.addWidget(tabs((page.accessibleName() for page in self.pages), self._tabs))
        around.addStretch(1)
        head.setVisible(len(self.pages) > 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self._tabs.idClicked.connect(self.turn_to)

    def turn_to(self, number: int) -> None:
        """Show a tab by its number, from 0 on."""
        button = self._tabs.button(number)
        button.setChecked(True)
        self._stack.setCurrentIndex(number)
        if any(tab.hasFocus() for tab in self._tabs.buttons() if tab is not button):
            # A click gives a tab no focus, so it would stay on the one before.
            page = self.pages[number]
            (page.focusWidget() or page).setFocus(Qt.FocusReason.OtherFocusReason)
        self.enter()

    def enter(self) -> None:
        self.pages[self._stack.currentIndex()].enter()


class Layouts(QStackedWidget):
    """Begins with the page for when no project is open."""

    def __init__(self, context: Context, actions: ActionSet, without_project: QWidget) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._without = without_project
        self._entered: dict[str, tuple[QWidget, Callable[[], object]]] = {}
        self.addWidget(without_project)

    def add(self, action_id: str, page: QWidget, entered: Callable[[], object]) -> None:
        """Show `page` when this action is asked for, and then call `entered`."""
        self.addWidget(page)
        self._entered[action_id] = page, entered

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions of the layouts do."""
        return {action_id: partial(self.turn_to, action_id) for action_id in self._entered}

    def turn_to(self, action_id: str) -> None:
        """Show the layout of this action; without a project there is none."""
        if self._context.project is None:
            return
        page, entered = self._entered[action_id]
        self.setCurrentWidget(page)
        for one in self._entered:
            self._actions[one].setChecked(one == action_id)
        entered()

    def leave(self) -> None:
        """Show the page for when no project is open."""
        self.setCurrentWidget(self._without)
