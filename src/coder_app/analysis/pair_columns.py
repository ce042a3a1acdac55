"""The columns of the table of pairs: what they are called and how they are filled, a whole column at a time."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from coder_app.analysis.association import share
from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.how import WHOLES, Counting, Mode, Unit
from coder_app.analysis.hypergeometric import Reals
from coder_app.analysis.inference import COMPATIBLE, EVERY, Against, Inference
from coder_app.analysis.listed import Listed
from coder_app.analysis.measured import Measured, Measures
from coder_app.analysis.permutation import DRAWS
from coder_app.analysis.resampling import FEW
from coder_app.domain.table import Cell, Column, Kind
from coder_app.i18n import tr

Filled: TypeAlias = tuple[Column, list[Cell]]
"""A column and its cells, one per pair."""


def coefficient_titles() -> dict[str, str]:
    """Return what the coefficients are called."""
    return {
        "jaccard": tr("Jaccard"),
        "dice": tr("Dice (Sørensen)"),
        "ochiai": tr("Ochiai (cosine)"),
        "overlap": tr("Overlap"),
        "p_b_given_a": tr("P(B|A)"),
        "p_a_given_b": tr("P(A|B)"),
        "lift": tr("Lift"),
        "pmi": tr("PMI (bits)"),
        "npmi": tr("NPMI"),
        "phi": tr("phi"),
        "chi2": tr("chi-square"),
        "g2": tr("G2, treats units as independent"),
        "fisher": tr("Fisher’s p, treats units as independent"),
        "char_jaccard": tr("Jaccard of the characters"),
        "c": tr("c (ATLAS.ti-compatible)"),
    }


def units_besides(result: Cooccurrence) -> bool:
    """Say whether units are counted besides what the mode counts."""
    return result.by_unit and result.how.mode is not Mode.UNITS


def pair_columns(pairs: Listed, result: Cooccurrence, paths: Mapping[str, str]) -> list[Filled]:
    """Return the columns that every table of pairs has."""
    block, how = pairs.block, result.how
    first, second = pairs.own(block.counts)
    both = pairs.together(block.counts)
    proper = how.mode in {Mode.CHARACTERS, Mode.UNITS}
    names = [paths[code] for code in block.codes]
    total: Cell = block.counts.total
    found: list[Filled] = [
        (Column("coders", tr("Coders")), [block.coders] * len(pairs)),
        (Column("code_a", tr("Code A")), _picked(names, pairs.first)),
        (Column("code_b", tr("Code B")), _picked(names, pairs.second)),
        (_count("n_a", tr("n of A")), _counts(first)),
        (_count("n_b", tr("n of B")), _counts(second)),
        (_count("n_ab", tr("Together")), _counts(both, pairs.nested)),
        (_count("n_units", tr("Units in scope (N)")), [total] * len(pairs)),
        (_number("jaccard", tr("Jaccard")), _jaccard(both, first, second, pairs.nested | (not proper))),
        (_count("redundant_a", tr("Redundant codings of A")), _of(block.redundant, block, pairs.first)),
        (_count("redundant_b", tr("Redundant codings of B")), _of(block.redundant, block, pairs.second)),
        (Column("code_a_id", tr("Id of A")), _picked(list(block.codes), pairs.first)),
        (Column("code_b_id", tr("Id of B")), _picked(list(block.codes), pairs.second)),
    ]
    if how.roll_up:
        found += [
            (_count("own_a", tr("n of A without sub-codes")), _of(block.own, block, pairs.first)),
            (_count("own_b", tr("n of B without sub-codes")), _of(block.own, block, pairs.second)),
        ]
    return found + (_unit_columns(pairs, how) if units_besides(result) else [])


def _unit_columns(pairs: Listed, how: Counting) -> list[Filled]:
    counts = pairs.block.by_unit
    if counts is None:
        return []
    first, second = pairs.own(counts)
    both = pairs.together(counts)
    total: Cell = counts.total
    return [
        (Column("unit", tr("Unit")), [how.unit.value] * len(pairs)),
        (_count("unit_n_a", tr("Units with A")), _counts(first)),
        (_count("unit_n_b", tr("Units with B")), _counts(second)),
        (_count("unit_n_ab", tr("Units with both")), _counts(both, pairs.nested)),
        (_count("unit_n", tr("Units in scope")), [total] * len(pairs)),
        (_number("unit_jaccard", tr("Jaccard of the units")), _jaccard(both, first, second, pairs.nested)),
    ]


def measure_columns(measures: Measures, how: Counting, testing: Inference) -> list[Filled]:
    """Return the columns of what was computed besides the counts."""
    titles = coefficient_titles()
    found = _counts_besides(measures, how, testing)
    for name in testing.coefficients:
        if name == COMPATIBLE:
            found += _compatible(measures)
        elif name != "jaccard":
            values = measures.values.get(name, np.full(len(measures.pairs), np.nan))
            found.append((_number(name, titles[name]), _defined(values)))
    for name in testing.intervals:
        found += _interval(measures, name, titles[name])
    return found + ([] if testing.test is Against.NONE else _tested(measures, how))


def _counts_besides(measures: Measures, how: Counting, testing: Inference) -> list[Filled]:
    pairs = measures.pairs
    found: list[Filled] = []
    if how.mode is Mode.UNITS:
        found.append((Column("unit", tr("Unit")), [how.unit.value] * len(pairs)))
    if how.is_directed:
        turned = pairs.together(pairs.block.counts, turned=True)
        found.append((_count("n_ba", tr("Together, from B to A")), _counts(turned, pairs.nested)))
    if how.mode is Mode.PROXIMITY:
        overlapping = np.zeros(len(pairs), dtype=np.int64) if measures.overlapping is None else measures.overlapping
        found.append((_count("overlapping", tr("Pairs that overlap instead")), _counts(overlapping, pairs.nested)))
    if testing.coded_only:
        total = np.zeros(len(pairs)) if measures.table is None else measures.table.total
        found.append((_count("n_coded", tr("Units in which anything is coded (N)")), _counts(total.astype(np.int64))))
    return found


def _compatible(measures: Measures) -> list[Filled]:
    pairs, known = measures.pairs, measures.compatible
    nothing = np.zeros(len(pairs), dtype=np.bool_)
    value = np.full(len(pairs), np.nan) if known is None else np.where(pairs.nested, np.nan, known.c)
    out, lopsided = (nothing, nothing) if known is None else (known.out_of_range, known.lopsided)
    return [
        (_number("c", tr("c (ATLAS.ti-compatible)")), _defined(value)),
        (Column("c_out_of_range", tr("c is out of its range")), _flags(out, pairs.nested)),
        (Column("c_ratio", tr("One code has more than five times the codings")), _flags(lopsided, pairs.nested)),
    ]


def _interval(measures: Measures, name: str, title: str) -> list[Filled]:
    nothing = np.full(len(measures.pairs), np.nan)
    known = measures.intervals.get(name)
    low, high = (nothing, nothing) if known is None else (known.low, known.high)
    undefined = np.zeros(len(measures.pairs), dtype=np.int64) if known is None else known.undefined
    found: list[Filled] = [
        (_number(f"{name}_low", tr("{name}, 2.5 %", name=title)), _defined(low)),
        (_number(f"{name}_high", tr("{name}, 97.5 %", name=title)), _defined(high)),
        (_count(f"{name}_undefined", tr("{name}, resamples without a value", name=title)), _counts(undefined)),
    ]
    least, most = (nothing, nothing) if known is None else known.left_out
    return [
        *found,
        (_number(f"{name}_without_low", tr("{name}, lowest without one document", name=title)), _defined(least)),
        (_number(f"{name}_without_high", tr("{name}, highest without one document", name=title)), _defined(most)),
    ]


def _tested(measures: Measures, how: Counting) -> list[Filled]:
    nothing = np.full(len(measures.pairs), np.nan)
    known = measures.tested
    columns = (nothing,) * 3 if known is None else (known.expected, known.p, known.q)
    inside = tr("all of them") if how.unit in WHOLES else tr("each document")
    return [
        (_number("expected", tr("Together by chance")), _defined(columns[0])),
        (_number("p", tr("p, against chance within {inside}", inside=inside)), _defined(columns[1])),
        (_number("q", tr("q (Benjamini-Hochberg)")), _defined(columns[2])),
    ]


def testing_settings(computed: Measured) -> dict[str, str]:
    """Return what to print of how coefficients, tests and intervals were computed."""
    testing = computed.inference
    found = {
        "n_rule": "units in which anything is coded" if testing.coded_only else "all units in scope",
        "coefficients": ", ".join(name for name in EVERY if name in testing.coefficients),
    }
    if testing.test is not Against.NONE:
        tests = [one.tested for one in computed.blocks if one.tested is not None]
        found |= {
            "test": testing.test.value,
            "pairs_tested": ", ".join(str(one.number) for one in tests) or "0",
            "tested_where": f"both codes in {testing.fewest_units} units and {testing.fewest_documents} documents",
            "pairs_drawn_at_random": ", ".join(str(one.drawn) for one in tests) or "0",
            "draws": str(DRAWS),
            "multiplicity": "Benjamini-Hochberg over the tested pairs of each table",
        }
    if testing.intervals:
        counts = [one.documents for one in computed.blocks]
        over = "cases" if testing.over_cases or computed.result.how.unit is Unit.CASE else "documents"
        drawn = [next(iter(one.intervals.values())).resamples for one in computed.blocks if one.intervals]
        found |= {
            "intervals": f"95 % percentile bootstrap over {over}: " + ", ".join(testing.intervals),
            over: ", ".join(map(str, counts)) or "0",
            "resamples": ", ".join(map(str, drawn)) or "0",
        }
        if any(count < FEW for count in counts):
            found[f"few_{over}"] = f"yes: read intervals of fewer than 10 {over} with care"
    return found | ({"seed": str(testing.seed)} if testing.is_long else {})


def _count(name: str, title: str) -> Column:
    return Column(name, title, Kind.COUNT)


def _number(name: str, title: str) -> Column:
    return Column(name, title, Kind.NUMBER)


def _picked(words: list[str], places: Numbers) -> list[Cell]:
    numbers: list[int] = places.tolist()
    return [words[place] for place in numbers]


def _of(counts: Mapping[str, int], block: Block, places: Numbers) -> list[Cell]:
    known = np.array([counts.get(code, 0) for code in block.codes], dtype=np.int64)
    return known[places].tolist()


def _counts(values: Numbers, empty: Flags | None = None) -> list[Cell]:
    found: list[Cell] = values.tolist()
    for place in [] if empty is None else np.flatnonzero(empty).tolist():
        found[place] = None
    return found


def _flags(values: Flags, empty: Flags) -> list[Cell]:
    return [None if hidden else "yes" if value else "no" for value, hidden in zip(values, empty, strict=True)]


def _jaccard(both: Numbers, first: Numbers, second: Numbers, empty: Flags) -> list[Cell]:
    values = share(both.astype(np.float64), (first + second - both).astype(np.float64))
    return _defined(np.where(empty, np.nan, values))


def _defined(values: Reals) -> list[Cell]:
    found: list[Cell] = values.tolist()
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        found[place] = None
    return found
