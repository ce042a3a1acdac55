"""Co-occurrence by example: what counts, what does not, and for whom."""

import pytest

from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import DIRECTED, MERGED, Counting, Mode, Unit
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

TREE = CodeTree(
    [
        Code("emotion", None, "Emotion", "", "1"),
        Code("fear", "emotion", "Fear", "", "1"),
        Code("joy", "emotion", "Joy", "", "2"),
        Code("work", None, "Work", "", "2"),
    ]
)
MEETING = [mode for mode in Mode if mode not in DIRECTED]
UNITS = {"d1": [(0, 20), (21, 40)], "d2": [(0, 30)], "d3": [(0, 9)]}


def ann(source: str, start: int, stop: int, code: str) -> CodedSpan:
    return CodedSpan(source, start, stop, code, "ann")


def bob(source: str, start: int, stop: int, code: str) -> CodedSpan:
    return CodedSpan(source, start, stop, code, "bob")


def count(spans, mode=Mode.SEGMENTS, coders="each", *, unit=Unit.PARAGRAPH, roll_up=False, **scope):
    how = Counting(mode, unit, coders, roll_up, **scope)
    return cooccurrence(spans, TREE, how, units=UNITS, names={"ann": "Ann", "bob": "Bob"}).blocks


def one(spans, mode=Mode.SEGMENTS, **options):
    (block,) = count(spans, mode, **options)
    return block


@pytest.mark.parametrize("mode", [Mode.SEGMENTS, Mode.PAIRS, Mode.CHARACTERS])
def test_a_touching_span_does_not_count_as_overlap(mode: Mode):
    assert one([ann("d1", 0, 10, "fear"), ann("d1", 10, 20, "work")], mode).n_ab("fear", "work") == 0


@pytest.mark.parametrize("mode", MEETING)
def test_one_shared_character_counts(mode: Mode):
    assert one([ann("d1", 0, 11, "fear"), ann("d1", 10, 20, "work")], mode).n_ab("fear", "work") == 1


@pytest.mark.parametrize("mode", MEETING)
def test_the_same_range_in_two_sources_is_no_meeting(mode: Mode):
    assert one([ann("d1", 0, 10, "fear"), ann("d2", 0, 10, "work")], mode).n_ab("fear", "work") == 0


def test_a_passage_coded_twice_is_one_segment_two_codings_and_one_redundant():
    spans = [ann("d1", 0, 10, "fear"), ann("d1", 5, 15, "fear"), ann("d1", 8, 9, "work")]
    segments, pairs = one(spans), one(spans, Mode.PAIRS)
    assert (segments.n("fear"), segments.n_ab("fear", "work")) == (1, 1)
    assert (pairs.n("fear"), pairs.n_ab("fear", "work")) == (2, 2)
    assert segments.redundant["fear"] == pairs.redundant["fear"] == 1


def test_the_pair_reads_the_same_in_both_orders():
    block = one([ann("d1", 0, 11, "work"), ann("d1", 10, 20, "fear")], Mode.CHARACTERS)
    assert block.n_ab("work", "fear") == block.n_ab("fear", "work") == 1
    assert block.jaccard("work", "fear") == block.jaccard("fear", "work") == pytest.approx(1 / 20)


def test_a_paragraph_counts_once_however_often_both_codes_are_in_it():
    spans = [ann("d1", 0, 2, "fear"), ann("d1", 4, 6, "fear"), ann("d1", 8, 9, "work"), ann("d1", 19, 25, "joy")]
    block = one(spans, Mode.UNITS)
    assert (block.n("fear"), block.n("work"), block.n("joy")) == (1, 1, 2)
    assert (block.n_ab("fear", "work"), block.n_ab("fear", "joy")) == (1, 1)
    assert block.counts.total == 2
    assert block.jaccard("fear", "joy") == pytest.approx(1 / 2)


def test_units_in_scope_are_those_of_the_sources_that_the_coder_coded():
    spans = [ann("d1", 0, 5, "fear"), bob("d2", 0, 5, "fear"), bob("d3", 0, 5, "joy")]
    assert [(block.coders, block.counts.total) for block in count(spans, Mode.UNITS)] == [("Ann", 2), ("Bob", 2)]
    assert one(spans, Mode.UNITS, coders=MERGED).counts.total == 4
    assert one(spans, Mode.UNITS, coders=MERGED, unit=Unit.DOCUMENT).counts.total == 3


def test_coders_are_never_mixed_unless_merged():
    spans = [ann("d1", 0, 10, "fear"), bob("d1", 5, 15, "work"), bob("d1", 5, 15, "fear")]
    first, second = count(spans, Mode.PAIRS)
    assert (first.coders, first.coder_id, first.codes) == ("Ann", "ann", ("fear",))
    assert second.n_ab("fear", "work") == 1
    pooled = one(spans, Mode.PAIRS, coders=MERGED)
    assert (pooled.coders, pooled.coder_id, pooled.n_ab("fear", "work")) == ("merged", None, 2)
    assert one(spans, coders=MERGED).n("fear") == 1


def test_one_coder_can_be_asked_for_alone():
    spans = [ann("d1", 0, 10, "fear"), bob("d1", 5, 15, "work")]
    assert one(spans, coders="bob").codes == ("work",)
    assert count(spans, coders="nobody") == ()


def test_two_coders_of_one_name_stay_two():
    spans = [ann("d1", 0, 10, "fear"), bob("d1", 5, 15, "work")]
    blocks = cooccurrence(spans, TREE, Counting(), names={"ann": "Kim", "bob": "Kim"}).blocks
    assert [block.coders for block in blocks] == ["Kim (ann)", "Kim (bob)"]


def test_a_consensus_keeps_what_enough_coders_marked():
    spans = [ann("d1", 0, 10, "fear"), bob("d1", 6, 16, "fear"), ann("d1", 0, 7, "work"), bob("d1", 0, 8, "work")]
    block = one(spans, Mode.CHARACTERS, coders="consensus:2")
    assert (block.coders, block.n("fear"), block.n("work"), block.n_ab("fear", "work")) == ("consensus:2", 4, 7, 1)


def test_coders_who_chose_different_sub_codes_agree_on_the_parent():
    spans = [ann("d1", 0, 10, "fear"), bob("d1", 6, 16, "joy")]
    block = one(spans, Mode.CHARACTERS, coders="consensus:2", roll_up=True)
    assert block.codes == ("emotion",)
    assert block.n("emotion") == 4


def test_a_consensus_of_more_people_than_coded_is_refused():
    with pytest.raises(BadInput, match="3"):
        count([ann("d1", 0, 10, "fear"), bob("d1", 0, 10, "fear")], coders="consensus:3")


@pytest.mark.parametrize("coders", ["consensus:", "consensus:0", "consensus:-1", "consensus:two", "consensus:²"])
def test_a_consensus_needs_a_number(coders: str):
    with pytest.raises(BadInput, match="number of coders"):
        count([ann("d1", 0, 10, "fear")], coders=coders)


def test_under_roll_up_a_parent_is_the_union_of_its_children_and_not_their_sum():
    spans = [ann("d1", 0, 10, "fear"), ann("d1", 5, 15, "joy"), ann("d1", 12, 14, "work")]
    block = one(spans, roll_up=True)
    assert block.codes == ("emotion", "fear", "joy", "work")
    assert (block.n("emotion"), block.own.get("emotion", 0), block.own["fear"]) == (1, 0, 1)
    assert block.redundant["emotion"] == 1
    assert (block.n_ab("emotion", "work"), block.n_ab("fear", "joy")) == (1, 1)


@pytest.mark.parametrize("mode", MEETING)
def test_a_code_and_its_ancestor_have_an_empty_cell_under_roll_up_only(mode: Mode):
    spans = [ann("d1", 0, 10, "fear"), ann("d1", 5, 15, "emotion")]
    rolled, plain = one(spans, mode, roll_up=True), one(spans, mode)
    assert rolled.n_ab("emotion", "fear") is rolled.n_ab("fear", "emotion") is None
    assert rolled.jaccard("emotion", "fear") is rolled.unit_jaccard("emotion", "fear") is None
    assert rolled.unit_ab("emotion", "fear") is None
    assert plain.n_ab("emotion", "fear") > 0


def test_a_scope_of_codes_still_counts_sub_codes_for_their_parent():
    spans = [ann("d1", 0, 10, "fear"), ann("d1", 5, 15, "work"), ann("d2", 0, 5, "joy")]
    block = one(spans, Mode.UNITS, roll_up=True, codes=frozenset({"emotion", "work"}))
    assert block.codes == ("emotion", "work")
    assert (block.n("emotion"), block.n_ab("emotion", "work"), block.counts.total) == (2, 1, 3)


def test_a_scope_of_codes_leaves_the_others_out_and_keeps_the_sources():
    block = one([ann("d1", 0, 10, "fear"), ann("d2", 5, 15, "work")], Mode.UNITS, codes=frozenset({"fear"}))
    assert (block.codes, block.counts.total) == (("fear",), 3)


def test_a_scope_of_sources_leaves_the_others_out():
    spans = [ann("d1", 0, 10, "fear"), ann("d2", 5, 15, "work")]
    assert one(spans, Mode.UNITS, sources=frozenset({"d2"})).codes == ("work",)


def test_nothing_coded_gives_no_block():
    assert count([]) == count([], coders=MERGED) == count([], coders="consensus:2") == ()


def test_a_jaccard_without_any_unit_is_empty_and_not_zero():
    spans = [ann("d1", 20, 21, "fear"), ann("d1", 20, 21, "work")]
    block = one(spans, Mode.UNITS)
    assert (block.n("fear"), block.n_ab("fear", "work"), block.jaccard("fear", "work")) == (0, 0, None)


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (ann("d1", 5, 5, "fear"), "no characters"),
        (ann("d1", 9, 5, "fear"), "no characters"),
        (ann("d1", 0, 5, "gone"), "gone"),
    ],
)
def test_an_impossible_coding_is_refused_and_not_skipped(span: CodedSpan, reason: str):
    with pytest.raises(BadInput, match=reason):
        count([ann("d1", 0, 10, "fear"), span])


def test_units_cannot_be_counted_without_the_texts():
    with pytest.raises(BadInput, match="paragraph"):
        cooccurrence([], TREE, Counting(Mode.UNITS))
