"""Everything that is drawn over one screenful of text, put together from lines and spans."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from PySide6.QtCore import QRectF

from coder_app.gui.reader.geometry import ScreenLine, line_of, rects
from coder_app.gui.reader.lanes import Extent, Piece, assign_lanes, pieces
from coder_app.gui.reader.paint import MOST_SPLIT, MOST_UNDERLINES, Tint, Underline
from coder_app.gui.reader.positions import Positions
from coder_app.gui.reader.spans import Span

# Lanes are settled for a whole paragraph, so that they stay when it is scrolled; of a monstrous one only
# for what is seen.
_LONG_PARAGRAPH = 20_000
_COUNT_WIDTH = 9.0

FindSpans = Callable[[int, int], list[Span]]


@dataclass(slots=True)
class Frame:
    """What lies under and over the words on the screen, in pixels of the viewport."""

    tints: list[Tint] = field(default_factory=list[Tint])
    underlines: list[Underline] = field(default_factory=list[Underline])
    counts: list[tuple[QRectF, int]] = field(default_factory=list[tuple[QRectF, int]])


@dataclass(frozen=True, slots=True)
class Bracket:
    """The height that a coding takes on the screen; it `opens` or `closes` there, or goes on beyond."""

    span: Span
    top: float
    bottom: float
    opens: bool
    closes: bool


def build_frame(lines: Sequence[ScreenLine], find: FindSpans, positions: Positions) -> Frame:
    """Return what is drawn for `lines`; `find` returns the spans that overlap a range of code points."""
    frame = Frame()
    for _, group in groupby(lines, key=lambda line: line.block_start):
        _add_paragraph(frame, list(group), find, positions)
    return frame


def _add_paragraph(frame: Frame, lines: list[ScreenLine], find: FindSpans, positions: Positions) -> None:
    first, last = _range(lines, positions)
    start, stop = positions.from_qt(lines[0].block_start), positions.from_qt(lines[0].block_stop)
    if stop - start > _LONG_PARAGRAPH:
        start, stop = first, last
    spans = [span for span in find(start, stop) if span.colour]
    lanes = assign_lanes(Extent(span.coding_id, span.start, span.stop) for span in spans)

    def place(reach: Piece | Span) -> list[QRectF]:
        return rects(lines, positions.to_qt(reach.start), positions.to_qt(reach.stop))

    for piece in pieces(spans, first, last):
        frame.tints.append(Tint(place(piece), tuple(span.colour for span in piece.spans)))
        if len(piece.spans) > MOST_SPLIT:
            _count(frame.counts, frame.tints[-1])
    frame.underlines += [
        Underline(place(span), span.colour, lanes[span.coding_id])
        for span in spans
        if lanes[span.coding_id] < MOST_UNDERLINES
    ]


def _count(counts: list[tuple[QRectF, int]], tint: Tint) -> None:
    """Note beside each line of `tint` how many codings it has, if that is the most on this line so far."""
    for rect in tint.rects:
        beside = QRectF(0, rect.top(), _COUNT_WIDTH, rect.height())
        depth = len(tint.colours)
        if counts and counts[-1][0] == beside:
            depth = max(depth, counts.pop()[1])
        counts.append((beside, depth))


def build_brackets(lines: Sequence[ScreenLine], find: FindSpans, positions: Positions) -> list[Bracket]:
    """Return the brackets of the codings on the screen, outer and earlier ones first."""
    if not lines:
        return []
    made: list[Bracket] = []
    for span in find(*_range(lines, positions)):
        opening = line_of(lines, positions.to_qt(span.start))
        closing = line_of(lines, positions.to_qt(span.stop - 1))
        top = opening.top if opening else lines[0].top - 1
        bottom = closing.bottom if closing else lines[-1].bottom + 1
        made.append(Bracket(span, top, bottom, opening is not None, closing is not None))
    return made


def _range(lines: Sequence[ScreenLine], positions: Positions) -> tuple[int, int]:
    """Return the code points that `lines` show, at least one so that a span at an empty line is found."""
    start = positions.from_qt(lines[0].start)
    return start, max(positions.from_qt(lines[-1].stop), start + 1)
