"""Turning one code round in its document: against turning it character by character."""

from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis import rotation
from coder_app.analysis.rotation import Stretch, near, shared_characters, turned
from coder_app.analysis.spans import merged

LENGTH = 24
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 8)).map(lambda one: (one[0], min(LENGTH, one[0] + one[1]))),
    min_size=1,
    max_size=4,
)


def edges(spans):
    table = np.array(sorted(spans), dtype=np.int64)
    return table[:, 0], table[:, 1]


def overlap_when_turned(first, second, by: int) -> int:
    here = {place for start, stop in first for place in range(start, stop)}
    moved = {(place + by) % LENGTH for start, stop in second for place in range(start, stop)}
    return len(here & moved)


@given(first=SPANS, second=SPANS)
@settings(max_examples=80, deadline=None)
def test_shared_characters_of_every_turn_equal_a_recount(first, second):
    curve = shared_characters(Stretch(LENGTH, edges(merged(first)), edges(merged(second))))
    assert curve.tolist() == [overlap_when_turned(first, second, by) for by in range(LENGTH)]


@given(first=SPANS, second=SPANS, far=st.integers(0, 10))
@settings(max_examples=80, deadline=None)
def test_followers_of_every_turn_equal_a_recount(first, second, far):
    first = sorted(first)
    curve = near(np.array([stop + far for _, stop in first]))(Stretch(LENGTH, edges(first), edges(second)))
    pairs = [(stop, start) for (_, stop), (start, _) in product(first, second)]
    recount = [sum(0 <= (start + by) % LENGTH - stop <= far for stop, start in pairs) for by in range(LENGTH)]
    assert curve.tolist() == recount


@given(st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_the_total_over_documents_is_compared_with_all_turns_of_all_of_them(documents):
    curves = [shared_characters(Stretch(LENGTH, edges(merged(a)), edges(merged(b)))) for a, b in documents]
    found = turned(curves, seed=(1,))
    sums = np.array([sum(one) for one in product(*(curve.tolist() for curve in curves))])
    assert found.observed == sums[0]
    assert found.mean == pytest.approx(sums.mean())
    assert found.greater == pytest.approx((sums >= sums[0]).mean(), abs=1e-9)
    assert not found.drawn


def test_random_turns_stand_in_where_all_would_take_too_long(monkeypatch):
    first, second = [(2, 6), (12, 15)], [(3, 7), (14, 15)]
    make = partial(Stretch, LENGTH)
    curves = [shared_characters(make(edges(first), edges(second)))] * 3
    exact = turned(curves, seed=(1,))
    monkeypatch.setattr(rotation, "_MOST_STEPS", 1)
    drawn = turned(curves, seed=(1,))
    assert drawn.drawn
    assert drawn == turned(curves, seed=(1,))
    assert drawn.greater == pytest.approx(exact.greater, abs=0.02)
