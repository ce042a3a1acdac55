"""The published worked examples on agreement come out as printed, from their input alone."""

import json
from pathlib import Path

import pytest

from coder_app.analysis.worked_examples import compute

EXAMPLES = json.loads((Path(__file__).parent / "data" / "examples.json").read_text("utf-8"))
SHARED = Path(__file__).parents[3].parent / "shared" / "statistics"
SLOW = {"gamma", "gamma_cat"}


def like(wanted, tolerance):
    if isinstance(wanted, dict):
        return {name: like(value, tolerance) for name, value in wanted.items()}
    if isinstance(wanted, float):
        return pytest.approx(wanted, abs=tolerance)
    return wanted


def compare(example, *, slow=False):
    items = [item for item in example["expected"] if (item["statistic"] in SLOW) == slow]
    bare = example | {"expected": [{key: item[key] for key in ("statistic", "params")} for item in items]}
    for found, item in zip(compute(bare), items, strict=True):
        assert found["computed"] == like(item["expected"], item["tolerance"]), (example["id"], item)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_every_number_of_the_example_is_reproduced(example):
    compare(example)


@pytest.mark.slow
def test_gamma_comes_near_what_another_program_drew():
    (example,) = (one for one in EXAMPLES if one["id"] == "gamma_fig10")
    some = example | {"expected": [one for one in example["expected"] if one["params"]["alpha"] == 3]}
    compare(some, slow=True)


@pytest.mark.skipif(not SHARED.exists(), reason="the reference files are not beside the checkout")
def test_every_reference_file_on_agreement_is_reproduced():
    ids = {example["id"] for example in EXAMPLES}
    paths = [path for path in SHARED.glob("*.json") if path.stem in ids]
    assert len(paths) == len(ids)
    for path in paths:
        compare(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("statistic", "given", "params", "said"),
    [
        ("cohen_kappa", {"values": []}, {}, "values"),
        ("cohen_kappa", {"values": [[1, 2], [1]]}, {}, "Each unit needs one value"),
        ("krippendorff_alpha", {"values": [[1, 2]]}, {"metric": "vibes"}, "metric"),
        ("krippendorff_alpha", {"values": [["a", "b"]]}, {"metric": "interval"}, "0"),
        ("boundary_similarity", {}, {"a": [1]}, "b"),
        ("span_match", {"project": {}}, {"code": "A", "threshold": "any"}, "project"),
        ("gamma", {"annotators": {"one": []}}, {}, "annotators"),
        ("ualpha2016.k_alpha", {"length": 3, "observers": {}}, {"value": "a"}, "a"),
        ("alphaU_2004", {"continuum": [0, 9], "observers": [{"c": []}]}, {"category": "x"}, "x"),
    ],
)
def test_an_odd_item_says_what_is_wrong(statistic, given, params, said):
    (found,) = compute({"id": "odd", "input": given, "expected": [{"statistic": statistic, "params": params}]})
    assert "computed" not in found
    assert said in found["error"]


def test_no_variation_is_undefined_and_neither_zero_nor_one():
    same = {"layout": "units_by_observers", "values": [[1, 1], [1, 1]]}
    names = ("cohen_kappa", "scott_pi", "krippendorff_alpha", "conger_kappa")
    items = [{"statistic": name, "params": {}} for name in names]
    assert [one["computed"] for one in compute({"id": "same", "input": same, "expected": items})] == [None] * 4
