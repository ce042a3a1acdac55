"""The counts of a block document by document, or case by case: what tests shuffle and intervals draw anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from coder_app.analysis import counting
from coder_app.analysis.block import Block
from coder_app.analysis.cells import Cells, tallied
from coder_app.analysis.columns import Codings, Numbers
from coder_app.analysis.counting import Pool, Units
from coder_app.analysis.how import WHOLES, Counting, Unit
from coder_app.analysis.listed import Listed
from coder_app.analysis.pools import pooled, scoped
from coder_app.analysis.resampling import Sampled
from coder_app.analysis.tally import Tally
from coder_app.analysis.units import Cases, Cut
from coder_app.domain.errors import BadInput
from coder_app.i18n import trn


@dataclass(frozen=True, slots=True, eq=False)
class UnitCounts:
    """Units by document of one block: all, those with each code (document, place in `codes`), those with two.

    `documents` are ids of sources, or of cases where these are the units. The keys of `both` are (document, code's
    number, other code's number); `numbers` are those of `codes`.
    """

    documents: tuple[str, ...]
    units: Numbers
    codes: tuple[str, ...]
    by_code: Numbers
    both: Cells
    numbers: Numbers

    def by_case(self, case_of: Mapping[str, str]) -> "UnitCounts":
        """Return the same added up by case. Raises BadInput for a document that belongs to no case, or to several."""
        alone = [one for one in self.documents if one not in case_of]
        if alone:
            raise BadInput(
                trn(
                    "To draw cases, every document must belong to one case as a whole; one does not.",
                    "To draw cases, every document must belong to one case as a whole; {n} do not.",
                    len(alone),
                )
            )
        cases = sorted({case_of[one] for one in self.documents})
        place = {case: number for number, case in enumerate(cases)}
        at = np.array([place[case_of[one]] for one in self.documents], dtype=np.int64)
        units = np.zeros(len(cases), dtype=np.int64)
        by_code = np.zeros((len(cases), len(self.codes)), dtype=np.int64)
        np.add.at(units, at, self.units)
        np.add.at(by_code, at, self.by_code)
        document, low, high = self.both.places()
        both = tallied(at[document], low, high, self.both.counts)
        return replace(self, documents=tuple(cases), units=units, by_code=by_code, both=both)

    def sampled(self, pairs: Listed) -> Sampled:
        """Return the counts of the pairs of the block, which bears the same codes."""
        many = len(self.codes)
        place = np.full((many, many), -1, dtype=np.int64)
        place[pairs.first, pairs.second] = np.arange(len(pairs))
        own_place = np.full(int(self.numbers.max(initial=0)) + 1, -1, dtype=np.int64)
        own_place[self.numbers] = np.arange(many)
        document, low, high = self.both.places()
        first, second = own_place[low], own_place[high]
        found = [(place[one, two], document, self.both.counts) for one, two in ((first, second), (second, first))]
        pair, documents, counts = (np.concatenate(column) for column in zip(*found, strict=True))
        known = np.flatnonzero(pair >= 0)
        order = known[np.argsort(pair[known], kind="stable")]
        return Sampled(
            self.units, self.by_code, pairs.first, pairs.second, documents[order], pair[order], counts[order]
        )


def of_block(tally: Tally, block: Block) -> tuple[Codings, Counting]:
    """Return the codings that a block counts, and how they are counted alone."""
    alone = tally.how.coders if block.coder_id is None else block.coder_id
    how = replace(tally.how, coders=alone)
    return scoped(tally.codings, tally.tree, how), how


def pool_of(tally: Tally, block: Block) -> Pool:
    """Return the entries of one block, not merged."""
    codings, how = of_block(tally, block)
    found = pooled(codings, tally.tree, how).pool
    return replace(found, block=np.zeros_like(found.block))


def unit_counts(tally: Tally, block: Block, *, coded_only: bool = False) -> UnitCounts:
    """Return the units of a block by document. `coded_only` leaves out units in which nothing is coded."""
    codings, how = of_block(tally, block)
    found = pooled(codings, tally.tree, how)
    pool = replace(found.pool, block=np.zeros_like(found.pool.block))
    cut = tally.ground.cut
    names = list(codings.ids.sources)
    units = counting.codes_per_unit(counting.merged(pool), names, None if how.unit is Unit.DOCUMENT else cut)
    there = np.unique(found.source)
    sources: list[int] = there.tolist()
    ids = [names[number] for number in sources]
    if isinstance(cut, Cases):
        ids = sorted(cut.of(ids))
        numbers_of = cut.numbers()
        there = np.array([numbers_of[one] for one in ids], dtype=np.int64)
    units = replace(units, block=np.searchsorted(there, units.source))
    cells = counting.units_with_codes(units)
    document, low, high = cells.places()
    numbers = np.array([codings.ids.codes[code] for code in block.codes], dtype=np.int64)
    by_code = np.zeros((len(ids), len(codings.ids.codes)), dtype=np.int64)
    own = low == high
    by_code[document[own], low[own]] = cells.counts[own]
    both = tallied(document[~own], low[~own], high[~own], cells.counts[~own])
    sizes = _coded_units(units, len(ids)) if coded_only else _sizes(ids, how, cut)
    return UnitCounts(tuple(ids), sizes, block.codes, by_code[:, numbers], both, numbers)


def _coded_units(units: Units, documents: int) -> Numbers:
    distinct = np.unique(counting.packed(units.block, units.place), return_index=True)[1]
    return np.bincount(units.block[distinct], minlength=documents)


def _sizes(ids: list[str], how: Counting, cut: Cut | None) -> Numbers:
    if how.unit in WHOLES or cut is None or isinstance(cut, Cases):
        return np.ones(len(ids), dtype=np.int64)
    return np.array([len(cut.get(one, ())) for one in ids], dtype=np.int64)
