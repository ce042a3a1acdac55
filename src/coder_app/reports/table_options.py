"""What can be asked of a table of codes: its kind, and how to count; plain values, as recipes keep them."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.scope import Scope, scope_of

ALL = "all"
SHUFFLES = 9_999
"""How many shuffles p takes by default."""


class TableKind(StrEnum):
    """The tables of codes."""

    SOURCES = "codes-sources"
    CASES = "codes-cases"
    VARIABLE = "codes-variable"
    CODERS = "codes-coders"
    FREQUENCIES = "frequencies"
    COVERAGE = "coverage"
    UNCODED = "uncoded"
    CONTRADICTIONS = "contradictions"
    SEQUENCE = "sequence"
    SATURATION = "saturation"


CROSSES = frozenset({TableKind.SOURCES, TableKind.CASES, TableKind.VARIABLE, TableKind.CODERS})
"""Kinds with a code in each row and something else in each column."""
WORK_LISTS = frozenset({TableKind.UNCODED, TableKind.CONTRADICTIONS})
"""Kinds that list passages of texts."""
# What is left to do, or stands against each other, is asked of all coders together unless somebody asks otherwise.
_TOGETHER = frozenset({TableKind.COVERAGE, *WORK_LISTS})


@dataclass(frozen=True, slots=True)
class TableOptions:
    """The choices. Empty `coders` is each coder apart, or all as one where the kind is about the texts.

    `measure` is one of analysis.tables.material.Measure or ALL. `exclusive` names parents whose sub-codes exclude
    one another, `pairs` two codes each. `resamples` None is what the kind takes by default.
    """

    kind: TableKind = TableKind.SOURCES
    measure: str = "codings"
    coders: str = ""
    roll_up: bool = False
    codes: tuple[str, ...] = ()
    variable: str = ""
    over: str = ""
    tests: bool = False
    exclusive: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    least: int = 1
    lag: int = 1
    base: int = 4
    run: int = 2
    threshold: float = 0.05
    order: str = "sources"
    resamples: int | None = None
    seed: int = 1
    sources: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        """The coders as `Counting` takes them, but for a name."""
        return self.coders or ("merged" if self.kind in _TOGETHER else "each")

    @property
    def scope(self) -> Scope:
        """The part of the project that is looked at. Raises BadInput for a condition that is none."""
        return scope_of(self.sources, self.sets, self.cases, self.where)

    @property
    def shuffles(self) -> int:
        """How many shuffles p takes."""
        return SHUFFLES if self.resamples is None else self.resamples

    @property
    def is_shuffled(self) -> bool:
        """Whether the seed decides anything."""
        return (
            self.tests
            or self.kind is TableKind.SEQUENCE
            or (self.kind is TableKind.SATURATION and self.order == "shuffled")
        )

    def plain(self) -> dict[str, Any]:
        """Return the choices that differ from the usual ones as JSON values; `options_from` reads them."""
        usual = TableOptions()
        names = [one.name for one in fields(self)]
        said: dict[str, Any] = TypeAdapter(TableOptions).dump_python(self, mode="json")
        return {name: said[name] for name in names if name == "kind" or getattr(self, name) != getattr(usual, name)}


def options_from(values: dict[str, Any]) -> TableOptions:
    """Return the choices that `plain` has written. Raises BadInput where they are none."""
    try:
        return TypeAdapter(TableOptions).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(
            tr("These are no options of a table ({place}: {reason}).", place=place, reason=first["msg"])
        ) from error
