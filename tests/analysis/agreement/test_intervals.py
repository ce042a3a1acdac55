"""Intervals over documents: the exact bootstrap of few, seeds, what is undefined, and stopping."""

import numpy as np
import pytest

from coder_app.analysis.agreement.coefficients import ratio
from coder_app.analysis.agreement.compared import compare
from coder_app.analysis.agreement.intervals import _T, Material, draws, estimates, quantiles
from coder_app.domain.errors import Cancelled

# A constructed example: units with A, with B, with both, of three documents; all 27 resamples looked at.
DOCUMENTS = np.array([[3.0, 2, 2], [2, 3, 1], [2, 1, 0]])[:, None, :]


def jaccard(array):
    return ratio(array[..., 2], array[..., 0] + array[..., 1] - array[..., 2])


def material(sums):
    return Material(lambda some: sums[:, some.start : some.stop], sums.shape[1], len(sums), 3, {"jaccard": jaccard})


def test_the_exact_bootstrap_of_three_documents_has_its_known_limits():
    drawn = draws(3, 10_000, 1)
    found = estimates(material(DOCUMENTS), drawn)[0]["jaccard"]
    assert drawn.number == 27
    assert found.value[0] == pytest.approx(0.3)
    assert (found.low[0], found.high[0]) == pytest.approx((0.065, 0.558333333333333))
    assert found.undefined[0] == 0


def test_drawing_comes_near_the_exact_bootstrap_and_a_seed_repeats_it():
    many = np.tile(DOCUMENTS, (3, 1, 1))
    first, again, other = (estimates(material(many), draws(9, 4000, seed))[0]["jaccard"] for seed in (1, 1, 2))
    assert first.low[0] == again.low[0]
    assert first.low[0] == pytest.approx(other.low[0], abs=0.03)
    assert first.low[0] < 0.3 < first.high[0]


def test_macro_is_the_mean_of_what_is_defined_and_pooled_is_of_the_sums():
    sums = np.concatenate((DOCUMENTS, np.zeros_like(DOCUMENTS), DOCUMENTS[:, :, [1, 0, 2]] * 2), axis=1)
    found, whole = estimates(material(sums), None)
    assert found["jaccard"].value == pytest.approx([0.3, np.nan, 0.3, 0.3, 0.3], nan_ok=True)
    assert whole[-1].tolist() == [7 + 12, 6 + 14, 3 + 6]
    assert np.isnan(found["jaccard"].low).all()


def test_undefined_resamples_are_counted_and_left_out():
    sums = np.array([[1.0, 1, 1], [0, 0, 0], [0, 0, 0]])[:, None, :]
    found = estimates(material(sums), draws(3, 100, 1))[0]["jaccard"]
    assert (found.value[0], found.low[0], found.high[0], found.undefined[0]) == (1, 1, 1, 8)
    assert np.isnan(found.jackknife[0][0])


def test_two_documents_give_no_interval():
    assert draws(2, 10_000, 1) is None
    assert draws(30, 0, 1) is None


def test_quantiles_are_those_of_numpy_without_what_is_undefined():
    values = np.array([[0.5, np.nan], [0.1, 3], [0.9, np.nan], [0.2, np.nan]])
    low, high = quantiles(values, (0.025, 0.975))
    assert low[0] == pytest.approx(np.quantile(values[:, 0], 0.025))
    assert (low[1], high[1]) == (3, 3)


def test_the_table_of_students_t_is_right():
    special = pytest.importorskip("scipy.special", reason="scipy is not installed")
    assert pytest.approx([special.stdtrit(df, 0.975) for df in range(2, 19)], abs=1e-6) == list(_T)


def test_the_work_can_be_stopped(scoped):
    def stop(_done, _of):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        compare(scoped(), on_progress=stop)
