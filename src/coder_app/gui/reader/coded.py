"""A text with its codings drawn over it: what is shown, asked and painted. The mouse is in `view`."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence, Set

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from coder_app.domain.imported import Block
from coder_app.gui.reader.column import TextColumn
from coder_app.gui.reader.edges import EdgeDrag
from coder_app.gui.reader.frame import Bracket, build_brackets, build_frame
from coder_app.gui.reader.geometry import ScreenLine, line_of, rects
from coder_app.gui.reader.layout import ReaderStyle
from coder_app.gui.reader.margin import MarginView
from coder_app.gui.reader.minimap import MiniMap
from coder_app.gui.reader.numbers import Numbering, NumbersView
from coder_app.gui.reader.paint import draw_counts, draw_fills, draw_grip, draw_outline, draw_tints, draw_underlines
from coder_app.gui.reader.spans import Span, SpanIndex, in_order
from coder_app.gui.theme import Theme, ThemeSource
from coder_app.i18n import tr

_GRIP_BESIDE = 3.0


class CodedText(TextColumn):
    """A text with its codings and their margin. Positions are code points."""

    def __init__(self, themes: ThemeSource, style: ReaderStyle | None = None, parent: QWidget | None = None) -> None:
        super().__init__(themes.theme, style or ReaderStyle(), parent)
        self._index = SpanIndex()
        self._chosen: str | None = None
        self._hits: list[tuple[int, int]] = []
        self._current_hit: int | None = None
        self._to_check: Set[str] = frozenset()
        self._drag: EdgeDrag | None = None
        self._drop: tuple[int, int] | None = None
        self._block_start: int | None = None
        self._margin = MarginView(self._screen_brackets, themes.theme, self)
        self._numbers = NumbersView(self.screen_lines, self._from_qt, themes.theme, self)
        self._minimap = MiniMap(self.visible_range, self.codings_between, themes.theme, self)
        self._minimap.place_wanted.connect(self._go_to_middle)
        self.verticalScrollBar().valueChanged.connect(self._minimap.update)
        self.verticalScrollBar().rangeChanged.connect(self._minimap.update)
        self.setAccessibleName(tr("Text of the source"))
        self.updateRequest.connect(self._scroll_margin)
        themes.changed.connect(self.set_theme)
        self.set_theme(themes.theme)

    @property
    def margin(self) -> MarginView:
        """The brackets beside the text."""
        return self._margin

    @property
    def minimap(self) -> MiniMap:
        """The strip that shows the whole text."""
        return self._minimap

    @property
    def numbers(self) -> NumbersView:
        """The numbers of paragraphs or lines to the left of the text."""
        return self._numbers

    # what is shown

    def set_text(self, text: str, blocks: Iterable[Block] = ()) -> None:
        """Show `text` from its start; blocks of kind "heading" are drawn larger and bold."""
        self._numbers.set_numbering(Numbering(text, self.reader_style.numbers))
        self._fit_column()
        super().set_text(text, blocks)

    def set_source(self, text: str, spans: Iterable[Span] = (), blocks: Iterable[Block] = ()) -> None:
        """Show another text from its start, with its codings; nothing is chosen and nothing found."""
        self._hits, self._current_hit = [], None
        self._minimap.set_hits([])
        self._chosen = self._block_start = None
        self._margin.set_chosen(None)
        self.set_text(text, blocks)
        self.set_spans(spans)

    def set_spans(self, spans: Iterable[Span]) -> None:
        """Show these codings instead of those before."""
        self._index = SpanIndex(spans, self._index.codes, self._index.without)
        self._all_spans_changed()

    def show_only(self, code_ids: Set[str] | None, without: Set[str] = frozenset()) -> None:
        """Show the codings of these codes only, None for all, without those of some coders."""
        if code_ids == self._index.codes and without == self._index.without:
            return
        self._index.show_only(code_ids, frozenset(without))
        if self._chosen is not None and self._index.get(self._chosen) is None:
            self.choose(None)
        self._all_spans_changed()

    def codes_shown(self) -> Set[str] | None:
        """Return the ids of the codes whose codings are shown, None for all."""
        return self._index.codes

    def _all_spans_changed(self) -> None:
        self._margin.forget_lanes()
        self._minimap.set_spans(self._index.shown(), len(self.text))
        self._spans_changed()

    def add_spans(self, spans: Iterable[Span]) -> None:
        """Show many codings more; one that is shown already stays as it is."""
        self._minimap.add_spans(self._index.extend(spans))
        self._spans_changed()

    def spans_of(self, code_ids: Set[str]) -> list[Span]:
        """Return the codings of these codes, hidden ones as well."""
        return self._index.of_codes(code_ids)

    def spans_shown(self) -> list[Span]:
        """Return the codings that are shown, in no particular order."""
        return self._index.shown()

    def set_to_check(self, segment_ids: Set[str]) -> None:
        """Draw the codings of these segments as uncertain: their words were changed."""
        if segment_ids != self._to_check:
            self._to_check = frozenset(segment_ids)
            self._margin.set_to_check(self._to_check)
            self.viewport().update()

    def replace_spans(self, spans: Iterable[Span]) -> None:
        """Show these codings, which are there already, as they are now."""
        for span in spans:
            self._put(span)
        self._spans_changed()

    def add_span(self, span: Span) -> None:
        """Show one coding more; as quick with 50,000 others as with none."""
        self._put(span)
        self._spans_changed()

    def _put(self, span: Span) -> None:
        before = self._index.get(span.coding_id)
        self._index.put(span)
        self._minimap.change(before, self._index.get(span.coding_id))

    update_span = add_span

    def remove_span(self, coding_id: str) -> None:
        """Show one coding less; one that is not shown is no error."""
        self._minimap.change(self._index.get(coding_id), None)
        self._index.remove(coding_id)
        if coding_id == self._chosen:
            self.choose(None)
        self._spans_changed()

    def span(self, coding_id: str) -> Span | None:
        """Return a coding that is shown."""
        return self._index.get(coding_id)

    def choose(self, coding_id: str | None) -> None:
        """Outline this coding and draw its bracket thicker; None chooses none. Emits nothing."""
        self._chosen = coding_id
        self._margin.set_chosen(coding_id)
        self.viewport().update()

    def chosen(self) -> str | None:
        """Return the coding that is chosen."""
        return self._chosen

    def set_hits(self, hits: Iterable[tuple[int, int]], current: int | None = None) -> None:
        """Mark what a search found: ranges, and which of them (in order of place) is the current one."""
        self._hits = sorted(hits)
        self._current_hit = current
        self._minimap.set_hits(self._hits)
        self.viewport().update()

    # questions

    def codings_at(self, position: int) -> list[Span]:
        """Return the codings over `position`, outer ones first; where none is, those that end there."""
        return self._index.at(position) or self._index.ending_at(position)

    def codings_between(self, start: int, stop: int) -> list[Span]:
        """Return the codings that share a character with [start, stop), outer ones first."""
        return self._index.overlapping(start, stop)

    def next_coding(self, position: int) -> Span | None:
        """Return the first coding that starts after `position`."""
        return self._index.next_after(position)

    def previous_coding(self, position: int) -> Span | None:
        """Return the last coding that starts before `position`."""
        return self._index.previous_before(position)

    def describe(self, position: int) -> str:
        """Return the codes at `position` in words, "Refugees & asylum (A, B)"; "" where none is."""
        names: dict[str, list[str]] = {}
        for span in self.codings_at(position):
            names.setdefault(span.code_name, []).append(span.coder_initial)
        said: list[str] = []
        for name, initials in names.items():
            coders = ", ".join(sorted({initial for initial in initials if initial}))
            said.append(tr("{code} ({coders})", code=name, coders=coders) if coders else name)
        return " · ".join(said)

    # drawing

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        super().set_theme(theme)
        self._margin.set_theme(theme)
        self._numbers.set_theme(theme)
        self._minimap.set_theme(theme)

    def _spans_changed(self) -> None:
        self._margin.set_shows_coders(self._index.coders > 1)
        self.viewport().update()

    def _find(self, start: int, stop: int) -> list[Span]:
        spans = self._index.overlapping(start, stop)
        if self._drag is None:
            return spans
        dragged = self._drag.shown(self._drag.span)
        if dragged.start < stop and dragged.stop > start and self._drag.span not in spans:
            spans.append(self._drag.span)
        spans = [self._drag.shown(span) for span in spans]
        return in_order([span for span in spans if span.start < stop and span.stop > start])

    def _screen_brackets(self) -> list[Bracket]:
        return build_brackets(self.screen_lines(), self._find, self._positions)

    def paintEvent(self, event: QPaintEvent) -> None:
        lines = self.screen_lines()
        frame = build_frame(lines, self._find, self._positions)
        painter = QPainter(self.viewport())
        draw_tints(painter, frame.tints, self._theme)
        self._draw_hits(painter, lines)
        selection = self._screen_rects(lines, self.selection(), with_newline=True)
        draw_fills(painter, selection, self._theme.text_selection)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        draw_underlines(painter, frame.underlines)
        draw_counts(painter, frame.counts, self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_to_check(painter, lines)
        self._draw_chosen(painter, lines)
        self._draw_block_start(painter, lines)
        if self._drop is not None:
            draw_outline(painter, self._screen_rects(lines, self._drop), self._theme.accent, 2, dashed=True)
        painter.end()

    def _screen_rects(
        self, lines: Sequence[ScreenLine], reach: tuple[int, int], *, with_newline: bool = False
    ) -> list[QRectF]:
        start, stop = (self._positions.to_qt(place) for place in reach)
        return rects(lines, start, stop, with_newline=with_newline)

    def _draw_hits(self, painter: QPainter, lines: Sequence[ScreenLine]) -> None:
        if not self._hits or not lines:
            return
        start, stop = self._positions.from_qt(lines[0].start), self._positions.from_qt(lines[-1].stop)
        first = max(bisect_left(self._hits, (start, 0)) - 1, 0)
        for number in range(first, bisect_right(self._hits, (stop, 0))):
            current = number == self._current_hit
            found = self._screen_rects(lines, self._hits[number])
            draw_fills(painter, found, self._theme.hit_current if current else self._theme.hit)
            if current:
                draw_outline(painter, found, self._theme.ink, 1)

    def _chosen_span(self) -> Span | None:
        span = self._index.get(self._chosen) if self._chosen else None
        return self._drag.shown(span) if span and self._drag else span

    def _draw_chosen(self, painter: QPainter, lines: Sequence[ScreenLine]) -> None:
        span = self._chosen_span()
        if span is None:
            return
        draw_outline(painter, self._screen_rects(lines, (span.start, span.stop)), self._theme.chosen, 2)
        for is_start, point, bottom in self._grips(lines, span):
            draw_grip(painter, point.x(), point.y(), bottom, self._theme.chosen, at_start=is_start)

    def _draw_to_check(self, painter: QPainter, lines: Sequence[ScreenLine]) -> None:
        if not self._to_check or not lines:
            return
        found = self._find(self._positions.from_qt(lines[0].start), self._positions.from_qt(lines[-1].stop) + 1)
        for place in sorted({(span.start, span.stop) for span in found if span.segment_id in self._to_check}):
            draw_outline(painter, self._screen_rects(lines, place), self._theme.warning, 1.5, dashed=True)

    def _draw_block_start(self, painter: QPainter, lines: Sequence[ScreenLine]) -> None:
        if self._block_start is None:
            return
        place = self._positions.to_qt(self._block_start)
        line = line_of(lines, place)
        if line is not None:
            draw_grip(painter, line.x(place), line.top, line.bottom, self._theme.accent, at_start=True)

    def _grips(self, lines: Sequence[ScreenLine], span: Span) -> list[tuple[bool, QPointF, float]]:
        """Return the handles of `span` on the screen: whether it is the start, the top, and the bottom's y."""
        found: list[tuple[bool, QPointF, float]] = []
        start, stop = self._positions.to_qt(span.start), self._positions.to_qt(span.stop)
        for line in lines:
            beside = 0 if line.is_mixed else _GRIP_BESIDE
            if line.start <= start < max(line.stop, line.start + 1):
                found.append((True, QPointF(line.x(start) - beside, line.top), line.bottom))
            if line.start < stop <= line.stop:
                found.append((False, QPointF(line.x(stop) + beside, line.top), line.bottom))
        return found

    # beside the text

    def set_reader_style(self, style: ReaderStyle) -> None:
        """Set the text in another face, size or width; the place that is read stays."""
        if style.numbers is not self.reader_style.numbers:
            self._numbers.set_numbering(Numbering(self.text, style.numbers))
        super().set_reader_style(style)
        self._arrange_beside()

    def _from_qt(self, unit: int) -> int:
        return self._positions.from_qt(unit)

    def _numbers_width(self) -> int:
        return self._numbers.wanted_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_beside()

    def _arrange_beside(self) -> None:
        style = self.reader_style
        words = self.viewport().geometry()
        width = self.viewportMargins().right() - self._strip
        self._margin.setVisible(style.margin > 0)
        self._margin.setGeometry(words.right() + 1, words.top(), width, words.height())
        self._margin.forget_lanes()
        self._numbers.setGeometry(0, words.top(), words.left(), words.height())
        self._numbers.setVisible(self._numbers.wanted_width() > 0)
        self._minimap.setVisible(self._strip > 0)
        self._minimap.setGeometry(words.right() + 1 + width, words.top(), self._strip, words.height())

    def _go_to_middle(self, position: int) -> None:
        self.scroll_to(position, self.viewport().height() / 2)

    def _scroll_margin(self, area: QRect, moved_by: int) -> None:
        if moved_by or area.contains(self.viewport().rect()):
            self._margin.update()
            self._numbers.update()
