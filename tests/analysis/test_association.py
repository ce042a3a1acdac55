"""Coefficients of pairs: against scipy, against each other, and undefined where they say nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from coder_app.analysis import association
from coder_app.analysis.association import COEFFICIENTS, compatible, fourfold


@st.composite
def tables(draw) -> tuple[int, int, int, int]:
    total = draw(st.integers(1, 60))
    first, second = (draw(st.integers(0, total)) for _ in range(2))
    return draw(st.integers(max(0, first + second - total), min(first, second))), first, second, total


def of(*counts: int):
    return fourfold(*(np.array([n]) for n in counts))


def value(name: str, *counts: int) -> float:
    return float(COEFFICIENTS[name](of(*counts))[0])


@given(table=tables())
@settings(max_examples=120, deadline=None)
def test_tests_of_a_table_equal_those_of_scipy(table):
    corners = [float(cell[0]) for cell in of(*table).corners]
    square = np.array(corners).reshape(2, 2).astype(int)
    assert value("fisher", *table) == pytest.approx(stats.fisher_exact(square)[1], abs=1e-9)
    greater = float(association.fisher_greater(of(*table))[0])
    assert greater == pytest.approx(stats.fisher_exact(square, alternative="greater")[1], abs=1e-9)
    _, first, second, total = table
    if 0 < first < total and 0 < second < total:
        chi2 = stats.chi2_contingency(square, correction=False)[0]
        assert value("chi2", *table) == pytest.approx(chi2, abs=1e-9)
        likelihood = stats.chi2_contingency(square, correction=False, lambda_="log-likelihood")[0]
        assert value("g2", *table) == pytest.approx(likelihood, abs=1e-9)


@given(table=tables())
@settings(max_examples=120, deadline=None)
def test_coefficients_stay_in_their_range_and_turn_with_the_pair(table):
    both, first, second, total = table
    for name in ("jaccard", "dice", "ochiai", "overlap", "p_b_given_a", "p_a_given_b", "fisher"):
        found = value(name, *table)
        assert np.isnan(found) or -1e-12 <= found <= 1 + 1e-12, name
    for name in ("npmi", "phi"):
        found = value(name, *table)
        assert np.isnan(found) or -1 - 1e-9 <= found <= 1 + 1e-9, name
    for name in COEFFICIENTS.keys() - {"p_b_given_a", "p_a_given_b"}:
        assert value(name, *table) == pytest.approx(value(name, both, second, first, total), nan_ok=True), name
    assert value("p_b_given_a", *table) == pytest.approx(value("p_a_given_b", both, second, first, total), nan_ok=True)
    if both:
        assert value("dice", *table) == pytest.approx(2 / (1 + 1 / value("jaccard", *table)))
        assert value("pmi", *table) == pytest.approx(np.log2(value("lift", *table)))


def test_what_says_nothing_is_undefined_and_never_zero():
    nothing = {name for name in COEFFICIENTS if np.isnan(value(name, 0, 0, 0, 10))}
    assert nothing == set(COEFFICIENTS) - {"g2", "fisher"}
    assert all(np.isnan(value(name, 0, 0, 0, 0)) for name in COEFFICIENTS)
    assert np.isnan(value("phi", 3, 10, 3, 10))
    assert np.isnan(value("pmi", 0, 2, 3, 10))
    assert value("npmi", 0, 2, 3, 10) == -1
    assert value("npmi", 10, 10, 10, 10) == 1


def test_the_compatible_c_is_never_clipped_and_says_when_it_is_none():
    pairs, first, second = (np.array(column) for column in ((4, 5, 6, 0), (1, 100, 3, 2), (4, 10, 3, 2)))
    found = compatible(pairs, first, second)
    assert found.c[0] == 4.0
    assert found.c[1] == pytest.approx(5 / 105)
    assert np.isnan(found.c[2])
    assert found.out_of_range.tolist() == [True, False, True, False]
    assert found.lopsided.tolist() == [False, True, False, False]
