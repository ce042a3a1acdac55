"""Documents drawn anew: against every resample written out, and the same for the same seed."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.association import COEFFICIENTS, ZERO_TOGETHER
from coder_app.analysis.resampling import Sampled, intervals
from coder_app.domain.errors import Cancelled


@st.composite
def document(draw) -> tuple[int, int, int, int]:
    units = draw(st.integers(1, 8))
    first, second = (draw(st.integers(0, units)) for _ in range(2))
    return units, first, second, draw(st.integers(max(0, first + second - units), min(first, second)))


def sampled(documents: list[tuple[int, int, int, int]]) -> Sampled:
    """Two codes as two pairs: A with B, and B with A."""
    units, first, second, both = (np.array(column, dtype=np.int64) for column in zip(*documents, strict=True))
    here = np.flatnonzero(both)
    codes = np.stack((first, second), axis=1)
    pair = np.repeat([0, 1], len(here))
    return Sampled(units, codes, np.array([0, 1]), np.array([1, 0]), np.tile(here, 2), pair, np.tile(both[here], 2))


def jaccard_of(rows) -> float:
    both, either = sum(row[3] for row in rows), sum(row[1] + row[2] - row[3] for row in rows)
    return both / either if either else float("nan")


@given(documents=st.lists(document(), min_size=3, max_size=4))
@settings(max_examples=30, deadline=None)
def test_few_documents_are_drawn_in_every_way(documents):
    found = intervals(sampled(documents), COEFFICIENTS["jaccard"], 10_000, 1)
    every = np.array([jaccard_of(rows) for rows in product(documents, repeat=len(documents))])
    known = every[~np.isnan(every)]
    assert found.resamples == len(every)
    for pair in range(2):
        assert found.undefined[pair] == np.isnan(every).sum()
        wanted = np.quantile(known, [0.025, 0.975]) if len(known) else [np.nan] * 2
        assert [found.low[pair], found.high[pair]] == pytest.approx(wanted, nan_ok=True)
        without = [jaccard_of(documents[:n] + documents[n + 1 :]) for n in range(len(documents))]
        if not np.isnan(without).any():
            assert [found.left_out[0][pair], found.left_out[1][pair]] == pytest.approx([min(without), max(without)])


def test_many_documents_are_drawn_at_random_the_same_way_for_the_same_seed():
    documents = [(10, 4, 3, 2), (12, 6, 2, 1), (9, 3, 3, 3), (11, 1, 5, 0)] * 5
    one, same, other = (intervals(sampled(documents), COEFFICIENTS["lift"], 500, seed) for seed in (1, 1, 2))
    assert one.low.tolist() == same.low.tolist() != other.low.tolist()
    assert one.low[0] == pytest.approx(one.low[1])
    assert np.isnan(one.left_out[0]).all()
    assert one.low[0] < COEFFICIENTS["lift"](sampled(documents).whole())[0] < one.high[0]


@pytest.mark.parametrize("name", sorted(ZERO_TOGETHER))
def test_codes_that_never_meet_get_the_same_interval_without_resampling(name):
    documents = [(10, 4, 0, 0), (12, 0, 2, 0), (9, 3, 3, 0), (11, 0, 0, 0), (5, 1, 0, 0)] * 2
    long, short = (
        intervals(sampled(documents), COEFFICIENTS[name], 400, 1, zero=zero) for zero in (None, ZERO_TOGETHER[name])
    )
    assert short.low.tolist() == long.low.tolist() == [0, 0]
    assert short.high.tolist() == long.high.tolist()
    assert short.undefined.tolist() == long.undefined.tolist()


def test_two_documents_have_no_interval():
    found = intervals(sampled([(10, 4, 3, 2), (12, 6, 2, 1)]), COEFFICIENTS["jaccard"], 10_000, 1)
    assert np.isnan([*found.low, *found.high]).all()
    assert found.resamples == 0


def test_it_says_how_far_it_is_and_can_be_stopped():
    def stop(done: int, of: int) -> None:
        assert (done, of) == (0, 2)
        raise Cancelled

    with pytest.raises(Cancelled):
        intervals(sampled([(10, 4, 3, 2)] * 8), COEFFICIENTS["jaccard"], 50, 1, on_progress=stop)
