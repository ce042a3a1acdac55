"""A Sankey diagram: codes as bars at two sides, what they share as streams between them."""

from collections.abc import Callable

from coder_app.domain.pictures import Link, Sankey
from coder_app.exporters.figures.drawing import Box, Drawing, Ink, Part, Ribbon, Target, Words, labels, width_of
from coder_app.i18n import tr

_BAR, _MIDDLE = 0.14, 2.0
_SIZE, _SLOT, _GAP = 9.0, 0.19, 0.07
_HEIGHT = 4.2


def streams(picture: Sankey) -> Drawing:
    """Return bars and streams; a bar is as high as its streams together."""
    names, flows = labels(picture.shown.names), picture.flows
    total = sum(flow.count for flow in flows)
    scale = max(_HEIGHT, 0.05 * len(flows)) / total
    left = _side(flows, lambda flow: flow.a, lambda flow: flow.b, scale)
    right = _side(flows, lambda flow: flow.b, lambda flow: flow.a, scale)
    said = [_room(names, side) for side in (left, right)]
    x_left, x_right = said[0] + _BAR, said[0] + _BAR + _MIDDLE
    height = max(side.bottom for side in (left, right))
    parts: list[Part] = []
    targets: list[Target] = []
    highest = max(flow.count for flow in flows)
    for flow in flows:
        a, b, width = left.starts[flow.a, flow.b], right.starts[flow.b, flow.a], flow.count * scale
        parts.append(Ribbon(x_left, a, a + width, x_right, b, b + width, 0.15 + 0.6 * flow.count / highest))
        # In the middle no two streams of a large table are apart; they are pointed at where they leave the bar.
        codes = picture.shown.codes[flow.a], picture.shown.codes[flow.b]
        words = tr("{a} and {b}: {n}", a=names[flow.a], b=names[flow.b], n=f"{flow.count:,.0f}")
        targets.append(Target(x_left, a, _MIDDLE * 0.25, max(width, 0.04), codes, words))
    for side, x, align, at in ((left, said[0], "right", -0.08), (right, x_right, "left", _BAR + 0.08)):
        for code, (top, bottom, sum_) in side.bars.items():
            parts.append(Box(x, top, _BAR, bottom - top, fill=1.0, edge=Ink.PAPER))
            text = f"{names[code]} ({sum_:,.0f})"
            parts.append(Words(x + at, (top + bottom) / 2, text, _SIZE, align=align))
            own = picture.shown.codes[code]
            targets.append(Target(x, top, _BAR, bottom - top, (own, own), text))
    return Drawing(x_right + _BAR + said[1], height, tuple(parts), tuple(targets))


class _Side:
    """Where the bars of one side stand, and where on them each stream begins."""

    def __init__(self) -> None:
        self.bars: dict[int, tuple[float, float, float]] = {}
        self.starts: dict[tuple[int, int], float] = {}
        self.bottom = 0.0


def _side(flows: tuple[Link, ...], here: Callable[[Link], int], there: Callable[[Link], int], scale: float) -> _Side:
    side = _Side()
    top = 0.0
    for code in sorted({here(flow) for flow in flows}):
        mine = sorted((flow for flow in flows if here(flow) == code), key=there)
        sum_ = sum(flow.count for flow in mine)
        slot = max(sum_ * scale, _SLOT)
        y = top + (slot - sum_ * scale) / 2
        side.bars[code] = y, y + sum_ * scale, sum_
        for flow in mine:
            side.starts[code, there(flow)] = y
            y += flow.count * scale
        top += slot + _GAP
    side.bottom = top
    return side


def _room(names: list[str], side: _Side) -> float:
    return max(width_of(f"{names[code]} ({sum_:,.0f})", _SIZE) for code, (_, _, sum_) in side.bars.items()) + 0.12
