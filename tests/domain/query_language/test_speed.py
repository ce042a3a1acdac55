"""Nothing is compared pair by pair: sets of 200,000 passages that all overlap take no time."""

from time import process_time

import numpy as np
import pytest

from coder_app.domain.query_language.spans import Passages, by_characters, common, lying, meeting, passages, union
from coder_app.domain.query_language.tree import Lies

MANY = 200_000
SECONDS = 3.0
"""Pair by pair it would be 40,000,000,000 comparisons."""


def crowd(seed: int) -> Passages:
    """Return passages in one source that lie thousands deep over one another."""
    dice = np.random.default_rng(seed)
    start = dice.integers(0, 1_000_000, MANY)
    return passages(np.zeros(MANY, dtype=np.int64), start, start + dice.integers(1, 50_000, MANY), np.arange(MANY))


@pytest.mark.parametrize("how", list(Lies))
def test_relations_of_crowds(how: Lies) -> None:
    some, others = crowd(1), crowd(2)
    begun = process_time()
    found = lying(some, how, others, by_characters(100))
    assert process_time() - begun < SECONDS
    assert len(found) == MANY


def test_stretches_and_meetings_of_crowds() -> None:
    some, others = crowd(1), crowd(2)
    begun = process_time()
    assert len(common(some, others)) >= 1
    assert meeting(some, others).any()
    assert len(union([some, others])) == 2 * MANY
    assert process_time() - begun < SECONDS
