"""The layouts of the window, one at a time; the action of the one in sight is checked."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context


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
