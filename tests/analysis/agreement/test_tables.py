"""The tables say what is undefined and why, and hold the counts from which everything can be recounted."""

import pytest

from coder_app.analysis.agreement.advice import paradox, units_needed
from coder_app.analysis.agreement.compared import compare
from coder_app.analysis.agreement.free import compare_stretches
from coder_app.analysis.agreement.scope import Texts, Unit
from coder_app.analysis.agreement.sets import sets_table
from coder_app.analysis.agreement.tables import codes_table, pairs_table, stretches_table, values_table
from coder_app.domain.errors import BadInput

TWO = {"coders": ("ann", "bob")}


def rows(table):
    names = [column.id for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_a_code_that_nobody_used_agrees_and_has_nothing_else(scoped):
    fear, _work, never, pooled, macro = rows(codes_table(compare(scoped())))
    assert (never["code"], never["percent_agreement"]) == ("Never", 1)
    ids = ("krippendorff_alpha", "fleiss_kappa", "light_kappa", "gwet_ac1", "brennan_prediger", "negative_agreement")
    assert [never[one] for one in ids] == [None] * 6
    assert never["note"] == "undefined: nobody used this code"
    assert (fear["units"], fear["krippendorff_alpha"]) == (4, 1)
    assert (pooled["units"], pooled["code"]) == (12, "(all codes, pooled)")
    assert macro["note"] == "1 of 3 codes have no alpha and are left out of its mean"


def test_a_code_that_all_gave_to_everything_does_not_vary(scoped):
    texts = Texts({"d1": 60}, grid={"d1": [(0, 30), (31, 60)]})
    everywhere = [("d1", 0, 60, "Fear", coder) for coder in ("ann", "bob")]
    first = rows(codes_table(compare(scoped(everywhere, texts=texts))))[0]
    assert (first["krippendorff_alpha"], first["cohen_kappa"], first["positive_agreement"]) == (None, None, 1)
    assert first["note"] == "undefined (no variation)"
    values = rows(values_table(compare(scoped(everywhere, texts=texts))))
    assert {one["undefined"] for one in values if one["value"] is not None} == {None}
    assert all(one["undefined"] for one in values if one["value"] is None)


def test_the_counts_behind_the_values_add_up(scoped):
    every = rows(pairs_table(compare(scoped())))
    assert len(every) == 9
    first = every[0]
    assert [first[one] for one in ("coder_a", "both", "only_a", "only_b", "neither")] == ["Ann", 1, 0, 0, 1]
    assert [first[one] for one in ("stretches_a", "stretches_b", "matched_any", "matched_90")] == [1, 1, 1, 0]


def test_settings_say_how_it_was_done(scoped):
    table = codes_table(compare(scoped(stage="after negotiation", **TWO, resamples=100)))
    assert table.settings["stage"] == "after negotiation"
    assert table.settings["coders"] == "Ann, Bob"
    assert table.settings["interval"] == "none: fewer than 3 documents"
    assert table.settings["sources"] == "1 that two of the coders coded; 2 left out"


def test_few_documents_are_marked_and_have_a_jackknife(scoped):
    coded = [(f"d{n}", 0, 5 + n, "Fear", coder) for n in range(4) for coder in ("ann", "bob")]
    texts = Texts({f"d{n}": 20 for n in range(4)}, grid={f"d{n}": [(0, 5), (6, 8), (9, 20)] for n in range(4)})
    found = rows(values_table(compare(scoped([*coded, ("d1", 12, 15, "Fear", "ann")], texts=texts, resamples=50))))
    alpha = found[1]
    assert (alpha["coefficient"], alpha["few_documents"]) == ("krippendorff_alpha", "few documents")
    assert alpha["low"] <= alpha["value"] <= alpha["high"]
    assert alpha["left_out_low"] <= alpha["value"] <= alpha["left_out_high"]
    assert alpha["jackknife_low"] < alpha["value"] < alpha["jackknife_high"]
    assert alpha["standard_error"] > 0
    by_character = rows(values_table(compare(scoped(coded, texts=texts, unit=Unit.CHARACTER))))
    assert {one["standard_error"] for one in by_character} == {None}


def test_stretches_have_their_own_table(scoped):
    fear, _, never, pooled, macro = rows(stretches_table(compare_stretches(scoped(**TWO))))
    assert fear["span_f1_any"] == 1
    assert fear["span_f1_90"] == 0
    assert pooled["span_f1_any"] == 1
    assert [never[one] for one in ("bar_u_alpha", "alpha_u_2004", "span_f1_any", "boundary_similarity")] == [None] * 4
    assert macro["bar_u_alpha"] == pytest.approx((fear["bar_u_alpha"] + rows_of_work(scoped)) / 2)


def rows_of_work(scoped):
    return rows(stretches_table(compare_stretches(scoped(**TWO))))[1]["bar_u_alpha"]


def test_the_paradox_of_feinstein_and_cicchetti_is_told_and_no_other():
    assert paradox(0.85, 0.70, 0.5) is None
    assert "High agreement (85 %) with a low kappa (.32)" in (paradox(0.85, 0.32, 0.9) or "")
    assert paradox(None, None, None) is None


def test_rare_codes_need_more_units():
    assert units_needed(0.5) == 52
    assert units_needed(0.05) > units_needed(0.2) > units_needed(0.5)
    assert units_needed(0.0) is None


def test_sets_of_codes_are_compared_as_wholes(scoped):
    both = [("d1", 0, 9, code, coder) for code in ("Fear", "Work") for coder in ("ann", "bob")]
    jaccard, masi = rows(sets_table(scoped(both)))
    assert (jaccard["units"], jaccard["different_sets"], jaccard["value"], masi["value"]) == (2, 2, 1, 1)
    jaccard, masi = rows(sets_table(scoped(both[:-1])))
    # One unit {Fear, Work} against {Fear}, which are 1/2 apart (2/3 by MASI), and one unit of two empty sets.
    assert jaccard["value"] == pytest.approx(1 - 3 * (2 * 0.5) / (2 * (0.5 + 1 + 1 + 1 + 1)))
    assert masi["value"] == pytest.approx(1 - 3 * (2 * 2 / 3) / (2 * (2 / 3 + 4)))
    with pytest.raises(BadInput, match="choose another unit"):
        sets_table(scoped(both, unit=Unit.CHARACTER))
