"""Decisions are counted as somebody would who looks at every unit in turn."""

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.analysis.agreement.decisions import by_character, decisions
from coder_app.analysis.agreement.matching import THRESHOLDS, matches
from coder_app.analysis.agreement.scope import Texts, Unit

CODERS, CODES = ("ann", "bob", "cyd"), ("Fear", "Work", "Never")
LENGTHS = {"d1": 30, "d2": 20}
GRID = {"d1": [(0, 9), (10, 15), (16, 30)], "d2": [(0, 4), (5, 20)]}
SPANS = st.tuples(
    st.sampled_from(["d1", "d2"]),
    st.integers(0, 18),
    st.integers(1, 9),
    st.sampled_from(CODES),
    st.sampled_from(CODERS),
)
ROWS = st.lists(SPANS, max_size=14).map(
    lambda some: (
        [(doc, start, min(start + size, 20), code, coder) for doc, start, size, code, coder in some]
        + [(doc, 0, 1, "Fear", coder) for doc, coder in product(LENGTHS, CODERS)]
    )
)
SETTINGS = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def counted(rows, doc, code, coders, units):
    """Return the table of two coders for one code in one document, looking at each unit."""
    table = np.zeros((2, 2))
    for start, stop in units:
        gave = [
            any(row[:1] + row[3:] == (doc, code, coder) and row[1] < stop and row[2] > start for row in rows)
            for coder in coders
        ]
        table[int(gave[0]), int(gave[1])] += 1
    return table


@SETTINGS
@given(ROWS, st.sampled_from([Unit.CHARACTER, Unit.PARAGRAPH, Unit.DOCUMENT]))
def test_the_tables_of_pairs_are_those_of_looking_at_each_unit(scoped, rows, unit):
    found = decisions(scoped(rows, unit=unit, texts=Texts(LENGTHS, grid=GRID)))
    tables = found.sums(range(len(CODES))).tables
    for place, (doc, length) in enumerate(LENGTHS.items()):
        every = {Unit.CHARACTER: [(n, n + 1) for n in range(length)], Unit.DOCUMENT: [(0, length)]}
        for code, pair in product(range(len(CODES)), range(3)):
            coders = [("ann", "bob"), ("ann", "cyd"), ("bob", "cyd")][pair]
            wanted = counted(rows, doc, CODES[code], coders, every.get(unit, GRID[doc]))
            assert tables[place, code, pair].tolist() == wanted.tolist()


@SETTINGS
@given(ROWS)
def test_a_code_alone_has_the_sums_that_it_has_among_all(scoped, rows):
    found = by_character(scoped(rows, texts=Texts(LENGTHS, grid=GRID)))
    every = found.sums(range(3)).array
    for code in range(3):
        assert np.allclose(found.sums(range(code, code + 1)).array[:, 0], every[:, code])
        assert found.ratings(code).weight.sum() == sum(LENGTHS.values())


@SETTINGS
@given(ROWS, st.sampled_from(THRESHOLDS))
def test_the_matching_is_the_largest_there_is(scoped, rows, threshold):
    flow = pytest.importorskip("scipy.sparse.csgraph", reason="scipy is not installed")
    from scipy.sparse import csr_array

    known = scoped(rows, texts=Texts(LENGTHS, grid=GRID))
    found = matches(known, threshold)
    for (first, second), code in product(found, range(3)):
        one, two = (merged(rows, CODES[code], CODERS[coder]) for coder in (first, second))
        assert (found[first, second][code].first, found[first, second][code].second) == (len(one), len(two))
        if one and two:
            near = csr_array(np.array([[alike(a, b, threshold) for b in two] for a in one]))
            wanted = int((flow.maximum_bipartite_matching(near) >= 0).sum())
            assert found[first, second][code].matched == wanted


def merged(rows, code, coder):
    """Return the stretches of a code by a coder, those that share a character as one."""
    stretches: list[tuple[str, int, int]] = []
    for doc, start, stop in sorted((r[0], r[1], r[2]) for r in rows if r[3:] == (code, coder)):
        if stretches and stretches[-1][0] == doc and start < stretches[-1][2]:
            stretches[-1] = (doc, stretches[-1][1], max(stop, stretches[-1][2]))
        else:
            stretches.append((doc, start, stop))
    return stretches


def alike(one, other, threshold):
    both = min(one[2], other[2]) - max(one[1], other[1])
    either = max(one[2], other[2]) - min(one[1], other[1])
    return one[0] == other[0] and both > 0 and both >= threshold * either
