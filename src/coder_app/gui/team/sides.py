"""The sides of something undecided as cards: whose, when, which words, and the button that keeps them."""

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.history.days import moment_words
from coder_app.gui.reader.positions import Positions
from coder_app.gui.team.diff import Range
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.gui.widgets.words import card, words
from coder_app.i18n import tr
from coder_app.queries.conflicts import Side

_LEAST = 220
_HIGHEST = 420
_EDIT_HEIGHT = 150


class SideText(QTextEdit):
    """Read only; people's words are inserted as plain text, what the other side has otherwise is marked."""

    def __init__(self, themes: ThemeSource, said: str, marked: list[Range]) -> None:
        super().__init__()
        self._themes = themes
        self._said = said
        self._marked = marked
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(said)
        set_role(self, "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        themes.changed.connect(self._draw)
        self._draw()

    def _fit(self, size: QSizeF) -> None:
        """Be as high as the words need, and scroll what is longer."""
        around = self.height() - self.viewport().height()
        self.setFixedHeight(min(_HIGHEST, round(size.height()) + max(0, around) + 2))

    def _draw(self, *_: object) -> None:
        self.setPlainText(self._said)
        places = Positions(self._said)
        look = QTextCharFormat()
        look.setBackground(QColor(self._themes.theme.hit))
        if self._themes.theme.is_dark:
            look.setForeground(QColor(self._themes.theme.ink))
        look.setFontUnderline(True)
        cursor = QTextCursor(self.document())
        for start, stop in self._marked:
            cursor.setPosition(places.to_qt(start))
            cursor.setPosition(places.to_qt(stop), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)


class SideCard(QFrame):
    """One side. Its button and its number keep it."""

    keep_requested = Signal(int)

    def __init__(self, themes: ThemeSource, number: int, side: Side, *, stands: bool, marked: list[Range]) -> None:
        super().__init__()
        self._number = number
        set_role(self, "card")
        self.setMinimumWidth(_LEAST)
        self.setAccessibleName(tr("Side {n}, of {coder}", n=number + 1, coder=side.coder or tr("somebody")))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words(side.coder or tr("Somebody"), "strong"), 1)
        self.stands = QLabel(tr("stands now"))
        set_role(self.stands, "success")
        self.stands.setVisible(stands)
        head.addWidget(self.stands)
        self.text = SideText(themes, side.shown, marked)
        if not side.shown:
            self.text.setPlaceholderText(tr("(empty)"))
        self.keep = QPushButton(tr("Keep this"))
        self.keep.setAccessibleName(tr("Keep side {n}", n=number + 1))
        self.keep.setToolTip(tr("Key: {key}", key=number + 1))
        self.keep.clicked.connect(self._ask)
        self.key = QLabel(str(number + 1))
        set_role(self.key, "key")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.keep)
        foot.addWidget(self.key)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(words(f"{moment_words(side.wall_time)} · {side.label}", "muted"))
        column.addSpacing(4)
        column.addWidget(self.text)
        column.addSpacing(4)
        column.addLayout(foot)
        column.addStretch(1)

    def _ask(self) -> None:
        self.keep_requested.emit(self._number)


class EditCard(QWidget):
    """A field for words that are neither side's."""

    kept = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        frame, column = card()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Other words"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_EDIT_HEIGHT)
        self.keep = QPushButton(tr("Keep these words"))
        self.keep.setToolTip(tr("Ctrl+Return"))
        set_role(self.keep, "primary")
        leave = QPushButton(tr("Cancel"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.keep)
        foot.addWidget(leave)
        foot.addStretch(1)
        column.addWidget(words(tr("Other words"), "strong"))
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self.keep.clicked.connect(self._ask)
        leave.clicked.connect(self.left)
        self.text.installEventFilter(self)
        self.hide()

    def begin(self, said: str) -> None:
        """Let these words be edited."""
        self.text.setPlainText(said)
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def _ask(self) -> None:
        self.kept.emit(self.text.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        keeps = is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        leaves = event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride:
            # Ctrl+Return and Escape are keys of the window, too.
            if keeps or leaves:
                event.accept()
            return keeps or leaves
        if keeps:
            self._ask()
        elif leaves:
            self.left.emit()
        return keeps or leaves
