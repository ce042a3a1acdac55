"""Which codes occur together, and how often: the counts behind the table, one block per coder.

What the numbers mean
- A count and a coefficient use the same unit. The Jaccard coefficient therefore exists for units
  (n_ab / (n_a + n_b - n_ab)) and for characters (shared / covered by either), and nowhere else: pairs of
  segments or codings divided by numbers of codings can exceed 1 (one long A over four short B gives 4).
  With units at hand, the modes `segments` and `pairs` carry the counts per unit besides (`Block.by_unit`),
  whose Jaccard stands beside the unit that it belongs to.
- N, the number of units, covers the sources in scope: those in which the coders of the block coded
  anything at all. An untouched source is no evidence of absence.
- Under roll-up a code's spans are its own and those of all its descendants, each coding once. A code and
  its ancestor always meet then, so their cell is empty.
- `merged` pools the spans of all coders, so codings of different people meet. `consensus:K` keeps the
  stretches that at least K coders gave the code (after roll-up); each stretch counts as one coding.

How it is counted
Codings are columns of numbers (`columns`), made into the entries of each block (`pools`), whose counts are
sums over documents (`counting`, `cells`). A table that is open follows the codings by the counts of the
documents that changed: what they added before is taken away, what they add now is put there (`Tally`).
"""

from collections.abc import Iterable, Mapping

from coder_app.analysis.block import Cooccurrence
from coder_app.analysis.columns import Row, numbered
from coder_app.analysis.directed import Marks
from coder_app.analysis.how import Counting
from coder_app.analysis.tally import tally
from coder_app.analysis.units import Cut
from coder_app.domain.tree import CodeTree


def cooccurrence(
    spans: Iterable[Row],
    tree: CodeTree,
    how: Counting,
    *,
    units: Cut | None = None,
    marks: Marks | None = None,
    names: Mapping[str, str] | None = None,
) -> Cooccurrence:
    """Count which codes occur together.

    `units` gives the units of each source in scope, in order, or its cases; the unit `document` needs none.
    Without `units`, the modes other than `units` and `windows` leave `by_unit` out. `marks` says where the words,
    sentences or paragraphs begin by which `proximity` measures. `names` names the coders.
    Raises BadInput for a span without characters or with an unknown code, for choices or a policy that cannot
    be met, and where units are to be counted that are not given.
    """
    return tally(numbered(spans, tree), tree, how, units=units, marks=marks).table(names or {})
