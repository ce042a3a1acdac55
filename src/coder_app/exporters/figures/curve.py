"""The curve of saturation: new codes by source as bars, all codes so far as a line, and where it was reached."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.exporters.figures.drawing import Box, Disc, Drawing, Ink, Part, Stroke, Target, Words
from coder_app.i18n import tr

_WIDE, _HIGH = 6.5, 3.2
_LEFT, _TOP, _BELOW = 0.55, 0.25, 0.75
_TYPE = 9.0
_STEPS = 5
_LABELS = 25


@dataclass(frozen=True, slots=True)
class Points:
    """Sources in their order, new codes in each, codes so far; `base` sources to compare with.

    `reached` is where the run that met the threshold begins and ends (positions from 1 on), None where none did.
    """

    names: Sequence[str]
    new: Sequence[int]
    so_far: Sequence[int]
    base: int
    reached: tuple[int, int] | None


def curve(points: Points) -> Drawing:
    """Return bars and line over the positions of the sources."""
    highest = _round_up(max(points.so_far, default=0))
    step = _WIDE / max(1, len(points.new))
    parts: list[Part] = []

    def y(value: float) -> float:
        return _TOP + _HIGH * (1 - value / highest)

    def x(position: float) -> float:
        return _LEFT + (position - 0.5) * step

    for n in range(_STEPS + 1):
        value = highest * n / _STEPS
        parts.append(Stroke(((_LEFT, y(value)), (_LEFT + _WIDE, y(value))), 0.5, Ink.LINE, dashed=n > 0))
        parts.append(Words(_LEFT - 0.08, y(value), f"{value:g}", _TYPE - 1, align="right", ink=Ink.MUTED))
    parts += _marks(points, step)
    for position, new in enumerate(points.new, start=1):
        if new:
            parts.append(Box(x(position) - 0.35 * step, y(new), 0.7 * step, y(0) - y(new), fill=0.35))
    line = tuple((x(position), y(total)) for position, total in enumerate(points.so_far, start=1))
    parts.append(Stroke(line, 1.8, 1.0))
    parts += [Disc(*place, min(0.04, step / 4), fill=1.0) for place in line]
    every = max(1, math.ceil(len(points.new) / _LABELS))
    for position in range(1, len(points.new) + 1, every):
        words = str(position)
        parts.append(Words(x(position), y(0) + 0.12, words, _TYPE - 1, align="center", ink=Ink.MUTED))
    middle = _LEFT + _WIDE / 2
    parts.append(Words(middle, y(0) + 0.32, tr("source, in order"), _TYPE - 1, align="center", ink=Ink.MUTED))
    parts += _key(y(0) + 0.58)
    targets = [
        Target(x(n) - step / 2, _TOP, step, _HIGH, None, _said(points, n)) for n in range(1, len(points.new) + 1)
    ]
    return Drawing(_LEFT + _WIDE + 0.2, _TOP + _HIGH + _BELOW, tuple(parts), tuple(targets))


def _said(points: Points, position: int) -> str:
    return tr(
        "{n}. {name}: {new} new, {all} so far",
        n=position,
        name=points.names[position - 1],
        new=points.new[position - 1],
        all=points.so_far[position - 1],
    )


def _marks(points: Points, step: float) -> list[Part]:
    """Return the ground of the base, and the frame of the run that reached saturation."""
    base = Box(_LEFT, _TOP, points.base * step, _HIGH, fill=0.08)
    if points.reached is None:
        return [base]
    first, last = points.reached
    run = Box(_LEFT + (first - 1) * step, _TOP, (last - first + 1) * step, _HIGH, edge=Ink.INK, dashed=True)
    return [base, run]


def _key(y: float) -> list[Part]:
    return [
        Box(_LEFT, y - 0.06, 0.14, 0.12, fill=0.35),
        Words(_LEFT + 0.2, y, tr("new codes"), _TYPE - 1, ink=Ink.MUTED),
        Stroke(((_LEFT + 1.1, y), (_LEFT + 1.35, y)), 1.8, 1.0),
        Words(_LEFT + 1.42, y, tr("codes so far"), _TYPE - 1, ink=Ink.MUTED),
        Box(_LEFT + 2.6, y - 0.06, 0.14, 0.12, fill=0.08, edge=Ink.LINE),
        Words(_LEFT + 2.8, y, tr("base"), _TYPE - 1, ink=Ink.MUTED),
        Box(_LEFT + 3.4, y - 0.06, 0.14, 0.12, edge=Ink.INK, dashed=True),
        Words(_LEFT + 3.6, y, tr("run that reached saturation"), _TYPE - 1, ink=Ink.MUTED),
    ]


def _round_up(value: float) -> float:
    """Return the next number that five even steps divide into round ones."""
    if value <= _STEPS:
        return float(_STEPS)
    unit = 10 ** math.floor(math.log10(value / _STEPS))
    return next(_STEPS * unit * n for n in (1, 2, 2.5, 3, 4, 5, 6, 8, 10) if _STEPS * unit * n >= value)
