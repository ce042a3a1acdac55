"""Counts one table on plain values, so that a worker may do it as well as the window itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.columns import Codings
from coder_app.analysis.how import Unit
from coder_app.analysis.measured import Measured, measured
from coder_app.analysis.passages import Passage, passages
from coder_app.analysis.tally import Ground, Tally, tally
from coder_app.domain.progress import OnProgress
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.options import Options
from coder_app.gui.analyse.part import WHOLE, Part

_MOST_SPANS = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    """All that a table is counted from; `ground` is what is known of the texts of the sources with codings."""

    options: Options
    codings: Codings
    tree: CodeTree
    names: Mapping[str, str]
    ground: Ground
    part: Part = WHOLE

    def is_large(self) -> bool:
        """Say whether the answer would keep the window waiting for more than a moment."""
        return len(self.codings) > _MOST_SPANS


@dataclass(frozen=True, slots=True)
class Answer:
    """A counted table, with what is needed to follow the codings and to open the passages behind its cells."""

    options: Options
    tally: Tally
    names: Mapping[str, str]
    result: Cooccurrence
    part: Part = WHOLE
    computed: Measured | None = field(default=None, compare=False)

    @property
    def tree(self) -> CodeTree:
        """The codebook as it was when the table was counted."""
        return self.tally.tree


def answer(question: Question) -> Answer:
    """Count the table. Raises BadInput where the codings cannot be counted so."""
    how = question.part.how(question.options.counting(question.codings, question.tree))
    counted = tally(question.codings, question.tree, how, ground=question.ground)
    return Answer(question.options, counted, question.names, counted.table(question.names), question.part)


def followed(before: Answer, question: Question, source_ids: Collection[str]) -> Answer | None:
    """Count anew what the codings of these sources add to a table; None where all has to be counted again.

    Raises BadInput where the codings cannot be counted so.
    """
    old = before.tally
    how = question.part.how(question.options.counting(question.codings, question.tree))
    moved = how.roll_up and _parents(old.tree) != _parents(question.tree)
    if (
        before.part != question.part
        or how != old.how
        or moved
        or question.codings.within(source_ids).sum() > _MOST_SPANS
    ):
        return None
    if not source_ids and question.tree is old.tree and how.unit is not Unit.CASE:
        # Only what is shown of it has changed; what was tested and resampled stands if it is still asked for.
        same = question.options.inference == before.options.inference
        return replace(before, options=question.options, computed=before.computed if same else None)
    counted = old.followed(source_ids, question.codings, question.tree, ground=question.ground)
    return Answer(question.options, counted, question.names, counted.table(question.names), question.part)


def tested(table: Answer, on_progress: OnProgress) -> Answer:
    """Return the table with its tests and intervals. Raises BadInput where they cannot be computed."""
    found = measured(table.tally, table.result, table.options.inference, on_progress=on_progress)
    return replace(table, computed=found)


def _parents(tree: CodeTree) -> dict[str, str | None]:
    return {code.id: tree.parent(code.id) for code in tree.walk()}


@dataclass(frozen=True, slots=True)
class Found:
    """The passages behind one cell, and the codings that may stand on them."""

    passages: Sequence[Passage] = ()
    codings: Codings | None = field(default=None, compare=False)

    def coder_ids(self, passage: Passage) -> set[str]:
        """Return the ids of those who coded a passage with either code."""
        if self.codings is None:
            return set()
        there = self.codings.within([passage.source_id])
        there &= (self.codings.start < passage.stop) & (self.codings.stop > passage.start)
        return {span.coder_id for span in self.codings.where(there).rows()}


def passages_of(table: Answer, block: Block, pair: tuple[str, str], order: Mapping[str, int]) -> Found:
    """Return the passages behind one cell of a block, in the order of the sources that `order` gives."""
    counted = table.tally
    how = replace(counted.how, coders=block.coder_id or counted.how.coders)
    under = {code.id for code_id in pair for code in table.tree.walk(code_id)} if how.roll_up else set[str]()
    # Who agrees is known from all codings; otherwise those of the two codes are enough.
    every = np.ones(len(counted.codings), dtype=np.bool_)
    chosen = every if how.at_least is not None else counted.codings.under(under.union(pair))
    if block.coder_id is not None:
        chosen &= counted.codings.by(block.coder_id)
    codings = counted.codings.where(chosen)
    known = counted.ground
    found = passages(codings, table.tree, how, pair, units=known.cut, marks=known.marks, names=table.names)
    found.sort(key=lambda one: (order.get(one.source_id, len(order)), one.start, one.stop, one.a, one.b))
    return Found(found, codings)
