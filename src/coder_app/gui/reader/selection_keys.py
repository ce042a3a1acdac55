"""What the keys do to select a passage and to change the one that is coded, so that no mouse is needed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject

from coder_app.domain.model import Coding
from coder_app.domain.turns import turns
from coder_app.edits.codings import move_segment
from coder_app.gui.context import Context
from coder_app.gui.reader.extend import PARAGRAPH, SENTENCE, WORD, Unit, contracted, extended, of_spans
from coder_app.gui.reader.gestures import CodingGestures
from coder_app.gui.reader.steps import next_start, next_stop
from coder_app.gui.reader.view import ReaderView
from coder_app.i18n import tr
from coder_app.queries.quotations import Quotation

_PAUSE_MILLISECONDS = 400
"""A key that is held down comes again sooner than this; one that is pressed anew, later."""


class SelectionKeys(QObject):
    """Selects in the text that is shown, and goes from coding to coding of one code."""

    def __init__(self, context: Context, view: ReaderView, gestures: CodingGestures) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._gestures = gestures
        self._last = WORD
        self._turns: tuple[str, Unit] = ("", PARAGRAPH)
        # What keys took in: the selection before and after.
        self._taken: list[tuple[tuple[int, int], tuple[int, int]]] = []
        # The border that was stopped at its paragraph's end last, and for how long its key has rested since.
        self._stopped: tuple[str, bool] | None = None
        self._rested = QElapsedTimer()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the keys do for the window's actions."""
        units: dict[str, Callable[[], Unit]] = {
            "word": lambda: WORD,
            "sentence": lambda: SENTENCE,
            "paragraph": lambda: PARAGRAPH,
            "turn": self._turn,
        }
        found: dict[str, Callable[[], object]] = {}
        for name, unit in units.items():
            found[f"select.{name}"] = partial(self._extend, unit, 1)
            found[f"select.{name}_before"] = partial(self._extend, unit, -1)
        return found | {
            "select.less": self._leave_out,
            "select.block": self._mark_block,
            "coding.start_left": partial(self._move_start, -1),
            "coding.start_right": partial(self._move_start, 1),
            "coding.stop_left": partial(self._move_stop, -1),
            "coding.stop_right": partial(self._move_stop, 1),
            "coding.grow": self._grow,
            "coding.shrink": self._shrink,
            "coding.next_same": lambda: self._walk_code(1),
            "coding.previous_same": lambda: self._walk_code(-1),
        }

    def _turn(self) -> Unit:
        """Return the turns of the text as units; in a text that is no transcript, its paragraphs."""
        text = self._view.text
        if self._turns[0] is not text:
            spoken = [(turn.start, turn.stop) for turn in turns(text)]
            self._turns = text, of_spans(spoken) if spoken else PARAGRAPH
        return self._turns[1]

    def _extend(self, unit: Callable[[], Unit], by: int) -> None:
        before = self._view.selection()
        self._last = unit()
        self._view.extend_selection(self._last, by)
        after = self._view.selection()
        if before[0] == before[1] or (self._taken and self._taken[-1][1] != before):
            self._taken.clear()
        if before[0] < before[1] and after != before:
            self._taken.append((before, after))

    def _leave_out(self) -> None:
        """Leave out what was taken in last, at whichever end; where nothing was, the last unit."""
        now = self._view.selection()
        if self._taken and self._taken[-1][1] == now:
            before, _ = self._taken.pop()
            self._view.select_towards(*before, by=-1 if before[0] > now[0] else 1)
        else:
            self._view.contract_selection(self._last)

    def _mark_block(self) -> None:
        if self._view.mark_block():
            self._context.say(tr("A block begins here. Go to its end and press the same key again; Esc drops it."))

    def _held(self) -> Coding | Quotation | None:
        """Return what has the borders that are meant; it is chosen, so that no border leaves the caret behind."""
        if self._view.chosen() is None:
            self._gestures.choose_target()
        return self._gestures.meant()

    def _move_start(self, by: int) -> None:
        meant = self._held()
        if meant is None:
            return
        beyond = self._may_leave_paragraph(meant.segment_id, is_start=True)
        start = next_start(self._view.text, meant.start, by, beyond=beyond)
        if start == meant.start and by < 0 < start:
            self._stop_at_paragraph(meant.segment_id, is_start=True)
        elif start < meant.stop:
            self._move(meant.segment_id, (start, meant.stop), (meant.start, meant.stop))
            self._view.keep_in_sight(start)

    def _move_stop(self, by: int) -> None:
        meant = self._held()
        if meant is None:
            return
        beyond = self._may_leave_paragraph(meant.segment_id, is_start=False)
        stop = next_stop(self._view.text, meant.stop, by, beyond=beyond)
        if stop == meant.stop and by > 0 and stop < len(self._view.text):
            self._stop_at_paragraph(meant.segment_id, is_start=False)
        elif stop > meant.start:
            self._move(meant.segment_id, (meant.start, stop), (meant.start, meant.stop))
            self._view.keep_in_sight(stop - 1)

    def _may_leave_paragraph(self, segment_id: str, *, is_start: bool) -> bool:
        """Say whether a border has stopped at its paragraph's end before, and its key was let go since."""
        stopped, self._stopped = self._stopped, None
        return stopped == (segment_id, is_start) and self._rested.hasExpired(_PAUSE_MILLISECONDS)

    def _stop_at_paragraph(self, segment_id: str, *, is_start: bool) -> None:
        self._stopped = segment_id, is_start
        self._rested.start()
        self._context.say(
            tr("The passage begins where its paragraph begins. Press the key again to go on into the one before.")
            if is_start
            else tr("The passage ends where its paragraph ends. Press the key again to go on into the next one.")
        )

    def _grow(self) -> None:
        meant = self._held()
        if meant is not None:
            now = meant.start, meant.stop
            self._move(meant.segment_id, extended(self._view.text, *now, SENTENCE, 1), now)

    def _shrink(self) -> None:
        meant = self._held()
        if meant is not None:
            now = meant.start, meant.stop
            self._move(meant.segment_id, contracted(self._view.text, *now, SENTENCE), now)

    def _move(self, segment_id: str, to: tuple[int, int], now: tuple[int, int]) -> None:
        if to != now:
            self._context.attempt(move_segment, segment_id, *to)

    def _walk_code(self, by: int) -> None:
        """Go to the next coding of the code that is meant, or else of the one that was applied last."""
        meant = self._gestures.target()
        code_id = meant.code_id if meant is not None else self._gestures.last_code
        if code_id is None:
            self._context.say(tr("Choose a coding first; then its code's next one can be gone to."))
            return
        place = meant.start if meant is not None else self._view.caret()
        span = self._view.coding_of(code_id, place, by)
        if span is None:
            self._context.say(
                tr("That was the last coding of this code here.")
                if by > 0
                else tr("That was the first coding of this code here.")
            )
            return
        self._view.select(span.start, span.start)
        self._view.choose(span.coding_id)
        self._view.reveal(span.start, span.stop)
        self._view.coding_chosen.emit(span.coding_id)
