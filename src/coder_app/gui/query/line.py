"""The field in which a query is written: it offers what may follow and underlines what cannot be read."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QTextEdit, QWidget

from coder_app.domain.query_language.meaning import Book
from coder_app.domain.text import Span
from coder_app.gui.query.completing import Completion, completions
from coder_app.gui.reader.positions import Positions
from coder_app.gui.theme import ThemeSource
from coder_app.i18n import tr

_MOST_LINES = 5
_LIST_WIDTH = 380
_LEAST_HEIGHT = 31
_ROWS = 9
_OF_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)


class QueryLine(QPlainTextEdit):
    """Enter asks; Shift+Enter begins a new line. Tab goes on to the next widget unless a list is open."""

    asked = Signal()
    """Enter was pressed."""
    edited = Signal(str)
    """The person has changed the text."""

    def __init__(self, theme: ThemeSource, book: Callable[[], Book], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._book = book
        self._offered: list[Completion] = []
        self._mistake: Span | None = None
        self.setAccessibleName(tr("Query"))
        self.setPlaceholderText(tr("Trust NEAR(1 paragraph) (Fear OR Anger) AND NOT coder:Ann"))
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.offers = QListView(self)
        self.completer.setPopup(self.offers)
        self.completer.setWidget(self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(_ROWS)
        self.offers.setAccessibleName(tr("What may follow"))
        self.completer.activated.connect(self._take)
        self.textChanged.connect(self._on_changed)
        theme.changed.connect(self._underline)
        self._fit()

    def text(self) -> str:
        """Return what is written."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Write another query, as the builder or a saved query has it; `edited` is not told."""
        if text != self.text():
            self.blockSignals(True)  # noqa: FBT003 - Qt's signature
            cursor = QTextCursor(self.document())
            # One step of the field's own undo.
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self.blockSignals(False)  # noqa: FBT003 - Qt's signature
            self.moveCursor(QTextCursor.MoveOperation.End)
        self.show_mistake(None)
        self._fit()

    def show_mistake(self, at: Span | None) -> None:
        """Underline the place [start, stop) that cannot be read, None for none."""
        self._mistake = at
        self._underline()

    def go_to(self, at: Span) -> None:
        """Select a place, to be written anew."""
        self.setTextCursor(self._selecting(at))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _selecting(self, at: Span) -> QTextCursor:
        positions = Positions(self.text())
        cursor = QTextCursor(self.document())
        cursor.setPosition(positions.to_qt(at[0]))
        cursor.setPosition(positions.to_qt(at[1]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _underline(self) -> None:
        if self._mistake is None:
            self.setExtraSelections([])
            return
        start, stop = self._mistake
        start = min(start, max(0, len(self.text()) - 1))
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(self._theme.theme.error)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._selecting((start, min(max(stop, start + 1), len(self.text()))))  # pyright: ignore[reportAttributeAccessIssue] (the stubs lack it)
        mark.format = look  # pyright: ignore[reportAttributeAccessIssue] (the stubs lack it)
        self.setExtraSelections([mark])

    def _on_changed(self) -> None:
        self.show_mistake(None)
        self._fit()
        self.edited.emit(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the lines that are written, up to some."""
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        written = max(round(self.document().size().height()), 1)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if written > _MOST_LINES else policy.ScrollBarAlwaysOff
        )
        height = max(min(written, _MOST_LINES) * self.fontMetrics().lineSpacing() + around, _LEAST_HEIGHT)
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            self.offers.isVisible()
            and event.key() in _OF_LIST
            and not (enters and not self.offers.currentIndex().isValid())
        ):
            # The list, which gives its keys to this field first, takes these.
            event.ignore()
            return
        if enters and not event.modifiers():
            self.offers.hide()
            self.asked.emit()
            return
        before = self.text()
        super().keyPressEvent(event)
        if self.text() != before:
            self.offer()

    def offer(self) -> None:
        """Offer what the word in front of the cursor may become."""
        positions = Positions(self.text())
        cursor = positions.from_qt(self.textCursor().position())
        self._offered = completions(self.text(), cursor, self._book())
        done = len(self._offered) == 1 and self.text()[self._offered[0].start : cursor] == self._offered[0].text
        if not self._offered or done:
            self.offers.hide()
            return
        self._names.setStringList([one.shown for one in self._offered])
        self.offers.setCurrentIndex(QModelIndex())
        place = self.cursorRect().translated(self.viewport().pos())
        place.setWidth(_LIST_WIDTH)
        place.setHeight(place.height() + 6)
        self.completer.complete(place)

    def _take(self, chosen_words: str) -> None:
        """Write what was chosen in the place of the word that was begun."""
        chosen = next((one for one in self._offered if one.shown == chosen_words), None)
        if chosen is None:
            return
        positions = Positions(self.text())
        cursor = self.textCursor()
        stop = cursor.position()
        cursor.setPosition(positions.to_qt(chosen.start))
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(chosen.text)
        self.setTextCursor(cursor)
        self.offers.hide()
