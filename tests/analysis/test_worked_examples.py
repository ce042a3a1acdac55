"""The published worked examples come out as printed, from their input alone."""

import json
from pathlib import Path

import pytest

from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.spans import CodedSpan
from coder_app.analysis.worked_examples import STATISTICS, compute
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

OURS = sorted((Path(__file__).parent / "data").glob("cooc_*.json"))
SHARED = Path(__file__).parents[2].parent / "shared" / "statistics"
TOLERANCE = 1e-12


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def compare(example: dict):
    wanted = [item["expected"] for item in example["expected"]]
    bare = example | {"expected": [{k: item[k] for k in ("statistic", "params")} for item in example["expected"]]}
    computed = compute(bare)
    assert [item["params"] for item in computed] == [item["params"] for item in bare["expected"]]
    for item, expected in zip(computed, wanted, strict=True):
        got = item["computed"]
        assert got.keys() == expected.keys()
        for name, value in expected.items():
            assert got[name] == (pytest.approx(value, abs=TOLERANCE) if isinstance(value, float) else value), name
            assert type(got[name]) is type(value), name


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_number_of_the_example_is_reproduced(path: Path):
    compare(read(path))


@pytest.mark.skipif(not SHARED.exists(), reason="the reference files are not beside the checkout")
def test_every_reference_file_on_spans_is_reproduced():
    paths = sorted(SHARED.glob("cooc_*.json"))
    assert paths
    for path in paths:
        compare(read(path))


def test_there_is_data_to_test_with():
    assert [path.stem for path in OURS] == ["cooc_c_coefficient_exceeds_one", "cooc_spans_edge_cases"]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("mode", "unit", "own", "both"),
    [
        (Mode.PAIRS, Unit.PARAGRAPH, "codings", "pairs"),
        (Mode.SEGMENTS, Unit.PARAGRAPH, "segments", "intersection_segments"),
        (Mode.CHARACTERS, Unit.PARAGRAPH, "chars", "chars_both"),
        (Mode.UNITS, Unit.PARAGRAPH, "paragraphs", "paragraphs_both"),
        (Mode.UNITS, Unit.DOCUMENT, "docs", "docs_both"),
    ],
)
def test_the_table_of_the_app_counts_what_the_example_counts(path: Path, mode: Mode, unit: Unit, own: str, both: str):
    example = read(path)
    project = example["input"]["project"]
    tree = CodeTree(Code(code["id"], code["parent"], code["id"], "", "") for code in project["codes"])
    spans = [CodedSpan(c["doc"], c["start"], c["end"], c["code"], c["coder"]) for c in project["codings"]]
    units = {doc["id"]: [tuple(unit) for unit in doc["paragraphs"]] for doc in project["docs"]}
    compared = 0
    for item in example["expected"]:
        if item["statistic"] != "span_cooccurrence":
            continue
        params, expected = item["params"], item["expected"]
        coders = "each" if params["policy"] == "same" else MERGED
        blocks = cooccurrence(spans, tree, Counting(mode, unit, coders, params["roll_up"]), units=units).blocks
        a, b = params["A"], params["B"]
        assert sum(block.n(a) for block in blocks) == expected[f"{own}_A"]
        assert sum(block.n(b) for block in blocks) == expected[f"{own}_B"]
        assert sum(block.n_ab(a, b) for block in blocks) == expected[both]
        if mode is Mode.CHARACTERS and coders == MERGED:
            assert blocks[0].jaccard(a, b) == pytest.approx(expected["char_jaccard"], abs=TOLERANCE)
        compared += 1
    assert compared >= 6


def test_one_long_coding_over_four_short_ones_shows_no_jaccard_above_one():
    example = read(OURS[0])
    project = example["input"]["project"]
    tree = CodeTree(Code(code["id"], None, code["id"], "", "") for code in project["codes"])
    spans = [CodedSpan(c["doc"], c["start"], c["end"], c["code"], c["coder"]) for c in project["codings"]]
    (block,) = cooccurrence(spans, tree, Counting(Mode.PAIRS), units={"d1": [(0, 200)]}).blocks
    assert (block.n("A"), block.n("B"), block.n_ab("A", "B")) == (1, 4, 4)
    assert block.jaccard("A", "B") is None
    assert block.unit_jaccard("A", "B") == 1.0


def test_an_item_that_cannot_be_computed_says_why_and_the_others_still_come():
    example = read(OURS[0])
    good = example["expected"][0]
    example["expected"] = [
        {"statistic": "horoscope", "params": {"A": "A"}},
        {"statistic": good["statistic"], "params": good["params"]},
        {"statistic": good["statistic"], "params": good["params"] | {"A": "Nobody"}},
        {"statistic": good["statistic"], "params": good["params"] | {"policy": "odd"}},
        {"params": None},
    ]
    computed = compute(example)
    assert ["error" in item for item in computed] == [True, False, True, True, True]
    assert all("computed" not in item for item in computed if "error" in item)
    assert computed[0]["statistic"] == "horoscope"
    assert "Nobody" in computed[2]["error"]
    assert "policy" in computed[3]["error"]


def test_a_reversed_coding_in_the_input_is_an_error_and_no_number():
    example = read(OURS[0])
    example["input"]["project"]["codings"][1] |= {"start": 9, "end": 9}
    assert all("coding 2" in item["error"] for item in compute(example))


def test_what_is_undefined_is_none_and_never_a_number():
    given = {"project": {"docs": [{"id": "d"}], "codes": [{"id": "A"}, {"id": "B"}], "codings": []}}
    computed = STATISTICS["span_cooccurrence"](given, {"A": "A", "B": "B", "policy": "same"})
    assert computed["char_jaccard"] is None
    assert computed["c_atlas"] is None
    assert computed["c_out_of_range"] is True


def test_a_file_of_another_shape_is_bad_input():
    with pytest.raises(BadInput, match="worked example"):
        compute({"id": "x", "expected": "nothing"})
