"""The worked examples on agreement, from their input alone, through the functions that the app itself uses."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt, TypeAdapter

from coder_app.analysis.agreement import coefficients
from coder_app.analysis.agreement.alpha import Metric, alpha_on
from coder_app.analysis.agreement.linearised import standard_errors
from coder_app.analysis.agreement.ratings import MISSING, Ratings, Reals, Sums, summed, summed_counts
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

Json: TypeAlias = dict[str, Any]
Statistic: TypeAlias = Callable[[Json, Json], object]

_Value: TypeAlias = int | float | str
_Rows: TypeAlias = Annotated[list[list[_Value | None]], Field(min_length=1)]
_Counts: TypeAlias = Annotated[list[list[NonNegativeInt]], Field(min_length=1)]


class _Units(BaseModel):
    values: _Rows


class _Table(BaseModel):
    table: _Counts


class _CountsOfUnits(BaseModel):
    values: _Counts


class _Metric(BaseModel):
    metric: Metric = Metric.NOMINAL


class _Category(BaseModel):
    category: PositiveInt


class _Totals(BaseModel):
    total_characters: PositiveInt
    both: NonNegativeInt
    neither: NonNegativeInt


class _Masses(BaseModel):
    a: Annotated[list[PositiveInt], Field(min_length=1)]
    b: Annotated[list[PositiveInt], Field(min_length=1)]
    n_t: PositiveInt = 2


def number(value: Reals | float | None) -> float | None:
    """Return the single number of an array, None where it is nan."""
    if value is None:
        return None
    one = float(np.asarray(value).reshape(-1)[0])
    return None if np.isnan(one) else one


def _ratings(given: Json) -> tuple[Ratings, list[_Value]]:
    """Return what coders said of units with the values in order; from units by observers or a contingency table."""
    if given.get("layout") == "contingency_table":
        table = np.array(_Table.model_validate(given).table, dtype=np.int64)
        pairs = np.argwhere(np.ones_like(table))
        return Ratings(pairs, table.ravel().astype(np.float64), len(table)), list(range(1, len(table) + 1))
    rows = _Units.model_validate(given).values
    known = {value for row in rows for value in row if value is not None}
    values = sorted(known, key=lambda value: (isinstance(value, str), value))
    if len({len(row) for row in rows}) > 1 or len(values) == 0:
        raise BadInput(tr("Each unit needs one value, or null, from each coder."))
    place = {value: number for number, value in enumerate(values)}
    numbers = [[MISSING if value is None else place[value] for value in row] for row in rows]
    return Ratings(np.array(numbers, dtype=np.int64), np.ones(len(rows)), max(len(values), 2)), values


def _sums(given: Json) -> Sums:
    if given.get("layout") == "unit_by_category_counts":
        counts = np.array(_CountsOfUnits.model_validate(given).values, dtype=np.int64)
        return summed_counts(counts)
    return summed(_ratings(given)[0])


def _nominal(function: Callable[[Sums], Reals]) -> Statistic:
    return lambda given, _params: number(function(_sums(given)))


def _error(coefficient: str) -> Statistic:
    return lambda given, _params: standard_errors(_ratings(given)[0]).get(coefficient)


def _alpha(given: Json, params: Json) -> float | None:
    metric = _Metric.model_validate(params).metric
    if metric is Metric.NOMINAL:
        return number(coefficients.alpha(_sums(given)))
    ratings, values = _ratings(given)
    scale = TypeAdapter(list[float]).validate_python(values)
    return alpha_on(ratings, scale, metric)


def _fleiss_of(given: Json, params: Json) -> float | None:
    category = _Category.model_validate(params).category
    found = coefficients.fleiss_by_category(_sums(given))[0]
    if category > len(found):
        raise BadInput(tr("There is no category {number} in the input.", number=category))
    return number(found[category - 1])


def _percent_characters(given: Json, _params: Json) -> float:
    totals = _Totals.model_validate(given)
    return (totals.both + totals.neither) / totals.total_characters


def _boundary_similarity(_given: Json, params: Json) -> float | None:
    from coder_app.analysis.agreement.boundaries import boundaries_of, compared

    masses = _Masses.model_validate(params)
    return compared(boundaries_of(masses.a), boundaries_of(masses.b), masses.n_t).similarity


NOMINAL: Mapping[str, Callable[[Sums], Reals]] = {
    "percent_agreement": coefficients.percent,
    "mean_pairwise_percent_agreement": coefficients.percent,
    "expected_agreement_krippendorff": coefficients.expected_agreement,
    "cohen_kappa": coefficients.light,
    "cohen_kappa_max": lambda sums: coefficients.cohen_max(sums)[..., 0],
    "light_kappa": coefficients.light,
    "conger_kappa": coefficients.conger,
    "scott_pi": coefficients.fleiss,
    "fleiss_kappa": coefficients.fleiss,
    "gwet_ac1": coefficients.ac1,
    "brennan_prediger": coefficients.brennan_prediger,
    "randolph_free_marginal_kappa": coefficients.brennan_prediger,
}
"""The coefficients that need nothing but sums."""

STATISTICS: Mapping[str, Statistic] = {
    **{name: _nominal(function) for name, function in NOMINAL.items()},
    **{
        f"{name}_se": _error(name)
        for name in ("gwet_ac1", "brennan_prediger", "krippendorff_alpha", "fleiss_kappa", "conger_kappa")
    },
    "krippendorff_alpha": _alpha,
    "fleiss_kappa_category": _fleiss_of,
    "percent_agreement_characters": _percent_characters,
    "boundary_similarity": _boundary_similarity,
}
"""What these examples may name; the functions take the example's input and the item's params."""
