"""Tests of variables against scipy, exact enumeration and published examples."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from coder_app.analysis.tables.association import (
    Shuffles,
    number_by_number,
    number_by_presence,
    ranks,
    words_by_number,
    words_by_presence,
)
from coder_app.analysis.tables.shuffles import benjamini_hochberg

NONE = Shuffles(resamples=0)
MANY = Shuffles(resamples=4_999, seed=7)


def column(*values):
    return np.array(values, dtype=float)[:, None]


words = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=4, max_size=25)


@settings(max_examples=80, deadline=None)
@given(words)
def test_chi_square_of_presence_is_scipys(units):
    values, numbers = [one for one, _ in units], [int(n > 1) for _, n in units]
    found = words_by_presence(values, column(*numbers), NONE)
    table = [
        [sum(v == name and n == x for v, n in zip(values, numbers, strict=True)) for x in (1, 0)]
        for name in sorted(set(values))
    ]
    if len(table) < 2 or len(set(numbers)) < 2:
        assert np.isnan(found.statistic[0])
        assert np.isnan(found.effect[0])
        assert np.isnan(found.textbook[0])
        return
    expected = stats.chi2_contingency(table, correction=False)
    assert found.statistic[0] == pytest.approx(expected.statistic)
    assert found.freedom == expected.dof
    assert found.textbook[0] == pytest.approx(expected.pvalue)
    assert found.least[0] == pytest.approx(expected.expected_freq.min())
    assert found.effect[0] == pytest.approx(stats.contingency.association(np.array(table), method="cramer"))
    few = (expected.expected_freq < 5).mean() > 0.2 or expected.expected_freq.min() < 1
    assert found.few[0] == few
    if len(table) == 2:
        assert found.exact[0] == pytest.approx(stats.fisher_exact(table)[1])
    else:
        assert np.isnan(found.exact[0])


@settings(max_examples=80, deadline=None)
@given(words)
def test_ranks_of_numbers_by_words_are_scipys(units):
    values, numbers = [one for one, _ in units], [n for _, n in units]
    found = words_by_number(values, column(*numbers), NONE)
    groups = [[n for v, n in zip(values, numbers, strict=True) if v == name] for name in sorted(set(values))]
    if len(groups) < 2 or len(set(numbers)) < 2:
        assert np.isnan(found.statistic[0])
    elif len(groups) == 2:
        expected = stats.mannwhitneyu(*groups, method="asymptotic")
        assert found.name == "Mann–Whitney"
        assert found.statistic[0] == pytest.approx(expected.statistic)
        assert found.textbook[0] == pytest.approx(expected.pvalue)
        pairs = [np.sign(a - b) for a in groups[0] for b in groups[1]]
        assert found.effect[0] == pytest.approx(np.mean(pairs))
    else:
        expected = stats.kruskal(*groups)
        assert found.statistic[0] == pytest.approx(expected.statistic)
        assert found.textbook[0] == pytest.approx(expected.pvalue)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=4, max_size=25))
def test_numbers_by_presence_and_by_numbers_are_scipys(units):
    ages, numbers = np.array([a for a, _ in units], float), [n for _, n in units]
    present = column(*[int(n > 0) for n in numbers])
    found = number_by_presence(ages, present, NONE)
    with_code, without = ages[present[:, 0] == 1], ages[present[:, 0] == 0]
    if not len(with_code) or not len(without) or len(set(ages)) < 2:
        assert np.isnan(found.statistic[0])
    else:
        expected = stats.mannwhitneyu(with_code, without, method="asymptotic")
        assert found.statistic[0] == pytest.approx(expected.statistic)
        assert found.textbook[0] == pytest.approx(expected.pvalue)
        assert found.effect[0] == pytest.approx(np.mean([np.sign(a - b) for a in with_code for b in without]))
    found = number_by_number(ages, column(*numbers), NONE)
    if len(set(ages)) < 2 or len(set(numbers)) < 2:
        assert np.isnan(found.statistic[0])
    else:
        expected = stats.spearmanr(ages, numbers)
        assert found.statistic[0] == pytest.approx(expected.statistic)
        assert found.textbook[0] == pytest.approx(expected.pvalue, abs=1e-9)


def test_the_lady_tasting_tea_is_fishers():
    # Fisher 1935: 4 + 4 cups, 3 of each guessed right; two-sided .4857.
    found = words_by_presence(["milk"] * 4 + ["tea"] * 4, column(1, 1, 1, 0, 0, 0, 0, 1), MANY)
    assert found.exact[0] == pytest.approx(0.4857, abs=5e-5)
    assert found.p[0] == pytest.approx(34 / 70, abs=0.03)
    assert found.few[0]


def test_a_permutation_p_comes_near_that_of_all_arrangements():
    values, numbers = "aaabbbcc", (5, 3, 4, 1, 0, 1, 9, 2)
    found = words_by_number(list(values), column(*numbers), MANY)

    def h(order):
        groups = {name: [n for v, n in zip(order, numbers, strict=True) if v == name] for name in "abc"}
        return stats.kruskal(*groups.values()).statistic

    every = [h(one) for one in set(itertools.permutations(values))]
    exact = np.mean([one >= h(values) - 1e-9 for one in every])
    assert found.p[0] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 4_999))


def test_the_same_seed_gives_the_same_p_and_another_one_does_not():
    values = ["a", "b"] * 6
    numbers = np.random.default_rng(3).integers(0, 9, (12, 5)).astype(float)
    once = words_by_number(values, numbers, Shuffles(499, 1)).p
    assert np.array_equal(once, words_by_number(values, numbers, Shuffles(499, 1)).p)
    assert not np.array_equal(once, words_by_number(values, numbers, Shuffles(499, 2)).p)


def test_codes_without_variation_are_left_out_of_the_correction():
    present = np.array([[1, 1], [1, 0], [1, 1], [1, 0]], float)
    found = words_by_presence(["a", "b", "a", "b"], present, Shuffles(99, 1))
    assert np.isnan(found.p[0])
    assert found.q[1] == found.p[1]


def test_benjamini_and_hochberg_reject_four_of_their_fifteen():
    # Benjamini & Hochberg 1995, section 3.1.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    q = benjamini_hochberg(np.array(p))
    assert (q <= 0.05).sum() == 4
    assert q == pytest.approx(stats.false_discovery_control(p))


def test_ranks_share_their_middle():
    assert ranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [3.5, 1, 3.5, 2]


def test_permutation_ps_of_ranks_come_near_those_of_all_arrangements():
    ages, numbers = np.array([23, 31, 19, 44, 52, 38, 27.0]), column(2, 0, 5, 1, 0, 0, 3)
    present = (numbers > 0).astype(float)
    every = [list(one) for one in itertools.permutations(ages)]

    def share(statistic):
        seen = abs(statistic(ages))
        return np.mean([abs(statistic(np.array(one))) >= seen - 1e-9 for one in every])

    def away(values):
        return stats.rankdata(values)[present[:, 0] == 1].sum() - present.sum() * (len(values) + 1) / 2

    def rho(values):
        return stats.spearmanr(values, numbers[:, 0]).statistic

    every = every[::7]  # a seventh of the 5,040 is as good, and spearmanr is slow
    for found, statistic in (
        (number_by_presence(ages, present, MANY), away),
        (number_by_number(ages, numbers, MANY), rho),
    ):
        exact = share(statistic)
        assert found.p[0] == pytest.approx(exact, abs=0.05)
