"""There are as many passages as a cell says, and they stand where it counts them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.tables.cell_passages import code_passages, first_uses, following
from coder_app.analysis.tables.cross import cross
from coder_app.analysis.tables.material import Group, Measure, Place
from coder_app.analysis.tables.saturation import Saturating, curves
from coder_app.analysis.tables.sequence import Sequencing, transitions
from coder_app.domain.errors import BadInput

SOURCES = ("s1", "s2", "s3")
ROW = st.builds(
    lambda source, start, length, code, coder: (source, start, start + length, code, coder),
    st.sampled_from(SOURCES),
    st.integers(0, 13),
    st.integers(1, 7),
    st.sampled_from("abcde"),
    st.sampled_from("xy"),
)
ROWS = st.lists(ROW, min_size=1, max_size=12)
GROUPS = [
    Group("k1", "K1", [Place("s1", 0, 6), Place("s1", 9, 12), Place("s2", 0, 20)]),
    Group("k2", "K2", [Place("s3", 5, 20)]),
]


@settings(max_examples=80, deadline=None)
@given(ROWS, st.booleans(), st.sampled_from(["x", MERGED, "consensus:2"]))
def test_a_cell_has_as_many_passages_as_it_says(material, rows, roll_up, coders):
    made, how = material(rows), Counting(coders=coders, roll_up=roll_up)
    try:
        (block,) = cross(made, how, GROUPS, title="", all_title="").blocks
    except (BadInput, ValueError):
        return  # nobody called x coded, or one person alone
    codings, segments = block.values(Measure.CODINGS), block.values(Measure.SEGMENTS)
    for row, code in enumerate(block.codes):
        for column, group in enumerate(GROUPS):
            apart = code_passages(made, how, code, group.places, apart=True)
            merged = code_passages(made, how, code, group.places)
            assert len(apart) == (codings[row, column] if codings[row, column] == codings[row, column] else 0)
            assert len(merged) == (segments[row, column] if segments[row, column] == segments[row, column] else 0)
            for one in merged:
                here = [place for place in group.places if place.source_id == one.source_id]
                assert any(max(one.start, a) < min(one.stop, b) for _, a, b in here)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 2))
def test_a_pair_has_as_many_passages_as_it_was_observed(material, rows, lag):
    made = material(rows)
    how = Counting(coders=MERGED)
    try:
        (found,) = transitions(made, how, Sequencing(lag, 0))
    except BadInput:
        return
    for one, first in enumerate(found.codes):
        for two, second in enumerate(found.codes):
            assert len(following(made, how, (first, second), lag)) >= found.observed[one, two]


def test_a_source_shows_the_first_place_of_each_new_code(material):
    rows = [("s1", 0, 2, "a", "x"), ("s2", 0, 3, "a", "x"), ("s2", 9, 12, "b", "x"), ("s2", 4, 6, "b", "x")]
    made = material(rows)
    (curve,) = curves(made, Counting(coders=EACH), Saturating(1, 1))
    found = first_uses(made, Counting(coders="x"), ["s1"], "s2")
    assert [(one.source_id, one.start, one.stop) for one in found] == [("s2", 4, 6)]
    assert len(found) == curve.new[1]
