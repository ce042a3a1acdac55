"""A row of words: what is chosen stands at the right and opens a menu of what else there is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from coder_app.gui.analyse.tips import plain_label, plain_tip
from coder_app.gui.theme import set_role

_LEAST = 40
_AROUND = 46
_OPENERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class ChoiceRow(QWidget):
    """One option. `picked` brings the value of the entry that a person takes, also if it was chosen before."""

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.label = QLabel(name, self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.button = _WordsButton(self)
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self._entries: list[tuple[object, str]] = []
        self._chosen: object = None
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 6, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.button, 1, Qt.AlignmentFlag.AlignRight)
        self.offer([], None)

    def say(self, name: str) -> None:
        """Give the row another name, such as "3 of 5 sources"."""
        self._name = name
        self.label.setText(name)

    def offer(self, entries: Sequence[tuple[object, str]], chosen: object, *, shown: str | None = None) -> None:
        """Offer these entries, value and words each; `shown` stands in the row instead of the chosen one's words."""
        self._entries, self._chosen = list(entries), chosen
        self._shown = next((said for value, said in entries if value == chosen), "") if shown is None else shown
        self.button.setAccessibleName(f"{self._name}: {self._shown}")
        self.setEnabled(bool(entries))
        self._fit()

    def _fit(self) -> None:
        arrow = self.fontMetrics().horizontalAdvance(" ▾")
        self.button.say(self._shown, max(_LEAST, self.width() - self.label.sizeHint().width() - arrow - _AROUND))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fill(self) -> None:
        # Filled when it opens: an entry must not be deleted while it is telling that it was picked.
        self._menu.clear()
        for value, said in self._entries:
            action = self._menu.addAction(plain_label(said))
            action.setCheckable(True)
            action.setChecked(value == self._chosen)
            action.triggered.connect(partial(self._pick, value))
            if value == self._chosen:
                self._menu.setActiveAction(action)

    def _pick(self, value: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - QAction.triggered's
        self.picked.emit(value)


class _WordsButton(QToolButton):
    """A quiet button that opens its menu also by Enter and the down key, and cuts words that do not fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_role(self, "quiet")

    def say(self, words: str, room: int) -> None:
        """Show `words`, cut to `room` pixels."""
        shown = QFontMetrics(self.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(plain_label(shown) + " ▾")
        self.setToolTip(plain_tip(words) if shown != words else "")

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self.showMenu()
        else:
            super().keyPressEvent(event)
