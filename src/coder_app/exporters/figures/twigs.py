"""A dendrogram: codes at the left, joined further right the less they have in common."""

import math

from coder_app.domain.number_words import decimal
from coder_app.domain.pictures import Dendrogram
from coder_app.exporters.figures.drawing import Drawing, Ink, Part, Stroke, Target, Words, height_of, labels, width_of
from coder_app.i18n import tr

_SIZES = ((24, 9.5), (60, 8.0), (10_000, 6.5))
_ROOM = 5.2
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2)
_MOST_TICKS = 5
_NEAR = 0.09


def twigs(picture: Dendrogram) -> Drawing:
    """Return the tree with a scale of distances below it."""
    names, n = labels(picture.shown.names), picture.shown.n
    count = len(names)
    size = next(size for most, size in _SIZES if count <= most)
    said = [f"{name} ({own:,})" for name, own in zip(names, n, strict=True)]
    step = height_of(size) * 1.25
    left = max(width_of(text, size) for text in said) + 0.15
    # Where all joins are close the scale ends sooner, so that they can be told apart.
    highest = max(join.height for join in picture.joins)
    tick = next((step for step in _TICKS if highest <= _MOST_TICKS * step), _TICKS[-1])
    longest = max(math.ceil(highest / tick - 1e-9), 1) * tick
    scale = _ROOM / longest
    parts: list[Part] = []
    targets: list[Target] = []
    places: dict[int, tuple[float, float]] = {}
    for row, code in enumerate(picture.order):
        y = (row + 0.5) * step
        places[code] = (left, y)
        parts.append(Words(left - 0.08, y, said[code], size, align="right"))
        code_id = picture.shown.codes[code]
        targets.append(Target(0, y - step / 2, left - 0.04, step, (code_id, code_id), said[code]))
    for number, join in enumerate(picture.joins):
        (x_a, y_a), (x_b, y_b) = places[join.left], places[join.right]
        # Means over what counts may fall behind their parts by a hair; a branch never turns back.
        x = max(left + join.height * scale, x_a, x_b)
        parts.append(Stroke(((x_a, y_a), (x, y_a), (x, y_b), (x_b, y_b)), 1.1))
        places[count + number] = (x, (y_a + y_b) / 2)
        words = tr("Joined at {distance}: {n} codes", distance=decimal(join.height, 2), n=join.size)
        top, bottom = sorted((y_a, y_b))
        targets.append(Target(x - _NEAR, top - _NEAR, 2 * _NEAR, bottom - top + 2 * _NEAR, None, words))
    bottom = count * step + 0.12
    parts += _scale(left, bottom, longest, tick)
    return Drawing(left + _ROOM + 0.25, bottom + 0.55, tuple(parts), tuple(targets))


def _scale(left: float, top: float, longest: float, tick: float) -> list[Part]:
    parts: list[Part] = [Stroke(((left, top), (left + _ROOM, top)), 0.8, Ink.LINE)]
    for number in range(round(longest / tick) + 1):
        x = left + number * tick / longest * _ROOM
        parts += [
            Stroke(((x, top), (x, top + 0.05)), 0.8, Ink.LINE),
            Words(x, top + 0.15, decimal(number * tick, 2), 8, align="center", ink=Ink.MUTED),
        ]
    middle = left + _ROOM / 2
    return [*parts, Words(middle, top + 0.36, tr("Distance (1 − Jaccard)"), 8.5, align="center", ink=Ink.MUTED)]
