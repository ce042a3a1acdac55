"""Every number of the table opens the places that it counts."""

import pytest

from coder_app.analysis.columns import numbered
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.passages import Passage, passages
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

TREE = CodeTree(
    [
        Code("emotion", None, "Emotion", "", "1"),
        Code("fear", "emotion", "Fear", "", "1"),
        Code("work", None, "Work", "", "2"),
    ]
)
SPANS = [
    CodedSpan("d2", 3, 9, "fear", "a"),
    CodedSpan("d2", 5, 12, "work", "a"),
    CodedSpan("d1", 0, 10, "fear", "a"),
    CodedSpan("d1", 8, 14, "fear", "a"),
    CodedSpan("d1", 6, 12, "work", "a"),
    CodedSpan("d1", 14, 20, "work", "a"),
    CodedSpan("d1", 0, 3, "work", "b"),
]
UNITS = {"d1": [(0, 7), (8, 20)], "d2": [(0, 20)]}


def found(how: Counting, pair=("fear", "work")) -> list[Passage]:
    return passages(numbered(SPANS, TREE), TREE, how, pair, units=UNITS, names={"a": "Ann", "b": "Bob"})


def test_a_segment_cell_opens_the_shared_stretches_in_the_order_of_the_texts():
    assert found(Counting()) == [
        Passage("Ann", "a", "d1", 6, 12, (0, 14), (6, 12)),
        Passage("Ann", "a", "d2", 5, 9, (3, 9), (5, 12)),
    ]


def test_a_pairs_cell_opens_each_pair_of_codings():
    assert [(p.source_id, p.start, p.stop) for p in found(Counting(Mode.PAIRS))] == [
        ("d1", 6, 10),
        ("d1", 8, 12),
        ("d2", 5, 9),
    ]


def test_a_merged_cell_also_opens_what_two_coders_made_together():
    merged = found(Counting(coders=MERGED))
    assert [(p.coders, p.coder_id, p.start, p.stop) for p in merged][:2] == [
        ("merged", None, 0, 3),
        ("merged", None, 6, 12),
    ]


def test_a_unit_cell_opens_the_units_and_the_first_span_of_each_code_in_them():
    assert found(Counting(Mode.UNITS)) == [
        Passage("Ann", "a", "d1", 0, 7, (0, 14), (6, 12)),
        Passage("Ann", "a", "d1", 8, 20, (0, 14), (6, 12)),
        Passage("Ann", "a", "d2", 0, 20, (3, 9), (5, 12)),
    ]


def test_a_document_reaches_from_the_first_to_the_last_of_the_two_codes():
    assert [(p.source_id, p.start, p.stop) for p in found(Counting(Mode.UNITS, Unit.DOCUMENT))] == [
        ("d1", 0, 20),
        ("d2", 3, 12),
    ]


def test_the_diagonal_opens_the_own_segments_of_a_code():
    assert [(p.source_id, p.start, p.stop) for p in found(Counting(), ("fear", "fear"))] == [
        ("d1", 0, 14),
        ("d2", 3, 9),
    ]


def test_a_parent_opens_the_passages_of_its_sub_codes_under_roll_up_only():
    assert found(Counting(), ("emotion", "work")) == []
    assert len(found(Counting(roll_up=True), ("emotion", "work"))) == 2
    assert found(Counting(roll_up=True), ("emotion", "fear")) == []


def test_the_order_of_the_pair_turns_the_passage_round():
    turned = [(p.start, p.stop, p.b, p.a) for p in found(Counting(), ("work", "fear"))]
    assert turned == [(p.start, p.stop, p.a, p.b) for p in found(Counting())]


def test_an_unknown_code_is_refused():
    with pytest.raises(BadInput, match="gone"):
        found(Counting(), ("fear", "gone"))


def test_units_cannot_be_opened_without_the_texts():
    with pytest.raises(BadInput, match="sentence"):
        passages(numbered(SPANS, TREE), TREE, Counting(Mode.UNITS, Unit.SENTENCE), ("fear", "work"))
