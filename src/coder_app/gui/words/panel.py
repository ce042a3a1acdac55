"""The layout for words: options at the left, the words in the middle, their lines at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coder_app.analysis.words import Counting, normal
from coder_app.domain.change import ChangeSet
from coder_app.domain.model import Source
from coder_app.edits.stop_words import set_stop_words
from coder_app.gui.context import Context
from coder_app.gui.layouts import Page
from coder_app.gui.widgets.columns import side_by_side
from coder_app.gui.words import sentences
from coder_app.gui.words.counter import WordCounter
from coder_app.gui.words.exports import MakeTable, lines_export, words_by_source_export, words_export
from coder_app.gui.words.finder import LineFinder
from coder_app.gui.words.lines_panel import LinesPanel
from coder_app.gui.words.material import Counted, Lines, parts_of
from coder_app.gui.words.options import Where, scope_words
from coder_app.gui.words.options_panel import Offered, WordOptions
from coder_app.gui.words.words_panel import WordsPanel
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import folders, sources
from coder_app.queries.stop_words import own_stop_words

LEFT_WIDTH = 272
MIDDLE_WIDTH = 400
_SETTLES_MILLISECONDS = 150
_OF_PASSAGES = ("coding", "segment", "code")


class WordsLayout(Page):
    """Counts what the options say, whenever the texts change and the layout is in sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._offered = Offered()
        self._counted: Counted | None = None
        self._counting = Counting()
        self._chosen: list[str] = []
        self.setAccessibleName(tr("Words"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLES_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        self.options = WordOptions(context)
        self.words = WordsPanel(context)
        self.lines = LinesPanel(context)
        self.counter = WordCounter(context, self)
        self.finder = LineFinder(context, self)
        self._arrange()
        self._connect()
        self._clear()

    def _arrange(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(side_by_side((self.options, LEFT_WIDTH), (self.words, MIDDLE_WIDTH), (self.lines, 0)))

    def _connect(self) -> None:
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._clear)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._on_passages)
        signals.released.connect(self._on_released)
        signals.source_shown.connect(self._on_source)
        self.options.changed.connect(self._on_options)
        self.options.own_words_changed.connect(self._set_stop_words)
        self.words.chosen.connect(self._on_chosen)
        self.words.lines_wanted.connect(self.lines.enter)
        self.words.leave_out_requested.connect(self._leave_out)
        self.words.count_requested.connect(self._count)
        self.lines.sort_changed.connect(self._find)
        self.lines.place_chosen.connect(self.place_chosen)
        self.counter.begun.connect(self.words.say_counting)
        self.counter.counted.connect(self._on_counted)
        self.counter.stopped.connect(self._on_stopped)
        self.counter.failed.connect(self._on_failed)
        self.finder.begun.connect(self.lines.say_looking)
        self.finder.found.connect(self._on_found)
        self.finder.stopped.connect(self._on_search_stopped)
        self.finder.failed.connect(self._on_failed)

    def refresh(self) -> None:
        """Count again if anything has changed since the last time."""
        self._timer.stop()
        if self._stale:
            self._count()

    def enter(self) -> None:
        """Give the filter the keys."""
        self.words.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_source(self, _: str) -> None:
        # It is offered as what to count in.
        if self.isVisible():
            self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_opened(self) -> None:
        shown = self._context.source_id  # the reader may have shown its first text already
        self._clear()
        self._context.source_id = shown
        self._wait()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("source"):
            self._wait()
        elif change.touches(*_OF_PASSAGES):
            self._on_passages()
        if change.touches("setting"):
            self._offer()
            self._show()

    def _on_passages(self) -> None:
        if self.options.options.scope.where is Where.CODE:
            self._wait()

    def _on_released(self) -> None:
        self.lines.table.viewport().update()  # lines could not be read while a large edit held the project
        if self.isVisible():
            self.refresh()

    def _on_options(self) -> None:
        counted, options = self._counted, self.options.options
        if (
            counted is not None
            and not self._stale
            and not self.counter.running
            and (counted.options.scope, counted.options.match_case) == (options.scope, options.match_case)
        ):
            self._show()
        else:
            self._stale = True
            self.refresh()

    def _wait(self) -> None:
        """Count in a moment if the words are in sight, else when they come into sight."""
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _clear(self) -> None:
        self._timer.stop()
        self.counter.forget()
        self.finder.drop()
        self._stale = True
        self._counted = None
        self._chosen = []
        self._offered = Offered()
        self.options.reset()
        self.options.offer(self._offered)
        self.options.read("", "")
        self.words.forget()
        self.words.say(tr("Counting…"))
        self.lines.say_nothing_chosen()

    def _offer(self) -> None:
        project = self._context.project
        if project is not None:
            self._offered = Offered(
                {one.id: one for one in sources(project)},
                folders(project),
                code_tree(project),
                own_stop_words(project),
                self._context.source_id,
            )
            self.options.offer(self._offered)

    def _count(self) -> None:
        project = self._context.project
        if project is None:
            return
        self._stale = False
        self._offer()
        options = self.options.options
        parts = parts_of(project, self._offered.sources.values(), options.scope, self._context.coders_shown())
        self.counter.count(options, parts)

    def _on_counted(self, counted: Counted) -> None:
        self._counted = counted
        self._show()
        self._find()

    def _on_stopped(self) -> None:
        self._counted = None
        self.words.say(tr("Counting was stopped."), again=True)
        self.lines.say_nothing_chosen()

    def _on_failed(self, error: BaseException) -> None:
        self._on_stopped()
        self._context.tell(error)

    def _show(self) -> None:
        """Show what the options take of the words that are counted."""
        counted = self._counted
        if counted is None:
            return
        self._counting = self.options.options.counting(self._offered.own)
        self.words.show_counted(counted, self._counting)
        self.words.export.take(self._exports(counted) if counted.rows else None)
        self._read()

    def _read(self) -> None:
        counted = self._counted
        if counted is not None:
            wanted = set(self._chosen)
            rows = [row for row in counted.rows if row.word in wanted] if wanted else []
            self.options.read(sentences.reading(rows, counted), sentences.basis(counted, self.words.model.taken))

    def _on_chosen(self, chosen: list[str]) -> None:
        self._chosen = chosen
        self._read()
        self._find()

    def _find(self) -> None:
        if not self._chosen:
            self.lines.say_nothing_chosen()
        elif self._counted is not None and not self.counter.running:
            self.finder.find(self._chosen, self._counted, self.lines.sort)

    def _on_found(self, chosen: list[str], lines: Lines) -> None:
        self.lines.show_lines(chosen, lines, self._sources())

    def _on_search_stopped(self) -> None:
        self.lines.say(tr("Looking for the places was stopped. Choose the word again to look again."))

    def _sources(self) -> dict[str, Source]:
        return {part.source.id: part.source for part in self._counted.parts} if self._counted is not None else {}

    def _set_stop_words(self, words: frozenset[str]) -> None:
        self._context.attempt(set_stop_words, words)

    def _leave_out(self, words: list[str]) -> None:
        if not self._context.writable:
            return
        self._context.attempt(set_stop_words, self._offered.own | set(map(normal, words)))
        self.options.choose(own=True)
        self.words.go_on()
        said = trn(
            "“{word}” is left out from now on.", "{n} words are left out from now on.", len(words), word=words[0]
        )
        self._context.say(said, undo=True)

    def _settings(self) -> dict[str, str]:
        options, offered = self.options.options, self._offered
        scope = scope_words(options.scope, offered.sources, offered.tree)
        return sentences.settings(options, self._counting, scope)

    def _exports(self, counted: Counted) -> dict[str, Callable[[], MakeTable]]:
        """Return what can be written: the words as they are shown, and the lines in their order."""
        return {
            tr("Words"): lambda: words_export(counted, self.words.model.rows, self._settings()),
            tr("Words by source"): lambda: words_by_source_export(counted, self.words.model.rows, self._settings()),
            tr("Lines"): self._lines_table,
        }

    def _lines_table(self) -> MakeTable:
        settings = {tr("Words"): ", ".join(self._chosen), **self._settings()}
        return lines_export(self._context.project, self.lines.model.lines, self._sources(), settings)
