"""Coefficients, tests and intervals of a whole table: each number recounted from the codings alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.association import COEFFICIENTS, fourfold
from coder_app.analysis.columns import numbered
from coder_app.analysis.cooccurrence_table import pairs_table
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.inference import EVERY, OF_UNITS, Against, Inference
from coder_app.analysis.measured import measured
from coder_app.analysis.permutation import Strata, adjusted, shuffled
from coder_app.analysis.resampling import Sampled, intervals
from coder_app.analysis.rotation import Stretch, shared_characters, turned
from coder_app.analysis.spans import CodedSpan
from coder_app.analysis.spans import merged as joined
from coder_app.analysis.tally import Ground, tally
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.errors import BadInput, Cancelled
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

PARENTS = {"a": None, "b": "a", "c": None}
TREE = CodeTree(Code(code, parent, code, "", code) for code, parent in PARENTS.items())
UNITS = {source: [(0, 4), (5, 9), (9, 14), (15, 20)] for source in ("s1", "s2", "s3", "s4")}
LENGTHS = dict.fromkeys(UNITS, 20)
SPANS = st.lists(
    st.builds(
        lambda source, start, length, code, coder: CodedSpan(source, start, start + length, code, coder),
        st.sampled_from(sorted(UNITS)),
        st.integers(0, 14),
        st.integers(1, 6),
        st.sampled_from(sorted(PARENTS)),
        st.sampled_from(["x", "y"]),
    ),
    max_size=24,
).map(lambda spans: [*spans, *(CodedSpan(source, 0, 4, code, "x") for source in UNITS for code in "ac")])
LOOSE = {"fewest_units": 1, "fewest_documents": 1}


def computed(spans, how: Counting, testing: Inference):
    counted = tally(numbered(spans, TREE), TREE, how, ground=Ground(UNITS, None, LENGTHS))
    result = counted.table({})
    return measured(counted, result, testing)


def by_document(spans, coder: str, pair) -> list[tuple[int, int, int, int]]:
    """Units, those with either code, and those with both, for each source that the coder coded."""
    own = [span for span in spans if coder in {span.coder_id, MERGED}]
    rows = []
    for source in sorted({span.source_id for span in own}):
        held = [
            {span.code_id for span in own if span.source_id == source and span.start < stop and span.stop > start}
            for start, stop in UNITS[source]
        ]
        first, second = ([code in codes for codes in held] for code in pair)
        rows.append((len(held), sum(first), sum(second), sum(np.logical_and(first, second))))
    return rows


def each_pair(found):
    for measures in found.blocks:
        codes = measures.pairs.block.codes
        for number, (one, other) in enumerate(zip(measures.pairs.first, measures.pairs.second, strict=True)):
            yield measures, number, (codes[one], codes[other])


@given(spans=SPANS, coders=st.sampled_from(["each", MERGED]), mode=st.sampled_from([Mode.UNITS, Mode.SEGMENTS]))
@settings(max_examples=25, deadline=None)
def test_every_number_is_that_of_the_pair_alone(spans, coders, mode):
    testing = Inference(Against.PERMUTATION, ("jaccard", "lift"), OF_UNITS, resamples=60, **LOOSE)
    found = computed(spans, Counting(mode, coders=coders), testing)
    for measures, number, pair in each_pair(found):
        rows = by_document(spans, measures.pairs.block.coders, pair)
        units, first, second, both = (np.array(column) for column in zip(*rows, strict=True))
        table = fourfold(*(np.array([column.sum()]) for column in (both, first, second, units)))
        for name, coefficient in COEFFICIENTS.items():
            assert measures.values[name][number] == pytest.approx(coefficient(table)[0], nan_ok=True), name
        assert measures.documents == len(rows)
        if first.any() and second.any():
            alone = shuffled(Strata(np.zeros(len(rows), int), units, first, second), both.sum(keepdims=True), seed=1)
            assert measures.tested.p[number] == pytest.approx(alone.two_sided[0])
            assert measures.tested.expected[number] == pytest.approx(alone.expected[0])
        else:
            assert np.isnan(measures.tested.p[number])
        here = np.flatnonzero(both)
        sampled = Sampled(
            units, np.stack((first, second), 1), np.array([0]), np.array([1]), here, np.zeros_like(here), both[here]
        )
        for name in testing.intervals:
            wanted = intervals(sampled, COEFFICIENTS[name], 60, 1)
            assert measures.intervals[name].low[number] == pytest.approx(wanted.low[0], nan_ok=True)
            assert measures.intervals[name].high[number] == pytest.approx(wanted.high[0], nan_ok=True)
    for measures in found.blocks:
        assert measures.tested.q == pytest.approx(adjusted(measures.tested.p), nan_ok=True)
        assert measures.tested.number == (~np.isnan(measures.tested.p)).sum()


@given(spans=SPANS)
@settings(max_examples=15, deadline=None)
def test_turning_codes_round_looks_at_each_pair_alone(spans):
    found = computed(spans, Counting(Mode.CHARACTERS, coders=MERGED), Inference(Against.CIRCULAR, **LOOSE))
    for measures, number, pair in each_pair(found):
        curves = []
        for source in UNITS:
            sides = [joined((s.start, s.stop) for s in spans if (s.code_id, s.source_id) == (c, source)) for c in pair]
            if all(sides):
                edges = [tuple(np.array(side).T) for side in sides]
                curves.append(shared_characters(Stretch(20, *edges)))
        p = measures.tested.p[number]
        assert np.isnan(p) or p == pytest.approx(turned(curves, seed=(1, number)).greater if curves else 1.0)


def test_a_pair_is_tested_by_how_often_its_codes_are_used_and_not_by_how_often_they_meet():
    spans = [CodedSpan(source, 0, 4, "a", "x") for source in UNITS] + [CodedSpan("s1", 5, 9, "c", "x")]
    spans += [CodedSpan(source, 15, 20, "b", "x") for source in UNITS]
    (measures,) = computed(spans, Counting(Mode.UNITS), Inference(Against.PERMUTATION)).blocks
    tested = {
        pair: not np.isnan(measures.tested.p[number])
        for _, number, pair in each_pair(computed(spans, Counting(Mode.UNITS), Inference(Against.PERMUTATION)))
    }
    assert tested == {("a", "b"): True, ("a", "c"): False, ("b", "c"): False}
    assert measures.tested.number == 1
    assert measures.tested.q[0] == measures.tested.p[0]


def test_documents_as_units_are_shuffled_as_one():
    spans = [CodedSpan(source, 0, 4, "a", "x") for source in ("s1", "s2")]
    spans += [CodedSpan(source, 0, 4, "c", "x") for source in ("s1", "s2", "s3", "s4")]
    how = Counting(Mode.UNITS, Unit.DOCUMENT)
    (measures,) = computed(spans, how, Inference(Against.PERMUTATION, **LOOSE)).blocks
    assert measures.tested.expected[0] == 2
    assert measures.tested.p[0] == 1


def test_directed_tables_test_each_pair_once_and_show_it_both_ways():
    spans = [CodedSpan(source, 0, 4, "a", "x") for source in UNITS]
    spans += [CodedSpan(source, 5, 9, "c", "x") for source in UNITS]
    how = Counting(Mode.PROXIMITY, distance=Distance(5, Measure.CHARACTERS))
    (measures,) = computed(spans, how, Inference(Against.PERMUTATION)).blocks
    assert len(measures.pairs) == 2
    assert measures.tested.number == 1
    assert measures.tested.p[0] == measures.tested.p[1]
    table = pairs_table(*both_of(spans, how, Inference()))
    rows = [dict(zip([column.id for column in table.columns], row, strict=True)) for row in table.rows]
    assert [(row["code_a"], row["n_ab"], row["n_ba"], row["overlapping"]) for row in rows] == [
        ("a", 4, 0, 0),
        ("c", 0, 4, 0),
    ]


def both_of(spans, how, testing):
    counted = tally(numbered(spans, TREE), TREE, how, ground=Ground(UNITS, None, LENGTHS))
    result = counted.table({})
    return result, TREE, measured(counted, result, testing)


def test_the_table_carries_what_was_computed_and_how():
    spans = [CodedSpan(source, 0, 10, code, "x") for source in UNITS for code in "abc"]
    testing = Inference(Against.PERMUTATION, ("jaccard",), EVERY, seed=7)
    table = pairs_table(*both_of(spans, Counting(roll_up=True), testing))
    names = [column.id for column in table.columns]
    assert names[:8] == ["coders", "code_a", "code_b", "n_a", "n_b", "n_ab", "n_units", "jaccard"]
    wanted = ["dice", "fisher", "char_jaccard", "c", "c_out_of_range", "c_ratio", "jaccard_low", "expected", "p", "q"]
    assert [name for name in names if name in wanted] == wanted
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    nested, across = rows[0], rows[1]
    assert {nested[name] for name in [*wanted, "n_ab", "lift"]} == {None}
    assert (across["char_jaccard"], across["unit_jaccard"], across["c"]) == (1.0, 1.0, 2.0)
    assert (across["c_out_of_range"], across["c_ratio"]) == ("yes", "no")
    assert (across["jaccard_low"], across["jaccard_high"], across["jaccard_without_low"]) == (1.0, 1.0, 1.0)
    assert {
        "test": "permutation",
        "pairs_tested": "2",
        "seed": "7",
        "resamples": "256",
        "documents": "4",
        "n_rule": "all units in scope",
    }.items() <= table.settings.items()


def test_units_in_which_nothing_is_coded_can_be_left_out_of_n():
    spans = [CodedSpan("s1", 0, 4, "a", "x"), CodedSpan("s1", 2, 7, "c", "x"), CodedSpan("s2", 0, 2, "c", "x")]
    (every,) = computed(spans, Counting(Mode.UNITS), Inference()).blocks
    (coded,) = computed(spans, Counting(Mode.UNITS), Inference(coded_only=True)).blocks
    assert (every.table.total[0], coded.table.total[0]) == (8, 3)
    assert (every.values["lift"][0], coded.values["lift"][0]) == pytest.approx((8 / 3, 1.0))


def test_a_table_without_codings_has_its_columns_and_no_rows():
    result, tree, nothing = both_of([], Counting(), Inference(Against.PERMUTATION, ("jaccard",)))
    spans = [CodedSpan(source, 0, 20, code, "x") for source in UNITS for code in "ac"]
    full, _, found = both_of(spans, Counting(), Inference(Against.PERMUTATION, ("jaccard",)))
    assert pairs_table(result, tree, nothing).columns == pairs_table(full, tree, found).columns


@pytest.mark.parametrize(
    ("how", "testing", "sentence"),
    [
        (Counting(), Inference(coefficients=("kappa",)), "no coefficient “kappa”"),
        (Counting(), Inference(intervals=("char_jaccard",)), "no coefficient"),
        (Counting(), Inference(seed=-1), "seed"),
        (Counting(Mode.RELATION), Inference(Against.CIRCULAR), "choose permutation"),
    ],
)
def test_choices_that_make_no_sense_get_a_sentence(how, testing, sentence):
    with pytest.raises(BadInput, match=sentence):
        computed([CodedSpan("s1", 0, 4, "a", "x")], how, testing)


def test_cases_are_drawn_where_several_documents_belong_to_one():
    spans = [CodedSpan(source, 0, 4, "a", "x") for source in UNITS] + [CodedSpan("s1", 0, 4, "c", "x")]
    case_of = {"s1": "k1", "s2": "k1", "s3": "k2", "s4": "k3"}
    asked = Inference(intervals=("jaccard",), over_cases=True)
    counted = tally(numbered(spans, TREE), TREE, Counting(), ground=Ground(UNITS, case_of=case_of))
    (found,) = measured(counted, counted.table({}), asked).blocks
    assert (found.documents, found.intervals["jaccard"].resamples) == (3, 27)
    # Without the first case nothing is together; with it alone, one unit of two.
    assert (found.intervals["jaccard"].low[0], found.intervals["jaccard"].left_out[1][0]) == (0, pytest.approx(1 / 3))
    counted = tally(numbered(spans, TREE), TREE, Counting(), ground=Ground(UNITS, case_of={"s1": "k1"}))
    with pytest.raises(BadInput, match="3 do not"):
        measured(counted, counted.table({}), asked)


def test_too_few_documents_get_a_sentence_and_no_empty_columns():
    spans = [CodedSpan("s1", 0, 20, code, "x") for code in "ac"]
    with pytest.raises(BadInput, match="at least three documents or cases; here is one"):
        computed(spans, Counting(), Inference(intervals=("jaccard",)))
    with pytest.raises(BadInput, match="at least 3 units and 2 documents"):
        computed(spans, Counting(), Inference(Against.PERMUTATION))


def test_what_needs_the_texts_says_so():
    spans = numbered([CodedSpan("s1", 0, 4, "a", "x")], TREE)
    counted = tally(spans, TREE, Counting())
    with pytest.raises(BadInput, match="units of the texts are needed"):
        measured(counted, counted.table({}), Inference(Against.PERMUTATION))


def test_it_tells_thousandths_and_can_be_stopped():
    spans = [CodedSpan(source, 0, 10, code, coder) for source in UNITS for code in "ac" for coder in "xy"]
    told = []
    counted = tally(numbered(spans, TREE), TREE, Counting(), units=UNITS)
    result = counted.table({})
    measured(counted, result, Inference(Against.PERMUTATION, ("jaccard",)), on_progress=lambda *said: told.append(said))
    assert [of for _, of in told] == [1000] * len(told)
    assert sorted(done for done, _ in told) == [done for done, _ in told]

    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        measured(counted, result, Inference(Against.PERMUTATION), on_progress=stop)
