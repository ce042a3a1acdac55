"""What stands above the text: the name of the source, what it holds, and the way to the settings of the text."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from coder_app.domain.model import Source
from coder_app.gui.context import Context
from coder_app.gui.reader.done import DoneButton
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn

_RIGHT = 34


class Heading(QWidget):
    """Name and counts of a source, in line with its words."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.done = DoneButton(context, self)
        self.title = words("", "title")
        self.about = words("", "muted")
        self.settings_button = QToolButton(self)
        self.settings_button.setText(tr("Aa"))
        self.settings_button.setToolTip(tr("How the text is shown"))
        self.settings_button.setAccessibleName(tr("How the text is shown"))
        set_role(self.settings_button, "quiet")
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self.title)
        said.addWidget(self.about)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(14)
        row.addLayout(said, 1)
        row.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignTop)
        self.align(_RIGHT)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the heading does for the window's actions."""
        return {"source.done": self.done.toggle}

    def align(self, left: int) -> None:
        """Let the words begin `left` pixels from the edge."""
        self._row.setContentsMargins(left, 20, _RIGHT, 8)

    def say(self, source: Source, codes_shown: int | None, codes: int) -> None:
        """Say what is shown: a source and, of its codings, those of `codes_shown` among all codes; None for all."""
        blind = self._context.blinding.words(source.id)
        self.done.show_source(source.id)
        self.title.setText(source.name)
        told = [source.folder] if source.folder else []
        told.append(trn("{n} word", "{n} words", source.words))
        told.append(blind or trn("{n} coding", "{n} codings", source.codings))
        if codes_shown is not None:
            told.append(tr("{n} of {all} codes shown", n=codes_shown, all=codes))
        self.about.setText(" · ".join(told))
