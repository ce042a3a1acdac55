"""The search of all sources as the person meets it: options above, hits below, codes for those that are marked."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.hits import Placed
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.passages.hit_coding import HitCoding
from coder_app.gui.passages.hits import Group, HitsModel
from coder_app.gui.passages.hits_list import HitList
from coder_app.gui.passages.search_bar import SearchBar
from coder_app.gui.passages.searching import MOST_HITS, Outcome, Search
from coder_app.i18n import tr, trn

_SLOW_MILLISECONDS = 300
_CODE_ACTIONS = ("coding.pick", "coding.pick_here")
_OWN_KEYS = (QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter))


class FoundHits(QObject):
    """Connects the bar, the search and the list; the panel only gives them their places."""

    place_chosen = Signal(str, int, int)
    """A hit was opened: source id, start and stop in code points."""

    def __init__(self, context: Context, actions: ActionSet, code_all: QPushButton, panel: QWidget) -> None:
        super().__init__(panel)
        self._context = context
        self._actions = actions
        self._code_all = code_all
        self.bar = SearchBar(panel)
        self.model = HitsModel(context, self)
        self.hits = HitList(context.theme, self.model, panel)
        self.hits.setAccessibleName(tr("Hits"))
        self.coding = HitCoding(context, panel)
        self.search = Search(context.tell, self)
        self._is_fresh = True
        self._keep: Placed | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MILLISECONDS)
        self._connect()

    def _connect(self) -> None:
        bar, hits, signals = self.bar, self.hits, self._context.signals
        bar.changed.connect(self.run)
        bar.list_wanted.connect(self._enter)
        bar.stop_wanted.connect(self._stop)
        hits.left_upwards.connect(bar.field.setFocus)
        hits.hit_chosen.connect(self._choose)
        hits.hit_wanted.connect(self._look)
        hits.codes_wanted.connect(self._code_marked)
        self._code_all.clicked.connect(self._ask_all)
        self.search.found.connect(self._on_found)
        self.search.ended.connect(self._on_ended)
        self._slow.timeout.connect(self._say_running)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._forget)
        signals.closed.connect(self._close)
        # A large edit may keep the file to itself for longer than a search would wait.
        signals.held.connect(self.search.stop_and_wait)
        signals.released.connect(self._again)

    def begin(self, words: str) -> None:
        """Ask what to search for, at first for `words`; those of the hit that was opened last are no new search."""
        keys = [key for action in _CODE_ACTIONS for key in self._actions[action].shortcuts()]
        self.hits.code_keys = [key for key in keys if key not in _OWN_KEYS]
        words = " ".join(words.split())
        is_known = bool(words) and words == self._current_words() and self.bar.query()
        if words and not is_known:
            self.bar.set_query(words)
        self.bar.field.selectAll()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not is_known:
            self.run()

    def _current_words(self) -> str:
        index = self.hits.currentIndex()
        return " ".join(str(index.data()).split()) if index.isValid() else ""

    def run(self) -> None:
        """Search for what stands in the field."""
        project = self._context.project
        if project is None or not self.hits.isVisibleTo(self.hits.window()):
            return
        self._is_fresh = True
        self._code_all.setEnabled(False)
        self.bar.say_problem("")
        self.bar.offer_operators(is_nothing=False)
        self._slow.start()
        self.search.start(project.path, self.bar.query(), self.bar.options())

    def leave(self) -> None:
        """Give up a search that runs: the list is not seen any more."""
        self._slow.stop()
        self.search.stop()

    def _close(self) -> None:
        self._slow.stop()
        self.search.stop_and_wait()
        self.model.clear()
        self.bar.say("")

    def _stop(self) -> None:
        self.leave()
        self._end(tr("stopped at {hits}", hits=self._hits()), is_whole=False)

    def _on_found(self, groups: list[Group]) -> None:
        if self._is_fresh:
            self._is_fresh = False
            self.model.show(groups)
            self.hits.scrollToTop()
        else:
            self.model.extend(groups)
        if not self._slow.isActive():
            self._say_running()

    def _say_running(self) -> None:
        if self.search.running:
            if self._is_fresh:
                # What an older search found is not taken for hits of this one.
                self.model.clear()
            found = self.model.total()
            self.bar.say(trn("{n:,} hit so far", "{n:,} hits so far", found), is_running=True)

    def _on_ended(self, outcome: Outcome) -> None:
        self._slow.stop()
        if self._is_fresh:
            self.model.clear()
        problem = outcome.problem
        self.bar.say_problem(str(problem) if problem is not None else "", problem)
        self.bar.offer_operators(is_nothing=problem is None and not self.model.total())
        self._end(self._told(outcome), is_whole=problem is None and not outcome.is_cut)
        keep, self._keep = self._keep, None
        if keep is not None:
            self.hits.go_to(self.model.row_of(keep))

    def _told(self, outcome: Outcome) -> str:
        if outcome.is_cut:
            return tr("the first {n:,} hits; search more narrowly for all", n=MOST_HITS)
        if outcome.problem is not None:
            return tr("{hits} up to there", hits=self._hits()) if self.model.total() else ""
        if not self.bar.query().strip():
            return ""
        sources = len(self.model.groups)
        return (
            trn("{hits} in {n:,} source", "{hits} in {n:,} sources", sources, hits=self._hits())
            if sources
            else self._hits()
        )

    def _hits(self) -> str:
        return trn("{n:,} hit", "{n:,} hits", self.model.total())

    def _end(self, told: str, *, is_whole: bool) -> None:
        self.bar.say(told)
        is_any = self.model.total() > 0
        self._code_all.setText(tr("Code all hits…") if is_whole or not is_any else tr("Code these hits…"))
        self._code_all.setEnabled(is_any and self._context.writable)

    def _enter(self) -> None:
        if self.model.rowCount():
            self.hits.enter()

    def go_on(self, step: int) -> bool:
        """Open the next hit, with step -1 the one before; False where there is no list of hits to go through."""
        if not self.hits.isVisible() or not self.model.rowCount():
            return False
        index = self.hits.currentIndex()
        row = self.model.next_hit(index.row() if index.isValid() else -1, step)
        if row < 0:
            self._context.say(tr("This is the last hit.") if step > 0 else tr("This is the first hit."))
            return True
        self.hits.go_to(row)
        place = self.model.place_at(row)
        if place is not None:
            self._choose(place)
        return True

    def _choose(self, place: Placed) -> None:
        self.place_chosen.emit(place.source_id, place.start, place.stop)

    def _look(self, place: Placed) -> None:
        self._choose(place)
        self.hits.setFocus(Qt.FocusReason.OtherFocusReason)

    def _code_marked(self) -> None:
        if self._context.writable and (marked := self.hits.marked()):
            self.coding.ask(self.hits.below_current(), marked)

    def _ask_all(self) -> None:
        places = [place for group in self.model.groups for place in group.places]
        self.coding.ask_preview(self._code_all.mapToGlobal(self._code_all.rect().bottomLeft()), places)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("source"):
            # What was found may be gone; places in it can no longer be shown.
            self._keep = (
                self.model.place_at(self.hits.currentIndex().row()) if self.hits.currentIndex().isValid() else None
            )
            self.model.clear()
            self.run()
        elif change.touches("coding", "segment", "code"):
            self._forget()

    def _again(self) -> None:
        if not self.search.running and self._slow.isActive():
            self.run()

    def _forget(self) -> None:
        self.model.forget()
        self.hits.viewport().update()
