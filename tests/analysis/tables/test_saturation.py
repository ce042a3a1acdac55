"""Saturation against the figures that its authors give, and against hand counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.analysis.how import EACH, Counting
from coder_app.analysis.tables.saturation import Order, Saturating, curves, saturated, saturation_table, sentence
from coder_app.domain.errors import BadInput

# As in the worked example of Guest, Namey & Chen 2020: 37 codes in a base of four, 4 new ones in the first run of
# two (11 %), 1 in the run that reaches saturation (3 %); 6+2 with runs of two, 7+3 with runs of three.
NEW = [20, 9, 5, 3, 2, 2, 1, 0, 1, 0]


def test_the_worked_example_is_reached_at_six_plus_two():
    base, runs, ratios, reached = saturated(NEW, Saturating(base=4, run=2))
    assert (base, runs[0], round(100 * ratios[0]), reached) == (37, 4, 11, 6)
    assert (runs[2], round(100 * ratios[2])) == (1, 3)
    assert saturated(NEW, Saturating(base=4, run=3))[3] == 7


def test_without_new_information_the_threshold_of_nothing_is_met():
    assert saturated([3, 0, 0], Saturating(base=1, run=2, threshold=0.0))[3] == 1
    assert saturated([3, 1, 0], Saturating(base=1, run=1, threshold=0.0))[3] == 2


@given(st.lists(st.integers(0, 9), min_size=4, max_size=14), st.integers(1, 3), st.integers(1, 3))
def test_runs_are_sums_of_neighbours_and_the_first_that_fits_counts(new, base, run):
    in_base, runs, ratios, reached = saturated(new, Saturating(base, run, 0.2))
    assert in_base == sum(new[:base])
    for n, total in enumerate(runs):
        assert total == sum(new[base + n + k] for k in range(run))
        assert ratios[n] == (total / in_base if in_base else None)
    fits = [base + n for n, ratio in enumerate(ratios) if ratio is not None and ratio <= 0.2]
    assert reached == (fits[0] if fits else None)


ROWS = [
    ("s1", 0, 2, "a", "x"),
    ("s1", 2, 4, "b", "x"),
    ("s2", 0, 2, "a", "x"),
    ("s2", 3, 4, "c", "x"),
    ("s3", 0, 2, "b", "x"),
]


def test_the_curve_counts_what_is_new_in_the_order_of_the_sources(material):
    table = saturation_table(material(ROWS), Counting(), Saturating(base=1, run=1, threshold=0.0))
    names = [column.id for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    assert [(row["source"], row["new"], row["cumulative"], row["ratio"]) for row in rows] == [
        ("S1", 2, 2, None),
        ("S2", 1, 3, 0.5),
        ("S3", 0, 3, 0.0),
    ]
    assert [row["reached"] for row in rows] == [None, None, "2+1"]
    assert table.settings["result"].startswith("Saturation reached at 2+1")


def test_sources_come_in_the_order_that_is_asked_for(material):
    how = Saturating(base=1, run=1, order=Order.IMPORT)
    (curve,) = curves(material(ROWS), Counting(), how, ["s3", "s2", "s1"])
    assert (curve.sources, curve.new) == (("s3", "s2", "s1"), (1, 2, 0))
    orders = {
        curves(material(ROWS), Counting(), Saturating(1, 1, 0.0, Order.SHUFFLED, seed))[0].sources for seed in range(30)
    }
    assert len(orders) == 6


def test_no_saturation_is_said_in_a_sentence(material):
    how = Saturating(base=1, run=1, threshold=0.0)
    (curve,) = curves(material(ROWS[:4]), Counting(), how)
    assert curve.reached is None
    assert sentence(curve, how) == (
        "No saturation reached: in 2 sources no run of 1 brought 0 % new information or less; "
        "the last one brought 50.0 %."
    )


def test_a_coder_with_too_few_sources_leaves_the_others_their_curves(material):
    how = Saturating(base=1, run=1, threshold=0.0)
    table = saturation_table(material([*ROWS, ("s1", 5, 6, "a", "y")]), Counting(coders=EACH), how)
    assert {row[0] for row in table.rows} == {"Xenia"}
    assert table.settings["result (Xenia)"].startswith("Saturation reached at 2+1")
    assert table.settings["result (Yuri)"].startswith("One source is coded (Yuri); base and run need 2.")


def test_what_cannot_be_judged_is_said(material):
    with pytest.raises(BadInput, match="3 sources are coded .* base and run need 6"):
        curves(material(ROWS), Counting(), Saturating())
    with pytest.raises(BadInput, match="1 source or more"):
        curves(material(ROWS), Counting(), Saturating(base=0))
    with pytest.raises(BadInput, match="between 0 and 1"):
        curves(material(ROWS), Counting(), Saturating(threshold=5))
    with pytest.raises(BadInput, match="Nothing is coded here"):
        curves(material([]), Counting(), Saturating())
