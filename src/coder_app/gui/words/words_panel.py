"""The middle column: what is shown of all words, typed or clicked, and the ways out to files."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.analysis.words import Counting
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.gui.words.export import ExportButton
from coder_app.gui.words.material import Counted
from coder_app.gui.words.tables import WordsTable
from coder_app.gui.words.words_model import PER_THOUSAND, WORD, WordsModel, column_words
from coder_app.i18n import tr, trn

_MOST_NAMED = 400
"""So many words at most are looked up together; more are no word-in-context list that anybody reads."""


class WordsPanel(QFrame):
    """Shows the words of a count; typing filters them."""

    chosen = Signal(object)
    """Other words are selected."""
    lines_wanted = Signal()
    leave_out_requested = Signal(list)
    count_requested = Signal()
    """A count that was stopped is to be made after all."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "paper")
        title = QLabel(tr("Word frequencies"))
        set_role(title, "heading")
        self.export = ExportButton(context)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type to filter the words"))
        self.field.setAccessibleName(tr("Filter the words"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.model = WordsModel(self)
        self.table = WordsTable(context.theme, self.model)
        self.note = words("", "muted")
        self.empty = words("", "muted")
        self.again = QPushButton(tr("Count again"))
        self._selected: list[str] = []
        self._left_from = 0
        self._arrange(title)
        self.field.textChanged.connect(self._on_typed)
        self.table.entered.connect(self.lines_wanted)
        self.table.leave_out_requested.connect(self._leave_out)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        self.again.clicked.connect(self.count_requested)

    def _arrange(self, title: QLabel) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.export)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        bare = QWidget()
        lines = QVBoxLayout(bare)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(14)
        lines.addWidget(self.empty)
        lines.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(bare)
        self._pages.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 20, 14, 14)
        whole.setSpacing(14)
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)

    def show_counted(self, counted: Counted, counting: Counting) -> None:
        """Show the words of a count; those that were selected stay so, and nothing scrolls."""
        if not counted.rows:
            self.say(tr("There are no words here. Import a text, or count in more sources."))
            return
        self._keeping(lambda: self.model.show(counted.rows, counted.running, counting))
        self._note()
        self._pages.setCurrentIndex(1)

    def say(self, sentence: str, *, again: bool = False) -> None:
        """Show a sentence instead of words, with a way to count again where that is asked for."""
        self.empty.setText(sentence)
        self.again.setVisible(again)
        self._pages.setCurrentIndex(0)
        self.model.show((), 0, Counting())
        self.export.take(None)

    def say_counting(self) -> None:
        """Say that a worker is counting; the words before stay in sight where there are any."""
        if self._pages.currentIndex() == 0:
            self.empty.setText(tr("Counting…"))
            self.again.hide()
        else:
            self.note.setText(tr("Counting again…"))

    def _note(self) -> None:
        shown, taken = len(self.model.rows), self.model.taken
        said = trn("{number} word", "{number} words", taken, number=f"{taken:,}")
        if shown < taken:
            said = tr("{n} of {all}", n=f"{shown:,}", all=said)
        elif not taken:
            said = tr("All words are left out. Change what is left out at the left.")
        self.note.setText(said)

    def _on_typed(self, typed: str) -> None:
        self.model.filter(typed)
        self.select(self._selected)
        if self.table.chosen_count():
            self.table.scrollTo(self.table.currentIndex())
        self._note()

    def _on_sorted(self, *_: object) -> None:
        # The table has sorted the model already, which forgot what was selected.
        self.select(self._selected)
        self.table.scrollToTop()

    def _keeping(self, change: Callable[[], None]) -> None:
        scrolled = self.table.verticalScrollBar().value()
        change()
        self.select(self._selected)
        self.table.verticalScrollBar().setValue(scrolled)

    def select(self, wanted: Sequence[str]) -> None:
        """Select these words as far as they are shown; only then is told that others are selected."""
        rows = self.model.rows_of(wanted)
        selection = QItemSelection()
        for row in rows:
            selection.select(self.model.index(row, 0), self.model.index(row, self.model.columnCount() - 1))
        chooser = self.table.selectionModel()
        if rows:
            chooser.setCurrentIndex(self.model.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        chooser.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _on_selection(self, *_: object) -> None:
        now = [self.model.word(row) for row in self.table.chosen_rows()[:_MOST_NAMED]]
        # A word that the filter hides for the moment is still the one whose lines are read.
        if now and now != self._selected:
            self._selected = now
            self.chosen.emit(now)

    def forget(self) -> None:
        """Let no word be selected, for another project."""
        self._selected = []
        self.field.clear()
        self.table.clearSelection()

    def go_on(self) -> None:
        """Select the word that stands now where the ones that were left out began."""
        row = min(self._left_from, len(self.model.rows) - 1)
        if row >= 0:
            self.table.selectRow(row)

    def _leave_out(self) -> None:
        rows = self.table.chosen_rows()
        if rows:
            self._left_from = rows[0]
            self.leave_out_requested.emit([self.model.word(row) for row in rows])

    def _open_menu(self, at: QPoint) -> None:
        if not self.table.currentIndex().isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Go to the lines") + "\tEnter", self.lines_wanted.emit)
        menu.addAction(tr("Leave out from now on") + "\tDel", self._leave_out)
        menu.addSeparator()
        for column, name in enumerate(column_words()[:PER_THOUSAND]):
            order = Qt.SortOrder.AscendingOrder if column == WORD else Qt.SortOrder.DescendingOrder
            menu.addAction(tr("Sort by {column}", column=name.lower()), partial(self.table.sortByColumn, column, order))
        menu.popup(self.table.menu_place(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys:
            self.enter_table()
            return True
        return super().eventFilter(watched, event)

    def enter_table(self) -> None:
        """Give the table the keys, and choose its first word where none is chosen."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.chosen_rows() and self.model.rows:
            self.table.selectRow(0)
