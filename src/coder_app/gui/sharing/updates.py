"""The window that shows what is new in a shared codebook, code by code, to be accepted or declined."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.domain.codebook_diff import MERGED, RETIRED, SAME_PATH
from coder_app.domain.coderbook import Coderbook
from coder_app.edits.subscription import Taken, take_version
from coder_app.gui.context import Context
from coder_app.gui.sharing.beside import Beside
from coder_app.gui.sharing.changes_model import ACCEPT, DECLINE, LATER, ChangesModel, Line
from coder_app.gui.theme import set_role
from coder_app.gui.times import day_and_clock
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.sharing import offer, subscription

_WIDTH, _HEIGHT = 1160, 660
_LIST_WIDTH = 560
_COLUMNS = (310, 120)
_KEYS = {Qt.Key.Key_A: ACCEPT, Qt.Key.Key_D: DECLINE, Qt.Key.Key_L: LATER}


class Updates(QDialog):
    """Decisions are gathered and applied as one step; the main window stays usable beside it."""

    def __init__(self, context: Context, parent: QWidget, book: Coderbook) -> None:
        super().__init__(parent)
        self._context = context
        self._book = book
        self.setWindowTitle(tr("Codebook updates"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = words("", "heading")
        self.about = words("", "muted")
        self.model = ChangesModel(self)
        self.table = QTableView()
        self.beside = Beside(context)
        self.path = words("", "strong")
        self.note = words("", "muted")
        self.accept_one = _button(tr("Accept"), tr("Take it as published (A)"), lambda: self._decide(ACCEPT))
        self.decline_one = _button(tr("Decline"), tr("Leave it as it is here (D)"), lambda: self._decide(DECLINE))
        self.later_one = _button(tr("Later"), tr("Decide about it later (L)"), lambda: self._decide(LATER))
        self.accept_all = _button(tr("Accept all"), "", lambda: self._decide_all(ACCEPT))
        self.decline_all = _button(tr("Decline all"), "", lambda: self._decide_all(DECLINE))
        self.apply = _button("", tr("All decisions, as one step that Undo takes back"), self._apply)
        self._arrange()
        self._connect()
        self.resize(_WIDTH, _HEIGHT)
        self.refresh()
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(tr("What is new"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        # The end of a path tells more than its middle.
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(_COLUMNS):
            table.setColumnWidth(column, width)
        table.installEventFilter(self)
        set_role(self.apply, "primary")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(14, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.path, self.note):
            column.addWidget(widget)
        column.addWidget(self.beside, 1)
        column.addLayout(_row(self.accept_one, self.decline_one, self.later_one))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(0)
        parts.addWidget(table)
        parts.addWidget(right)
        parts.setSizes([_LIST_WIDTH, _WIDTH - _LIST_WIDTH])
        parts.setStretchFactor(1, 1)
        line = QFrame()
        set_role(line, "separator")
        close = _button(tr("Close"), "", self.close)
        foot = _row(self.accept_all, self.decline_all)
        foot.addWidget(close)
        foot.addWidget(self.apply)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 14)
        whole.setSpacing(8)
        whole.addWidget(self.title)
        whole.addWidget(self.about)
        whole.addSpacing(4)
        whole.addWidget(parts, 1)
        whole.addWidget(line)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.table.selectionModel().currentChanged.connect(self._show_current)
        self.model.dataChanged.connect(self._say)
        signals = self._context.signals
        signals.changed.connect(self._on_changed)
        signals.closed.connect(self.close)

    def show_book(self, book: Coderbook) -> None:
        """Show another state of the file."""
        self._book = book
        self.refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("code", "code_example", "setting"):
            self.refresh()

    def refresh(self) -> None:
        """Compare the project and the file again; the row that is chosen stays so."""
        project = self._context.project
        subscribed = subscription(project) if project is not None else None
        if project is None or subscribed is None or subscribed.book_id != self._book.id:
            self.close()
            return
        line = self.model.line(self.table.currentIndex().row())
        self.model.show(offer(project, subscribed, self._book))
        row = self.model.row_of(line.change.id) if line is not None and line.change is not None else -1
        self.table.setCurrentIndex(self.model.index(max(0, row), 0))
        self._say()
        self._show_current()

    def _say(self, *_: object) -> None:
        newest = self._book.newest
        self.title.setText(tr("“{name}”, version {version}", name=self._book.name, version=newest.version))
        told = [tr("Published {when}", when=day_and_clock(newest.published_at))]
        told += [tr("by {names}", names=", ".join(newest.authors))] if newest.authors else []
        about = " ".join(told) + (f": {newest.note}" if newest.note else "")
        n = len(self.model.open_rows())
        open_ = trn("{n} change is open.", "{n} changes are open.", n) if n else tr("Nothing is open.")
        self.about.setText(f"{about}. {open_}")
        decided = len(self.model.decided(ACCEPT)) + len(self.model.decided(DECLINE))
        self.apply.setText(trn("Apply {n} decision", "Apply {n} decisions", decided) if decided else tr("Apply"))
        self.apply.setEnabled(bool(decided) and self._context.writable)
        for button in (self.accept_all, self.decline_all):
            button.setEnabled(n > 0)

    def _show_current(self, *_: object) -> None:
        line = self.model.line(self.table.currentIndex().row())
        self.path.setText(line.path if line is not None else "")
        self.note.setText(_note(line) if line is not None else "")
        self.note.setVisible(bool(self.note.text()))
        change = line.change if line is not None else None
        for button in (self.accept_one, self.decline_one, self.later_one):
            button.setEnabled(change is not None)
        fields = change.fields if change is not None else ()
        names = (tr("Here"), tr("Version {n}", n=self._book.newest.version)) if fields else ("", "")
        self.beside.show_fields(*names, fields)

    def _rows(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _decide(self, what: str) -> None:
        rows = self._rows()
        self.model.decide(rows, what)
        if len(rows) == 1 and rows[0] + 1 < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(rows[0] + 1, 0))

    def _decide_all(self, what: str) -> None:
        self.model.decide(self.model.open_rows(), what)

    def _apply(self) -> None:
        accepted, declined = self.model.decided(ACCEPT), self.model.decided(DECLINE)
        done = self._context.attempt(take_version, self._book, accepted, declined)
        if done is not None:
            self._context.say(taken_words(done), undo=True)
            self.model.decide(range(self.model.rowCount()), LATER)
            self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            decision = _KEYS.get(Qt.Key(event.key()))
            if decision is not None:
                self._decide(decision)
                return True
        return super().eventFilter(watched, event)


def taken_words(done: Taken) -> str:
    """Say what became of a newer version."""
    told = [trn("{n} change taken", "{n} changes taken", len(done.accepted) + len(done.removed) + len(done.kept))]
    if done.declined:
        told.append(trn("{n} declined", "{n} declined", len(done.declined)))
    if done.kept:
        told.append(
            trn("{n} retired code is used and stays", "{n} retired codes are used and stay", len(done.kept)),
        )
    if done.left:
        told.append(trn("{n} still open", "{n} still open", done.left))
    return "; ".join(told) + "."


def _note(line: Line) -> str:
    change = line.change
    if change is None:
        return line.stays
    if change.kinds[-1] == MERGED:
        return tr(
            "It was merged into “{path}”. Where it is used here it stays, not to be coded with; “Merge into…” in the "
            "codebook moves its codings.",
            path=change.merged_into,
        )
    if change.kinds[-1] == RETIRED:
        return tr("It was retired. Where it is used here it stays with its codings, not to be coded with.")
    if SAME_PATH in change.kinds:
        return tr("A code of the same name is here already. Accepting makes the two the same code.")
    return "" if change.fields else tr("A new code.")


def _button(text: str, tip: str, clicked: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setAutoDefault(False)

    def on_clicked(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature of the signal
        clicked()

    made.clicked.connect(on_clicked)
    return made


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
