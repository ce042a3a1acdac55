"""Draws each picture by its kind, and puts pictures on one page with title, coders and caption."""

from collections.abc import Sequence
from dataclasses import replace

from coder_app.domain.errors import BadInput
from coder_app.domain.pictures import Dendrogram, Heatmap, Picture, Plane
from coder_app.exporters.figures.drawing import Drawing, Ink, Part, Target, Words, height_of, moved, wrapped
from coder_app.exporters.figures.heat import heat
from coder_app.exporters.figures.plane import plane
from coder_app.exporters.figures.streams import streams
from coder_app.exporters.figures.twigs import twigs
from coder_app.i18n import tr

MARGIN = 0.35
_TITLE, _HEADING, _CAPTION = 13, 10, 8.5
_BETWEEN = 0.3
_LEAST_WIDTH = 6.0


def body(picture: Picture) -> Drawing:
    """Return the picture alone, for a place that brings its own title and caption."""
    if isinstance(picture, Heatmap):
        return heat(picture)
    if isinstance(picture, Dendrogram):
        return twigs(picture)
    return plane(picture) if isinstance(picture, Plane) else streams(picture)


def page(pictures: Sequence[Picture]) -> Drawing:
    """Return pictures of one kind, one for each coder, below each other, under one title.

    Raises BadInput where there are none.
    """
    if not pictures:
        raise BadInput(tr("There is nothing to draw: no code is used in the chosen sources."))
    bodies = [body(picture) for picture in pictures]
    width = max(_LEAST_WIDTH, *(one.width for one in bodies)) + 2 * MARGIN
    parts: list[Part] = [Words(MARGIN, MARGIN + 0.1, pictures[0].shown.title, _TITLE, bold=True)]
    targets: list[Target] = []
    top = MARGIN + 0.4
    alike = len({_said(picture) for picture in pictures}) == 1
    for picture, one in zip(pictures, bodies, strict=True):
        parts.append(Words(MARGIN, top + 0.1, picture.shown.heading, _HEADING, ink=Ink.MUTED))
        top += 0.3
        parts += [moved(part, MARGIN, top) for part in one.parts]
        targets += [replace(target, x=target.x + MARGIN, y=target.y + top) for target in one.targets]
        top += one.height + 0.12
        if not alike or picture is pictures[-1]:
            top = _caption(parts, picture, top, width)
        top += _BETWEEN
    return Drawing(width, top - _BETWEEN + MARGIN, tuple(parts), tuple(targets))


def _said(picture: Picture) -> tuple[str, ...]:
    return (*picture.shown.warnings, *picture.shown.caption)


def _caption(parts: list[Part], picture: Picture, top: float, width: float) -> float:
    """Write what the picture says of itself, warnings first, and return where it ends."""
    for texts, ink in ((picture.shown.warnings, Ink.INK), (picture.shown.caption, Ink.MUTED)):
        for line in wrapped(" ".join(texts), _CAPTION, width - 2 * MARGIN):
            parts.append(Words(MARGIN, top + height_of(_CAPTION) / 2, line, _CAPTION, ink=ink, bold=ink is Ink.INK))
            top += height_of(_CAPTION)
    return top
