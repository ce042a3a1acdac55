"""Sparse counts add up as plain dictionaries of counts do."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.analysis import cells as cells_module
from coder_app.analysis.block import Pairs
from coder_app.analysis.cells import NONE, Cells, Portions, distinct, numbered, tallied, total

CELL = st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4))
ROWS = st.lists(st.tuples(CELL, st.integers(1, 5)), max_size=12)


def cells_of(rows, *, weighted: bool = True) -> Cells:
    block, code, other = (np.array([cell[place] for cell, _ in rows], dtype=np.int64) for place in range(3))
    return tallied(block, code, other, np.array([n for _, n in rows], dtype=np.int64) if weighted else None)


def plain(cells: Cells) -> Counter:
    found: Counter = Counter()
    for block in cells.blocks():
        one = cells.of_block(block)
        for code, other in zip(*one.codes(), strict=True):
            found[block, int(code), int(other)] = one.of(int(other), int(code))
    return found


def counter(rows) -> Counter:
    found: Counter = Counter()
    for (block, code, other), n in rows:
        found[block, min(code, other), max(code, other)] += n
    return found


@given(ROWS)
def test_rows_are_counted_by_block_and_unordered_pair(rows):
    assert plain(cells_of(rows)) == counter(rows)
    assert plain(cells_of(rows, weighted=False)) == counter([(cell, 1) for cell, _ in rows])


@given(st.lists(ROWS, max_size=4), st.booleans(), st.booleans(), st.sampled_from([1, 8, 200]))
def test_rows_in_portions_are_counted_as_all_at_once(portions, weighted, directed, at_once):
    """Room for all 100 cells is made where more rows than that are kept, and none where fewer are."""
    found = Portions(codes=5, blocks=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells_module, "_AT_ONCE", at_once)
        for rows in portions:
            columns = (np.array([cell[place] for cell, _ in rows], dtype=np.int64) for place in range(3))
            weights = np.array([n for _, n in rows], dtype=np.int64) if weighted else None
            found.add(numbered(*columns, 5, directed=directed), weights)
        counted = found.cells()
    every = [(cell if directed else (cell[0], *sorted(cell[1:])), n) for rows in portions for cell, n in rows]
    block, code, other = (column.tolist() for column in counted.places())
    expected: Counter = Counter()
    for cell, n in every:
        expected[cell] += n if weighted else 1
    assert dict(zip(zip(block, code, other, strict=True), counted.counts.tolist(), strict=True)) == expected
    assert counted.keys.tolist() == sorted(counted.keys.tolist())


@given(st.lists(st.integers(-5, 5)))
def test_distinct_values_come_in_order_each_once(values):
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))


@given(ROWS, ROWS)
def test_sums_and_differences_keep_no_zeros(first, second):
    both = cells_of(first).plus(cells_of(second))
    assert plain(both) == counter(first) + counter(second)
    back = both.plus(cells_of(second), times=-1)
    assert back.keys.tolist() == cells_of(first).keys.tolist()
    assert plain(total([cells_of(first), NONE, cells_of(second)])) == plain(both)


@given(ROWS, ROWS)
def test_own_numbers_and_any_cells_can_be_told_from_the_others(rows, others):
    cells = cells_of(rows)
    code, own = cells.own()
    assert plain(own) == {key: n for key, n in counter(rows).items() if key[1] == key[2]}
    assert code.tolist() == [key[1] for key in sorted(plain(own))]
    left = {key: n for key, n in counter(rows).items() if key not in counter(others)}
    assert plain(cells.without(cells_of(others).keys)) == left


def test_a_cell_that_is_not_there_is_zero():
    assert NONE.of(1, 2) == 0
    assert cells_of([((0, 1, 2), 3)]).of(2, 9) == 0


@given(ROWS, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=40), st.booleans())
def test_many_pairs_are_looked_up_as_each_is_alone(rows, wanted, directed):
    block, code, other = (np.array([cell[place] for cell, _ in rows], dtype=np.int64) for place in range(3))
    cells = tallied(block * 0, code, other, directed=directed)
    pairs = Pairs(cells, {str(number): number for number in range(6)}, directed=directed)
    first, second = (np.array([pair[place] for pair in wanted], dtype=np.int64) for place in range(2))
    expected = [pairs.of(str(one), str(two)) for one, two in wanted]
    assert pairs.of_many(first, second).tolist() == expected
    assert pairs.of_many(np.tile(first, 9), np.tile(second, 9)).tolist() == expected * 9
