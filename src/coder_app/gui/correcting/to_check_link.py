"""The words at the foot of the window that say how many passages are to check; a click lists them."""

from PySide6.QtWidgets import QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.gui.correcting.told import number_to_check
from coder_app.gui.theme import set_role
from coder_app.i18n import tr
from coder_app.queries import placing


class ToCheckLink(QPushButton):
    """Not there while nothing is to check."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        set_role(self, "link")
        self.setToolTip(tr("List the passages that a corrected text left in doubt"))
        context.signals.opened.connect(self._say)
        context.signals.closed.connect(self.hide)
        context.signals.changed.connect(self._on_changed)
        self.hide()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("source", "segment"):
            self._say()

    def _say(self, *_: object) -> None:
        project = self._context.project
        number = placing.number_to_check(project) if project is not None else 0
        self.setVisible(number > 0)
        self.setText(number_to_check(number))
        self.setAccessibleName(self.text())
