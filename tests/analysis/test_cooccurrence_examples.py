"""The published examples on pairs of codes come out as printed, and nonsense gets a sentence."""

import pytest

from coder_app.analysis.worked_examples import compute


def computed(statistic: str, params: dict, given: dict | None = None):
    (item,) = compute({"id": "x", "input": given or {}, "expected": [{"statistic": statistic, "params": params}]})
    return item["computed"] if "computed" in item else item["error"]


def table(n11: int, n1: int, n2: int, total: int) -> dict:
    return computed("association_2x2", {"n11": n11, "n1": n1, "n2": n2, "N": total})


@pytest.mark.parametrize(
    ("counts", "name", "printed"),
    [
        # Dunning (1993), Computational Linguistics 19, table 1.
        ((110, 2552, 221, 31777), "g2", 270.72),
        ((29, 42, 152, 31777), "g2", 263.90),
        ((31, 54, 170, 31777), "g2", 256.84),
        ((10, 10, 13, 31777), "g2", 167.23),
        ((76, 180, 2552, 31777), "g2", 157.21),
        # Manning & Schütze (1999), chapter 5, tables 5.14 and 5.8.
        ((20, 42, 20, 14307668), "pmi", 18.38),
        ((20, 41, 27, 14307668), "pmi", 17.98),
        ((20, 14907, 9017, 14307668), "pmi", 1.09),
        ((8, 15828, 4675, 14307676), "chi2", 1.55),
        # Fisher (1935), the lady tasting tea.
        ((3, 4, 4, 8), "fisher_greater", 0.2429),
        ((3, 4, 4, 8), "fisher_two_sided", 0.4857),
        # ATLAS.ti's manual: 5 / (100 + 10 - 5).
        ((5, 100, 10, 1000), "jaccard", 0.048),
    ],
)
def test_published_coefficients_are_reproduced_to_the_printed_digit(counts, name, printed):
    digits = len(str(printed).split(".")[1])
    assert table(*counts)[name] == pytest.approx(printed, abs=0.51 * 10**-digits)


def test_the_tea_table_gives_every_coefficient_at_full_precision():
    assert table(3, 4, 4, 8) == {
        "n11": 3,
        "n10": 1,
        "n01": 1,
        "n00": 3,
        **{name: pytest.approx(0.75) for name in ("dice", "ochiai", "overlap", "cond_2_given_1", "cond_1_given_2")},
        "jaccard": pytest.approx(0.6),
        "lift": pytest.approx(1.5),
        "pmi": pytest.approx(0.5849625007211562),
        "npmi": pytest.approx(0.4133901052228474),
        "phi": pytest.approx(0.5),
        "chi2": pytest.approx(2.0),
        "g2": pytest.approx(2.0929925750581915),
        "fisher_greater": pytest.approx(17 / 70, abs=1e-12),
        "fisher_two_sided": pytest.approx(34 / 70, abs=1e-12),
    }


def test_an_impossible_table_gets_a_sentence():
    assert "no table with 5 of both" in computed("association_2x2", {"n11": 5, "n1": 4, "n2": 9, "N": 20})
    assert "no table with 1 of both" in computed("association_2x2", {"n11": 1, "n1": 9, "n2": 9, "N": 10})


def test_fifteen_p_values_are_adjusted_as_benjamini_and_hochberg_did():
    # Benjamini & Hochberg (1995), section 4.
    values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    values += [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    given = {"p": values}
    assert computed("bh_rejections", {"alpha": 0.05}, given) == 4
    assert computed("bonferroni_rejections", {"alpha": 0.05}, given) == 3
    assert computed("bh_adjusted_p", {}, given)[:6] == pytest.approx(
        [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286]
    )


def documents(*rows: tuple[int, int, int, int]) -> dict:
    names = ("units", "with_A", "with_B", "with_both")
    return {"documents": [dict(zip(names, row, strict=True)) for row in rows]}


def test_shuffling_inside_three_documents_gives_the_enumerated_p():
    found = computed("stratified_permutation", {}, documents((6, 3, 2, 2), (5, 2, 3, 2), (4, 2, 1, 1)))
    assert found == {
        "observed": 5,
        "expected_under_null": pytest.approx(2.7),
        "p_greater": pytest.approx(0.03, abs=1e-12),
        "p_less": pytest.approx(1.0),
        "p_two_sided_doubled": pytest.approx(0.06, abs=1e-12),
        "p_two_sided_point": pytest.approx(0.04, abs=1e-12),
        "fisher_ignoring_documents_greater": pytest.approx(0.03496503496503497, abs=1e-12),
    }


def test_three_documents_are_resampled_in_all_27_ways():
    found = computed("bootstrap_jaccard", {"level": 0.95}, documents((6, 3, 2, 2), (5, 2, 3, 1), (4, 2, 1, 0)))
    assert found == {
        "estimate": pytest.approx(0.3),
        "resamples": 27,
        "undefined": 0,
        "mean": pytest.approx(0.3019640852974186),
        "se": pytest.approx(0.1492736259510559),
        "p2_5": pytest.approx(0.065),
        "p97_5": pytest.approx(0.558333333333333),
    }


def test_two_codes_in_one_document_are_turned_in_all_60_ways():
    given = {"length": 60, "A": [[5, 15], [30, 45]], "B": [[8, 14], [33, 40]]}
    found = computed("circular_shift", {}, given)
    assert found == {
        "observed_overlap": 13,
        "mean": pytest.approx(5.416666666666667),
        "p_greater": pytest.approx(5 / 60),
    }
    assert "not in the text" in computed("circular_shift", {}, given | {"B": [[50, 61]]})


TOY = {
    # The toy data of the package rENA, with three lines in a window.
    "codes": ["A", "B", "C"],
    "lines": [[3, 0, 0], [0, 1, 2], [1, 0, 0], [0, 0, 4], [0, 2, 0], [3, 0, 1]],
    "window_back": 3,
    "window_forward": 0,
    "users": ["1", "2", "3", "1", "2", "3"],
}


def test_moving_windows_count_as_epistemic_network_analysis_does():
    products = computed("ena_row_counts", {"weight": "product"}, TOY)
    assert [products[row] for row in (0, 2, 5)] == [[0, 0, 0], [1, 2, 0], [6, 15, 2]]
    assert computed("ena_row_counts", {"weight": "binary"}, TOY) == [[int(n > 0) for n in row] for row in products]
    assert computed("ena_unit_counts", {"weight": "binary", "unit": "user"}, TOY) == {
        "1": [0, 1, 1],
        "2": [2, 1, 2],
        "3": [2, 2, 1],
    }


def test_lines_that_do_not_fit_get_a_sentence():
    assert "3 codes" in computed("ena_row_counts", {}, TOY | {"lines": [[1, 2]]})
    assert "6 lines" in computed("ena_unit_counts", {}, TOY | {"users": ["1"]})
