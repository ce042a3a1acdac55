"""The worked examples on pairs of codes, computed by the functions that the co-occurrence table itself uses."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt, TypeAdapter

from coder_app.analysis import association, rotation
from coder_app.analysis.agreement.intervals import draws
from coder_app.analysis.association import fourfold
from coder_app.analysis.columns import Numbers
from coder_app.analysis.hypergeometric import Reals, fisher
from coder_app.analysis.permutation import Strata, adjusted, shuffled
from coder_app.analysis.resampling import Sampled, intervals, resampled
from coder_app.analysis.rotation import Stretch
from coder_app.analysis.spans import merged
from coder_app.analysis.windows import Lines, meetings
from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.i18n import tr

Json: TypeAlias = dict[str, Any]
Statistic: TypeAlias = Callable[[Json, Json], object]

_OTHER_NAMES = {"p_b_given_a": "cond_2_given_1", "p_a_given_b": "cond_1_given_2"}
# Beyond so many units these examples leave Fisher's test out.
_MOST_FOR_FISHER = 5_000
_ANY_SEED = 1
_RESAMPLES = 10_000


class _Fourfold(BaseModel):
    n11: NonNegativeInt
    n1: NonNegativeInt
    n2: NonNegativeInt
    N: NonNegativeInt


class _Values(BaseModel):
    p: list[float]


class _Level(BaseModel):
    alpha: float = Field(default=0.05, ge=0, le=1)


class _Document(BaseModel):
    units: NonNegativeInt
    with_a: NonNegativeInt = Field(alias="with_A")
    with_b: NonNegativeInt = Field(alias="with_B")
    with_both: NonNegativeInt


class _Documents(BaseModel):
    documents: list[_Document]


class _Turned(BaseModel):
    length: PositiveInt
    A: list[Span]
    B: list[Span]


class _Conversation(BaseModel):
    codes: list[str]
    lines: list[list[NonNegativeInt]]
    window_back: PositiveInt
    window_forward: NonNegativeInt = 0
    users: list[str] = []


class _Weight(BaseModel):
    weight: Literal["binary", "product"] = "binary"


def association_2x2(_given: Json, params: Json) -> Json:
    """Return every coefficient of one table of two by two counts; Fisher's p only below 5,000 units."""
    table = _Fourfold.model_validate(params)
    _check(table.n11, table.n1, table.n2, table.N)
    one = [np.array([n], dtype=np.int64) for n in (table.n11, table.n1, table.n2, table.N)]
    found = fourfold(one[0], one[1], one[2], one[3])
    said: Json = dict(zip(("n11", "n10", "n01", "n00"), (int(cell[0]) for cell in found.corners), strict=True))
    for name, coefficient in association.COEFFICIENTS.items():
        if name != "fisher":
            said[_OTHER_NAMES.get(name, name)] = _number(coefficient(found)[0])
    if table.N < _MOST_FOR_FISHER:
        said["fisher_greater"] = _number(association.fisher_greater(found)[0])
        said["fisher_two_sided"] = _number(association.fisher_two_sided(found)[0])
    return said


def _check(both: int, first: int, second: int, total: int) -> None:
    if both > min(first, second) or first + second - both > total:
        raise BadInput(
            tr(
                "There is no table with {both} of both among {first} and {second} of {total}.",
                both=both,
                first=first,
                second=second,
                total=total,
            )
        )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _adjusted_p(given: Json, _params: Json) -> list[float]:
    return adjusted(np.array(_Values.model_validate(given).p)).tolist()


def _rejections(given: Json, params: Json) -> int:
    level = _Level.model_validate(params).alpha
    return int((adjusted(np.array(_Values.model_validate(given).p)) <= level).sum())


def _bonferroni(given: Json, params: Json) -> int:
    level = _Level.model_validate(params).alpha
    values = _Values.model_validate(given).p
    return sum(p <= level / len(values) for p in values)


def _columns(given: Json) -> tuple[Numbers, ...]:
    documents = _Documents.model_validate(given).documents
    for one in documents:
        _check(one.with_both, one.with_a, one.with_b, one.units)
    rows = [(one.units, one.with_a, one.with_b, one.with_both) for one in documents]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def stratified_permutation(given: Json, _params: Json) -> Json:
    """Return what shuffling units inside documents gives for one pair of codes, and Fisher's p without documents."""
    units, first, second, both = _columns(given)
    observed = both.sum(keepdims=True)
    found = shuffled(Strata(np.zeros_like(units), units, first, second), observed, seed=_ANY_SEED)
    ignoring = fisher(observed, *(column.sum(keepdims=True) for column in (first, second, units)))
    return {
        "observed": int(observed[0]),
        "expected_under_null": float(found.expected[0]),
        "p_greater": float(found.greater[0]),
        "p_less": float(found.less[0]),
        "p_two_sided_doubled": float(found.two_sided[0]),
        "p_two_sided_point": _number(found.point[0]),
        "fisher_ignoring_documents_greater": float(ignoring[0][0]),
    }


def bootstrap_jaccard(given: Json, _params: Json) -> Json:
    """Return the Jaccard coefficient of one pair and how it varies with the documents that are drawn."""
    units, first, second, both = _columns(given)
    here = np.flatnonzero(both)
    pair = np.zeros(1, dtype=np.int64)
    sampled = Sampled(units, np.stack((first, second), axis=1), pair, pair + 1, here, np.zeros_like(here), both[here])
    found = intervals(sampled, association.jaccard, _RESAMPLES, _ANY_SEED)
    drawn = draws(len(units), _RESAMPLES, _ANY_SEED)
    values = np.zeros((1, 0)) if drawn is None else resampled(sampled, association.jaccard, drawn)
    known: Reals = values[~np.isnan(values)]
    return {
        "estimate": _number(association.jaccard(sampled.whole())[0]),
        "resamples": found.resamples,
        "undefined": int(found.undefined[0]),
        "mean": float(known.mean()) if len(known) else None,
        "se": float(known.std()) if len(known) else None,
        "p2_5": _number(found.low[0]),
        "p97_5": _number(found.high[0]),
    }


def circular_shift(given: Json, _params: Json) -> Json:
    """Return how much two codes overlap in one document, and what turning the second round gives."""
    known = _Turned.model_validate(given)
    first, second = (_edges(spans, known.length) for spans in (known.A, known.B))
    found = rotation.turned([rotation.shared_characters(Stretch(known.length, first, second))], seed=(_ANY_SEED,))
    return {"observed_overlap": found.observed, "mean": found.mean, "p_greater": found.greater}


def _edges(spans: list[Span], length: int) -> tuple[Numbers, Numbers]:
    for start, stop in spans:
        if not 0 <= start < stop <= length:
            raise BadInput(tr("The span {start} to {stop} is not in the text.", start=start, stop=stop))
    table = np.array(merged(spans), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def ena_row_counts(given: Json, params: Json) -> list[list[int]]:
    """Return for each line how each two codes meet in its window, in the order A & B, A & C, B & C."""
    known, weight = _Conversation.model_validate(given), _Weight.model_validate(params).weight
    if any(len(line) != len(known.codes) for line in known.lines):
        raise BadInput(tr("A line has not one number for each of the {n} codes.", n=len(known.codes)))
    table = np.array(known.lines, dtype=np.int64).reshape(-1, len(known.codes))
    line, code = np.nonzero(table)
    nothing = np.zeros_like(line)
    lines = Lines(nothing, nothing, line, code, table[line, code])
    found = np.zeros((len(table), len(known.codes), len(known.codes)), dtype=np.int64)
    sizes = np.array([len(table)])
    for met in meetings(lines, known.window_back, sizes, forward=known.window_forward):
        product = np.minimum(1, met.product) if weight == "binary" else met.product
        np.add.at(found, (met.line, np.minimum(met.code, met.other), np.maximum(met.code, met.other)), product)
    upper = np.triu_indices(len(known.codes), 1)
    return [row[upper].tolist() for row in found]


def ena_unit_counts(given: Json, params: Json) -> dict[str, list[int]]:
    """Return the counts of `ena_row_counts` added up over the lines of each user."""
    users = TypeAdapter(list[str]).validate_python(given.get("users"))
    rows = ena_row_counts(given, params)
    if len(users) != len(rows):
        raise BadInput(tr("There is not one user for each of the {n} lines.", n=len(rows)))
    sums: dict[str, list[int]] = {}
    for user, row in zip(users, rows, strict=True):
        sums[user] = [a + b for a, b in zip(sums.get(user, [0] * len(row)), row, strict=True)]
    return sums


STATISTICS: Mapping[str, Statistic] = {
    "association_2x2": association_2x2,
    "bh_adjusted_p": _adjusted_p,
    "bh_rejections": _rejections,
    "bonferroni_rejections": _bonferroni,
    "stratified_permutation": stratified_permutation,
    "bootstrap_jaccard": bootstrap_jaccard,
    "circular_shift": circular_shift,
    "ena_row_counts": ena_row_counts,
    "ena_unit_counts": ena_unit_counts,
}
"""What these examples may name; the functions take the example's input and the item's params."""
