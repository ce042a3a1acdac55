"""The codings of the source that is shown: those in sight at once, the others a few at a time, and kept up."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.gui.reader.loading import NO_NAMES, Names, names_of, quoted_span, span_of, spans_of
from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view import ReaderView
from coder_app.queries.codings import coding, codings_on
from coder_app.queries.places import Place, places_from, places_over
from coder_app.queries.placing import ids_to_check
from coder_app.queries.quotations import quotation, quotations_in, segments_starting
from coder_app.queries.sources import blocks_of, text_of
from coder_app.store.project import Project

# Asked for between two events: what takes some 10 ms, as others do their slices between them, too.
_SLICE = 2_000
# Code points around the place that is shown first, for whose codings nobody has to wait.
_BEFORE, _AFTER = 2_000, 8_000
_PIECEMEAL = 200
# The code of a quotation; it is shown whichever codes are.
NO_CODE = ""


class ShownCodings(QObject):
    """Lets a view show what is coded in one source, without the coders that are hidden."""

    def __init__(self, context: Context, view: ReaderView) -> None:
        super().__init__(view)
        self._context = context
        self.view = view
        self.source_id = ""
        self._next: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._load_slice)
        context.signals.released.connect(self._go_on)
        self.names: Names = NO_NAMES

    def load_names(self) -> None:
        """Learn again what codes and coders are called, and show it."""
        if self._context.project is None:
            return
        before, self.names = self.names, names_of(self._context.project)
        looks = self.names.looks
        changed = {code_id for code_id, look in before.looks.items() if looks.get(code_id, look) != look}
        if changed and self.source_id:
            self.view.replace_spans(
                span._replace(colour=looks[span.code_id][0], code_name=looks[span.code_id][1])
                for span in self.view.spans_of(changed)
            )
        self.hide()

    def hide(self) -> None:
        """Show of what is loaded the codes and coders that are to be seen; nothing is asked of the project."""
        chosen = self.view.span(self.view.chosen() or "")
        codes = self._context.shown_codes.ids(self.names.tree)
        self.view.show_only(None if codes is None else codes | {NO_CODE}, self._context.hidden_in(self.source_id))
        if chosen is not None and self.view.span(chosen.coding_id) is None:
            self.choose_after(chosen)

    def show(self, source_id: str, place: int) -> None:
        """Show a source; `place` (code points) will be in sight first. "" shows nothing."""
        self._timer.stop()
        self.source_id = source_id
        self._next = None
        project = self._context.project
        if project is None or not source_id:
            self.view.set_source("")
            return
        self.hide()
        near = places_over(project, source_id, place - _BEFORE, place + _AFTER)
        self.view.set_source(text_of(project, source_id), self._spans(near), blocks_of(project, source_id))
        self.view.set_to_check(ids_to_check(project, source_id))
        self._load_from_start()

    def _load_from_start(self) -> None:
        self._next = 0
        if len(self.view.text) <= _AFTER:
            self.finish()
        else:
            self._timer.start()

    def show_like(self, other: "ShownCodings") -> None:
        """Show the source that `other` shows, without reading it again."""
        self._timer.stop()
        other.finish()
        self.names, self.source_id, self._next = other.names, other.source_id, None
        if self.source_id and self._context.project is not None:
            self.hide()
            spans = other.view.spans_of(other.names.looks.keys() | {NO_CODE})
            self.view.set_source(other.view.text, spans, blocks_of(self._context.project, self.source_id))
            self.view.set_to_check(ids_to_check(self._context.project, self.source_id))

    def _spans(self, places: Iterable[Place]) -> list[Span]:
        return spans_of(places, self.names)

    def _load_slice(self) -> None:
        project = self._context.project
        if project is None or self._next is None:
            return
        start = self._next
        places, self._next = places_from(project, self.source_id, start, _SLICE)
        self.view.add_spans(self._spans(places) + self._quoted(project, places, start, self._next))
        if self._next is not None:
            self._timer.start()

    def _quoted(self, project: Project, places: Iterable[Place], start: int, stop: int | None) -> list[Span]:
        """Return the quotations that start within [start, stop), where `places` is all that is coded."""
        coded = len({segment_id for _, segment_id, *_ in places})
        if coded == segments_starting(project, self.source_id, start, stop):
            return []
        return [quoted_span(one, self.names) for one in quotations_in(project, self.source_id, start, stop)]

    def _go_on(self) -> None:
        if self._next is not None:
            self._timer.start()

    def finish(self) -> None:
        """Load now what is not loaded yet, for what asks about the whole source."""
        self._timer.stop()
        while self._next is not None and self._context.project is not None:
            self._load_slice()
            self._timer.stop()

    def reload(self) -> None:
        """Load all codings again, those in sight at once, and keep the chosen one chosen if it is still shown."""
        project = self._context.project
        if project is None or not self.source_id:
            return
        self._timer.stop()
        chosen = self.view.span(self.view.chosen() or "")
        top = self.view.first_position()
        near = [(top - _BEFORE, top + _AFTER), *([(chosen.start, chosen.stop)] if chosen is not None else [])]
        places = {place[0]: place for span in near for place in places_over(project, self.source_id, *span)}
        quoted = {one.id: one for start, stop in near for one in quotations_in(project, self.source_id, start, stop)}
        self.view.set_spans(self._spans(places.values()) + [quoted_span(one, self.names) for one in quoted.values()])
        self.choose_after(chosen)
        self._load_from_start()

    def follow(self, change: ChangeSet, *, at_once: bool) -> None:
        """Show what a change did to the codings of this source, all of it `at_once` or those in sight.

        The names are learned before.
        """
        project = self._context.project
        if project is None or not self.source_id:
            return
        if change.touches("segment", "source"):
            self.view.set_to_check(ids_to_check(project, self.source_id))
        if change.touches("coder") or change.count("coding", "segment") > _PIECEMEAL:
            self.reload()
            if at_once:
                self.finish()
            return
        touched = {row.row_id for row in change.of("coding")}
        moved = {row.row_id for row in change.of("segment")}
        images = [image for row in change.of("coding") for image in (row.before, row.after) if image is not None]
        if touched or moved:
            self.finish()
        touched |= {one.id for segment_id in moved for one in codings_on(project, segment_id)}
        self._update(touched, moved | {str(image["segment_id"]) for image in images})

    def _update(self, coding_ids: Iterable[str], segment_ids: Iterable[str]) -> None:
        project = self._context.project
        if project is None:
            return
        chosen = self.view.span(self.view.chosen() or "")
        for coding_id in coding_ids:
            one = coding(project, coding_id)
            if one is not None and one.source_id == self.source_id:
                self.view.add_span(span_of(one, self.names))
            else:
                self.view.remove_span(coding_id)
        for segment_id in segment_ids:
            quoted = quotation(project, segment_id)
            if quoted is not None and quoted.source_id == self.source_id:
                self.view.add_span(quoted_span(quoted, self.names))
            else:
                self.view.remove_span(segment_id)
        self.choose_after(chosen)

    def choose_after(self, before: Span | None) -> None:
        """Keep the coding chosen that was; where it has gone, the next one on its segment takes its place."""
        if before is None or self.view.span(before.coding_id) is not None:
            self.view.choose(before.coding_id if before else None)
            return
        beside = self.view.codings_between(before.start, before.stop)
        left = next((span.coding_id for span in beside if span.segment_id == before.segment_id), None)
        self.view.choose(left)
        self.view.coding_chosen.emit(left)
