"""Moving windows against a plain reading of their definition."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.windows import Lines, window_counts

CONVERSATION = st.lists(st.sets(st.integers(0, 3), max_size=3), min_size=1, max_size=6)


def recount(conversations, back: int) -> dict[tuple[int, int], int]:
    """Line t counts i and j when both are in its window and one of them in line t."""
    found = {}
    for lines in conversations:
        for at, here in enumerate(lines):
            window = set().union(*lines[max(0, at - back + 1) : at + 1])
            for pair in combinations(range(4), 2):
                if set(pair) <= window and set(pair) & here:
                    found[pair] = found.get(pair, 0) + 1
    return found


@given(st.lists(CONVERSATION, max_size=3), st.lists(CONVERSATION, max_size=3), st.integers(1, 5))
@settings(max_examples=80, deadline=None)
def test_windows_count_lines_and_never_reach_into_another_conversation_or_block(ours, theirs, back):
    rows = [
        (block, number, at, code, 1)
        for block, conversations in enumerate((ours, theirs))
        for number, lines in enumerate(conversations)
        for at, codes in enumerate(lines)
        for code in codes
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    both = [max((len(one[n]) for one in (ours, theirs) if n < len(one)), default=0) for n in range(3)]
    cells = window_counts(Lines(*columns), back, np.array(both))
    for block, conversations in enumerate((ours, theirs)):
        here = cells.of_block(block)
        found = {pair: here.of(*pair) for pair in combinations(range(4), 2) if here.of(*pair)}
        assert found == recount(conversations, back)
