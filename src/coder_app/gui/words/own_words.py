"""A small sheet for the project's own stop words: one on each line, kept when it closes."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coder_app.analysis.words import normal
from coder_app.domain.text import split_words
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr

_WIDTH = 300
_HEIGHT = 360


class OwnWords(QFrame):
    """A popup. Escape and Done keep what was typed; Undo takes it back."""

    changed = Signal(frozenset)
    """The stop words as they are wanted now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "card")
        self.resize(_WIDTH, _HEIGHT)
        self.setAccessibleName(tr("Own stop words"))
        self._before: frozenset[str] = frozenset()
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(tr("Own stop words, one on each line"))
        self.field.setPlaceholderText(tr("One word on each line"))
        self.field.setTabChangesFocus(True)
        done = QPushButton(tr("Done"), self)
        done.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addWidget(words(tr("Own stop words"), "label"))
        column.addWidget(words(tr("Kept with the project, for all coders."), "muted"))
        column.addWidget(self.field, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(done)
        column.addLayout(row)

    def ask(self, stop: Iterable[str], under: QWidget) -> None:
        """Open below `under` with these words."""
        self._before = frozenset(stop)
        self.field.setPlainText("\n".join(sorted(self._before)))
        at = under.mapToGlobal(QPoint(0, under.height() + 4))
        room = (QGuiApplication.screenAt(at) or self.screen()).availableGeometry()
        x = min(max(at.x(), room.left() + 8), room.right() - self.width() - 8)
        self.move(x, max(room.top() + 8, min(at.y(), room.bottom() - self.height() - 8)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Read as texts are, so that each line is a word as it is counted.
        wanted = frozenset(map(normal, split_words(self.field.toPlainText())))
        if wanted != self._before:
            self._before = wanted
            self.changed.emit(wanted)
