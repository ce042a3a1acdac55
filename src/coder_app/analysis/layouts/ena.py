"""Epistemic network analysis: documents as points by how they tie codes, and codes where their ties pull them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.block import Block
from coder_app.analysis.layouts.forces import default_threshold
from coder_app.analysis.layouts.material import Floats, Material, settings_of, shown
from coder_app.analysis.layouts.scaling import turned
from coder_app.domain.errors import BadInput
from coder_app.domain.number_words import decimal
from coder_app.domain.pictures import Link, PictureKind, Plane, Point
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr, trn

LEAST_UNITS = 3
_FEW = 10
_SINGULAR = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The two first dimensions: where units and codes stand, and the mean network.

    `explained` are the shares of the variance; `fit` are the correlations between the units' points and the
    centres of their networks, per dimension, None where a dimension has no spread.
    """

    units: Floats
    codes: Floats
    mean: Floats
    explained: tuple[float, float]
    fit: tuple[float | None, float | None]


def space(vectors: Floats, pairs: Sequence[tuple[int, int]], codes: int) -> Space:
    """Return the space of units by pairs: every row made one long, centred, and turned to its principal axes.

    Codes are placed by least squares so that the centre of each unit's network is near the unit's point.
    Rows without any tie are to be left out before.
    """
    lines = vectors / np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    centred = lines - lines.mean(axis=0)
    # The products of documents hold the same axes as their many pairs, and are few.
    values, vectors = np.linalg.eigh(centred @ centred.T)
    values = np.maximum(values[::-1], 0.0)
    points = turned(vectors[:, ::-1][:, :2] * np.sqrt(values[:2]))
    total = float(values.sum())
    shares = [float(value) / total if total else 0.0 for value in values[:2]]
    ends = np.array(pairs).T
    pull = np.zeros((len(lines), codes))
    for code in range(codes):
        pull[:, code] = lines[:, (ends[0] == code) | (ends[1] == code)].sum(axis=1) / 2
    pull /= pull.sum(axis=1, keepdims=True)
    places = _inverse(pull) @ points
    centres = pull @ places
    return Space(
        points,
        places,
        lines.mean(axis=0),
        (shares[0], shares[1]),
        (_correlation(points[:, 0], centres[:, 0]), _correlation(points[:, 1], centres[:, 1])),
    )


def _inverse(table: Floats) -> Floats:
    """Return the inverse that solves by least squares; where several places fit equally, the nearest to the middle."""
    left, values, right = np.linalg.svd(table, full_matrices=False)
    kept = values > _SINGULAR * values.max(initial=0)
    return (right[kept].T / values[kept]) @ left[:, kept].T


def _correlation(one: Floats, other: Floats) -> float | None:
    a, b = one - one.mean(), other - other.mean()
    below = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / below if below > 1e-12 else None  # noqa: PLR2004 (rounding of what is zero)


def ena(given: Material, units: Mapping[str, Block]) -> Plane:
    """Return the network; `units` are the same counts within each document, by its name.

    Raises BadInput where fewer than three documents have codes that occur together.
    """
    places = {code: place for place, code in enumerate(given.codes)}
    pairs = [(a, b) for a in range(len(places)) for b in range(a + 1, len(places)) if given.both[a, b] > 0]
    names, vectors = _vectors(given, units, pairs)
    if len(names) < LEAST_UNITS:
        raise BadInput(
            trn(
                "This picture compares documents, and needs three with codes that occur together; there is {n}.",
                "This picture compares documents, and needs three with codes that occur together; there are {n}.",
                len(names),
            )
        )
    used = sorted({code for pair in pairs for code in pair})
    compact = {code: place for place, code in enumerate(used)}
    found = space(vectors, [(compact[a], compact[b]) for a, b in pairs], len(used))
    stands = {code: tuple(found.codes[compact[code]].round(9) + 0.0) for code in used}
    ties = np.zeros((len(used), len(used)))
    for (a, b), weight in zip(pairs, found.mean, strict=True):
        ties[compact[a], compact[b]] = weight
    least = default_threshold(ties)
    links = [
        Link(compact[a], compact[b], float(weight), float(given.both[a, b]))
        for (a, b), weight in zip(pairs, found.mean, strict=True)
        if weight >= least
    ]
    points = [Point(name, float(x), float(y)) for name, (x, y) in zip(names, found.units.round(9) + 0.0, strict=True)]
    return _plane(given, found, used, [(float(x), float(y)) for x, y in stands.values()], links, points)


def _vectors(given: Material, units: Mapping[str, Block], pairs: Sequence[tuple[int, int]]) -> tuple[list[str], Floats]:
    places = {code: place for place, code in enumerate(given.codes)}
    columns = {pair: column for column, pair in enumerate(pairs)}
    names: list[str] = []
    rows: list[Floats] = []
    for name, block in units.items():
        row = np.zeros(len(pairs))
        both = block.counts.both
        for (code, other), count in zip(both, both.cells.counts.tolist(), strict=True):
            # Of directed counts both orders tie the same two codes.
            pair = sorted(places.get(one, -1) for one in (code, other))
            if (pair[0], pair[1]) in columns:
                row[columns[pair[0], pair[1]]] += count
        if row.any():
            names.append(name)
            rows.append(row)
    return names, np.array(rows).reshape(len(rows), len(pairs))


def _plane(
    given: Material,
    found: Space,
    used: list[int],
    places: list[tuple[float, float]],
    links: list[Link],
    points: list[Point],
) -> Plane:
    title = tr("Epistemic network")
    rows: list[tuple[Cell, ...]] = [
        (tr("code"), given.names[code], "", *place, None) for code, place in zip(used, places, strict=True)
    ]
    rows += [(tr("document"), point.name, "", point.x, point.y, None) for point in points]
    rows += [
        (tr("link"), given.names[used[link.a]], given.names[used[link.b]], None, None, link.weight) for link in links
    ]
    columns = (
        Column("what", tr("What")),
        Column("name", tr("Name")),
        Column("other", tr("Other code")),
        Column("x", "x", Kind.NUMBER),
        Column("y", "y", Kind.NUMBER),
        Column("weight", tr("Mean weight"), Kind.NUMBER),
    )
    first, second = found.explained
    settings = settings_of(
        given,
        ena_unit="document",
        normalised="each document to length one",
        explained=f"{first:.4f}, {second:.4f}",
        fit=", ".join("undefined" if fit is None else f"{fit:.4f}" for fit in found.fit),
    )
    fits = [tr("undefined") if fit is None else decimal(fit, 2) for fit in found.fit]
    caption = (
        tr(
            "{n} documents as diamonds, each network made one long; codes stand where their ties pull them.",
            n=len(points),
        ),
        tr("Thicker link: stronger in the mean of the documents. The cross is the documents’ mean.")
        + trn(" {n} link drawn.", " The {n} strongest links are drawn.", len(links)),
        tr("Correlation of documents with the centres of their networks: {x} and {y}.", x=fits[0], y=fits[1]),
    )
    warnings = (
        [tr("Few documents: the axes may turn out otherwise with one document more.")] if len(points) < _FEW else []
    )
    made = shown(
        PictureKind.ENA,
        given,
        title,
        Table(title, columns, tuple(rows), settings),
        caption,
        warnings=warnings,
        order=used,
    )
    axes = tr("SVD 1 ({share} %)", share=f"{100 * first:.0f}"), tr("SVD 2 ({share} %)", share=f"{100 * second:.0f}")
    return Plane(made, tuple(places), tuple(links), tuple(points), axes)
