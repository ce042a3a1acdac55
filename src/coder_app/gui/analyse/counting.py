"""Counts one table on plain values, so that a worker may do it as well as the window itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Unit
from coder_app.analysis.passages import Passage, passages
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.text import Span, paragraphs, sentences
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.options import Options

Grid = Mapping[str, Sequence[Span]]

_MOST_SPANS = 20_000
_MOST_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """All that a table is counted from. `grid` are the units where they are known; else `texts` are split."""

    options: Options
    spans: Sequence[tuple[str, int, int, str, str]]
    tree: CodeTree
    names: Mapping[str, str]
    grid: Grid | None
    texts: Mapping[str, str]

    def is_large(self) -> bool:
        """Say whether the answer would keep the window waiting for more than a moment."""
        return len(self.spans) > _MOST_SPANS or sum(map(len, self.texts.values())) > _MOST_CHARACTERS


@dataclass(frozen=True, slots=True)
class Answer:
    """A counted table, with what is needed to open the passages behind its cells."""

    options: Options
    spans: Sequence[CodedSpan]
    tree: CodeTree
    names: Mapping[str, str]
    grid: Grid | None
    result: Cooccurrence


def answer(question: Question) -> Answer:
    """Count the table. Raises BadInput where the codings cannot be counted so."""
    spans = [CodedSpan(*span) for span in question.spans]
    how = question.options.counting(spans, question.tree)
    split = {Unit.PARAGRAPH: paragraphs, Unit.SENTENCE: sentences}.get(how.unit)
    grid = question.grid
    if grid is None and split is not None:
        grid = {source_id: split(text) for source_id, text in question.texts.items()}
    result = cooccurrence(spans, question.tree, how, units=grid, names=question.names)
    return Answer(question.options, spans, question.tree, question.names, grid, result)


@dataclass(frozen=True, slots=True)
class Found:
    """The passages behind one cell, and the codings by source that may stand on them."""

    passages: Sequence[Passage] = ()
    codings: Mapping[str, Sequence[CodedSpan]] = field(default_factory=dict[str, Sequence[CodedSpan]])

    def coder_ids(self, passage: Passage) -> set[str]:
        """Return the ids of those who coded a passage with either code."""
        return {
            span.coder_id
            for span in self.codings.get(passage.source_id, ())
            if span.start < passage.stop and span.stop > passage.start
        }


def passages_of(table: Answer, block: Block, pair: tuple[str, str], order: Mapping[str, int]) -> Found:
    """Return the passages behind one cell of a block, in the order of the sources that `order` gives."""
    how = replace(table.result.how, coders=block.coder_id or MERGED)
    under = {code.id for code_id in pair for code in table.tree.walk(code_id)} if how.roll_up else set[str]()
    codes = under.union(pair)
    spans = [span for span in table.spans if span.code_id in codes and block.coder_id in {None, span.coder_id}]
    found = passages(spans, table.tree, how, pair, units=table.grid, names=table.names)
    found.sort(key=lambda one: (order.get(one.source_id, len(order)), one.start, one.stop, one.a, one.b))
    by_source: dict[str, list[CodedSpan]] = {}
    for span in spans:
        by_source.setdefault(span.source_id, []).append(span)
    return Found(found, by_source)
