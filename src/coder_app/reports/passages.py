"""The passages behind all cells of a co-occurrence, with their words, for files."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations, permutations

import numpy as np

from coder_app.analysis.block import Cooccurrence
from coder_app.analysis.columns import Numbers
from coder_app.analysis.how import Mode
from coder_app.analysis.passages import Passage, passages
from coder_app.analysis.tally import Tally
from coder_app.domain.behind import Behind, CellKey, Quoted
from coder_app.domain.progress import OnProgress
from coder_app.queries.sources import sources, text_of
from coder_app.store.project import Project

# A file with more of them opens slowly, and nobody reads it.
MOST_PASSAGES = 20_000
MOST_PAIRS = 5_000
_MOST_LETTERS = 2_000


def behind(
    project: Project, tally: Tally, result: Cooccurrence, names: Mapping[str, str], on_progress: OnProgress
) -> Behind:
    """Return the passages of every pair that occurs together, in the order of the table.

    Where there are more than a file should hold, the most frequent pairs have theirs, so many of each as fit.
    `on_progress` is told (done, all) and may raise Cancelled.
    """
    counts = _pairs(result)
    pairs = sorted(counts, key=lambda pair: -counts[pair])[:MOST_PAIRS]
    all_ = sum(counts[pair] for pair in pairs)
    most = None if all_ <= MOST_PASSAGES else max(1, MOST_PASSAGES // len(pairs))
    by_code = _rows_by_code(tally)
    found: dict[CellKey, list[Passage]] = defaultdict(list)
    order = {source.id: place for place, source in enumerate(sources(project))}
    for done, pair in enumerate(pairs):
        on_progress(done, len(pairs))
        rows = np.unique(np.concatenate([by_code[code] for code in pair]))
        codings, known = tally.codings.at(rows), tally.ground
        here = passages(codings, tally.tree, tally.how, pair, units=known.cut, marks=known.marks, names=names)
        for one in sorted(here, key=lambda one: (order.get(one.source_id, 0), one.start, one.stop, one.a, one.b)):
            cell = found[one.coders, *pair]
            if most is None or len(cell) < most:
                cell.append(one)
    keys = [(block.coders, *pair) for block in result.blocks for pair in counts]
    left_out = len(counts) - len(pairs)
    return Behind(_quoted(project, {key: found[key] for key in keys if key in found}), most, left_out)


def _pairs(result: Cooccurrence) -> dict[tuple[str, str], int]:
    """Return the pairs that occur together in any block, in the order of the codebook, with about how many passages."""
    found: dict[tuple[str, str], int] = {}
    for block in result.blocks:
        block.unfold()
        both = combinations(block.codes, 2) if not result.how.is_directed else permutations(block.codes, 2)
        for pair in both:
            count = block.n_ab(*pair)
            if count:
                # Characters are no passages; how many stretches they make is about how many units they are in.
                count = block.unit_ab(*pair) or 1 if block.mode is Mode.CHARACTERS else count
                found[pair] = found.get(pair, 0) + count
    return found


def _rows_by_code(tally: Tally) -> dict[str, Numbers]:
    """Return the rows of the codings that count for each code: under roll-up those of its sub-codes, too."""
    codings, tree = tally.codings, tally.tree
    order = np.argsort(codings.code, kind="stable")
    numbers = np.arange(len(codings.ids.codes) + 1)
    bounds = np.searchsorted(codings.code[order], numbers)
    own = {code: order[bounds[n] : bounds[n + 1]] for code, n in codings.ids.codes.items()}
    if not tally.how.roll_up:
        return own
    under = {code.id: [code.id, *(one.id for one in tree.walk(code.id))] for code in tree.walk()}
    return {code: np.concatenate([own[one] for one in codes]) for code, codes in under.items()}


def _quoted(project: Project, found: Mapping[CellKey, list[Passage]]) -> dict[CellKey, list[Quoted]]:
    names = {source.id: source.name for source in sources(project)}
    needed = {one.source_id for cell in found.values() for one in cell}
    texts = {source_id: text_of(project, source_id) for source_id in sorted(needed)}
    return {
        key: [
            Quoted(names[one.source_id], one.start, one.stop, _shortened(texts[one.source_id][one.start : one.stop]))
            for one in cell
        ]
        for key, cell in found.items()
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + "…"
