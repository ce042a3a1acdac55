"""Agreement as tables: one row per code for people, one row per value with its interval, and the counts behind it."""

from collections.abc import Sequence

import numpy as np

from coder_app.analysis.agreement import coefficients
from coder_app.analysis.agreement.advice import paradox, units_needed, why_undefined
from coder_app.analysis.agreement.compared import Compared
from coder_app.analysis.agreement.decisions import NO, YES
from coder_app.analysis.agreement.free import Free
from coder_app.analysis.agreement.intervals import ENUMERATED, FEW, FEWEST, Draws, Estimate
from coder_app.analysis.agreement.matching import ANY, THRESHOLDS, Matched, matches
from coder_app.analysis.agreement.measures import ALPHA, COHEN, CONGER, FLEISS, PERCENT, SCOTT
from coder_app.analysis.agreement.ratings import Reals, pairs_of
from coder_app.analysis.agreement.scope import Scope, Unit
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr


def cell(value: float | np.float64) -> float | None:
    """Return a number for a table; what is undefined is an empty cell."""
    return None if np.isnan(value) else float(value)


def codes_table(result: Compared) -> Table:
    """Return a row per code, then all decisions pooled, then the mean over the codes where a value is defined.

    Columns: code, units, decisions (by how many coders each unit was decided, at most), prevalence, bias, one per
    coefficient, alpha_low and alpha_high, units_needed, note (why a value is missing, and warnings).
    """
    kappa = COHEN if COHEN in result.estimates else FLEISS
    alpha = result.estimates[ALPHA]
    prevalence, bias = (of(result.sums, YES) for of in (coefficients.prevalence, coefficients.bias))
    rows: list[tuple[Cell, ...]] = []
    for place, name in enumerate(_rows(result.scope)):
        is_macro = place > len(result.scope.codes)
        shown = None if is_macro else cell(prevalence[place])
        values = [cell(result.estimates[measure.id].value[place]) for measure in result.measures]
        percent, corrected = (cell(result.estimates[one].value[place]) for one in (PERCENT, kappa))
        head = (name, None, None, None) if is_macro else (name, _units(result, place), shown, cell(bias[place]))
        needed = units_needed(shown) if place < len(result.scope.codes) else None
        if result.scope.how.unit is Unit.CHARACTER:
            needed = None
        note = _note(result, place, percent, corrected, shown)
        rows.append((*head, *values, cell(alpha.low[place]), cell(alpha.high[place]), needed, note))
    columns = (
        Column("code", tr("Code")),
        Column("units", tr("Units"), Kind.COUNT),
        Column("prevalence", tr("Prevalence"), Kind.NUMBER),
        Column("bias", tr("Bias"), Kind.NUMBER),
        *(Column(measure.id, measure.title, Kind.NUMBER) for measure in result.measures),
        Column("alpha_low", tr("Alpha, 95 % from"), Kind.NUMBER),
        Column("alpha_high", tr("Alpha, 95 % to"), Kind.NUMBER),
        Column("units_needed", tr("Units needed for alpha .800"), Kind.COUNT),
        Column("note", tr("Note")),
    )
    return Table(tr("Agreement of coders"), columns, tuple(rows), settings_of(result.scope, result.drawn, result))


def _rows(scope: Scope) -> tuple[str, ...]:
    return (*scope.code_names, tr("(all codes, pooled)"), tr("(mean over codes)"))


def _units(result: Compared, place: int) -> int:
    return round(float(result.sums.units[place]))


def _note(
    result: Compared, place: int, percent: float | None, kappa: float | None, prevalence: float | None
) -> str | None:
    codes = len(result.scope.codes)
    if place > codes:
        left_out = int(np.isnan(result.estimates[ALPHA].value[:codes]).sum())
        return tr("{n} of {all} codes have no alpha and are left out of its mean", n=left_out, all=codes)
    if kappa is None:
        return why_undefined(is_used=place >= codes or result.used[place])
    return paradox(percent, kappa, prevalence)


def values_table(result: Compared) -> Table:
    """Return a row per code and coefficient with its interval, and why it is undefined where it is.

    Columns: code, coefficient, unit, value, undefined (the reason), low and high (bootstrap over documents),
    few_documents, undefined_resamples, below_667, below_800 (shares of the resamples), jackknife_low,
    jackknife_high, left_out_low, left_out_high (below 20 documents: leaving each out once), standard_error
    (over units, linearised; not for characters), version.
    """
    rows: list[tuple[Cell, ...]] = []
    for place, name in enumerate(_rows(result.scope)):
        for measure in result.measures:
            estimate = result.estimates[measure.id]
            error = result.errors[place].get(_twin(measure.id)) if place < len(result.errors) else None
            is_used = place >= len(result.scope.codes) or result.used[place]
            rows.append(
                (
                    name,
                    measure.id,
                    result.scope.how.unit.value,
                    *_value_cells(estimate, place, is_used=is_used),
                    *interval_cells(estimate, place, result.drawn),
                    error if is_used else None,
                    measure.version,
                )
            )
    columns = (
        Column("code", tr("Code")),
        Column("coefficient", tr("Coefficient")),
        Column("unit", tr("Unit")),
        Column("value", tr("Value"), Kind.NUMBER),
        Column("undefined", tr("Why undefined")),
        *interval_columns(),
        Column("standard_error", tr("Standard error over units"), Kind.NUMBER),
        Column("version", tr("Version")),
    )
    return Table(tr("Agreement of coders"), columns, tuple(rows), settings_of(result.scope, result.drawn, result))


def _twin(measure: str) -> str:
    """Return whose standard error a coefficient has: with two coders Conger's is Cohen's, and Fleiss' is Scott's."""
    return {COHEN: CONGER, SCOTT: FLEISS}.get(measure, measure)


def _value_cells(estimate: Estimate, place: int, *, is_used: bool) -> tuple[Cell, ...]:
    value = cell(estimate.value[place])
    return value, why_undefined(is_used=is_used) if value is None else None


def interval_columns() -> tuple[Column, ...]:
    """Return the columns of an interval over documents."""
    return (
        Column("low", tr("95 % from"), Kind.NUMBER),
        Column("high", tr("95 % to"), Kind.NUMBER),
        Column("few_documents", tr("Few documents")),
        Column("undefined_resamples", tr("Undefined resamples"), Kind.COUNT),
        Column("below_667", tr("Resamples below .667"), Kind.NUMBER),
        Column("below_800", tr("Resamples below .800"), Kind.NUMBER),
        Column("jackknife_low", tr("Jackknife from"), Kind.NUMBER),
        Column("jackknife_high", tr("Jackknife to"), Kind.NUMBER),
        Column("left_out_low", tr("Lowest with one left out"), Kind.NUMBER),
        Column("left_out_high", tr("Highest with one left out"), Kind.NUMBER),
    )


def interval_cells(estimate: Estimate, place: int, drawn: Draws | None) -> tuple[Cell, ...]:
    """Return the cells of these columns for one value of an estimate; all empty where there is no interval."""
    if drawn is None or np.isnan(estimate.value[place]):
        return (None,) * len(interval_columns())
    ends: list[Reals] = [*estimate.below, *estimate.jackknife, *estimate.left_out]
    return (
        cell(estimate.low[place]),
        cell(estimate.high[place]),
        tr("few documents") if drawn.counts.shape[1] < FEW else None,
        int(estimate.undefined[place]),
        *(cell(one[place]) for one in ends),
    )


def pairs_table(result: Compared) -> Table:
    """Return the counts behind the coefficients: a row per code and pair of coders.

    Columns: code, coder_a, coder_b, both, only_a, only_b, neither (units), cohen_kappa, then for stretches
    stretches_a, stretches_b and the matched pairs by threshold.
    """
    rows: list[tuple[Cell, ...]] = []
    kappas = coefficients.cohen(result.sums)
    names = result.scope.names
    matched = [matches(result.scope, threshold) for threshold in THRESHOLDS]
    for code, name in enumerate(result.scope.code_names):
        for place, (first, second) in enumerate(pairs_of(len(names))):
            table = result.sums.tables[code, place]
            counts = [round(float(table[a, b])) for a, b in ((YES, YES), (YES, NO), (NO, YES), (NO, NO))]
            found = [each[first, second][code] for each in matched]
            rows.append(
                (
                    name,
                    names[first],
                    names[second],
                    *counts,
                    cell(kappas[code, place]),
                    found[0].first,
                    found[0].second,
                    *(one.matched for one in found),
                )
            )
    counted = (
        ("both", tr("Both")),
        ("only_a", tr("Only A")),
        ("only_b", tr("Only B")),
        ("neither", tr("Neither")),
    )
    columns = (
        Column("code", tr("Code")),
        Column("coder_a", tr("Coder A")),
        Column("coder_b", tr("Coder B")),
        *(Column(id_, title, Kind.COUNT) for id_, title in counted),
        Column("cohen_kappa", tr("Cohen’s kappa"), Kind.NUMBER),
        Column("stretches_a", tr("Stretches of A"), Kind.COUNT),
        Column("stretches_b", tr("Stretches of B"), Kind.COUNT),
        *(Column(f"matched_{_mark(one)}", tr("Matched ({mark})", mark=_mark(one)), Kind.COUNT) for one in THRESHOLDS),
    )
    return Table(tr("Decisions of pairs of coders"), columns, tuple(rows), settings_of(result.scope, None, result))


def _mark(threshold: float) -> str:
    return "any" if threshold == ANY else str(round(100 * threshold))


def stretches_table(free: Free) -> Table:
    """Return a row per code on the stretches as the coders drew them, then all pooled, then the mean.

    Columns: code, bar_u_alpha with its interval, alpha_u_2004, span_f1 by threshold (which is Holsti's
    coefficient), boundary_similarity.
    """
    every = list(free.matched.values())
    rows: list[tuple[Cell, ...]] = []
    codes = len(free.scope.codes)
    for place, name in enumerate(_rows(free.scope)):
        own = range(codes) if place == codes else (place,) if place < codes else ()
        f1 = [_all_of([row[code] for row in pairs.values() for code in own]).f1 for pairs in every]
        is_code = place < codes
        rows.append(
            (
                name,
                cell(free.bar_u_alpha.value[place]),
                *interval_cells(free.bar_u_alpha, place, free.drawn),
                free.alpha_u[place] if is_code else None,
                *f1,
                free.borders[place].similarity if is_code else None,
            )
        )
    columns = (
        Column("code", tr("Code")),
        Column("bar_u_alpha", tr("|u-alpha (2016)"), Kind.NUMBER),
        *interval_columns(),
        Column("alpha_u_2004", tr("alpha_U (2004)"), Kind.NUMBER),
        *(Column(f"span_f1_{_mark(one)}", tr("Span F1 ({mark})", mark=_mark(one)), Kind.NUMBER) for one in THRESHOLDS),
        Column("boundary_similarity", tr("Boundary similarity"), Kind.NUMBER),
    )
    return Table(tr("Agreement on stretches"), columns, tuple(rows), settings_of(free.scope, free.drawn))


def _all_of(parts: Sequence[Matched]) -> Matched:
    sums = Matched(0, 0, 0)
    for one in parts:
        sums = sums.plus(one)
    return sums


def settings_of(scope: Scope, drawn: Draws | None, result: Compared | None = None) -> dict[str, str]:
    """Return how a table was made, in the words that are printed with it."""
    how = scope.how
    settings = {
        "unit": how.unit.value if result else tr("stretches, in characters"),
        "coders": ", ".join(scope.names),
        "sources": tr("{n} that two of the coders coded; {left} left out", n=len(scope.sources), left=scope.left_out),
        "codes": str(len(scope.codes)),
        "interval": _method(drawn, len(scope.sources)),
        "seed": str(how.seed),
        "marks": tr("Krippendorff names .667 and .800; they are no verdict"),
    }
    if result is not None:
        settings["units"] = str(int(scope.sizes.sum()))
    if how.stage:
        settings["stage"] = how.stage
    return settings


def _method(drawn: Draws | None, sources: int) -> str:
    if drawn is None:
        return tr("none: fewer than 3 documents") if sources < FEWEST else tr("none asked for")
    if sources <= ENUMERATED:
        return tr("bootstrap over documents, all {n} resamples, few documents", n=drawn.number)
    return tr("bootstrap over documents, {n} resamples, 95 % percentile", n=drawn.number)
