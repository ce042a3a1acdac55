"""Bars beside names: how often, how much, and, in pieces, of what; and strips of texts with what is coded on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.exporters.figures.drawing import Box, Drawing, Ink, Part, Target, Words, height_of, labels, width_of

MOST_BARS = 100
_TYPE = 9.0
_HIGH, _LINE = 0.18, 0.27
_LENGTH = 5.0
_SQUARE = 0.14


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, the pieces of its bar (length, darkness) in order, the words at its end, and the id of what it opens."""

    name: str
    pieces: Sequence[tuple[float, float]]
    said: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A name, a whole length, the pieces on it (from, to, darkness), and the words at its end."""

    name: str
    length: float
    pieces: Sequence[tuple[float, float, float]]
    said: str


def bars(rows: Sequence[Bar], key: Sequence[tuple[float, str]] = ()) -> Drawing:
    """Return horizontal bars on one scale, and what their darkness means."""
    highest = max((sum(length for length, _ in row.pieces) for row in rows), default=0) or 1
    names = labels([row.name for row in rows])
    left = _left(names)
    parts: list[Part] = []
    targets: list[Target] = []
    for number, row in enumerate(rows):
        top, x = number * _LINE, left
        parts.append(Words(0, top + _LINE / 2, names[number], _TYPE))
        for length, share in row.pieces:
            wide = _LENGTH * length / highest
            if wide > 0:
                parts.append(Box(x, top + (_LINE - _HIGH) / 2, wide, _HIGH, fill=share, edge=Ink.PAPER))
            x += wide
        parts.append(Words(x + 0.08, top + _LINE / 2, row.said, _TYPE - 1, ink=Ink.MUTED))
        opened = (row.id, row.id) if row.id else None
        targets.append(Target(0, top, left + _LENGTH, _LINE, opened, f"{names[number]}: {row.said}"))
    return _with_key(parts, targets, left, len(rows) * _LINE, [row.said for row in rows], key)


def strips(rows: Sequence[Strip], key: Sequence[tuple[float, str]] = ()) -> Drawing:
    """Return each row as a strip of full length with its pieces in their places."""
    names = labels([row.name for row in rows])
    left = _left(names)
    parts: list[Part] = []
    targets: list[Target] = []
    for number, row in enumerate(rows):
        top = number * _LINE
        parts.append(Words(0, top + _LINE / 2, names[number], _TYPE))
        parts.append(Box(left, top + (_LINE - _HIGH) / 2, _LENGTH, _HIGH, edge=Ink.LINE))
        for start, stop, share in row.pieces:
            x, wide = left + _LENGTH * start / row.length, _LENGTH * (stop - start) / row.length
            parts.append(Box(x, top + (_LINE - _HIGH) / 2, wide, _HIGH, fill=share))
        parts.append(Words(left + _LENGTH + 0.08, top + _LINE / 2, row.said, _TYPE - 1, ink=Ink.MUTED))
        targets.append(Target(0, top, left + _LENGTH, _LINE, None, f"{names[number]}: {row.said}"))
    return _with_key(parts, targets, left, len(rows) * _LINE, [row.said for row in rows], key)


def _left(names: Sequence[str]) -> float:
    return max((width_of(name, _TYPE) for name in names), default=0.0) + 0.15


def _with_key(
    parts: list[Part],
    targets: list[Target],
    left: float,
    height: float,
    said: Sequence[str],
    key: Sequence[tuple[float, str]],
) -> Drawing:
    x, y = left, height + 0.12
    for share, meaning in key:
        parts.append(Box(x, y, _SQUARE, _SQUARE, fill=share, edge=Ink.LINE))
        parts.append(Words(x + _SQUARE + 0.06, y + _SQUARE / 2, meaning, _TYPE - 1, ink=Ink.MUTED))
        x += _SQUARE + 0.06 + width_of(meaning, _TYPE - 1) + 0.25
    widest = max((width_of(one, _TYPE - 1) for one in said), default=0.0)
    bottom = y + height_of(_TYPE) if key else height
    return Drawing(max(left + _LENGTH + 0.2 + widest, x), bottom, tuple(parts), tuple(targets))
