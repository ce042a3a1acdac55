"""Where overlapping things go: lanes for brackets and underlines, pieces for tints, rows for names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coder_app.gui.reader.spans import Span


@dataclass(frozen=True, slots=True)
class Extent:
    """What `key` takes up along one axis, from `start` to `stop`, both in the same unit."""

    key: str
    start: float
    stop: float


def assign_lanes(extents: Iterable[Extent], before: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return a lane (0, 1, …) for each extent, so that no two in one lane overlap.

    Each takes the first free lane in the order given; one that had a lane `before` keeps it if it can, so
    that brackets do not jump while the text is scrolled.
    """
    extents = list(extents)
    kept = before or {}
    lanes: dict[str, int] = {}
    taken: list[list[Extent]] = []
    for extent in [*(e for e in extents if e.key in kept), *(e for e in extents if e.key not in kept)]:
        wanted = kept.get(extent.key)
        lane = wanted if wanted is not None and _is_free(taken, wanted, extent) else _first_free(taken, extent)
        while len(taken) <= lane:
            taken.append([])
        taken[lane].append(extent)
        lanes[extent.key] = lane
    return lanes


def _first_free(taken: list[list[Extent]], extent: Extent) -> int:
    return next(lane for lane in range(len(taken) + 1) if _is_free(taken, lane, extent))


def _is_free(taken: list[list[Extent]], lane: int, extent: Extent) -> bool:
    return lane >= len(taken) or all(other.stop <= extent.start or extent.stop <= other.start for other in taken[lane])


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch over which the same spans lie, outer ones first; `start` and `stop` are code points."""

    start: int
    stop: int
    spans: tuple[Span, ...]


def pieces(spans: Sequence[Span], start: int, stop: int) -> list[Piece]:
    """Return [start, stop) cut where a span starts or stops, without the parts that no span covers.

    `spans` come in the order of `spans.in_order`.
    """
    edges = {start, stop}
    for span in spans:
        edges.update(edge for edge in (span.start, span.stop) if start < edge < stop)
    borders = sorted(edges)
    cut = [
        Piece(left, right, tuple(span for span in spans if span.start <= left and right <= span.stop))
        for left, right in pairwise(borders)
    ]
    return [piece for piece in cut if piece.spans]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that wants to stand at `top` and is of use as far down as `bottom`, in pixels."""

    key: str
    top: float
    bottom: float


def place_names(names: Iterable[Name], row: float, height: float, first: str | None = None) -> dict[str, float]:
    """Return the top of each name that finds room, `row` pixels high, within 0 and `height`.

    A name moves down past those above it, but no more than half a row beyond its own bracket's end; then
    it is left out.
    The name `first` stands before all others; of those that start together the one given first.
    """
    rows: dict[str, float] = {}
    taken: list[float] = []
    for name in sorted(names, key=lambda name: (name.key != first, name.top)):
        top = min(max(name.top, 0), height - row)
        while (blocking := _blocking(taken, top, row)) is not None:
            top = blocking + row
        is_beside = name.key == first or top <= max(name.bottom, name.top) + row / 2
        if is_beside and top + row <= height:
            rows[name.key] = top
            taken.append(top)
    return rows


def _blocking(taken: list[float], top: float, row: float) -> float | None:
    return next((other for other in taken if abs(other - top) < row), None)
