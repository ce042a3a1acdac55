"""What the hands do while reading: apply, create, repeat, recode, remove, move borders."""

from collections.abc import Callable
from functools import reduce

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from coder_app.domain.model import Coding
from coder_app.domain.text import paragraphs
from coder_app.domain.tree import SEPARATOR
from coder_app.edits.codes import add_code_path, add_example
from coder_app.edits.codings import apply_code, move_segment, quote, recode, remove_codings, remove_quotation
from coder_app.gui.cases.menus import ask_case_of_passage
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.reader.spans import Span, uncovered
from coder_app.gui.reader.view import ReaderView
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_with
from coder_app.queries.codings import coding, codings_on
from coder_app.queries.quotations import Quotation, quotation
from coder_app.queries.settings import pinned_codes
from coder_app.store.project import Project

_LONGEST_IN_VIVO = 60


class CodingGestures(QObject):
    """Turns wishes at the text into edits; the text shows them when their change set comes back."""

    last_code_changed = Signal()

    def __init__(self, context: Context, view: ReaderView, source: Callable[[], str], parent: QWidget) -> None:
        """`source` returns the id of the source that is shown, "" for none."""
        super().__init__(parent)
        self._context = context
        self._view = view
        self._source = source
        self._range: tuple[int, int] | None = None
        self.last_code: str | None = None
        # Not a child of the text: its plain-letter shortcuts would take the picker's keys.
        self._picker = CodePicker(context, parent)
        self._picker.code_picked.connect(self._on_picked)
        self._picker.create_requested.connect(self._on_create)
        self._recoding: str | None = None
        self._caret_left = ""
        view.recode_requested.connect(self._recode_by_hand)
        view.caret_moved.connect(self._on_caret_moved)
        view.coding_wanted.connect(self._say_how)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the gestures do for the window's actions."""
        pinned: dict[str, Callable[[], object]] = {f"coding.pinned_{n}": self._applier(n) for n in range(1, 10)}
        return pinned | {
            "coding.pick": self.pick,
            "coding.pick_here": self.pick,
            "coding.again": self._again,
            "coding.in_vivo": self._in_vivo,
            "coding.quote": self._quote,
            "coding.case": self._ask_case,
            "coding.recode": self._ask_recode,
            "coding.example": self._use_as_example,
            "coding.remove": self._remove_target,
            "coding.next": lambda: self._walk(forward=True),
            "coding.previous": lambda: self._walk(forward=False),
            "coding.next_uncoded": self._next_uncoded,
        }

    def target(self) -> Coding | None:
        """Return the coding that a gesture means: the chosen one, else the innermost under the caret."""
        project = self._context.project
        if project is None:
            return None
        wanted = self._view.chosen()
        if wanted is None:
            under = [span for span in self._view.codings_at(self._view.caret()) if span.colour]
            wanted = under[-1].coding_id if under else None
        return coding(project, wanted) if wanted is not None else None

    def meant(self) -> Coding | Quotation | None:
        """Return the coding that a gesture means, or else the quotation: what has borders and can be removed."""
        found, project = self.target(), self._context.project
        if found is not None or project is None:
            return found
        under = self._view.codings_at(self._view.caret())
        wanted = self._view.chosen() or (under[-1].coding_id if under else "")
        return quotation(project, wanted)

    def passage(self) -> tuple[int, int] | None:
        """Return the range to be coded: the selection, else that of the coding meant."""
        start, stop = self._view.selection()
        if start < stop:
            return _trimmed(self._view.text, start, stop)
        meant = self.meant()
        return (meant.start, meant.stop) if meant is not None else None

    def pick(self) -> None:
        """Open the picker at the passage."""
        self._range = self.passage()
        self._recoding = None
        if self._range is not None:
            self._ask(self._range)

    def pick_for_segment(self, segment_id: str) -> None:
        """Open the picker for a segment of this source."""
        project = self._context.project
        found = codings_on(project, segment_id) if project is not None else []
        meant = next((one for one in found if one.source_id == self._source()), None)
        if meant is None and project is not None:
            meant = quotation(project, segment_id)
        if meant is not None:
            self._range, self._recoding = (meant.start, meant.stop), None
            self._ask(self._range)

    def _say_how(self) -> None:
        """Say what has to be done first where there is no passage to be coded."""
        if self._context.writable and self.passage() is None:
            self._context.say(
                tr("Select words first, with Shift and the arrow keys or S for the sentence; then Enter codes them.")
            )

    def _ask(self, passage: tuple[int, int]) -> None:
        here = self._view.codings_between(*passage)
        applied = {span.code_id for span in here if (span.start, span.stop) == passage}
        self._picker.ask(self._area_of(passage), tr("Code the passage"), applied=applied)

    def _area_of(self, passage: tuple[int, int]) -> QRect:
        """Return the part of a passage that is in sight, in pixels of the screen; where none is, the middle."""
        port = self._view.viewport()
        inside = QRectF(port.rect())
        rects = [rect & inside for rect in self._view.rects_of(*passage) if rect.intersects(inside)]
        whole = reduce(QRectF.united, rects) if rects else QRectF(inside.center(), QSizeF(1, 1))
        area = whole.toAlignedRect()
        return QRect(port.mapToGlobal(area.topLeft()), area.size())

    def apply(self, code_id: str, passage: tuple[int, int] | None = None) -> None:
        """Apply a code to a passage, by default the one that is meant, and choose the coding."""
        passage = passage or self.passage()
        if passage is None or not self._source():
            self._context.say(tr("Select a passage in the text first, then apply the code."))
            return
        if not self._is_codable(code_id):
            return
        coding_id = self._context.attempt(apply_code, self._source(), *passage, code_id)
        self._after(coding_id, code_id, passage)

    def _is_codable(self, code_id: str) -> bool:
        """Say whether a code may be applied; where it may not, the person is told why."""
        project = self._context.project
        code = code_with(project, code_id) if project is not None else None
        if code is None:
            return False
        if not code.is_codable:
            self._context.say(
                tr(
                    "“{name}” only groups other codes, so nothing was coded; choose one of its sub-codes, or change "
                    "that in the menu Codebook.",
                    name=code.name,
                )
            )
        return code.is_codable

    def _after(self, coding_id: str | None, code_id: str, passage: tuple[int, int]) -> None:
        if coding_id is None:
            return
        self.last_code = code_id
        self._picker.note_use(code_id)
        self._view.select(passage[1], passage[1])
        self._view.choose(coding_id)
        self._view.coding_chosen.emit(coding_id)
        self.last_code_changed.emit()

    def _applier(self, number: int) -> Callable[[], None]:
        def apply_pinned() -> None:
            project = self._context.project
            pins = pinned_codes(project) if project is not None else {}
            if number in pins:
                self.apply(pins[number])
            else:
                self._context.say(
                    tr("Key {number} has no code yet: choose a code, then “Pin to a number key”.", number=number)
                )

        return apply_pinned

    def _again(self) -> None:
        if self.last_code is not None:
            self.apply(self.last_code)

    def _on_picked(self, code_id: str) -> None:
        if self._recoding is not None:
            self._context.attempt(recode, [self._recoding], code_id)
            self.last_code = code_id
        elif self._range is not None:
            self.apply(code_id, self._range)

    def _on_create(self, name: str) -> None:
        if self._recoding is not None:
            self._context.attempt(_create_and_recode, name, self._recoding)
        elif self._range is not None:
            self._create(name, self._range)

    def _create(self, name: str, passage: tuple[int, int]) -> None:
        done = self._context.attempt(_create_and_apply, name, self._source(), *passage)
        if done is not None:
            self._after(done[1], done[0], passage)

    def _in_vivo(self) -> None:
        passage = self.passage()
        if passage is None:
            return
        name = " ".join(self._view.text[slice(*passage)].split())
        if len(name) > _LONGEST_IN_VIVO:
            name = name[:_LONGEST_IN_VIVO].rsplit(" ", 1)[0] + " …"
        self._create(name.replace(SEPARATOR, " / "), passage)

    def _ask_recode(self) -> None:
        meant = self.target()
        if meant is not None:
            self._recoding = meant.id
            area = self._area_of((meant.start, meant.stop))
            self._picker.ask(area, tr("Give the coding another code"), stay=False, without={meant.code_id})
        else:
            self.pick()

    def _recode_by_hand(self, _coding_id: str) -> None:
        """Ask for another code for the coding whose bracket was double-clicked; the first click has chosen it."""
        if self._context.writable:
            self._ask_recode()

    def _remove_target(self) -> None:
        meant = self.meant()
        if meant is not None:
            self.remove(meant.id)

    def remove(self, coding_id: str) -> None:
        """Remove a coding, or the quotation whose id is given, and offer Undo."""
        project = self._context.project
        if project is None:
            return
        meant = coding(project, coding_id)
        if meant is None:
            self._remove_quotation(project, coding_id)
            return
        code = code_with(project, meant.code_id)
        self._context.attempt(remove_codings, [meant.id])
        if code is not None and coding(project, coding_id) is None:
            self._context.say(tr("Removed “{name}” from the passage.", name=code.name), undo=True)

    def _remove_quotation(self, project: Project, segment_id: str) -> None:
        if quotation(project, segment_id) is None:
            return
        self._context.attempt(remove_quotation, segment_id)
        if quotation(project, segment_id) is None:
            self._context.say(tr("Removed the quotation."), undo=True)

    def _quote(self) -> None:
        """Mark the selection as a quotation without a code."""
        project, start_stop = self._context.project, self._view.selection()
        passage = _trimmed(self._view.text, *start_stop)
        if project is None or passage is None:
            return
        segment_id = self._context.attempt(quote, self._source(), *passage)
        if segment_id is None:
            return
        if quotation(project, segment_id) is None:
            self._context.say(tr("This passage is coded already, so it needs no mark."))
            return
        self._view.select(passage[1], passage[1])
        self._view.choose(segment_id)
        self._view.coding_chosen.emit(segment_id)

    def _ask_case(self) -> None:
        """Ask which case the selection belongs to."""
        passage = _trimmed(self._view.text, *self._view.selection())
        if passage is not None:
            ask_case_of_passage(self._context, self._view, self._source(), passage)

    def choose_target(self) -> None:
        """Choose the coding or quotation that a gesture means, so that its details are shown."""
        meant = self.meant()
        if meant is not None:
            self._view.choose(meant.id)
            self._view.coding_chosen.emit(meant.id)

    def let_go(self) -> None:
        """Choose nothing any more: neither words nor a coding."""
        caret = self._view.caret()
        self._view.select(caret, caret)
        self._view.drop_block()
        self._view.choose(None)
        self._view.coding_chosen.emit(None)

    def _on_caret_moved(self, _position: int) -> None:
        chosen = self._view.chosen()
        if chosen is not None:
            self._caret_left = chosen
            # Later: who moves the caret often chooses a coding there.
            QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        """Let go of a coding that the caret has left, so that no key means what may not even be seen."""
        span = self._view.span(self._caret_left)
        if span is None or span.coding_id != self._view.chosen():
            return
        if not span.start <= self._view.caret() <= span.stop:
            self._view.choose(None)
            self._view.coding_chosen.emit(None)

    def _use_as_example(self) -> None:
        meant = self.target()
        if meant is not None and self._context.attempt(add_example, meant.code_id, meant.segment_id) is not None:
            self._context.say(tr("The passage is now an example of its code."), undo=True)

    def resize(self, coding_id: str, start: int, stop: int) -> None:
        """Give the segment of a coding, or a quotation, another range."""
        project = self._context.project
        meant = coding(project, coding_id) or quotation(project, coding_id) if project is not None else None
        if meant is not None:
            self._context.attempt(move_segment, meant.segment_id, start, stop)

    def _walk(self, *, forward: bool) -> None:
        chosen = self._view.chosen()
        here = self._view.span(chosen) if chosen is not None else None
        position = here.start if here is not None else self._view.caret()
        span = self._beside(here, 1 if forward else -1)
        if span is None:
            span = self._view.next_coding(position) if forward else self._last_before(position)
        if span is None:
            self._context.say(tr("That was the last coding.") if forward else tr("That was the first coding."))
            return
        self._view.select(span.start, span.start)
        self._view.choose(span.coding_id)
        self._view.reveal(span.start, span.stop)
        self._view.coding_chosen.emit(span.coding_id)

    def _beside(self, here: Span | None, step: int) -> Span | None:
        """Return the coding next to `here` among those that start where it starts."""
        if here is None:
            return None
        together = self._starting_at(here.start)
        place = together.index(here) + step
        return together[place] if 0 <= place < len(together) else None

    def _last_before(self, position: int) -> Span | None:
        before = self._view.previous_coding(position)
        return self._starting_at(before.start)[-1] if before is not None else None

    def _starting_at(self, start: int) -> list[Span]:
        return [span for span in self._view.codings_between(start, start + 1) if span.start == start]

    def _next_uncoded(self) -> None:
        text, caret = self._view.text, self._view.caret()
        left = uncovered(
            paragraphs(text), ((span.start, span.stop) for span in self._view.spans_shown() if span.colour)
        )
        after = [place for place in left if place[0] > caret]
        if not left:
            self._context.say(tr("Every paragraph of this source is coded."))
            return
        start, stop = (after or left)[0]
        self._view.choose(None)
        self._view.coding_chosen.emit(None)
        self._view.select(start, start)
        self._view.reveal(start, stop)
        self._context.say(trn("{n} paragraph is not coded yet.", "{n} paragraphs are not coded yet.", len(left)))


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Return the range without the white space at its ends, None where nothing is left."""
    inside = text[start:stop]
    start += len(inside) - len(inside.lstrip())
    stop = start + len(inside.strip())
    return (start, stop) if start < stop else None


def _create_and_apply(project: Project, name: str, source_id: str, start: int, stop: int) -> tuple[str, str]:
    with project.edit(f"Create and apply “{name}”"):
        code_id = add_code_path(project, name)
        return code_id, apply_code(project, source_id, start, stop, code_id)


def _create_and_recode(project: Project, name: str, coding_id: str) -> str:
    with project.edit(f"Create “{name}” and recode"):
        code_id = add_code_path(project, name)
        recode(project, [coding_id], code_id)
        return code_id
