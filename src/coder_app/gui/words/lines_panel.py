"""The right column: the chosen words in their context, to be read, opened and coded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coder_app.analysis.kwic import Sort
from coder_app.domain.extents import Extent
from coder_app.domain.model import Source
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.gui.words.coding import LineCoding
from coder_app.gui.words.lines_model import LinesModel
from coder_app.gui.words.material import Line, Lines
from coder_app.gui.words.options import extent_words, sort_words
from coder_app.gui.words.tables import LinesTable
from coder_app.i18n import tr, trn

_LONGEST_TITLE = 40
_WIDEST_ROW = 270


class LinesPanel(QFrame):
    """Shows one word-in-context list at a time."""

    place_chosen = Signal(str, int, int)
    sort_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "right-panel")
        self._context = context
        self.sort = Sort.PLACE
        self.extent = Extent.MATCH
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.title, "strong")
        self.count = QLabel()
        set_role(self.count, "muted")
        self.sorts = ChoiceRow(tr("Sorted by"))
        self.extents = ChoiceRow(tr("Code"))
        self.code = QPushButton(tr("Code the lines…"))
        set_role(self.code, "primary")
        self.model = LinesModel(context, self)
        self.table = LinesTable(context.theme, self.model)
        self.empty = words("", "muted")
        self.hint = words(tr("Enter opens the place, C codes, Ctrl+A takes all lines"), "muted")
        self.coding = LineCoding(context, self)
        self._arrange()
        self._connect()
        self._offer()
        self.say(self._what_to_do())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.code)
        rows = QHBoxLayout()
        rows.setSpacing(20)
        for row in (self.sorts, self.extents):
            inside = row.layout()
            if inside is not None:
                inside.setContentsMargins(0, 0, 0, 0)
            row.setMaximumWidth(_WIDEST_ROW)
            rows.addWidget(row, 1)
        rows.addStretch(0)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(rows)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint)
        bare = QWidget()
        lines = QVBoxLayout(bare)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.empty)
        lines.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(bare)
        self._pages.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 20, 14, 14)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.sorts.picked.connect(self._on_sort)
        self.extents.picked.connect(self._on_extent)
        self.code.clicked.connect(self.ask_code)
        self.table.code_requested.connect(self.ask_code)
        self.table.entered.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._name_button)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)

    def _offer(self) -> None:
        self.sorts.offer(list(sort_words().items()), self.sort)
        self.extents.offer(list(extent_words().items()), self.extent)

    def _on_sort(self, sort: Sort) -> None:
        self.sort = sort
        self._offer()
        self.sort_changed.emit()

    def _on_extent(self, extent: Extent) -> None:
        self.extent = extent
        self._offer()

    @staticmethod
    def _what_to_do() -> str:
        return tr("Choose a word at the left, or several with Ctrl or Shift, to read each place where it stands.")

    def say(self, sentence: str) -> None:
        """Show a sentence instead of lines."""
        self.model.show(Lines(), {})
        self.empty.setText(sentence)
        self._pages.setCurrentIndex(0)

    def say_nothing_chosen(self) -> None:
        """Show what to do first."""
        self.say(self._what_to_do())

    def say_looking(self) -> None:
        """Say that the places are being looked for."""
        self.count.setText(tr("looking for its places…"))
        if self._pages.currentIndex() == 0:
            self.empty.setText(tr("Looking for the places…"))

    def show_lines(self, chosen: Sequence[str], lines: Lines, sources: Mapping[str, Source]) -> None:
        """Show the places of the chosen words; the same places stay as they are scrolled and selected."""
        title = ", ".join(chosen)
        self.title.setText(title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE] + "…")
        self.title.setToolTip(title if len(title) > _LONGEST_TITLE and len(chosen) <= _LONGEST_TITLE else "")
        self.count.setText(trn("{number} line", "{number} lines", len(lines), number=f"{len(lines):,}"))
        if not lines:
            self.say(tr("None of the chosen words stands in what is counted now."))
            return
        if lines == self.model.lines:
            self.model.name_again(sources)
        else:
            self.model.show(lines, sources)
            self.table.scrollToTop()
        self._name_button()
        self._pages.setCurrentIndex(1)

    def enter(self) -> None:
        """Give the lines the keys, the first one being the current one."""
        if not self.model.lines:
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.table.selectionModel().setCurrentIndex(self.model.index(0, 0), flag)

    def wanted(self) -> Sequence[Line]:
        """Return the selected lines, or all of them where none is selected."""
        rows = self.table.chosen_rows()
        return [self.model.lines[row] for row in rows] if rows else self.model.lines

    def _name_button(self, *_: object) -> None:
        rows = self.table.chosen_count()
        all_ = len(self.model.lines)
        if rows:
            self.code.setText(trn("Code {number} line…", "Code {number} lines…", rows, number=f"{rows:,}"))
        else:
            self.code.setText(tr("Code the line…") if all_ == 1 else tr("Code all {n} lines…", n=f"{all_:,}"))
        self.code.setEnabled(self._context.writable)

    def ask_code(self) -> None:
        """Ask for a code, then code the lines that are wanted."""
        if self.model.lines and self._context.writable:
            corner = self.code.mapToGlobal(self.code.rect().bottomLeft())
            self.coding.ask(corner, self.wanted(), self.extent)

    def _open(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self.place_chosen.emit(*self.model.lines[row])

    def _open_menu(self, at: QPoint) -> None:
        if not self.table.currentIndex().isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open the place") + "\tEnter", self._open)
        code = menu.addAction(self.code.text() + "\tC", self.ask_code)
        code.setEnabled(self._context.writable)
        menu.addAction(tr("Select all lines") + "\tCtrl+A", self.table.selectAll)
        menu.popup(self.table.menu_place(at))
