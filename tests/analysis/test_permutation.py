"""Shuffling inside documents: exact against every shuffle, and against scipy where there is one document."""

from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from coder_app.analysis import permutation
from coder_app.analysis.permutation import Strata, adjusted, shuffled
from coder_app.domain.errors import Cancelled


@st.composite
def document(draw) -> tuple[int, int, int]:
    units = draw(st.integers(1, 5))
    return units, draw(st.integers(0, units)), draw(st.integers(0, units))


def shuffle(pairs: list[list[tuple[int, int, int]]], observed: list[int], **options):
    rows = [(number, *one) for number, documents in enumerate(pairs) for one in documents]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return shuffled(Strata(*columns), np.array(observed), seed=1, **options)


def every_shuffle(documents: list[tuple[int, int, int]]) -> dict[int, float]:
    """The chance of each total: B stays, A's units are placed in every way."""
    chances: dict[int, float] = {}
    for placed in product(*(combinations(range(units), first) for units, first, _ in documents)):
        total = sum(sum(unit < second for unit in one) for one, (_, _, second) in zip(placed, documents, strict=True))
        chance = 1 / np.prod([comb(units, first) for units, first, _ in documents])
        chances[total] = chances.get(total, 0) + chance
    return chances


@given(pairs=st.lists(st.lists(document(), max_size=4), min_size=1, max_size=4), data=st.data())
@settings(max_examples=60, deadline=None)
def test_p_values_are_those_of_every_shuffle(pairs, data):
    chances = [every_shuffle(documents) for documents in pairs]
    observed = [data.draw(st.sampled_from(sorted(one))) for one in chances]
    found = shuffle(pairs, observed)
    for number, (one, seen) in enumerate(zip(chances, observed, strict=True)):
        greater = sum(chance for total, chance in one.items() if total >= seen)
        less = sum(chance for total, chance in one.items() if total <= seen)
        point = sum(chance for chance in one.values() if chance <= one[seen] * (1 + 1e-7))
        assert found.greater[number] == pytest.approx(greater, abs=1e-9)
        assert found.less[number] == pytest.approx(less, abs=1e-9)
        assert found.two_sided[number] == pytest.approx(min(1, 2 * min(greater, less)), abs=1e-9)
        assert found.point[number] == pytest.approx(point, abs=1e-6)
        assert found.expected[number] == pytest.approx(sum(total * chance for total, chance in one.items()))


def test_one_document_is_fishers_test():
    found = shuffle([[(50, 20, 12)]], [9])
    square = [[9, 11], [3, 27]]
    assert found.greater[0] == pytest.approx(stats.fisher_exact(square, alternative="greater")[1])
    assert found.point[0] == pytest.approx(stats.fisher_exact(square)[1])


def test_random_draws_stand_in_where_the_sum_would_take_too_long(monkeypatch):
    documents = [(40, 12, 9), (30, 10, 10), (25, 5, 8)]
    exact = shuffle([documents], [12])
    monkeypatch.setattr(permutation, "_MOST_STEPS", 1)
    drawn, again = shuffle([documents], [12]), shuffle([documents], [12])
    assert drawn.drawn.tolist() == [True]
    assert not exact.drawn[0]
    assert drawn.greater[0] == again.greater[0]
    p = float(exact.greater[0])
    assert drawn.greater[0] == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / permutation.DRAWS))


def test_it_says_how_far_it_is_and_can_be_stopped():
    def stop(done: int, of: int) -> None:
        assert (done, of) == (0, 1)
        raise Cancelled

    with pytest.raises(Cancelled):
        shuffle([[(6, 3, 2)]], [2], on_progress=stop)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_adjusted_p_values_equal_those_of_scipy_and_leave_gaps_alone(values):
    found = adjusted(np.array([*values, np.nan]))
    assert found[:-1] == pytest.approx(stats.false_discovery_control(values))
    assert np.isnan(found[-1])
