"""Coefficients of free stretches: perfect agreement, overlaps that are refused, gamma as a job."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.agreement.boundaries import compared
from coder_app.analysis.agreement.continuum import Continuum, Unit, lengths
from coder_app.analysis.agreement.domains import domain_table, gamma_table
from coder_app.analysis.agreement.free import compare_stretches
from coder_app.analysis.agreement.gamma import Costs, gamma, observed_disorder
from coder_app.analysis.agreement.unitizing import alpha_u, family, flat
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
    assert alpha_u([same]).alpha == pytest.approx(1)


@settings(max_examples=40)
@given(ROWS, ROWS, ROWS)
def test_the_order_of_coders_does_not_matter(one, two, three):
    rows = [units(row) for row in (one, two, three)]
    found, turned = (alphas(Continuum(80, dict(enumerate(some)))) for some in (rows, rows[::-1]))
    assert found == pytest.approx(turned, nan_ok=True)
    assert max(value for value in found.values() if not np.isnan(value)) <= 1 + 1e-9


def test_nobody_marking_anything_is_undefined():
    assert np.isnan(alphas(Continuum(80, {0: [], 1: []}))["u_alpha"])
    assert alpha_u([Continuum(80, {0: [], 1: []})]).alpha is None
    assert alpha_u([]).alpha is None


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
