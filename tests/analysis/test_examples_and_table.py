"""The table itself gives what the worked examples on relations, nearness and coefficients expect."""

import json
from pathlib import Path

import numpy as np
import pytest

from coder_app.analysis.columns import numbered
from coder_app.analysis.how import MERGED, Counting, Mode
from coder_app.analysis.inference import Inference
from coder_app.analysis.measured import measured
from coder_app.analysis.spans import CodedSpan, Relation
from coder_app.analysis.tally import tally
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

OURS = sorted((Path(__file__).parent / "data").glob("cooc_*.json"))


class Example:
    """A worked example as the table sees it."""

    def __init__(self, path: Path):
        self.example = json.loads(path.read_text(encoding="utf-8"))
        project = self.example["input"]["project"]
        self.tree = CodeTree(Code(code["id"], code["parent"], code["id"], "", "") for code in project["codes"])
        self.codings = numbered(
            [CodedSpan(c["doc"], c["start"], c["end"], c["code"], c["coder"]) for c in project["codings"]], self.tree
        )
        self.units = {doc["id"]: [tuple(unit) for unit in doc["paragraphs"]] for doc in project["docs"]}

    def items(self, statistic: str):
        return [(one["params"], one["expected"]) for one in self.example["expected"] if one["statistic"] == statistic]

    def tally(self, params: dict, mode: Mode, **how):
        coders = "each" if params["policy"] == "same" else MERGED
        counting = Counting(mode, coders=coders, roll_up=params["roll_up"], **how)
        return tally(self.codings, self.tree, counting, units=self.units)

    def together(self, params: dict, mode: Mode, **how) -> tuple[int, int]:
        """What all blocks have together, from A to B and from B to A."""
        blocks = self.tally(params, mode, **how).table({}).blocks
        pairs = (params["A"], params["B"]), (params["B"], params["A"])
        there, back = (sum(block.n_ab(*pair) or 0 for block in blocks) for pair in pairs)
        return there, back


def examples():
    return pytest.mark.parametrize("example", [Example(path) for path in OURS], ids=[path.stem for path in OURS])


@examples()
@pytest.mark.parametrize("relation", list(Relation))
def test_relations_are_counted_as_the_example_does(example, relation):
    for params, expected in example.items("span_cooccurrence"):
        there, back = example.together(params, Mode.RELATION, relation=relation)
        mirrored = {"within": "encloses", "encloses": "within", "overlaps": "overlapped_by"}
        mirrored |= {"overlapped_by": "overlaps", "meets": "met_by", "met_by": "meets", "before": "after"}
        mirrored |= {"after": "before", "equal": "equal"}
        assert there == expected["relations"].get(relation.value, 0)
        assert back == expected["relations"].get(mirrored[relation.value], 0)


@examples()
def test_near_codings_are_counted_as_the_example_does(example):
    compared = 0
    for params, expected in example.items("proximity_pairs"):
        wanted = Distance(params["max_gap_chars"], Measure.CHARACTERS)
        there, back = example.together(params, Mode.PROXIMITY, distance=wanted)
        assert (there, back) == (expected["A_before_B"], expected["A_after_B"])
        assert example.together(params, Mode.PAIRS)[0] == expected["overlap"]
        compared += 1
    assert compared >= 3


@examples()
def test_c_and_the_jaccard_of_characters_are_those_of_the_example(example):
    compared = 0
    for params, expected in example.items("span_cooccurrence"):
        if params["policy"] == "same":
            continue
        counted = example.tally(params, Mode.SEGMENTS)
        (found,) = measured(counted, counted.table({}), Inference(coefficients=("c", "char_jaccard"))).blocks
        place = found.place(params["A"], params["B"])
        if place is None or found.pairs.nested[place]:
            continue
        value = found.compatible.c[place]
        assert (None if np.isnan(value) else value) == pytest.approx(expected["c_atlas"])
        assert bool(found.compatible.out_of_range[place]) == expected["c_out_of_range"]
        assert bool(found.compatible.lopsided[place]) == expected["ratio_flag"]
        assert found.values["char_jaccard"][place] == pytest.approx(expected["char_jaccard"])
        compared += 1
    assert compared
