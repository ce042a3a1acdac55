"""Variables of sources or cases: their values as columns, and one value per unit for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """A variable over sources or cases. `of` names these in the plural.

    A number may also stand for a day; `written` says how numbers are shown that are not shown as they are.
    """

    name: str
    is_number: bool
    of: str
    units: Sequence[Valued]
    written: Mapping[float, str] = field(default_factory=dict[float, str])

    def shown(self, number: float) -> str:
        """Return a number as people wrote it."""
        return self.written.get(number, f"{number:g}")


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
        return {number: variable.shown(number) for number in numbers}
    every = sorted(float(unit.value) for unit in variable.units if unit.value is not None)
    edges = np.quantile(every, np.arange(1, _BANDS) / _BANDS, method="inverted_cdf").tolist()
    bands = [[one for one in numbers if low < one <= high] for low, high in pairwise([-np.inf, *edges, np.inf])]
    return {one: _band(variable, band) for band in bands for one in band}


def _band(variable: Variable, numbers: Sequence[float]) -> str:
    first, last = variable.shown(numbers[0]), variable.shown(numbers[-1])
    return first if first == last else f"{first}–{last}"
