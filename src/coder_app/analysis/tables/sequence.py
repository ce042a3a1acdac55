"""Which code follows which: transitions between the places at which codings begin, against chance within documents.

Codings that begin at one place have no order among themselves, so they make one event with several codes. With a
lag of 1 each event is followed by the next of its document. The expected count is that over all orders of the
events of each document, computed exactly; p comes from shuffled orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.cells import distinct
from coder_app.analysis.columns import Numbers
from coder_app.analysis.counting import Pool, merged, packed
from coder_app.analysis.how import Counting
from coder_app.analysis.pools import blocks, pooled, scoped
from coder_app.analysis.tables.cross import require_codings
from coder_app.analysis.tables.cross_table import how_words
from coder_app.analysis.tables.material import Material
from coder_app.analysis.tables.shuffles import Values, benjamini_hochberg
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr

Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sequencing:
    """Which events are compared, and how often their order is shuffled; pairs expected less often go untested."""

    lag: int = 1
    resamples: int = 999
    seed: int = 1
    least_expected: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """The codes of each event, by numbers of documents, events and codes; events are in order, codes from 0 on.

    `begin` and `size` say where the codes of each event begin and how many they are, `many` how many events each
    document has.
    """

    event: Numbers
    code: Numbers
    begin: Numbers
    size: Numbers
    document: Numbers
    many: Numbers
    codes: int


@dataclass(frozen=True, slots=True, eq=False)
class Transitions:
    """Counts by code and following code; p is two-sided, not a number where a pair was not tested."""

    coders: str
    codes: tuple[str, ...]
    observed: Matrix
    expected: Values
    p: Values
    q: Values
    events: int


def events(pool: Pool, codes: Sequence[int]) -> Events:
    """Return the events of merged entries; `codes` are the numbers of those that are looked at, in their order."""
    place = np.full(max(codes, default=0) + 1, -1, dtype=np.int64)
    place[np.array(codes, dtype=np.int64)] = np.arange(len(codes))
    key = packed(pool.source, pool.start)
    _, rows, event = np.unique(key, return_index=True, return_inverse=True)
    pairs = distinct(event * len(codes) + place[pool.code])
    source = pool.source[rows]
    _, document, many = np.unique(source, return_inverse=True, return_counts=True)
    event, code = np.divmod(pairs, max(len(codes), 1))
    begin = np.searchsorted(event, np.arange(len(rows) + 1))
    return Events(event, code, begin[:-1], np.diff(begin), document, many, len(codes))


def observed(found: Events, lag: int, order: Numbers | None = None) -> Matrix:
    """Return how often each code is followed by each; `order` puts another event at each place of the documents."""
    place = np.arange(len(found.document)) if order is None else order
    inside = found.document[:-lag] == found.document[lag:]
    before, after = place[:-lag][inside], place[lag:][inside]
    cells = found.codes * found.codes
    one, two = _paired(found, before, after)
    return np.bincount(one * found.codes + two, minlength=cells).reshape(found.codes, found.codes)


def _paired(found: Events, before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """Return all codes of each event with all codes of the other one beside it."""
    if int(found.size.max(initial=1)) == 1:
        return found.code[before], found.code[after]
    wide = found.size[after]
    sizes = found.size[before] * wide
    pair = np.repeat(np.arange(len(sizes)), sizes)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    row, column = np.divmod(step, wide[pair])
    return found.code[found.begin[before[pair]] + row], found.code[found.begin[after[pair]] + column]


def expected(found: Events, lag: int) -> Values:
    """Return the mean of `observed` over all orders of the events within each document.

    Of m events, m - lag ordered pairs out of m (m - 1) are neighbours, each equally often.
    """
    document = found.document[found.event]
    many = found.many.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = np.where(many > 1, np.maximum(many - lag, 0) / (many * (many - 1)), 0.0)
    cells = np.bincount(document * found.codes + found.code, minlength=len(many) * found.codes)
    counts = cells.astype(np.float64).reshape(len(many), found.codes)
    together = _same_event(found, weight[found.document])
    return (counts * weight[:, None]).T @ counts - together


def _same_event(found: Events, weights: Values) -> Values:
    """Return the weighted number of events that hold both codes (or the one, on the diagonal)."""
    every = np.arange(len(found.document))
    one, two = _paired(found, every, every)
    sizes = found.size * found.size
    by_pair = np.repeat(weights, sizes)
    sums = np.bincount(one * found.codes + two, by_pair, minlength=found.codes * found.codes)
    return sums.astype(np.float64).reshape(found.codes, found.codes)


def shuffled(found: Events, how: Sequencing, on_progress: OnProgress = tell_nobody) -> Values:
    """Return the two-sided p of each pair: min(1, 2 × the smaller tail), each tail with the observed order in it."""
    real = observed(found, how.lag)
    above, below = np.ones(real.shape), np.ones(real.shape)
    rng = np.random.default_rng(how.seed)
    for done in range(how.resamples):
        on_progress(done, how.resamples)
        # A random share of 1 behind the document's number: one sort shuffles within all documents.
        order = np.argsort(found.document + rng.random(len(found.document)))
        some = observed(found, how.lag, order)
        above += some >= real
        below += some <= real
    return np.minimum(1.0, 2 * np.minimum(above, below) / (1 + how.resamples))


def transitions(
    material: Material, how: Counting, sequencing: Sequencing, *, on_progress: OnProgress = tell_nobody
) -> list[Transitions]:
    """Count which code follows which, block by block.

    Raises BadInput for a lag below 1, where nothing is coded, and where no document has events that far apart.
    """
    if sequencing.lag < 1:
        raise BadInput(tr("The lag must be 1 or more: 1 is the next coding, 2 the one after."))
    chosen = scoped(material.codings, material.tree, how)
    require_codings(chosen)
    pool = pooled(chosen, material.tree, how).pool
    coders = [list(chosen.ids.coders)[int(number)] for number in np.unique(chosen.coder)]
    # In the order of the project, so that a seed gives the same shuffles whatever the order in which rows were read.
    order = {source: place for place, source in enumerate(material.sources)}
    rank = np.array([order.get(source, len(order)) for source in chosen.ids.sources], dtype=np.int64)
    found: list[Transitions] = []
    for label, _, number in blocks(how, coders, chosen.ids, material.coders):
        mine = merged(pool.at(pool.block == number))
        mine = replace(mine, source=rank[mine.source])
        used = set(np.unique(mine.code).tolist())
        codes = [code.id for code in material.tree.walk() if chosen.ids.codes[code.id] in used]
        ordered = events(mine, [chosen.ids.codes[code] for code in codes])
        found.append(_transitions(label, codes, ordered, sequencing, on_progress))
    if not any(one.observed.sum() for one in found):
        raise BadInput(
            tr("No source has codings that begin at {n} places, so none follows another.", n=sequencing.lag + 1)
        )
    return found


def _transitions(
    label: str, codes: Sequence[str], found: Events, how: Sequencing, on_progress: OnProgress
) -> Transitions:
    mean = expected(found, how.lag)
    p = np.full(mean.shape, np.nan)
    if how.resamples:
        p = np.where(mean >= how.least_expected, shuffled(found, how, on_progress), np.nan)
    q = benjamini_hochberg(p.ravel()).reshape(p.shape)
    return Transitions(label, tuple(codes), observed(found, how.lag), mean, p, q, len(found.document))


def sequence_table(
    material: Material, how: Counting, sequencing: Sequencing, *, on_progress: OnProgress = tell_nobody
) -> Table:
    """Return a row per block and pair of codes that follow one another, or were expected to at least once.

    Columns: coders, code, next, observed, expected, ratio (observed / expected), share (of all that follows the
    code), p, q (Benjamini–Hochberg over the tested pairs of the block), code_id, next_id.
    """
    found = transitions(material, how, sequencing, on_progress=on_progress)
    rows = [row for block in found for row in _rows(block, material, sequencing)]
    tested = ", ".join(str(int((~np.isnan(block.p)).sum())) for block in found)
    said = how_words(how, {**material.coders}) | {
        "lag": str(sequencing.lag),
        "events": ", ".join(str(block.events) for block in found),
        "event": tr("a place at which codings begin, with all codes that begin there"),
        "expected": tr("over all orders of the events within each source"),
        "p": tr("orders shuffled within sources, two-sided"),
        "resamples": str(sequencing.resamples),
        "seed": str(sequencing.seed),
        "tested_pairs": tested if sequencing.resamples else "0",
        "not_tested": tr("pairs expected less than {n} times", n=f"{sequencing.least_expected:g}"),
    }
    return Table(tr("Code sequences"), _columns(), tuple(rows), said)


def _rows(block: Transitions, material: Material, how: Sequencing) -> list[tuple[Cell, ...]]:
    first, second = np.nonzero((block.observed > 0) | (block.expected >= how.least_expected))
    sums: list[int] = block.observed.sum(axis=1).tolist()
    paths = [material.tree.path(code) for code in block.codes]
    seen: list[int] = block.observed[first, second].tolist()
    mean: list[float] = block.expected[first, second].tolist()
    p, q = (_known(some[first, second]) for some in (block.p, block.q))
    places: list[tuple[int, int]] = list(zip(first.tolist(), second.tolist(), strict=True))
    return [
        (
            block.coders,
            paths[one],
            paths[two],
            seen[row],
            mean[row],
            seen[row] / mean[row] if mean[row] > 0 else None,
            seen[row] / sums[one] if sums[one] else None,
            p[row],
            q[row],
            block.codes[one],
            block.codes[two],
        )
        for row, (one, two) in enumerate(places)
    ]


def _known(values: Values) -> list[float | None]:
    found: list[float | None] = values.tolist()
    for place in np.flatnonzero(np.isnan(values)).tolist():
        found[place] = None
    return found


def _columns() -> tuple[Column, ...]:
    return (
        Column("coders", tr("Coders")),
        Column("code", tr("Code")),
        Column("next", tr("Followed by")),
        Column("observed", tr("Observed"), Kind.COUNT),
        Column("expected", tr("Expected"), Kind.NUMBER),
        Column("ratio", tr("Observed / expected"), Kind.NUMBER),
        Column("share", tr("Share of what follows"), Kind.NUMBER),
        Column("p", tr("p (permutation)"), Kind.NUMBER),
        Column("q", tr("q (BH)"), Kind.NUMBER),
        Column("code_id", tr("Id of the code")),
        Column("next_id", tr("Id of the next")),
    )
