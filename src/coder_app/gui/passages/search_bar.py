"""What to search for and how: the field, the options, and a line that says what came of it."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coder_app.gui.theme import set_role
from coder_app.gui.widgets.flow import FlowLayout
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.search import SearchOptions
from coder_app.queries.search_query import QueryProblem, has_operators

_PAUSE_MILLISECONDS = 200


class SearchBar(QWidget):
    """Says when something else is to be searched for; it does not search itself."""

    changed = Signal()
    """The words or the options are others, after a short pause in typing."""
    list_wanted = Signal()
    """The Down key was pressed in the field."""
    stop_wanted = Signal()
    """The search that runs should be given up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find words in all sources"))
        self.field.setAccessibleName(tr("Find words in all sources"))
        self.field.installEventFilter(self)
        self.regex = _box(tr("Regular expression"), tr("Read the words as a pattern of Python’s re, line by line"))
        self.whole = _box(tr("Whole words"), tr("Leave out longer words in which these stand"))
        self.case = _box(tr("Match case"), tr("Tell capitals from small letters"))
        self.accents = _box(tr("Ignore accents"), tr("Take é, è and e for the same letter"))
        self.operators = _box(
            tr("AND OR NOT NEAR *"), tr("Read capital AND, OR, NOT, NEAR(…), quotes and * as operators")
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self.offer = QPushButton(tr("Not found as it stands. Read AND, OR, NOT, quotes and * as operators"))
        set_role(self.offer, "link")
        self.offer.hide()
        self._count = QLabel()
        set_role(self._count, "muted")
        self.stop = QPushButton(tr("Stop"))
        set_role(self.stop, "link")
        self.stop.hide()
        self.problem = words("", "warning")
        self.problem.hide()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        options = QWidget()
        flow = FlowLayout(options, 14)
        for box in self._boxes():
            flow.addWidget(box)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        options.setSizePolicy(policy)
        under = QHBoxLayout()
        under.setSpacing(14)
        under.addWidget(options, 1)
        for widget in (self._count, self.stop):
            under.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(under)
        column.addWidget(self.problem)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self.changed)
        self.regex.toggled.connect(self._on_regex)
        for box in self._boxes():
            box.toggled.connect(self._on_toggled)
        self.stop.clicked.connect(self.stop_wanted)
        self.offer.clicked.connect(self._read_operators)

    def in_order(self) -> tuple[QWidget, ...]:
        """Return what the Tab key goes through, the field first."""
        return (self.field, *self._boxes(), self.stop, self.offer)

    def _boxes(self) -> tuple[QCheckBox, ...]:
        return (self.whole, self.case, self.accents, self.operators, self.regex)

    def query(self) -> str:
        """Return what is searched for; a pattern is taken with its spaces."""
        return self.field.text()

    def set_query(self, typed: str) -> None:
        """Search for something else; nothing is told."""
        with QSignalBlocker(self.field):
            self.field.setText(typed)
        self._pause.stop()

    def options(self) -> SearchOptions:
        """Return how the query is meant."""
        return SearchOptions(
            match_case=self.case.isChecked(),
            match_accents=not self.accents.isChecked(),
            whole_words=self.whole.isChecked(),
            operators=self.operators.isChecked(),
            regex=self.regex.isChecked(),
        )

    def say(self, told: str, *, is_running: bool = False) -> None:
        """Show how many hits there are; while a search runs it can be stopped."""
        self._count.setText(told)
        self.stop.setVisible(is_running)

    def told(self) -> str:
        """Return what is said about the number of hits."""
        return self._count.text()

    def say_problem(self, told: str, error: Exception | None = None) -> None:
        """Show in a sentence what went wrong, and in the query at which place; "" hides it."""
        if isinstance(error, QueryProblem):
            query = self.query()
            told = f"{told}   {query[: error.place]}▸{query[error.place :]}"
        self._place = error.place if isinstance(error, QueryProblem) else None
        self.problem.setText(told)
        self.problem.setVisible(bool(told))

    def offer_operators(self, *, is_nothing: bool) -> None:
        """Offer to read the operators, where there `is_nothing` and the query has some that were not read."""
        unread = not self.operators.isChecked() and not self.regex.isChecked() and has_operators(self.query())
        self.offer.setVisible(is_nothing and unread)

    def _read_operators(self) -> None:
        # The focus first: the offer goes, and Qt would give it to the next field.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.operators.setChecked(True)

    _place: int | None = None

    def _on_return(self) -> None:
        self._pause.stop()
        if self._place is not None:
            # The caret goes to where the query stops making sense; Qt counts in UTF-16 units.
            self.field.setCursorPosition(len(self.query()[: self._place].encode("utf-16-le")) // 2)
        self.changed.emit()

    def _on_typed(self, _words: str) -> None:
        self._pause.start()

    def _on_toggled(self, _checked: bool) -> None:  # noqa: FBT001 - the signature of the signal
        self._pause.stop()
        self.changed.emit()

    def _on_regex(self, checked: bool) -> None:  # noqa: FBT001 - the signature of the signal
        for box in (self.whole, self.accents, self.operators):
            box.setEnabled(not checked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.field
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.list_wanted.emit()
            return True
        return super().eventFilter(watched, event)


def _box(text: str, tip: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setToolTip(tip)
    return box
