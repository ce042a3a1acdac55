"""The list under the text: what is coded with a code, or where words stand in all sources."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.passages.found import FoundHits
from coder_app.gui.passages.listed import Listed
from coder_app.gui.passages.model import PASSAGE, PassagesModel, Rows
from coder_app.gui.passages.view import PassageList
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree

_HEIGHT = 300


class PassagesPanel(QFrame):
    """Hidden until it is asked for; Escape in the text hides it again."""

    place_chosen = Signal(str, int, int, str)
    """A passage was opened: source id, start and stop in code points, the coding's id or ""."""

    list_shown = Signal()
    """The list came up; another one in its place can go."""

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code_id = ""
        self.setAccessibleName(tr("Passages"))
        set_role(self, "bottom-bar")
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "strong")
        self._count = QLabel(self)
        set_role(self._count, "muted")
        self._code_all = QPushButton(tr("Code all hits…"), self)
        self._close = QToolButton(self)
        self._close.setAccessibleName(tr("Close the list"))
        self._close.setToolTip(tr("Close the list (Esc)"))
        set_role(self._close, "quiet")
        self._model = PassagesModel(self)
        self.list = PassageList(context.theme, self)
        self.list.setAccessibleName(tr("Passages"))
        self.list.setModel(self._model)
        self._listed = Listed(context, self)
        self.found = FoundHits(context, actions, self._code_all, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.found.hits)
        self._arrange()
        self._connect()
        self._draw(context.theme.theme)
        self.hide()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._title)
        head.addWidget(self.found.bar.field, 1)
        head.addWidget(self._count)
        head.addStretch(0)
        head.addWidget(self._code_all)
        head.addWidget(self._close)
        top = QVBoxLayout()
        top.setContentsMargins(34, 8, 14, 6)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.found.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        for before, after in pairwise(
            (*self.found.bar.in_order(), self._code_all, self._close, self.list, self.found.hits)
        ):
            QWidget.setTabOrder(before, after)

    def sizeHint(self) -> QSize:
        # The text stays the larger part when the list comes.
        return QSize(600, _HEIGHT)

    def _connect(self) -> None:
        self._close.clicked.connect(self.hide)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self._listed.found.connect(self._show)
        self._listed.begun.connect(lambda: self._count.setText(tr("Looking…")))
        self.found.place_chosen.connect(self._go_to)
        self._context.theme.changed.connect(self._draw)
        signals = self._context.signals
        signals.closed.connect(self.hide)
        signals.opened.connect(self.hide)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._refresh)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions of searching."""
        return {
            "coding.quotations": self.show_quotations,
            "edit.next_hit": lambda: self._step(1),
            "edit.previous_hit": lambda: self._step(-1),
            "coding.dictionary": self.found.coding.ask_dictionary,
        }

    @property
    def _searching(self) -> bool:
        return self._pages.currentWidget() is self.found.hits

    def show_code(self, code_id: str) -> None:
        """List the passages coded with a code or one of its sub-codes."""
        if not code_id:
            return
        self._code_id = code_id
        self.found.leave()
        self._turn_to(self.list)
        self.show()
        self._refresh()

    def show_quotations(self) -> None:
        """List the passages that are marked and carry no code."""
        self._code_id = ""
        self.found.leave()
        self._turn_to(self.list)
        self.show()
        self._refresh()

    def show_search(self, words: str) -> None:
        """Search all sources, at first for `words`; the words of the hit that is shown are no new search."""
        self._turn_to(self.found.hits)
        self.show()
        self.found.begin(words)

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        for widget in (self.found.bar, self.found.bar.field, self._code_all):
            widget.setVisible(self._searching)
        for widget in (self._title, self._count):
            widget.setVisible(not self._searching)

    def _step(self, step: int) -> None:
        """Go to the next hit; where there are none yet, ask what to search for."""
        if not self._searching or not self.found.go_on(step):
            self.show_search("")

    def _refresh(self) -> None:
        project = self._context.project
        if project is None or not self.isVisible() or self._searching:
            return
        if not self._code_id:
            self._title.setText(tr("Quotations without a code"))
            self._listed.list_quotations(project)
            return
        tree = code_tree(project)
        if self._code_id not in tree:
            self.hide()
            return
        self._title.setText(tree[self._code_id].name)
        self._listed.list_codes(project, [self._code_id, *(code.id for code in tree.walk(self._code_id))])

    def _show(self, rows: Rows) -> None:
        scrolled = self.list.verticalScrollBar().value()
        current = self.list.currentIndex().row()
        self._model.show_rows(rows)
        self._count.setText(self._listed.told(len(rows)))
        if 0 <= current < len(rows):
            self.list.setCurrentIndex(self._model.index(current))
            self.list.verticalScrollBar().setValue(scrolled)

    def _open(self, index: QModelIndex) -> None:
        passage = index.data(PASSAGE)
        self.place_chosen.emit(passage.source_id, passage.start, passage.stop, passage.coding_id)

    def _go_to(self, source_id: str, start: int, stop: int) -> None:
        self.place_chosen.emit(source_id, start, stop, "")

    def _on_changed(self, change: ChangeSet) -> None:
        if self._listed.concerns(change):
            self._refresh()

    def showEvent(self, event: object) -> None:
        self.list_shown.emit()

    def hideEvent(self, event: object) -> None:
        self._listed.drop()
        self.found.leave()

    def _draw(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme, theme.muted))
