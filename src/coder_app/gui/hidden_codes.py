"""The words at the foot of the window that say that some codes are hidden in the text; a click shows all."""

from PySide6.QtWidgets import QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree


class HiddenCodes(QPushButton):
    """Not there while all codes are shown."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        set_role(self, "link")
        self.setToolTip(tr("Show all codes in the text"))
        self.setAccessibleName(tr("Show all codes in the text"))
        self.clicked.connect(context.shown_codes.show_all)
        context.shown_codes.changed.connect(self._say)
        context.signals.opened.connect(self._say)
        context.signals.closed.connect(self.hide)
        context.signals.coder_changed.connect(self._say)
        context.signals.changed.connect(self._on_changed)
        self.hide()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("code"):
            self._say()

    def _say(self, *_: object) -> None:
        project = self._context.project
        if project is None:
            return
        tree = code_tree(project)
        shown = self._context.shown_codes.ids(tree)
        self.setVisible(shown is not None)
        if shown is not None:
            told = tr("{n} of {all} codes shown · Show all", n=len(shown), all=len(tree))
            self.setText(told)
            self.setAccessibleName(told)
