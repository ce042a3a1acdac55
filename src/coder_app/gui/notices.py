"""A notice at the foot of the window that goes by itself, with Undo beside it: instead of "Are you sure?"."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from coder_app.gui.theme import set_role
from coder_app.i18n import tr

_SHOWN_MILLISECONDS = 7_000
_MARGIN = 20
_WIDEST = 720
_MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


class Notice(QFrame):
    """One sentence over the lower edge of its parent."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAccessibleName(tr("Notice"))
        set_role(self, "notice")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = QPushButton(tr("Undo"), self)
        self._undo.clicked.connect(self._on_undo)
        self._close = QPushButton(tr("Close"), self)
        self._close.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(14)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self.hide)
        self._kept_clear: tuple[QWidget, ...] = ()
        parent.installEventFilter(self)
        self.hide()

    def keep_clear(self, *lists: QWidget) -> None:
        """Stand above these while they are in sight: people work through their rows."""
        self._kept_clear = lists
        for one in lists:
            one.installEventFilter(self)

    def say_until_closed(self, sentence: str) -> None:
        """Show `sentence` until the person closes it."""
        self.say(sentence, undo=False)
        self._timer.stop()

    def say(self, sentence: str, *, undo: bool) -> None:
        """Show `sentence` for a few seconds, with Undo beside it where `undo`."""
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self._undo.setVisible(undo)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        self.show()
        self._place()
        self.raise_()
        self._timer.start()

    def forget_undo(self) -> None:
        """Take the offer of Undo away: something else has happened since, and would be undone instead."""
        if not self._undo.isHidden():
            self.hide()

    def words(self) -> str:
        """Return the sentence that is shown, or was last."""
        return self._words.text()

    def _on_undo(self) -> None:
        self.hide()
        self.undo_requested.emit()

    def _place(self) -> None:
        width = min(_WIDEST, self._over.width() - 2 * _MARGIN)
        self.setFixedWidth(width)
        height = self._row.heightForWidth(width)
        self.setFixedHeight(max(height, self.sizeHint().height()))
        foot = self._over.height() - 28
        clear = (one.mapTo(self._over, QPoint()).y() for one in self._kept_clear if one.isVisible())
        self.move((self._over.width() - width) // 2, min((foot, *clear)) - self.height() - _MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
