"""The test that turns one code round in each document, for all pairs of a block."""

from collections.abc import Mapping

import numpy as np

from coder_app.analysis.by_document import of_block, pool_of
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.counting import Pool, merged
from coder_app.analysis.directed import reaches
from coder_app.analysis.how import Mode
from coder_app.analysis.hypergeometric import Reals
from coder_app.analysis.listed import Listed
from coder_app.analysis.rotation import Stretch, Turned, near, shared_characters, turned
from coder_app.analysis.tally import Tally
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr

_Spans = Mapping[int, Numbers]
"""Rows of a pool by source."""


def turned_pairs(
    counted: Tally, pairs: Listed, wanted: Flags, seed: int, on_progress: OnProgress
) -> tuple[Reals, Reals, int]:
    """Return what turning gives on average, the one-sided p, and how many pairs had to be drawn; nan if not wanted.

    In the mode `proximity` it counts the second code's codings near behind the first's, otherwise the characters
    that both cover. Raises BadInput where the lengths of the texts are not known.
    """
    lengths = counted.ground.lengths
    if lengths is None:
        raise BadInput(tr("To turn codes round in their documents, the lengths of the texts are needed."))
    by_nearness = counted.how.mode is Mode.PROXIMITY
    raw = pool_of(counted, pairs.block)
    pool = raw if by_nearness else merged(raw)
    codings, how = of_block(counted, pairs.block)
    names = list(codings.ids.sources)
    last = reaches(pool.source, pool.stop, how.distance, names, counted.ground.marks) if by_nearness else pool.stop
    rows = [_by_source(pool, codings.ids.codes[code]) for code in pairs.block.codes]
    mean, p = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    drawn = 0
    chosen: list[int] = np.flatnonzero(wanted).tolist()
    for done, pair in enumerate(chosen):
        on_progress(done, len(chosen))
        first, second = rows[int(pairs.first[pair])], rows[int(pairs.second[pair])]
        curves: list[Numbers] = []
        for source in sorted(first.keys() & second.keys()):
            here = Stretch(lengths[names[source]], _edges(pool, first[source]), _edges(pool, second[source]))
            curves.append(near(last[first[source]])(here) if by_nearness else shared_characters(here))
        found = turned(curves, seed=(seed, pair)) if curves else Turned(0, 0.0, 1.0, drawn=False)
        mean[pair], p[pair] = found.mean, found.greater
        drawn += found.drawn
    return mean, p, drawn


def _by_source(pool: Pool, code: int) -> _Spans:
    rows = np.flatnonzero(pool.code == code)
    rows = rows[np.lexsort((pool.start[rows], pool.source[rows]))]
    sources, begin = np.unique(pool.source[rows], return_index=True)
    return dict(zip(sources.tolist(), np.split(rows, begin[1:]), strict=True))


def _edges(pool: Pool, rows: Numbers) -> tuple[Numbers, Numbers]:
    return pool.start[rows], pool.stop[rows]
