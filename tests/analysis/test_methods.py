"""The methods paragraph says what was done, and nothing that was not."""

import pytest

from coder_app.analysis.columns import numbered
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.inference import Against, Inference
from coder_app.analysis.measured import measured
from coder_app.analysis.methods import methods
from coder_app.analysis.spans import CodedSpan, Relation
from coder_app.analysis.tally import Ground, tally
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

TREE = CodeTree(Code(code, None, code, "", code) for code in "ab")
SPANS = [CodedSpan(source, 0, 9, code, coder) for source in ("s1", "s2", "s3") for code in "ab" for coder in "xy"]
UNITS = {source: [(0, 5), (6, 12)] for source in ("s1", "s2", "s3")}


def paragraph(how: Counting, asked: Inference | None = None, spans=SPANS) -> str:
    counted = tally(numbered(spans, TREE), TREE, how, ground=Ground(UNITS, {}, dict.fromkeys(UNITS, 12)))
    result = counted.table({"x": "Ann", "y": "Bo"})
    return methods(result, None if asked is None else measured(counted, result, asked), names={"s1": "One.txt"})


def test_it_names_mode_unit_coders_scope_roll_up_and_n():
    said = paragraph(Counting(sources=frozenset({"s1"})))
    for part in ("merged into stretches", "2 codes", "Ann, Bo", "no pair crosses coders", "1 document (One.txt)"):
        assert part in said
    assert "a paragraph" in said
    assert "Ann: N = 2, Bo: N = 2" in said
    assert "without their sub-codes" in said
    assert "depends on how passages were cut" in said
    assert "reliable" not in said
    assert "p is" not in said


@pytest.mark.parametrize("mode", list(Mode))
def test_every_mode_has_its_sentence(mode):
    assert paragraph(Counting(mode)).count("None") == 0


def test_directed_modes_say_their_relation_and_distance():
    assert "enclose another" in paragraph(Counting(Mode.RELATION, relation=Relation.ENCLOSES))
    near = Counting(Mode.PROXIMITY, distance=Distance(1, Measure.PARAGRAPHS))
    assert "no further than 1 paragraph after" in paragraph(near)
    assert "moving window of 5 lines" in paragraph(Counting(Mode.WINDOWS, stanza=5))
    assert "a fixed window of 100 words" in paragraph(Counting(Mode.UNITS, Unit.WINDOW))


def test_the_test_and_the_interval_are_told_with_their_numbers():
    said = paragraph(Counting(coders=MERGED), Inference(Against.PERMUTATION, ("jaccard",), seed=11))
    for part in (
        "Cochran-Mantel-Haenszel",
        "m = 1",
        "at least 3 units and 2 documents",
        "Benjamini and Hochberg",
        "3 documents, 27 resamples, seed 11",
        "fewer than ten",
        "pooled",
    ):
        assert part in said


def test_turning_and_whole_units_are_told_as_such():
    assert "turned round" in paragraph(Counting(Mode.CHARACTERS), Inference(Against.CIRCULAR))
    assert "over the whole material" in paragraph(Counting(unit=Unit.DOCUMENT), Inference(Against.PERMUTATION))


def test_an_empty_table_has_a_paragraph_too():
    assert "0 codes" in paragraph(Counting(), Inference(), spans=[])
