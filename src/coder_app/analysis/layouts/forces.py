"""A network of codes: those that are tied pull each other, all push each other away, from a start with a fixed seed."""

import numpy as np

from coder_app.analysis.layouts.material import (
    JACCARD,
    Choices,
    Floats,
    Material,
    settings_of,
    shown,
    weight_words,
)
from coder_app.analysis.layouts.scaling import turned
from coder_app.domain.number_words import decimal
from coder_app.domain.pictures import Link, PictureKind, Plane
from coder_app.domain.table import Column, Kind, Table
from coder_app.i18n import tr, trn

_ROUNDS = 400
# So many links per code can still be followed by eye.
_LINKS_PER_CODE = 2.5
_GRAVITY = 0.08
_ALONE_IN_A_ROW = 5
# More of them than these would fill the picture with what is not in it.
_MOST_ALONE = 25


def default_threshold(weights: Floats) -> float:
    """Return the least weight that leaves no more links than can be followed by eye; the least there is, where few."""
    found = np.sort(np.triu(weights, 1)[np.triu(weights, 1) > 0])[::-1]
    if not len(found):
        return 0.0
    most = int(_LINKS_PER_CODE * len(weights))
    if len(found) <= most:
        return float(found[-1])
    # Links as weak as the first one left out go, too: none of several equals is preferred.
    kept = found[:most][found[:most] > found[most]]
    return float(kept[-1]) if len(kept) else float(found[0])


def links_of(weights: Floats, counts: Floats, threshold: float) -> list[Link]:
    """Return the links that are at least as strong as the threshold, in the order of their codes."""
    rows, columns = np.nonzero(np.triu((weights >= threshold) & (weights > 0), 1))
    return [
        Link(a, b, float(weights[a, b]), float(counts[a, b]))
        for a, b in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def spread(size: int, links: list[Link], seed: int) -> Floats:
    """Return places that the forces of Fruchterman and Reingold lead to, the same for the same links and seed."""
    places = np.random.default_rng(seed).uniform(-1, 1, (size, 2))
    ties = np.zeros((size, size))
    highest = max((link.weight for link in links), default=1.0)
    for link in links:
        ties[link.a, link.b] = ties[link.b, link.a] = 0.35 + 0.65 * link.weight / highest
    ideal = 1.6 / np.sqrt(size)
    for step in range(_ROUNDS):
        gaps = [places[:, axis, None] - places[None, :, axis] for axis in (0, 1)]
        apart = np.maximum(np.hypot(*gaps), 1e-4)
        force = ideal**2 / apart**2 - ties * apart / ideal
        np.fill_diagonal(force, 0.0)
        moves = np.stack([(gap * force).sum(axis=1) for gap in gaps], axis=1) - _GRAVITY * places * np.sqrt(size)
        lengths = np.maximum(np.sqrt((moves**2).sum(axis=1, keepdims=True)), 1e-9)
        heat = 0.12 * (1 - step / _ROUNDS) ** 1.5
        places = places + moves / lengths * np.minimum(lengths, heat)
    places = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(places, full_matrices=False)
    return turned(places @ axes.T)


def _alone_words(alone: int, *, drawn: bool) -> list[str]:
    if not alone:
        return []
    if drawn:
        return [tr("Codes without such a link stand below.")]
    return [trn("{n} code without such a link is not drawn.", "{n} codes without such a link are not drawn.", alone)]


def arranged(size: int, links: list[Link], seed: int) -> Floats:
    """Return the places of all: those that have links where the forces lead them, the others in rows below."""
    linked = sorted({code for link in links for code in (link.a, link.b)})
    alone = [code for code in range(size) if code not in set(linked)]
    compact = {code: place for place, code in enumerate(linked)}
    places = np.zeros((size, 2))
    if linked:
        inner = [Link(compact[link.a], compact[link.b], link.weight, link.count) for link in links]
        places[linked] = spread(len(linked), inner, seed)
    low, wide = places[:, 1].min(initial=0), max(np.ptp(places[:, 0]) if size else 0.0, 1.0)
    for number, code in enumerate(alone):
        row, column = divmod(number, _ALONE_IN_A_ROW)
        many = min(_ALONE_IN_A_ROW, len(alone) - row * _ALONE_IN_A_ROW)
        step = wide / _ALONE_IN_A_ROW
        places[code] = (column - (many - 1) / 2) * step, low - (row + 1.5) * 0.08 * wide
    return places


def network(given: Material, choices: Choices) -> Plane:
    """Return the network of the codes; pairs of a code and one above it have no link."""
    weights = given.weights(choices)
    threshold = default_threshold(weights) if choices.threshold is None else choices.threshold
    links = links_of(weights, given.both, threshold)
    linked = sorted({code for link in links for code in (link.a, link.b)})
    alone = len(given.codes) - len(linked)
    kept = linked if linked and alone > _MOST_ALONE else list(range(len(given.codes)))
    place = {code: number for number, code in enumerate(kept)}
    drawn = [Link(place[link.a], place[link.b], link.weight, link.count) for link in links]
    found = tuple((float(x), float(y)) for x, y in arranged(len(kept), drawn, choices.seed).round(6) + 0.0)
    title = tr("Network of the codes")
    columns = (
        Column("code_a", tr("Code A")),
        Column("code_b", tr("Code B")),
        Column("weight", weight_words(given, choices), Kind.NUMBER),
        Column("n_ab", tr("Together"), Kind.COUNT),
    )
    names = given.names
    rows = tuple((names[link.a], names[link.b], link.weight, int(link.count)) for link in links)
    shown_threshold = decimal(threshold) if choices.weight == JACCARD else f"{threshold:g}"
    settings = settings_of(
        given, layout="Fruchterman-Reingold", seed=str(choices.seed), weight=choices.weight, threshold=shown_threshold
    )
    possible = int((np.triu(weights, 1) > 0).sum())
    caption = (
        tr("Thicker link: higher {weight}. Larger circle: more of the code.", weight=weight_words(given, choices)),
        trn("{n} link of {all}", "{n} links of {all}", len(links), all=possible)
        + tr(", weight at least {least}.", least=shown_threshold),
        *_alone_words(alone, drawn=len(kept) > len(linked)),
        tr("Forces of Fruchterman and Reingold, seed {seed}; places mean nothing but nearness.", seed=choices.seed),
    )
    made = shown(PictureKind.NETWORK, given, title, Table(title, columns, rows, settings), caption, order=kept)
    return Plane(made, found, tuple(drawn))
