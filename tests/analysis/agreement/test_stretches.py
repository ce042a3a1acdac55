"""Coefficients of free stretches: perfect agreement, overlaps that are refused, gamma as a job."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.analysis.agreement.alpha_u import alpha_u
from coder_app.analysis.agreement.boundaries import compared
from coder_app.analysis.agreement.continuum import Continuum, Unit, lengths
from coder_app.analysis.agreement.domains import domain_table, gamma_table
from coder_app.analysis.agreement.free import compare_stretches
from coder_app.analysis.agreement.gamma import Costs, gamma, observed_disorder
from coder_app.analysis.agreement.scope import Texts
from coder_app.analysis.agreement.scope import Unit as FixedUnit
from coder_app.analysis.agreement.unitizing import family, flat
from coder_app.domain.errors import BadInput, Cancelled

ROWS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5), st.integers(1, 2)), min_size=1, max_size=6)


def units(row):
    found, here = [], 0
    for size, gap, value in row:
        found.append(Unit(here + gap, here + gap + size, value))
        here += gap + size
    return found


def alphas(*continua):
    sums = sum(flat(lengths(one, 2)) for one in continua)
    return {name: float(measure(sums)) for name, measure in family(2).items()}


@settings(max_examples=40)
@given(ROWS, st.integers(2, 4))
def test_coders_who_mark_the_same_agree_wholly_or_not_at_all_defined(row, coders):
    same = Continuum(80, {coder: units(row) for coder in range(coders)})
    found = alphas(same)
    assert found["u_alpha"] == pytest.approx(1)
    assert found["bar_u_alpha"] == pytest.approx(1)
    assert all(np.isnan(value) or value == pytest.approx(1) for name, value in found.items() if name != "coverage")


@settings(max_examples=40)
@given(ROWS, ROWS, ROWS)
def test_the_order_of_coders_does_not_matter(one, two, three):
    rows = [units(row) for row in (one, two, three)]
    found, turned = (alphas(Continuum(80, dict(enumerate(some)))) for some in (rows, rows[::-1]))
    assert found == pytest.approx(turned, nan_ok=True)
    assert max(value for value in found.values() if not np.isnan(value)) <= 1 + 1e-9


def test_nobody_marking_anything_is_undefined():
    assert np.isnan(alphas(Continuum(80, {0: [], 1: []}))["u_alpha"])


def test_alpha_u_rests_on_the_sources_of_all_coders(scoped):
    assert [one.alpha for one in alpha_u(scoped())] == [None] * 3
    fear, work, never = alpha_u(scoped(coders=("ann", "bob")))
    assert (fear.observed, work.observed) == pytest.approx((2 * 4 / 2 / 60**2, 2 * 2 / 2 / 60**2))
    assert never.alpha is None
    same = [("d1", 0, 9, "Fear", coder) for coder in ("ann", "bob")]
    assert alpha_u(scoped(same))[0].alpha == 1


def test_the_alpha_of_one_code_is_that_of_a_continuum_with_one_value(scoped):
    free = compare_stretches(scoped())
    d1 = Continuum(60, {0: [Unit(0, 12, 1)], 1: [Unit(0, 10, 1)]})
    d2 = Continuum(40, {1: [Unit(0, 20, 1)], 2: [Unit(2, 20, 1)]})
    assert free.bar_u_alpha.value[0] == pytest.approx(alphas(d1, d2)["bar_u_alpha"])
    assert np.isnan(free.bar_u_alpha.value[2])
    assert [pair[0].matched for pair in free.matched[0.5].values()] == [1, 0, 1]


def test_overlapping_codes_of_a_domain_are_refused_with_their_place(scoped):
    rows = [("d1", 0, 10, "Fear", "ann"), ("d1", 8, 12, "Work", "ann"), ("d1", 0, 9, "Fear", "bob")]
    with pytest.raises(BadInput, match="“Fear” and “Work” do not exclude one another: Ann gave both to characters 8"):
        domain_table(scoped(rows), ["Fear", "Work"])
    assert len(domain_table(scoped(rows), ["Fear"]).rows) == 5


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_gamma_sees_no_disorder_where_all_mark_the_same(row):
    assert observed_disorder([units(row)] * 3, Costs()) == pytest.approx(0)


def test_gamma_repeats_with_its_seed_tells_how_far_it_is_and_can_be_stopped():
    told: list[tuple[int, int]] = []
    coders = [[Unit(0, 9, 1), Unit(20, 30, 2)], [Unit(1, 9, 1), Unit(22, 30, 2)], [Unit(0, 9, 1)]]
    first, again = (
        gamma(coders, precision=0.2, seed=3, on_progress=lambda done, of: told.append((done, of))) for _ in range(2)
    )
    assert first == again
    assert told[0] == (0, 30)
    assert 0 < first.gamma < 1

    def stop(_done, _of):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        gamma(coders, on_progress=stop)


def test_gamma_needs_two_who_marked_something_in_the_same_sources(scoped):
    with pytest.raises(BadInput, match="Gamma needs two coders"):
        gamma([[Unit(0, 9, 1)], []])
    with pytest.raises(BadInput, match="No source was coded by all"):
        gamma_table(scoped())
    table = gamma_table(scoped(coders=("ann", "bob")), precision=0.5)
    assert [row[0] for row in table.rows][:3] == ["gamma", "gamma_cat", "gamma_k"]


def test_boundaries_that_nobody_set_have_no_similarity():
    assert compared([], []).similarity is None
    assert compared([3, 8], [4, 8]).similarity == pytest.approx(0.75)
    assert compared([3], [4]).plus(compared([8], [8])).similarity == pytest.approx(0.75)


def slow_alpha_u(spans, lengths_of):
    """Compute observed and expected disagreement of one code from their definition; `spans` are by coder and text."""
    whole, coders = sum(lengths_of.values()), len(spans)
    observed = expected = 0.0
    gaps = []
    for texts, (text, length) in product(spans, lengths_of.items()):
        row = sorted(texts.get(text, []))
        ends = zip([0, *(stop for _, stop in row)], [*(start for start, _ in row), length], strict=True)
        gaps += [begin - end for end, begin in ends if begin > end]
    for mine, theirs in permutations(spans, 2):
        for text in lengths_of:
            for a in mine.get(text, []):
                met = [b for b in theirs.get(text, []) if a[0] < b[1] and b[0] < a[1]]
                observed += sum((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for b in met)
                observed += 0 if met else 2 * (a[1] - a[0]) ** 2
    sizes = [stop - start for texts in spans for row in texts.values() for start, stop in row]
    for size in sizes:
        expected += (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        expected += size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    every = coders * whole
    expected *= 2 / whole / (every * (every - 1) - sum(size * (size - 1) for size in sizes))
    return observed / (coders * (coders - 1) * whole**2), expected


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["d1", "d2"]), ROWS), min_size=2, max_size=4))
def test_alpha_u_is_its_definition_over_several_texts(scoped, marked):
    lengths_of = {"d1": 80, "d2": 90}
    spans = [{text: [(unit.start, unit.stop) for unit in units(row)]} for text, row in marked]
    coders = ("ann", "bob", "cyd", "dee")[: len(spans)]
    rows = [
        (text, start, stop, "Fear", coder)
        for coder, texts in zip(coders, spans, strict=True)
        for text, row in texts.items()
        for start, stop in row
    ]
    done = dict.fromkeys(coders, frozenset(lengths_of))
    fear = alpha_u(scoped(rows, unit=FixedUnit.CHARACTER, texts=Texts(lengths_of), done=done))[0]
    assert (fear.observed, fear.expected) == pytest.approx(slow_alpha_u(spans, lengths_of))


def test_borders_are_compared_code_by_code_and_source_by_source(scoped):
    fear, work, never = compare_stretches(scoped()).borders
    # ann 0-12 and bob 0-10 in one source, bob 0-20 and cyd 2-20 in the other; ann 35-45 and bob 36-46.
    assert (fear.matches, fear.misses, fear.additions) == (2, 0, 4)
    assert (work.matches, work.misses, work.additions) == (0, 2, 0)
    assert never.similarity is None
