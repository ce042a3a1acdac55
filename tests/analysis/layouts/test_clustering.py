"""Average linkage, on values worked out by hand and against scipy."""

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from coder_app.analysis.layouts.clustering import average_linkage, dendrogram, heatmap, leaves
from coder_app.analysis.layouts.material import COUNT, Choices


def linked(rows: list[list[float]]):
    distances = np.array(rows)
    return average_linkage(distances, 1 - np.eye(len(rows)))


def test_the_textbook_example_of_upgma_is_met():
    """Five sequences a to e of the usual example: a and b join at 17, e joins them at 22, c and d at 28, all at 33."""
    joins = linked(
        [[0, 17, 21, 31, 23], [17, 0, 30, 34, 21], [21, 30, 0, 28, 39], [31, 34, 28, 0, 43], [23, 21, 39, 43, 0]]
    )
    assert [(join.left, join.right, join.height, join.size) for join in joins] == [
        (0, 1, 17, 2),
        (5, 4, 22, 3),
        (2, 3, 28, 2),
        (6, 7, 33, 5),
    ]
    assert leaves(joins, 5) == [0, 1, 4, 2, 3]


@settings(max_examples=25)
@drawn(st.integers(2, 12), st.integers(0, 10_000))
def test_heights_are_those_of_scipy(size: int, seed: int):
    found = np.random.default_rng(seed).uniform(0.1, 1, (size, size))
    distances = np.triu(found, 1) + np.triu(found, 1).T
    ours = [join.height for join in linked(distances.tolist())]
    assert ours == pytest.approx(linkage(squareform(distances), "average")[:, 2].tolist())


def test_a_pair_that_does_not_count_is_left_out_of_the_means():
    distances = np.array([[0, 1, 0.2], [1, 0, 0.4], [0.2, 0.4, 0]])
    counted = np.array([[0, 0, 1], [0, 0, 1], [1, 1, 0]], dtype=float)
    joins = average_linkage(distances, counted)
    assert [join.height for join in joins] == pytest.approx([0.2, 0.4])


def test_a_dendrogram_tells_linkage_distance_and_every_join(given):
    picture = dendrogram(given("ab", "ab", "ac", "c", "d"))
    # a in 3, b in 2, c in 2: a-b 2/3, a-c 1/4, b-c 0; the pair joins c at the mean of 3/4 and 1.
    assert [join.height for join in picture.joins] == pytest.approx([1 / 3, 0.875, 1])
    assert "Linkage: average" in " ".join(picture.shown.caption)
    assert "N = 5" in " ".join(picture.shown.caption)
    assert picture.shown.table.settings["linkage"] == "average"
    assert picture.shown.table.rows[0] == ("cluster 1", "A", "B", pytest.approx(1 / 3), 2)


def test_a_heatmap_puts_what_belongs_together_side_by_side(given):
    picture = heatmap(given("ac", "ac", "ac", "bd", "bd", "a"), Choices())
    assert picture.shown.names == ("A", "C", "B", "D")
    assert picture.counts[0] == (4, 3, 0, 0)
    assert picture.shades[2] == (0.0, 0.0, None, 1.0)
    assert picture.shades[0][1] == pytest.approx(0.75)


def test_a_heatmap_may_be_coloured_by_counts(given):
    picture = heatmap(given("ac", "ac", "bd", "a"), Choices(weight=COUNT))
    assert picture.shades[0] == (None, 1.0, 0.0, 0.0)
    assert picture.shades[2][3] == 0.5


def test_a_code_and_one_above_it_have_an_empty_cell(given):
    picture = heatmap(given("ac", "bc", parents={"a": "p"}, roll_up=True), Choices())
    names = picture.shown.names
    assert picture.counts[names.index("P")][names.index("P > A")] is None
    row = next(row for row in picture.shown.table.rows if set(row[:2]) == {"P", "P > A"})
    assert row[4:] == (None, None)
