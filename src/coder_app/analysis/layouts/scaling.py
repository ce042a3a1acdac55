"""A map on which codes that occur together stand close: multidimensional scaling of 1 - Jaccard."""

import numpy as np

from coder_app.analysis.layouts.material import Floats, Material, jaccard_words, settings_of, shown
from coder_app.domain.number_words import decimal
from coder_app.domain.pictures import PictureKind, Plane
from coder_app.domain.table import Column, Kind, Table
from coder_app.i18n import tr

POOR_STRESS = 0.2
_ROUNDS = 300
_STILL = 1e-6


def classical(distances: Floats) -> Floats:
    """Return two coordinates for each row by classical scaling, each axis turned the same way every time."""
    size = len(distances)
    centred = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-0.5 * centred @ distances**2 @ centred)
    best = np.argsort(-values, kind="stable")[:2]
    found = np.zeros((size, 2))
    found[:, : len(best)] = vectors[:, best] * np.sqrt(np.maximum(values[best], 0))
    return turned(found)


def turned(places: Floats) -> Floats:
    """Return the places with each axis mirrored so that what reaches out furthest on it is positive."""
    furthest = np.argmax(np.abs(places).round(9), axis=0)
    signs = np.sign(places[furthest, range(places.shape[1])])
    return places * np.where(signs == 0, 1.0, signs)


def stress(places: Floats, distances: Floats, counted: Floats) -> float:
    """Return Kruskal's stress-1 over the pairs that count; 0 where all places are one."""
    apart = _apart(places)
    below = float((counted * apart**2).sum())
    return float(np.sqrt((counted * (apart - distances) ** 2).sum() / below)) if below else 0.0


def _apart(places: Floats) -> Floats:
    across, down = (places[:, axis, None] - places[None, :, axis] for axis in (0, 1))
    return np.hypot(across, down)


def scaled(distances: Floats, counted: Floats) -> tuple[Floats, float]:
    """Return the places of metric scaling by majorisation from the classical start, and their stress-1.

    `counted` is 1 for the pairs that count. Nothing is left to chance.
    """
    places = classical(distances)
    if not counted.any():
        return places, 0.0
    inverse = np.linalg.pinv(np.diag(counted.sum(axis=1)) - counted)
    wanted = distances * counted
    before = np.inf
    for _ in range(_ROUNDS):
        apart = _apart(places)
        now = float((counted * (apart - distances) ** 2).sum())
        if before - now < _STILL * now:
            break
        before = now
        ratio = np.divide(wanted, apart, out=np.zeros_like(apart), where=apart > 0)
        places = inverse @ (ratio.sum(axis=1)[:, None] * places - ratio @ places)
    places = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(places, full_matrices=False)
    return turned(places @ axes.T), stress(places, distances, counted)


def mds_map(given: Material) -> Plane:
    """Return the codes on a map, with its stress."""
    places, poor = scaled(given.distances(), given.open.astype(np.float64))
    title = tr("Map of the codes")
    columns = (
        Column("code", tr("Code")),
        Column("n", tr("n"), Kind.COUNT),
        Column("x", "x", Kind.NUMBER),
        Column("y", "y", Kind.NUMBER),
    )
    found = tuple((float(x), float(y)) for x, y in places.round(9) + 0.0)
    rows = tuple((name, n, *place) for name, n, place in zip(given.names, given.n, found, strict=True))
    settings = settings_of(
        given,
        method="metric MDS by majorisation, classical start",
        distance="1 - Jaccard",
        stress_1=f"{poor:.4f}",
    )
    caption = (
        tr(
            "Metric multidimensional scaling of 1 − {jaccard}, from the classical solution; stress-1 = {stress}.",
            jaccard=jaccard_words(given),
            stress=decimal(poor),
        ),
        tr("Closer together: more often in the same place. The axes have no meaning of their own."),
    )
    warnings = [_poor()] if poor > POOR_STRESS else []
    made = shown(PictureKind.MAP, given, title, Table(title, columns, rows, settings), caption, warnings=warnings)
    return Plane(made, found)


def _poor() -> str:
    return tr("Stress is above .2: two dimensions show these distances poorly. Trust the table, not the map.")
