"""Relations, nearness, moving windows and cases against a plain recount from their definitions."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis import directed
from coder_app.analysis.columns import numbered
from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.passages import passages
from coder_app.analysis.spans import CodedSpan, Relation, relation
from coder_app.analysis.tally import tally
from coder_app.analysis.units import Cases
from coder_app.domain.distance import Distance, Measure, marks, reach
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.text import paragraphs, sentences
from coder_app.domain.tree import CodeTree

PARENTS = {"a": None, "b": "a", "c": None, "d": "c"}
TREE = CodeTree(Code(code, parent, code, "", code) for code, parent in PARENTS.items())
TEXTS = {
    "s1": "One two. Three.\nFour five six.\n\nSeven. Eight nine.\nTen.",
    "s2": "A b c d e f g h.\nI j k. L m n o p q r s t u v w x y z.",
    "s3": "Alone.",
}
UNITS = {source: paragraphs(text) for source, text in TEXTS.items()}
SPAN = st.sampled_from(sorted(TEXTS)).flatmap(
    lambda source: st.builds(
        lambda start, length, code, coder: CodedSpan(
            source, start, min(start + length, len(TEXTS[source])), code, coder
        ),
        st.integers(0, len(TEXTS[source]) - 1),
        st.integers(1, 9),
        st.sampled_from(sorted(PARENTS)),
        st.sampled_from(["x", "y"]),
    )
)
SPANS = st.lists(SPAN, min_size=1, max_size=14)
POLICIES = ["each", MERGED, "y"]


def family(code: str, *, roll_up: bool) -> set[str]:
    return {one for one in PARENTS if one == code or (roll_up and PARENTS[one] == code)}


def blocks_of(spans, how: Counting):
    """The spans of each block, by its name."""
    if how.coders == MERGED:
        return {MERGED: spans}
    wanted = {span.coder_id for span in spans} if how.coders == "each" else {how.coders}
    return {coder: own for coder in wanted if (own := [span for span in spans if span.coder_id == coder])}


def compare(spans, how: Counting, recount, *, units=UNITS, known=None) -> None:
    """Compare every cell with `recount(codings of the row, of the column)` over the sources, and with its passages."""
    found = cooccurrence(spans, TREE, how, units=units, marks=known).blocks
    wanted = blocks_of(spans, how)
    assert {block.coders for block in found} == set(wanted)
    for block in found:
        for row, column in permutations(block.codes, 2):
            sides = [family(code, roll_up=how.roll_up) for code in (row, column)]
            if sides[0] & sides[1]:
                assert block.n_ab(row, column) is None
                continue
            total = 0
            for source in TEXTS:
                a, b = (
                    [(s.start, s.stop) for s in wanted[block.coders] if s.code_id in side and s.source_id == source]
                    for side in sides
                )
                total += recount(source, a, b)
            assert block.n_ab(row, column) == total
            places = passages(numbered(spans, TREE), TREE, how, (row, column), units=units, marks=known)
            assert sum(place.coders == block.coders for place in places) == total


@pytest.mark.parametrize("wanted", list(Relation))
@pytest.mark.parametrize("coders", POLICIES)
@given(spans=SPANS, roll_up=st.booleans())
@settings(max_examples=6, deadline=None)
def test_relations_are_those_of_every_pair_of_codings(wanted, coders, spans, roll_up):
    how = Counting(Mode.RELATION, coders=coders, roll_up=roll_up, relation=wanted)
    compare(spans, how, lambda _, a, b: sum(relation(one, two) is wanted for one in a for two in b))


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("number", [0, 1, 3, 50])
@given(spans=SPANS, roll_up=st.booleans(), coders=st.sampled_from(POLICIES))
@settings(max_examples=6, deadline=None)
def test_near_codings_are_those_within_reach(measure, number, coders, spans, roll_up):
    wanted = Distance(number, measure)
    how = Counting(Mode.PROXIMITY, coders=coders, roll_up=roll_up, distance=wanted)
    known = {source: marks(text, measure) for source, text in TEXTS.items()}

    def recount(source, a, b):
        last = reach(TEXTS[source], wanted)
        return sum(one[1] <= two[0] <= last(one[1]) for one in a for two in b)

    compare(spans, how, recount, known=known)


@given(spans=SPANS, wanted=st.sampled_from([Relation.BEFORE, Relation.AFTER]))
@settings(max_examples=40, deadline=None)
def test_long_runs_are_summed_to_the_same_counts(spans, wanted):
    rows = {}
    for long_runs in (0, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(directed, "_LONG_RUNS", long_runs)
            patch.setattr(directed, "_ROWS_AT_ONCE", 3)
            (block,) = cooccurrence(spans, TREE, Counting(Mode.RELATION, coders=MERGED, relation=wanted)).blocks
        rows[long_runs] = {pair: block.n_ab(*pair) for pair in permutations(PARENTS, 2)}
    assert rows[0] == rows[1_000]


@pytest.mark.parametrize("unit", [Unit.PARAGRAPH, Unit.SENTENCE])
@given(spans=SPANS, roll_up=st.booleans(), coders=st.sampled_from(POLICIES), stanza=st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_windows_count_lines_that_bring_two_codes_together(unit, coders, spans, roll_up, stanza):
    split = {Unit.PARAGRAPH: paragraphs, Unit.SENTENCE: sentences}[unit]
    lines = {source: split(text) for source, text in TEXTS.items()}

    def recount(source, a, b):
        held = [
            [any(start < stop and first < last for first, last in side) for side in sides]
            for start, stop in lines[source]
            for sides in [[[(max(s, start), min(e, stop)) for s, e in one] for one in (a, b)]]
        ]
        total = 0
        for at, here in enumerate(held):
            window = held[max(0, at - stanza + 1) : at + 1]
            total += any(here) and all(any(line[side] for line in window) for side in range(2))
        return total

    compare(spans, Counting(Mode.WINDOWS, unit, coders, roll_up, stanza=stanza), recount, units=lines)


CASES = Cases({"s1": [(0, 20, "k1"), (10, len(TEXTS["s1"]), "k2")], "s2": [(0, len(TEXTS["s2"]), "k1")]})


@given(spans=SPANS, coders=st.sampled_from(POLICIES))
@settings(max_examples=40, deadline=None)
def test_cases_hold_what_is_coded_in_any_of_their_parts(spans, coders):
    how = Counting(Mode.UNITS, Unit.CASE, coders)
    found = tally(numbered(spans, TREE), TREE, how, units=CASES).table({})
    for block in found.blocks:
        own = blocks_of(spans, how)[block.coders]
        held = {
            case: {
                span.code_id
                for span in own
                for start, stop, name in CASES.places.get(span.source_id, ())
                if name == case and span.start < stop and span.stop > start
            }
            for case in ("k1", "k2")
        }
        there = {name for span in own for _, _, name in CASES.places.get(span.source_id, ())}
        assert block.counts.total == len(there)
        for row, column in permutations(block.codes, 2):
            assert block.n_ab(row, column) == sum({row, column} <= codes for codes in held.values())
            assert block.n(row) == sum(row in codes for codes in held.values())
            places = passages(numbered(spans, TREE), TREE, how, (row, column), units=CASES)
            assert sum(place.coders == block.coders for place in places) == block.n_ab(row, column)


def test_a_table_by_case_follows_a_document_of_a_case_with_several():
    how = Counting(Mode.UNITS, Unit.CASE, MERGED)
    spans = [CodedSpan("s1", 0, 5, "a", "x"), CodedSpan("s2", 0, 5, "c", "x")]
    live = tally(numbered(spans, TREE), TREE, how, units=CASES)
    assert live.table({}).blocks[0].n_ab("a", "c") == 1
    later = live.followed({"s2"}, numbered(spans[:1], TREE, live.codings.ids), TREE, units=CASES)
    assert later.table({}).blocks[0].n_ab("a", "c") == 0


@pytest.mark.parametrize(
    ("how", "units", "sentence"),
    [
        (Counting(Mode.PROXIMITY, distance=Distance(-1, Measure.WORDS)), UNITS, "cannot be negative"),
        (Counting(Mode.PROXIMITY), UNITS, "the texts are needed"),
        (Counting(Mode.WINDOWS, Unit.DOCUMENT), UNITS, "needs lines"),
        (Counting(Mode.WINDOWS, stanza=0), UNITS, "at least one line"),
        (Counting(Mode.WINDOWS), None, "the texts are needed"),
        (Counting(Mode.UNITS, Unit.WINDOW, window=Distance(0, Measure.WORDS)), UNITS, "so many words"),
        (Counting(Mode.UNITS, Unit.CASE), UNITS, "which case"),
        (Counting(Mode.UNITS, Unit.CASE), Cases({}), "no cases"),
        (Counting(Mode.UNITS, Unit.TURN), {"s1": [], "s2": []}, "speakers’ turns"),
    ],
)
def test_what_cannot_be_counted_gets_a_sentence(how, units, sentence):
    with pytest.raises(BadInput, match=sentence):
        cooccurrence([CodedSpan("s1", 0, 5, "a", "x")], TREE, how, units=units)
