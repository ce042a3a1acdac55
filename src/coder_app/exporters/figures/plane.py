"""Codes as circles in a plane, with the links between them, and names that never cover each other."""

import math
from collections.abc import Iterator, Sequence

from coder_app.domain.number_words import decimal
from coder_app.domain.pictures import PictureKind, Plane
from coder_app.exporters.figures.drawing import (
    Box,
    Disc,
    Drawing,
    Ink,
    Part,
    Shape,
    Stroke,
    Target,
    Words,
    cut,
    height_of,
    labels,
    width_of,
)
from coder_app.i18n import tr

_WIDTHS = ((12, 6.5), (30, 8.0), (70, 10.5), (150, 13.0), (100_000, 16.0))
_SIZES = ((30, 9.5), (70, 8.5), (150, 7.0), (100_000, 6.0))
_LARGEST, _SMALLEST = 0.2, 0.055
_THICKEST, _THINNEST = 7.0, 0.7
_DIAMOND = 0.06
_PAD = 0.45
_RINGS = 14
_MANY = 40
_ARM, _AXIS = 0.1, 8
_MOST_POINT_NAMES = 40

_Rect = tuple[float, float, float, float]


def plane(picture: Plane) -> Drawing:
    """Return the picture; all axes have one scale, so that distances can be compared."""
    names = labels(picture.shown.names)
    width = next(width for most, width in _WIDTHS if len(names) <= most)
    size = next(size for most, size in _SIZES if len(names) <= most)
    all_places = [*picture.places, *((point.x, point.y) for point in picture.points), *_origin(picture)]
    where, height = _fitted(all_places, width)
    places = [where(x, y) for x, y in picture.places]
    points = [where(point.x, point.y) for point in picture.points]
    radii = _radii(picture.shown.n, _LARGEST if len(names) <= _MANY else 0.65 * _LARGEST)
    parts = _axes(picture, where, width, height) + _links(picture, places)
    parts += [Disc(x, y, radius, fill=0.75, edge=Ink.PAPER) for (x, y), radius in zip(places, radii, strict=True)]
    parts += [_diamond(x, y) for x, y in points]
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    taken += [(x - _DIAMOND, y - _DIAMOND, x + _DIAMOND, y + _DIAMOND) for x, y in points]
    taken += _kept_free(picture, where, width)
    order = sorted(range(len(names)), key=lambda place: (-picture.shown.n[place], place))
    for place in order:
        parts += _named(names[place], size, places[place], radii[place], taken, (width, height), Ink.INK)
    if len(points) <= _MOST_POINT_NAMES:
        for point, place in zip(picture.points, points, strict=True):
            parts += _named(cut(point.name, 22), size - 2, place, _DIAMOND, taken, (width, height), Ink.MUTED)
    return Drawing(width, height, tuple(parts), tuple(_targets(picture, names, places, points, radii)))


def _origin(picture: Plane) -> list[tuple[float, float]]:
    return [(0.0, 0.0)] if picture.axes is not None else []


class _Where:
    """Turns the picture's own coordinates into inches, y up into y down."""

    def __init__(self, x: float, y: float, scale: float, left: float, top: float) -> None:
        self._x, self._y, self._scale, self._left, self._top = x, y, scale, left, top

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self._left + (x - self._x) * self._scale, self._top + (self._y - y) * self._scale


def _fitted(places: Sequence[tuple[float, float]], width: float) -> tuple[_Where, float]:
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    side = 2.4 * _PAD
    room = width - 2 * side
    scale = min(room / wide if wide else math.inf, 0.85 * width / tall if tall else math.inf)
    scale = scale if math.isfinite(scale) else 1.0
    height = max(tall * scale + 2 * _PAD, 0.4 * width)
    left, top = (width - wide * scale) / 2, (height - tall * scale) / 2
    return _Where(min(xs), max(ys), scale, left, top), height


def _radii(numbers: Sequence[int], largest: float) -> list[float]:
    most = max([*numbers, 1])
    # The area stands for the number, as eyes compare areas.
    return [max(_SMALLEST, largest * math.sqrt(n / most)) for n in numbers]


def _links(picture: Plane, places: Sequence[tuple[float, float]]) -> list[Part]:
    highest = max((link.weight for link in picture.links), default=1.0)
    weakest_first = sorted(picture.links, key=lambda link: (link.weight, link.a, link.b))
    return [
        Stroke(
            (places[link.a], places[link.b]),
            _THINNEST + (_THICKEST - _THINNEST) * link.weight / highest,
            0.25 + 0.3 * link.weight / highest,
        )
        for link in weakest_first
    ]


def _axes(picture: Plane, where: _Where, width: float, height: float) -> list[Part]:
    if picture.axes is None:
        return []
    x, y = where(0.0, 0.0)
    first, second = picture.axes
    return [
        Stroke(((0, y), (width, y)), 0.7, Ink.LINE, dashed=True),
        Stroke(((x, 0), (x, height)), 0.7, Ink.LINE, dashed=True),
        Words(width, y + 0.1, first, _AXIS, align="right", ink=Ink.MUTED),
        Words(x + 0.06, 0.08, second, _AXIS, ink=Ink.MUTED),
        Stroke(((x - _ARM, y), (x + _ARM, y)), 2.0),
        Stroke(((x, y - _ARM), (x, y + _ARM)), 2.0),
    ]


def _kept_free(picture: Plane, where: _Where, width: float) -> list[_Rect]:
    """Return where the names of the axes and the cross of the mean stand."""
    if picture.axes is None:
        return []
    x, y = where(0.0, 0.0)
    first, second = (width_of(name, _AXIS) for name in picture.axes)
    cross = (x - _ARM, y - _ARM, x + _ARM, y + _ARM)
    return [cross, (width - first, y, width, y + 0.2), (x, 0.0, x + second + 0.06, 0.17)]


def _diamond(x: float, y: float) -> Shape:
    r = _DIAMOND
    return Shape(((x - r, y), (x, y - r), (x + r, y), (x, y + r)), fill=Ink.PAPER, edge=Ink.MUTED)


def _named(
    name: str,
    size: float,
    place: tuple[float, float],
    radius: float,
    taken: list[_Rect],
    sheet: tuple[float, float],
    ink: Ink,
) -> list[Part]:
    """Return the name where nothing else is, with a line to its circle from further away; nothing where no room is."""
    width, height = width_of(name, size), height_of(size)
    for ring, x, y in _around(place, radius, width, height):
        rect = (x, y, x + width, y + height)
        inside = x >= 0 and y >= 0 and rect[2] <= sheet[0] and rect[3] <= sheet[1]
        if inside and not any(_meet(rect, other) for other in taken):
            taken.append(rect)
            middle = x + width / 2, y + height / 2
            line = [Stroke((place, _edge(rect, place)), 0.5, Ink.MUTED)] if ring else []
            ground = Box(x, y, width, height, fill=Ink.PAPER, radius=0.03, opacity=0.75)
            return [*line, ground, Words(*middle, name, size, align="center", ink=ink)]
    return []


def _around(
    place: tuple[float, float], radius: float, width: float, height: float
) -> Iterator[tuple[int, float, float]]:
    """Yield corners at which a name may begin: beside its circle, above, below, and then further and further away."""
    x, y = place
    for ring in range(_RINGS):
        away = radius + 0.04 + ring * 0.11
        yield ring, x + away, y - height / 2
        yield ring, x - away - width, y - height / 2
        yield ring, x - width / 2, y - away - height
        yield ring, x - width / 2, y + away
        slant = away * 0.75
        for down in (-slant - height, slant):
            yield ring, x + slant, y + down
            yield ring, x - slant - width, y + down
        for share in (-0.25, 0.25):
            yield ring, x + share * width * 2 - width / 2, y - away - height
            yield ring, x + share * width * 2 - width / 2, y + away


def _edge(rect: _Rect, place: tuple[float, float]) -> tuple[float, float]:
    """Return the point of a rectangle that is nearest to a place."""
    return min(max(place[0], rect[0]), rect[2]), min(max(place[1], rect[1]), rect[3])


def _meet(one: _Rect, other: _Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _targets(
    picture: Plane,
    names: Sequence[str],
    places: Sequence[tuple[float, float]],
    points: Sequence[tuple[float, float]],
    radii: Sequence[float],
) -> Iterator[Target]:
    codes = picture.shown.codes
    for code, name, n, (x, y), r in zip(codes, names, picture.shown.n, places, radii, strict=True):
        yield Target(x - r, y - r, 2 * r, 2 * r, (code, code), f"{name} ({n:,})")
    for point, (x, y) in zip(picture.points, points, strict=True):
        yield Target(x - _DIAMOND, y - _DIAMOND, 2 * _DIAMOND, 2 * _DIAMOND, None, point.name)
    ena = picture.shown.kind is PictureKind.ENA
    for link in picture.links:
        (x_a, y_a), (x_b, y_b) = places[link.a], places[link.b]
        x, y = (x_a + x_b) / 2, (y_a + y_b) / 2
        said = tr(
            "{a} and {b}: {n}; weight {weight}",
            a=names[link.a],
            b=names[link.b],
            n=f"{link.count:,.0f}",
            weight=decimal(link.weight) if ena or link.weight != link.count else f"{link.weight:,.0f}",
        )
        yield Target(x - 0.07, y - 0.07, 0.14, 0.14, (codes[link.a], codes[link.b]), said)
