"""Finds words in the text that is open: a thin bar over the text, hits marked as one types."""

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from coder_app.gui.theme import Theme, ThemeSource, icon, set_role
from coder_app.i18n import tr
from coder_app.queries.search import find_in


class FindBar(QFrame):
    """Holds the hits of what is typed and walks through them."""

    hits_changed = Signal(list, object)
    """Ranges in code points, and the place of the current one among them or None."""
    hit_chosen = Signal(int, int)
    left = Signal()

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "top-bar")
        self._text = ""
        self._from = 0
        self._hits: list[tuple[int, int]] = []
        self._at: int | None = None
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Find in this source"))
        self._field.setAccessibleName(tr("Find in this source"))
        self._field.setMaximumWidth(320)
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._count = QLabel(self)
        set_role(self._count, "muted")
        self._close = QToolButton(self)
        set_role(self._close, "quiet")
        self._close.setAccessibleName(tr("Close"))
        self._close.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(34, 6, 14, 6)
        row.addWidget(self._field, 1)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._close)
        themes.changed.connect(self._draw)
        self._draw(themes.theme)
        self.hide()

    def _draw(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme, theme.muted))

    def open(self, text: str, words: str, position: int) -> None:
        """Search in `text` from `position` (code points) on; `words` are put into the field."""
        self._text, self._from = text, position
        self.show()
        if words:
            self._field.setText(words)
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search(self._field.text())

    def set_text(self, text: str) -> None:
        """Search in another text from now on."""
        self._text, self._from = text, 0
        self._hits, self._at = [], None
        if not self.isHidden():
            self._search(self._field.text())

    def _search(self, words: str) -> None:
        self._hits = find_in(self._text, words)
        self._at = bisect_left(self._hits, (self._from, 0)) % len(self._hits) if self._hits else None
        self._tell()

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), around the end; a bar that was closed comes back."""
        if self.isHidden() and self._field.text().strip():
            self.show()
        if self._at is None:
            self._search(self._field.text())
        else:
            self._at = (self._at + by) % len(self._hits)
            self._tell()

    def _tell(self) -> None:
        self.hits_changed.emit(self._hits, self._at)
        if self._at is None:
            self._count.setText(tr("nothing found") if self._field.text().strip() else "")
            return
        self._count.setText(tr("{n} of {all}", n=self._at + 1, all=len(self._hits)))
        self.hit_chosen.emit(*self._hits[self._at])

    def end(self) -> None:
        """Close the bar and take the marks away."""
        self.hide()
        self.hits_changed.emit([], None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
