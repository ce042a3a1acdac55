"""The layout for queries: saved ones at the left, the query as text and as groups above, its passages below."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.query_language.meaning import Book, SavedQuery, as_named_today, meant
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.reading import parse
from coder_app.domain.query_language.tree import Query, Saved
from coder_app.domain.query_language.writing import write
from coder_app.domain.tree import CodeTree
from coder_app.edits.saved_queries import save_query
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.layouts import Page
from coder_app.gui.lookup import Lookup
from coder_app.gui.query.answer import Answer, Asked, Mistake, answered
from coder_app.gui.query.builder import Builder
from coder_app.gui.query.building import added
from coder_app.gui.query.counting import Count, counted, hidden_of
from coder_app.gui.query.export import ask_file
from coder_app.gui.query.line import QueryLine
from coder_app.gui.query.results import ResultsPanel
from coder_app.gui.query.saved_panel import SavedPanel
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.saved_queries import book_of
from coder_app.queries.sources import codings_by_source
from coder_app.store.project import Project

_LEFT_WIDTH = 272
_MOST_BUILT = 0.45
_SETTLES_MILLISECONDS = 200
_TYPED_MILLISECONDS = 400
_SHORT = 5_000
_NAMES = ("code", "coder", "source", "case", "set", "variable", "saved_query")
_CONTENT = (*_NAMES, "coding", "segment", "case_member", "variable_value", "set_member", "memo")
_OF_ANSWER = tuple(one for one in _CONTENT if one != "saved_query")


class QueryPage(Page):
    """Text and groups are two sides of one tree. What was asked is asked again when the project changes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._known_book: Book | None = None
        self._counts: Mapping[str, Count] = {}
        self._stale = True
        self._drawn = False
        self._other = False
        self.asked = Asked()
        self.setAccessibleName(tr("Query"))
        self.line = QueryLine(context.theme, self.book)
        self.mistake = words("", "error")
        self.go = QPushButton(tr("Find"))
        set_role(self.go, "primary")
        self.save = QPushButton(tr("Save…"))
        self.builder = Builder()
        self.results = ResultsPanel(context)
        self.saved = SavedPanel(context, self.line.text)
        self._answers = Lookup(context, tr("Looking for passages"), self)
        self._counting = Lookup(context, tr("Counting what saved queries find"), self)
        self._settles = self._timer(_SETTLES_MILLISECONDS, self.refresh)
        self._typed = self._timer(_TYPED_MILLISECONDS, self._check)
        self._arrange()
        self._connect()

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.line, 1)
        for button in (self.go, self.save):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.mistake)
        column.addWidget(self.builder, 1)
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setChildrenCollapsible(False)
        rows.setHandleWidth(1)
        for part, stretch in ((above, 0), (self.results, 1)):
            rows.addWidget(part)
            rows.setStretchFactor(rows.count() - 1, stretch)
        rows.splitterMoved.connect(self._on_drawn)
        self._rows = rows
        paper = QFrame()
        set_role(paper, "paper")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(20, 14, 20, 14)
        inside.addWidget(rows)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(0)  # the panel brings the line between them
        columns.addWidget(self.saved)
        columns.addWidget(paper)
        columns.setStretchFactor(1, 1)
        columns.setSizes([_LEFT_WIDTH, 1440 - _LEFT_WIDTH])
        self.saved.setMinimumWidth(180)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(columns)

    def _on_drawn(self, *_: object) -> None:
        self._drawn = True

    def _make_room(self, height: int) -> None:
        """Give the builder the height of its lines, up to nearly half, unless somebody has set it otherwise."""
        whole = self._rows.height()
        if self._drawn or whole < self._rows.minimumHeight():
            return
        above = height + self.line.height() + (self.mistake.sizeHint().height() if self.mistake.text() else 0) + 34
        above = min(above, round(_MOST_BUILT * whole))
        self._rows.setSizes([above, whole - above])

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._clear)
        signals.changed.connect(self._on_changed)
        signals.released.connect(self._on_released)
        signals.coders_shown_changed.connect(self._on_hidden)
        self._context.blinding.changed.connect(self._on_hidden)
        self.line.edited.connect(self._on_typed)
        self.line.asked.connect(self.ask)
        self.go.clicked.connect(self.ask)
        self.save.clicked.connect(self._save)
        self.builder.changed.connect(self._on_built)
        self.builder.built.connect(self._make_room)
        self.results.place_chosen.connect(self.place_chosen)
        self.results.shown_otherwise.connect(self._show_otherwise)
        self.results.export_requested.connect(self._export)
        self.saved.chosen.connect(self._show_saved)
        self.saved.added.connect(self._use_saved)
        self._answers.found.connect(self._on_answer)
        self._counting.found.connect(self._on_counts)
        self._clear()

    def book(self) -> Book:
        """Return all that a query can name now."""
        if self._known_book is None and self._context.project is not None:
            self._known_book = book_of(self._context.project)
        return self._known_book or _NOTHING

    def enter(self) -> None:
        """Give the query the keys."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settles.stop()

    def _on_opened(self) -> None:
        self._clear()
        if self.isVisible():
            self.refresh()

    def _clear(self) -> None:
        self._settles.stop()
        self._typed.stop()
        self._answers.drop()
        self._counting.drop()
        self._known_book = None
        self._counts = {}
        self._stale = True
        self.asked = Asked()
        self.line.put("")
        self.builder.setEnabled(True)
        self._tell(None)
        self.builder.show_query(None, _NOTHING)
        self.saved.show_saved(None, {})
        self.results.say(tr("Write a query above, or build one, to find passages."))
        self._enable()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches(*_NAMES):
            self._known_book = None
        if change.touches(*_CONTENT):
            # What other queries are called, or ask for, is of no concern to one that uses none.
            self._other = self._other or change.touches(*_OF_ANSWER) or "query:" in self.asked.text.casefold()
            self._stale = True
            if self.isVisible():
                self._settles.start()

    def _on_released(self) -> None:
        if self._stale and self.isVisible():
            self._settles.start()

    def refresh(self) -> None:
        """Ask again, and count what the saved queries find, if anything has changed."""
        project = self._context.project
        if not self._stale or project is None:
            return
        self._stale = False
        self._enable()
        self.builder.show_query(self.builder.query, self.book())
        self.saved.show_saved(self.book(), self._counts)
        if self.asked.text and self._other:
            self._ask_now()
        self._other = False
        if self.book().saved:
            book, hidden = self.book(), hidden_of(self._context)
            self._counting.ask(
                lambda progress: counted(project, book, hidden, progress), at_once=self._is_short(project)
            )

    def _on_hidden(self, *_: object) -> None:
        self._other = self._stale = True
        if self.isVisible():
            self._settles.start()

    def _is_short(self, project: Project) -> bool:
        return sum(codings_by_source(project).values()) <= _SHORT

    def _enable(self) -> None:
        written = bool(self.line.text().strip())
        self.go.setEnabled(written)
        self.save.setEnabled(written and self._context.writable)

    def _on_counts(self, counts: Mapping[str, Count]) -> None:
        self._counts = counts
        self.saved.show_saved(self.book(), counts)

    def _on_typed(self) -> None:
        self._tell(None)
        self._enable()
        self._typed.start()

    def _check(self) -> None:
        """Say what cannot be read once the person pauses, and let the builder follow what can."""
        self._typed.stop()
        text = self.line.text()
        if not text.strip():
            self.builder.setEnabled(True)
            self.builder.show_query(None, self.book())
            return
        try:
            self.builder.setEnabled(False)
            query = parse(text)
            self.builder.setEnabled(True)
            self.builder.show_query(query, self.book())
            meant(text, self.book())
        except QueryMistake as mistake:
            self._tell(Mistake(mistake.words, mistake.at))
        else:
            self._tell(None)

    def _tell(self, mistake: Mistake | None) -> None:
        self.mistake.setText(mistake.words if mistake is not None else "")
        self.mistake.setVisible(mistake is not None)
        self.line.setAccessibleDescription(self.mistake.text())
        self.line.show_mistake(mistake.at if mistake is not None else None)

    def ask(self) -> None:
        """Find what the query that is written asks for."""
        self._enable()
        self._check()
        text = self.line.text().strip()
        if text:
            self.asked = replace(self.asked, text=self.line.text())
            self._ask_now()

    def _ask_now(self) -> None:
        project = self._context.project
        if project is None:
            return
        self.asked = asked = replace(self.asked, hidden=hidden_of(self._context))
        book = self.book()
        self._answers.ask(lambda progress: answered(project, asked, book, progress), at_once=self._is_short(project))

    def _on_answer(self, answer: Answer | Mistake) -> None:
        if isinstance(answer, Mistake):
            self._tell(answer if self.line.text() == self.asked.text else Mistake(answer.words, None))
            self.results.say(tr("Nothing was looked for: the query cannot be used."))
            return
        self._tell(None)
        self.results.show_answer(answer)

    def _on_built(self, query: Query | None) -> None:
        self._typed.stop()
        self.line.put(write(query) if query is not None else "")
        self._tell(None)
        self._enable()
        self.saved.forget_choice()
        if query is None:
            self.asked = replace(self.asked, text="")
            self.results.say(tr("Write a query above, or build one, to find passages."))
        else:
            self.ask()

    def _show_otherwise(self, asked: Asked) -> None:
        self.asked = asked
        self._ask_now()

    def _show_saved(self, saved: SavedQuery) -> None:
        self.line.put(as_named_today(saved.text, self.book(), saved.refers))
        self._enable()
        self.ask()

    def show_thing(self, thing_id: str) -> None:
        """Show what the saved query with this id finds."""
        saved = next((one for one in self.book().saved if one.id == thing_id), None)
        if saved is not None:
            self._show_saved(saved)

    def _use_saved(self, saved: SavedQuery) -> None:
        self._check()
        if not self.builder.isEnabled():
            return  # what is written cannot be read, which the line says
        grown = added(self.builder.query, (), Saved(saved.name))
        self.builder.show_query(grown, self.book())
        self._on_built(grown)

    def _save(self) -> None:
        text = self.line.text()
        self._check()
        if self.mistake.isHidden():

            def keep(name: str) -> None:
                if self._context.attempt(save_query, name, text) is not None:
                    self._context.say(tr("“{name}” is saved; its passages will always be those of now.", name=name))

            Ask(self._context, self.window(), tr("What the query is called"), keep)

    def _export(self, suffix: str) -> None:
        answer = self.results.model.answer
        if answer is not None:
            ask_file(self._context, self.window(), answer.asked, self.book(), suffix)


_NOTHING = Book(CodeTree([]))
