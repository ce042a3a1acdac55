"""Variables of sources or cases: their values as columns, and one value per unit for tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coder_app.analysis.tables.material import Group, Place
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

_MOST_VALUES = 12
_BANDS = 4


@dataclass(frozen=True, slots=True)
class Valued:
    """A source or case with its value of a variable: a word, a number, or None where it is missing."""

    id: str
    title: str
    places: Sequence[Place]
    value: str | float | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable over sources or cases. `of` names these in the plural; a number may also be a day, as a count."""

    name: str
    is_number: bool
    of: str
    units: Sequence[Valued]


def value_groups(variable: Variable) -> list[Group]:
    """Return a column for each value, in order, and one for missing values; many numbers come in four bands.

    Raises BadInput where no unit has a value.
    """
    known = [unit for unit in variable.units if unit.value is not None]
    if not known:
        raise BadInput(tr("“{name}” has no values yet; give some to sources or cases first.", name=variable.name))
    labels = _labels(variable)
    by_label: dict[str, list[Place]] = {label: [] for label in dict.fromkeys(labels.values())}
    missing: list[Place] = []
    for unit in variable.units:
        (missing if unit.value is None else by_label[labels[unit.value]]).extend(unit.places)
    groups = [Group(label, label, places) for label, places in by_label.items()]
    return [*groups, Group("", tr("(no value)"), missing)] if missing else groups


def _labels(variable: Variable) -> dict[str | float, str]:
    """Return what the column of each value is called, in the order of the columns."""
    values = {unit.value for unit in variable.units if unit.value is not None}
    if not variable.is_number:
        return {value: str(value) for value in sorted(map(str, values))}
    numbers = sorted(float(value) for value in values)
    if len(numbers) <= _MOST_VALUES:
        return {number: f"{number:g}" for number in numbers}
    every = sorted(float(unit.value) for unit in variable.units if unit.value is not None)
    edges = np.quantile(every, np.arange(1, _BANDS) / _BANDS, method="inverted_cdf").tolist()
    bands = [[one for one in numbers if low < one <= high] for low, high in pairwise([-np.inf, *edges, np.inf])]
    return {one: f"{band[0]:g}–{band[-1]:g}" for band in bands for one in band}
