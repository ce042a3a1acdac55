"""The tests of a variable as a table: one row per code, with what was compared, how many units, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.how import Counting
from coder_app.analysis.tables import association
from coder_app.analysis.tables.association import Shuffles, Tested
from coder_app.analysis.tables.cross import CrossBlock, Values, cross
from coder_app.analysis.tables.cross_table import how_words
from coder_app.analysis.tables.material import Group, Material, Measure
from coder_app.analysis.tables.variables import Variable
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr

_LEAST_UNITS = 4
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Sample:
    """The units of one block with a value, and the cells of its codes for these (units × codes)."""

    values: Sequence[str | float]
    cells: Values
    missing: int


def association_table(
    material: Material,
    how: Counting,
    variable: Variable,
    measure: Measure,
    shuffles: Shuffles,
    *,
    on_progress: OnProgress = tell_nobody,
) -> Table:
    """Return for each code whether it depends on the variable, tested over sources or cases.

    Columns: coders, code, n (units with a value), missing, with_code, test, statistic, df, p (permutation), q
    (Benjamini–Hochberg over all tested codes of the block), p_textbook, p_fisher, effect, effect_name,
    least_expected, note, undefined, code_id. Units in which the block coded nothing do not enter.
    Raises BadInput where fewer than four units have a value and codings.
    """
    result = cross(material, how, _unit_groups(variable), title="", all_title=tr("All"))
    rows: list[tuple[Cell, ...]] = []
    undefined = 0
    for block in result.blocks:
        sample = _sample(block, variable, measure)
        if len(sample.values) < _LEAST_UNITS:
            raise BadInput(
                tr(
                    "“{name}” has values for {n} coded {units} of {coders}; a test needs at least {least}.",
                    name=variable.name,
                    n=len(sample.values),
                    units=variable.of,
                    coders=block.coders,
                    least=_LEAST_UNITS,
                )
            )
        tested = _tested(sample, variable, measure, shuffles, on_progress)
        undefined += int(np.isnan(tested.statistic).sum())
        rows += _rows(block, sample, tested, material)
    names = {block.coder_id: block.coders for block in result.blocks}
    said = {
        "variable": variable.name,
        "tested_over": variable.of,
        "measure": measure.value,
        **how_words(how, names),
        "resamples": str(shuffles.resamples),
        "seed": str(shuffles.seed),
        "p": tr("permutation: values dealt out anew over the units, (1 + as large) / (1 + all)"),
        "q": tr("Benjamini–Hochberg over the {n} tested rows of each block", n=_tested_words(rows)),
        **_sign(variable, measure),
        "undefined_rows": str(undefined),
        "wording": tr("association within this material; units must not depend on each other"),
    }
    return Table(tr("Codes by {variable}: tests", variable=variable.name), _columns(), tuple(rows), said)


def _sign(variable: Variable, measure: Measure) -> dict[str, str]:
    """Return what a positive effect means, where effects have a sign."""
    if variable.is_number:
        there = measure is Measure.PRESENCE
        said = (
            tr("positive: higher values where the code is") if there else tr("positive: more where values are higher")
        )
        return {"effect_sign": said}
    values = sorted({str(unit.value) for unit in variable.units if unit.value is not None})
    if measure is Measure.PRESENCE or len(values) != _TWO:
        return {}
    return {
        "effect_sign": tr("positive: more under “{first}” than under “{second}”", first=values[0], second=values[1])
    }


def _tested_words(rows: Sequence[tuple[Cell, ...]]) -> str:
    many: dict[Cell, int] = {}
    for row in rows:
        many[row[0]] = many.get(row[0], 0) + (row[6] is not None)
    return ", ".join(map(str, many.values()))


def _unit_groups(variable: Variable) -> list[Group]:
    return [Group(unit.id, unit.title, unit.places) for unit in variable.units]


def _sample(block: CrossBlock, variable: Variable, measure: Measure) -> _Sample:
    coded = block.sources[:-1] > 0
    known = np.array([unit.value is not None for unit in variable.units], dtype=np.bool_)
    there = coded & known
    values = [unit.value for unit, wanted in zip(variable.units, there.tolist(), strict=True) if wanted]
    cells = block.values(measure)[:, there].T
    return _Sample([value for value in values if value is not None], cells, int((coded & ~known).sum()))


def _tested(
    sample: _Sample, variable: Variable, measure: Measure, shuffles: Shuffles, on_progress: OnProgress
) -> Tested:
    by_presence = measure is Measure.PRESENCE
    if variable.is_number:
        numbers = np.array([float(value) for value in sample.values])
        test = association.number_by_presence if by_presence else association.number_by_number
        return test(numbers, sample.cells, shuffles, on_progress)
    words = [str(value) for value in sample.values]
    word_test = association.words_by_presence if by_presence else association.words_by_number
    return word_test(words, sample.cells, shuffles, on_progress)


def _columns() -> tuple[Column, ...]:
    return (
        Column("coders", tr("Coders")),
        Column("code", tr("Code")),
        Column("n", tr("n"), Kind.COUNT),
        Column("missing", tr("Missing"), Kind.COUNT),
        Column("with_code", tr("With the code"), Kind.COUNT),
        Column("test", tr("Test")),
        Column("statistic", tr("Statistic"), Kind.NUMBER),
        Column("df", tr("df"), Kind.COUNT),
        Column("p", tr("p (permutation)"), Kind.NUMBER),
        Column("q", tr("q (BH)"), Kind.NUMBER),
        Column("p_textbook", tr("p (textbook)"), Kind.NUMBER),
        Column("p_fisher", tr("p (Fisher)"), Kind.NUMBER),
        Column("effect", tr("Effect"), Kind.NUMBER),
        Column("effect_name", tr("Effect is")),
        Column("least_expected", tr("Least expected count"), Kind.NUMBER),
        Column("note", tr("Note")),
        Column("undefined", tr("Why undefined")),
        Column("code_id", tr("Id of the code")),
    )


def _rows(block: CrossBlock, sample: _Sample, tested: Tested, material: Material) -> list[tuple[Cell, ...]]:
    with_code = (sample.cells > 0).sum(axis=0)
    few = tr("expected counts are small: do not use the textbook p")
    rows: list[tuple[Cell, ...]] = []
    for row, code in enumerate(block.codes):
        defined = not np.isnan(tested.statistic[row])
        rows.append(
            (
                block.coders,
                material.tree.path(code),
                len(sample.values),
                sample.missing,
                int(with_code[row]),
                tested.name,
                _number(tested.statistic[row]),
                tested.freedom if defined else None,
                *(_number(one[row]) for one in (tested.p, tested.q, tested.textbook, tested.exact, tested.effect)),
                tested.effect_name,
                _number(tested.least[row]),
                few if tested.few[row] else None,
                None if defined else tr("undefined (no variation)"),
                code,
            )
        )
    return rows


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
