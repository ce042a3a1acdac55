"""Transitions against a plain recount, and what is expected against all orders."""

from itertools import pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.how import MERGED, Counting
from coder_app.analysis.tables.sequence import Sequencing, sequence_table, transitions
from coder_app.domain.errors import BadInput

NONE = Sequencing(resamples=0)
ROW = st.builds(
    lambda source, start, code: (source, 2 * start, 2 * start + 1, code, "x"),
    st.sampled_from(["s1", "s2"]),
    st.integers(0, 5),
    st.sampled_from("abe"),
)


def documents(rows):
    """Return the sets of codes in order of their places, source by source."""
    found = {}
    for source, start, _, code, _ in sorted(rows):
        found.setdefault(source, {}).setdefault(start, set()).add(code)
    return [list(places.values()) for _, places in sorted(found.items())]


def bigrams(document, lag):
    return [pair for before, after in zip(document, document[lag:], strict=False) for pair in product(before, after)]


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=9), st.integers(1, 3))
def test_observed_and_expected_are_those_of_a_recount_over_all_orders(material, rows, lag):
    texts = documents(rows)
    counted = {}
    for document in texts:
        for pair in bigrams(document, lag):
            counted[pair] = counted.get(pair, 0) + 1
    if not counted:
        with pytest.raises(BadInput, match="none follows another"):
            transitions(material(rows), Counting(), Sequencing(lag, 0))
        return
    (found,) = transitions(material(rows), Counting(), Sequencing(lag, 0))
    mean = {}
    for document in texts:
        orders = list(permutations(document))
        for order in orders:
            for pair in bigrams(order, lag):
                mean[pair] = mean.get(pair, 0) + 1 / len(orders)
    for one, two in product(range(len(found.codes)), repeat=2):
        pair = found.codes[one], found.codes[two]
        assert found.observed[one, two] == counted.get(pair, 0)
        assert found.expected[one, two] == pytest.approx(mean.get(pair, 0))


def in_turn(codes):
    return [("s1", 10 * n, 10 * n + 5, code, "x") for n, code in enumerate(codes)]


def test_p_comes_near_the_share_of_all_orders(material):
    (found,) = transitions(material(in_turn("abababe")), Counting(), Sequencing(resamples=1_999))
    one, two = found.codes.index("a"), found.codes.index("b")
    orders = set(permutations("abababe"))
    counts = [sum(pair == ("a", "b") for pair in pairwise(o)) for o in orders]
    upper = np.mean([n >= 3 for n in counts])
    assert found.observed[one, two] == 3
    assert found.expected[one, two] == pytest.approx(np.mean(counts))
    assert found.p[one, two] == pytest.approx(2 * upper, abs=0.03)


def test_pairs_expected_too_rarely_are_not_tested_and_shares_add_up(material):
    table = sequence_table(material(in_turn("ababe")), Counting(), Sequencing(resamples=99, least_expected=1.2))
    names = [column.id for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    assert {(r["code"], r["next"]): r["observed"] for r in rows} == {
        ("a", "a > b"): 2,
        ("a > b", "a"): 1,
        ("a > b", "e"): 1,
    }
    assert sum(row["share"] for row in rows if row["code"] == "a > b") == 1
    assert all((row["p"] is None) == (row["expected"] < 1.2) for row in rows)
    assert table.settings["events"] == "5"


def test_segments_of_a_code_that_overlap_are_one_event(material):
    rows = [("s1", 0, 5, "a", "x"), ("s1", 3, 8, "a", "y"), ("s1", 10, 12, "b", "x")]
    (found,) = transitions(material(rows), Counting(coders=MERGED), NONE)
    assert found.events == 2
    assert found.observed.sum() == 1


def test_the_same_seed_gives_the_same_table(material):
    made = material(in_turn("abaebbaeab"))
    how = Sequencing(resamples=99, seed=5)
    assert sequence_table(made, Counting(), how) == sequence_table(made, Counting(), how)


def test_a_lag_below_one_is_refused(material):
    with pytest.raises(BadInput, match="1 or more"):
        transitions(material(in_turn("ab")), Counting(), Sequencing(lag=0))


def test_the_order_in_which_codings_were_read_changes_nothing(material):
    rows = in_turn("abaebba") + [("s2", 10 * n, 10 * n + 5, code, "x") for n, code in enumerate("beabab")]
    how = Sequencing(resamples=49)
    assert sequence_table(material(rows), Counting(), how) == sequence_table(material(rows[::-1]), Counting(), how)
