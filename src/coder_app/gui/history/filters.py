"""The left column: whose steps, about what, of what kind, since when, in which words."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.field_words import kind_name
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.history.days import start_of
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import heading
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.history_filter import Wanted
from coder_app.queries.sources import sources
from coder_app.store.project import Project

_PAUSE_MILLISECONDS = 300
_KINDS = ("coding", "segment", "code", "memo", "source", "case", "variable", "set", "saved_query", "coder", "setting")
_BETWEEN = "between"


class Filters(QFrame):
    """Keeps what is chosen and tells of every change."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Which steps"))
        set_role(self, "left-panel")
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Find in the history"))
        self.text.setAccessibleName(tr("Find in the history"))
        self.text.setClearButtonEnabled(True)
        self.source = _field(tr("All sources"))
        self.code = _field(tr("All codes"))
        self.coder = ChoiceRow(tr("Whose"))
        self.kind = ChoiceRow(tr("What"))
        self.when = ChoiceRow(tr("When"))
        self.undone = ChoiceRow(tr("Undone steps"))
        self.since, self.until = _day(tr("From")), _day(tr("To"))
        self._days_asked = (_padded(self.since), _padded(self.until))
        self.clear = QPushButton(tr("Show all steps"))
        set_role(self.clear, "link")
        self._chosen: dict[str, object] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._arrange()
        self._connect()
        self.offer(None)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 14)
        column.setSpacing(8)
        for part in (heading(tr("Which steps")), self.text, self.source, self.code):
            column.addWidget(_padded(part))
        column.addSpacing(8)
        for row in (self.coder, self.kind, self.when):
            column.addWidget(row)
        for frame in self._days_asked:
            column.addWidget(frame)
        column.addWidget(self.undone)
        column.addSpacing(8)
        column.addWidget(_padded(self.clear))
        column.addStretch(1)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.changed)
        self.text.textChanged.connect(self._wait)
        for field in (self.source, self.code):
            field.currentIndexChanged.connect(self._tell)
            edit = field.lineEdit()
            if edit is not None:
                edit.editingFinished.connect(lambda field=field: _settle(field))
        for name, row in (("coder", self.coder), ("kind", self.kind), ("when", self.when), ("undone", self.undone)):
            row.picked.connect(partial(self._pick, name))
        for field in (self.since, self.until):
            field.dateChanged.connect(self._tell)
        self.clear.clicked.connect(self.reset)

    def _wait(self, _words: str) -> None:
        self._pause.start()

    def _tell(self, _: object) -> None:
        self.changed.emit()

    def _pick(self, name: str, value: object) -> None:
        self._chosen[name] = value
        self._show_choices()
        self.changed.emit()

    def offer(self, project: Project | None) -> None:
        """Offer the coders, sources and codes of a project; what was chosen and is there stays chosen."""
        tree = code_tree(project) if project is not None else None
        self._coders = [(coder.id, coder.name) for coder in coders(project)] if project is not None else []
        _fill(self.source, [(one.id, one.name) for one in sources(project)] if project is not None else [])
        _fill(self.code, [(code.id, tree.path(code.id)) for code in tree.walk()] if tree is not None else [])
        self._show_choices()

    def _show_choices(self) -> None:
        chosen = self._chosen
        self.coder.offer([("", tr("everybody")), *self._coders], chosen.get("coder", ""))
        kinds = [("", tr("everything")), *((kind, kind_name(kind)) for kind in _KINDS)]
        self.kind.offer(kinds, chosen.get("kind", ""))
        times: list[tuple[object, str]] = [
            ("", tr("any time")),
            (1, tr("today")),
            (7, tr("the last 7 days")),
            (30, tr("the last 30 days")),
            (_BETWEEN, tr("between two days")),
        ]
        self.when.offer(times, chosen.get("when", ""))
        self.undone.offer([(False, tr("shown")), (True, tr("left out"))], chosen.get("undone", False))
        for frame in self._days_asked:
            frame.setVisible(chosen.get("when") == _BETWEEN)
        self.clear.setVisible(self.wanted() != Wanted())

    def reset(self) -> None:
        """Let all steps pass."""
        self._chosen = {}
        with QSignalBlocker(self.text):
            self.text.clear()
        for field in (self.source, self.code):
            with QSignalBlocker(field):
                field.setCurrentIndex(-1)
                field.setEditText("")
        self._show_choices()
        self.changed.emit()

    def wanted(self) -> Wanted:
        """Return the filter that is chosen."""
        since, until = self._days()
        kind = str(self._chosen.get("kind") or "")
        return Wanted(
            coder_id=str(self._chosen.get("coder") or ""),
            source_id=str(self.source.currentData() or ""),
            code_id=str(self.code.currentData() or ""),
            kinds=(kind,) if kind else (),
            since=since,
            until=until,
            text=self.text.text().strip(),
            in_force=bool(self._chosen.get("undone")),
        )

    def _days(self) -> tuple[str, str]:
        when = self._chosen.get("when") or ""
        if when == _BETWEEN:
            since, until = (_date(field.date()) for field in (self.since, self.until))
            return start_of(since), start_of(until + timedelta(days=1))
        if isinstance(when, int):
            return start_of(datetime.now(UTC).astimezone().date() - timedelta(days=when - 1)), ""
        return "", ""

    def note_shown(self) -> None:
        """Offer to show all steps where a filter is set."""
        self.clear.setVisible(self.wanted() != Wanted())


def _padded(widget: QWidget) -> QWidget:
    frame = QWidget()
    row = QVBoxLayout(frame)
    row.setContentsMargins(14, 0, 14, 0)
    row.addWidget(widget)
    return frame


def _field(words: str) -> QComboBox:
    """Return a field in which one types a part of a name; nothing typed is all."""
    field = QComboBox()
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.setAccessibleName(words)
    field.view().setAccessibleName(words)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(8)
    edit, completer = field.lineEdit(), field.completer()
    if edit is not None:
        edit.setPlaceholderText(words)
        edit.setClearButtonEnabled(True)
        edit.setAccessibleName(words)
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return field


def _fill(field: QComboBox, entries: list[tuple[str, str]]) -> None:
    chosen = field.currentData()
    with QSignalBlocker(field):
        field.clear()
        for row_id, name in entries:
            field.addItem(name, row_id)
        field.setCurrentIndex(field.findData(chosen) if chosen else -1)


def _settle(field: QComboBox) -> None:
    """Let what was typed be one of the entries, or none."""
    text = field.currentText().strip()
    place = field.findText(text, Qt.MatchFlag.MatchFixedString) if text else -1
    if place < 0:
        field.setEditText("")
    field.setCurrentIndex(place)


def _day(words: str) -> QDateEdit:
    field = QDateEdit(QDate.currentDate())
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    field.setAccessibleName(words)
    return field


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
