"""The coefficients keep their promises for any ratings, and agree with slow definitions and another package."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.agreement import coefficients
from coder_app.analysis.agreement.alpha import Metric, SetDistance, alpha_on, set_alpha
from coder_app.analysis.agreement.linearised import standard_errors
from coder_app.analysis.agreement.ratings import MISSING, Ratings, Sums, summed

NOMINAL = {
    "percent": coefficients.percent,
    "alpha": coefficients.alpha,
    "light": coefficients.light,
    "conger": coefficients.conger,
    "fleiss": coefficients.fleiss,
    "ac1": coefficients.ac1,
    "bp": coefficients.brennan_prediger,
}


@st.composite
def ratings(draw, missing=True, categories=3):
    coders = draw(st.integers(2, 4))
    least = MISSING if missing else 0
    row = st.lists(st.integers(least, categories - 1), min_size=coders, max_size=coders)
    rows = draw(st.lists(row, min_size=1, max_size=12))
    return Ratings(np.array(rows, dtype=np.int64), np.ones(len(rows)), categories)


def all_of(sums: Sums) -> dict[str, float]:
    return {name: float(function(sums)[0]) for name, function in NOMINAL.items()}


def same(one: dict, other: dict) -> bool:
    return all(value == pytest.approx(other[name], abs=1e-9, nan_ok=True) for name, value in one.items())


@settings(max_examples=80)
@given(ratings())
def test_nothing_exceeds_one_and_what_is_undefined_is_nan(some):
    for value in all_of(summed(some)).values():
        assert np.isnan(value) or value <= 1 + 1e-9


@settings(max_examples=60)
@given(ratings(), st.randoms(use_true_random=False))
def test_the_order_of_coders_units_and_categories_does_not_matter(some, random):
    coders, rows = (random.sample(range(n), n) for n in (some.values.shape[1], len(some.values)))
    names = np.array([*random.sample(range(3), 3), MISSING])
    moved = Ratings(names[some.values[rows][:, coders]], some.weight, 3)
    assert same(all_of(summed(some)), all_of(summed(moved)))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=12), st.integers(2, 4))
def test_coders_who_agree_on_everything_get_one_or_nothing(column, coders):
    values = np.tile(np.array(column, dtype=np.int64)[:, None], coders)
    found = all_of(summed(Ratings(values, np.ones(len(column)), 3)))
    varied = len(set(column)) > 1
    for name in ("alpha", "light", "conger", "fleiss"):
        assert found[name] == pytest.approx(1) if varied else np.isnan(found[name])
    assert found["percent"] == found["ac1"] == pytest.approx(1)


@settings(max_examples=40)
@given(ratings())
def test_a_weight_is_so_many_equal_units(some):
    weight = np.arange(1, len(some.values) + 1)
    whole = Ratings(np.repeat(some.values, weight, axis=0), np.ones(int(weight.sum())), 3)
    short = Ratings(some.values, weight.astype(float), 3)
    assert same(all_of(summed(short)), all_of(summed(whole)))
    assert standard_errors(short) == pytest.approx(standard_errors(whole))


@settings(max_examples=40)
@given(ratings(missing=False))
def test_light_and_conger_are_means_over_pairs_of_coders(some):
    observed, expected, kappas = [], [], []
    for a, b in combinations(some.values.T, 2):
        shares = [np.bincount(one, minlength=3) / len(one) for one in (a, b)]
        observed.append((a == b).mean())
        expected.append(shares[0] @ shares[1])
        if expected[-1] < 1 - 1e-12:
            kappas.append((observed[-1] - expected[-1]) / (1 - expected[-1]))
    found = all_of(summed(some))
    chance = np.mean(expected)
    assert found["light"] == pytest.approx(np.mean(kappas) if kappas else np.nan, nan_ok=True)
    wanted = (np.mean(observed) - chance) / (1 - chance) if chance < 1 - 1e-12 else np.nan
    assert found["conger"] == pytest.approx(wanted, nan_ok=True)


def test_alpha_of_sums_is_nominal_alpha():
    some = Ratings(np.array([[0, 1], [1, 1], [2, 2], [0, MISSING]]), np.ones(4), 3)
    assert float(coefficients.alpha(summed(some))[0]) == pytest.approx(alpha_on(some, [1, 2, 3], Metric.NOMINAL))


@settings(max_examples=30)
@given(st.lists(st.lists(st.frozensets(st.sampled_from("ab")), min_size=2, max_size=3), min_size=1, max_size=8))
def test_alpha_of_sets_is_its_definition(units):
    def apart(one, other):
        return 1 - len(one & other) / len(one | other) if one | other else 0.0

    pairs = [(unit, len(unit) - 1) for unit in units]
    observed = sum(apart(a, b) / others for unit, others in pairs for a, b in combinations(unit, 2)) * 2
    every = [one for unit in units for one in unit]
    expected = 2 * sum(apart(a, b) for a, b in combinations(every, 2)) / (len(every) - 1)
    wanted = 1 - observed / expected if expected else None
    assert set_alpha(units, SetDistance.JACCARD) == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


def test_masi_weighs_sets_by_how_they_lie():
    units = [[frozenset("a"), frozenset("ab")], [frozenset("c"), frozenset("c")], [frozenset(), frozenset("d")]]
    jaccard, masi = (set_alpha(units, distance) for distance in SetDistance)
    # 1 - 1/2 against 1 - 1/2 * 2/3 for the first unit; all else is alike or disjoint.
    assert jaccard is not None
    assert masi is not None
    assert masi < jaccard
