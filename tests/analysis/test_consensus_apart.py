"""What coders agreed on is a coder that one can ask for, and never one more beside those who agreed."""

from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import EACH, MERGED, Counting, Mode
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.ids import CONSENSUS
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

TREE = CodeTree([Code("fear", None, "Fear", "", "1"), Code("work", None, "Work", "", "2")])
AGREED = f"{CONSENSUS}0000-7000-8000-000000000000"
SPANS = [CodedSpan("d1", 0, 10, code, coder) for coder in ("ann", "bob", AGREED) for code in ("fear", "work")] + [
    CodedSpan("d1", 20, 30, code, AGREED) for code in ("fear", "work")
]


def blocks(coders):
    how = Counting(mode=Mode.PAIRS, coders=coders)
    return cooccurrence(SPANS, TREE, how, units={"d1": [(0, 30)]}).blocks


def test_all_coders_as_one_are_the_people():
    (block,) = blocks(MERGED)
    assert block.n("fear") == 2


def test_what_three_agree_on_needs_three_people():
    assert [block.n("fear") for block in blocks("consensus:2")] == [1]


def test_the_consensus_can_be_asked_for_and_has_a_table_of_its_own():
    assert [block.n("fear") for block in blocks(AGREED)] == [2]
    assert len(blocks(EACH)) == 3
