"""Which codes belong together: average linkage on 1 - Jaccard, for the order of a heatmap and for a dendrogram."""

import numpy as np

from coder_app.analysis.layouts.material import (
    JACCARD,
    Choices,
    Floats,
    Material,
    counted_words,
    jaccard_words,
    settings_of,
    shown,
    weight_words,
)
from coder_app.domain.number_words import decimal
from coder_app.domain.pictures import Dendrogram, Heatmap, Join, PictureKind
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr


def average_linkage(distances: Floats, counted: Floats) -> list[Join]:
    """Return the joins of average linkage, the closest first; of equally close ones the first in order.

    `counted` is 1 for the pairs that count: the distance of two clusters is the mean over these, and 1 where
    there are none. Without gaps this is what is known as UPGMA.
    """
    size = len(distances)
    sums, pairs = distances * counted, counted.astype(np.float64)
    number, members = list(range(size)), [1] * size
    alive = np.ones(size, dtype=np.bool_)
    joins: list[Join] = []
    upper = np.triu(np.ones((size, size), dtype=np.bool_), 1)
    for step in range(size - 1):
        means = np.divide(sums, pairs, out=np.ones_like(sums), where=pairs > 0)
        # Sums in another order differ in their last digits, which must not decide between equals.
        means = np.where(upper & alive[:, None] & alive[None, :], means.round(12), np.inf)
        first, second = divmod(int(np.argmin(means)), size)
        members[first] += members[second]
        joins.append(Join(number[first], number[second], float(means[first, second]), members[first]))
        number[first] = size + step
        alive[second] = False
        for table in (sums, pairs):
            table[first] += table[second]
            table[:, first] = table[first]
    return joins


def leaves(joins: list[Join], size: int) -> list[int]:
    """Return the codes from top to bottom, so that no two branches cross."""
    if not joins:
        return list(range(size))
    found: list[int] = []
    waiting = [size + len(joins) - 1]
    while waiting:
        node = waiting.pop()
        if node < size:
            found.append(node)
        else:
            waiting += [joins[node - size].right, joins[node - size].left]
    return found


def _clustered(given: Material) -> tuple[list[Join], list[int]]:
    joins = average_linkage(given.distances(), given.open.astype(np.float64))
    return joins, leaves(joins, len(given.codes))


def clustered(given: Material) -> tuple[str, ...]:
    """Return the ids of the codes so that those that belong together stand side by side."""
    return tuple(given.codes[place] for place in _clustered(given)[1])


def dendrogram(given: Material) -> Dendrogram:
    """Return the tree of clusters."""
    joins, order = _clustered(given)
    names, size = given.names, len(given.codes)

    def label(node: int) -> str:
        return names[node] if node < size else tr("cluster {n}", n=node - size + 1)

    rows = tuple(
        (tr("cluster {n}", n=step + 1), label(join.left), label(join.right), join.height, join.size)
        for step, join in enumerate(joins)
    )
    columns = (
        Column("cluster", tr("Cluster")),
        Column("left", tr("First part")),
        Column("right", tr("Second part")),
        Column("distance", tr("Distance"), Kind.NUMBER),
        Column("codes", tr("Codes"), Kind.COUNT),
    )
    title = tr("Dendrogram of the codes")
    table = Table(title, columns, rows, settings_of(given, linkage="average", distance="1 - Jaccard"))
    caption = (tr("Linkage: average. Distance: 1 − {jaccard}.", jaccard=jaccard_words(given)),)
    return Dendrogram(shown(PictureKind.DENDROGRAM, given, title, table, caption), tuple(joins), tuple(order))


def heatmap(given: Material, choices: Choices) -> Heatmap:
    """Return the matrix with codes that belong together side by side."""
    _, order = _clustered(given)
    # Of directed counts each cell has its own colour.
    weights = given.weights(choices) if choices.weight == JACCARD else given.counts * given.open
    highest = float(weights.max()) or 1.0
    grid = np.ix_(order, order)
    counts, open_, shades = given.counts[grid], given.open[grid], weights[grid] / highest
    size = len(order)

    def count(row: int, column: int) -> int | None:
        if row == column:
            return given.n[order[row]]
        return int(counts[row, column]) if open_[row, column] else None

    cells = tuple(tuple(count(row, column) for column in range(size)) for row in range(size))
    colours = tuple(
        tuple(float(shades[row, column]) if open_[row, column] else None for column in range(size))
        for row in range(size)
    )
    title = tr("Code co-occurrence")
    caption = (
        tr("Order: average linkage on 1 − {jaccard}.", jaccard=jaccard_words(given)),
        tr(
            "Darker: higher {weight}; the darkest is {highest}.",
            weight=tr("Jaccard") if choices.weight == JACCARD else tr("count"),
            highest=decimal(highest, 2) if choices.weight == JACCARD else f"{highest:,.0f}",
        ),
        tr("Dashed: a code’s own number, outside the colours."),
    )
    table = _pairs(given, order, title, choices)
    return Heatmap(shown(PictureKind.HEATMAP, given, title, table, caption, order=order), cells, colours)


def _pairs(given: Material, order: list[int], title: str, choices: Choices) -> Table:
    columns = (
        Column("code_a", tr("Code A")),
        Column("code_b", tr("Code B")),
        Column("n_a", tr("n of A"), Kind.COUNT),
        Column("n_b", tr("n of B"), Kind.COUNT),
        Column("n_ab", tr("Together: {what}", what=counted_words(given.how)), Kind.COUNT),
        Column("jaccard", jaccard_words(given), Kind.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = []
    for place, a in enumerate(order):
        for b in [one for one in order if one != a] if given.how.is_directed else order[place + 1 :]:
            both = int(given.counts[a, b]) if given.open[a, b] else None
            jaccard = float(given.jaccard[a, b]) if given.open[a, b] else None
            rows.append((given.names[a], given.names[b], given.n[a], given.n[b], both, jaccard))
    settings = settings_of(given, order="average linkage on 1 - Jaccard", colours=weight_words(given, choices))
    return Table(title, columns, tuple(rows), settings)
