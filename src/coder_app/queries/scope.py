"""What part of a project is looked at: some sources, sets and cases, and values of variables.

Within sources, sets and cases any one is enough; between these, and for each condition on a variable, all must hold.
A value of a case counts for what belongs to the case, unless the source has a value of its own.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.domain.values import Typed, is_readable, read_value
from coder_app.i18n import tr
from coder_app.queries.cases import Places, case_named, cases_of_sources, joined
from coder_app.queries.sets import set_named
from coder_app.queries.sources import source
from coder_app.queries.variables import Variable, values_on, variable_named
from coder_app.store.project import Project

IS_EMPTY, IS_FILLED = "is empty", "is not empty"
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "contains", IS_EMPTY, IS_FILLED)
"""What a condition can say. A source without a value meets IS_EMPTY alone, also not "!="."""

_SIGNS = re.compile(
    r"(?P<sign><=|>=|!=|≠|≤|≥|<>|==|=|<|>)|\s(?P<word>contains|is not empty|is empty)(?=\s|$)", re.IGNORECASE
)
_SPELT = {"≠": "!=", "<>": "!=", "≤": "<=", "≥": ">=", "==": "="}
_QUOTED = re.compile(r'\s*(?:"([^"]*)"|“([^”]*)”)')


@dataclass(frozen=True, slots=True)
class Condition:
    """What a variable must be: `variable` is its name or id, `operator` one of OPERATORS."""

    variable: str
    operator: str
    value: str = ""

    def __str__(self) -> str:
        """Return the condition as people write it, which `parse_condition` reads."""
        name = f'"{self.variable}"' if _SIGNS.search(f"{self.variable} ") else self.variable
        return f"{name} {self.operator} {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a project. Sources, sets and cases are given by name or id; what is not given limits nothing."""

    sources: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything is limited at all."""
        return bool(self.sources or self.sets or self.cases or self.conditions)

    def as_json(self) -> dict[str, list[str]]:
        """Return the scope as plain lists, which `scope_of` reads."""
        return {
            "sources": list(self.sources),
            "sets": list(self.sets),
            "cases": list(self.cases),
            "where": [str(one) for one in self.conditions],
        }


EVERYTHING = Scope()
"""The whole project."""


def scope_of(sources: Iterable[str], sets: Iterable[str], cases: Iterable[str], where: Iterable[str]) -> Scope:
    """Return the scope that names and written conditions make up. Raises BadInput as `parse_condition` does."""
    return Scope(tuple(sources), tuple(sets), tuple(cases), tuple(map(parse_condition, where)))


def parse_condition(text: str) -> Condition:
    """Return the condition that `text` says, such as `Age >= 30`, `Region is empty`, `"A=B" contains x`.

    A name that holds an operator stands in quotation marks. Raises BadInput where there is no name, operator or value.
    """
    quoted = _QUOTED.match(text)
    found = _SIGNS.search(text, quoted.end() if quoted else 0)
    if found is None:
        raise BadInput(
            tr(
                "“{text}” is no condition; write a variable, one of {operators}, and a value, such as Region=North.",
                text=text,
                operators=", ".join(OPERATORS[:7]),
            )
        )
    name = (quoted[1] or quoted[2] or "") if quoted else text[: found.start()].strip()
    raw = (found["sign"] or found["word"]).lower()
    sign, value = _SPELT.get(raw, raw), text[found.end() :].strip()
    if not name:
        raise BadInput(tr("“{text}” names no variable in front of “{operator}”.", text=text, operator=sign))
    if sign in (IS_EMPTY, IS_FILLED) and value:
        raise BadInput(tr("“{text}”: nothing may stand behind “{operator}”.", text=text, operator=sign))
    if sign not in (IS_EMPTY, IS_FILLED) and not value:
        raise BadInput(
            tr(
                "“{text}” has no value behind “{operator}”; for a missing value write “{name} is empty”.",
                text=text,
                operator=sign,
                name=name,
            )
        )
    return Condition(name, sign, value)


def places_in(project: Project, scope: Scope) -> Places | None:
    """Return the sources in a scope with what of each is in it, None for everything.

    Raises BadInput where a name is unknown, a set holds no sources, or a value cannot be compared.
    """
    if not scope:
        return None
    members = cases_of_sources(project) if scope.cases or scope.conditions else {}
    parts: list[Places] = []
    if scope.sources:
        parts.append({source(project, one).id: None for one in scope.sources})
    if scope.sets:
        parts.append({one: None for wanted in scope.sets for one in _of_set(project, wanted)})
    if scope.cases:
        parts.append(_all_of(members[case_named(project, one).id] for one in scope.cases))
    parts += [_meeting(project, one, members) for one in scope.conditions]
    return reduce(_both, parts)


def sources_in(project: Project, scope: Scope) -> frozenset[str] | None:
    """Return the ids of the sources of which something is in a scope, None for all. Raises BadInput as `places_in`."""
    places = places_in(project, scope)
    return None if places is None else frozenset(places)


def _of_set(project: Project, wanted: str) -> tuple[str, ...]:
    found = set_named(project, wanted)
    if not found.sources:
        raise BadInput(tr("The set “{name}” holds no sources; put some into it, or leave it out.", name=found.name))
    return found.sources


def _all_of(places: Iterable[Places]) -> Places:
    """Return what is in any of these."""
    found: dict[str, list[Span] | None] = {}
    for one in places:
        for source_id, spans in one.items():
            known = found.setdefault(source_id, [])
            if spans is None:
                found[source_id] = None
            elif known is not None:
                known += spans
    return {source_id: None if spans is None else joined(spans) for source_id, spans in found.items()}


def _both(one: Places, other: Places) -> Places:
    """Return what is in both."""
    found: Places = {}
    for source_id, mine in one.items():
        if source_id in other:
            theirs = other[source_id]
            met = theirs if mine is None else mine if theirs is None else _overlap(mine, theirs)
            if met is None or met:
                found[source_id] = met
    return found


def _overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    left, right = 0, 0
    while left < len(one) and right < len(other):
        start, stop = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < stop:
            found.append((start, stop))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)


def _meeting(project: Project, condition: Condition, members: Mapping[str, Places]) -> Places:
    """Return where a condition holds."""
    variable = variable_named(project, condition.variable)
    own = values_on(project, "source", variable.id).get(variable.id, {})
    of_cases = values_on(project, "case", variable.id).get(variable.id, {})
    if condition.operator in (IS_EMPTY, IS_FILLED):
        filled = _all_of([dict.fromkeys(own), *(members[one] for one in of_cases if one in members)])
        if condition.operator == IS_FILLED:
            return filled
        return {row[0]: None for row in project.each("SELECT id FROM source") if row[0] not in filled}
    holds = _test(variable, condition)
    fitting = _all_of(members[one] for one, value in of_cases.items() if one in members and holds(value))
    inherited: Places = {one: spans for one, spans in fitting.items() if one not in own}
    return inherited | {one: None for one, value in own.items() if holds(value)}


def _test(variable: Variable, condition: Condition) -> Callable[[str], bool]:
    """Return what says of a value whether it meets a condition. Raises BadInput where the two cannot be compared."""
    if condition.operator == "contains":
        part = condition.value.casefold()
        return lambda value: part in value.casefold()
    if variable.type == "boolean" and condition.operator not in ("=", "!="):
        raise BadInput(
            tr("“{name}” is true or false; it can be asked for with = and != only, not with {operator}.",
               name=variable.name, operator=condition.operator)
        )  # fmt: skip
    try:
        wanted = _comparable(variable.type, condition.value)
    except BadInput as error:
        raise BadInput(tr("“{name}”: {problem}", name=variable.name, problem=error)) from error
    compare = _COMPARED[condition.operator]

    def holds(value: str) -> bool:
        # Two copies may have disagreed on the type; a value that it cannot read is neither equal nor different.
        return is_readable(variable.type, value) and compare(_comparable(variable.type, value), wanted)

    return holds


def _comparable(type_: str, text: str) -> Typed:
    value = read_value(type_, text)
    return value.casefold() if isinstance(value, str) else value


_COMPARED: dict[str, Callable[[Typed, Typed], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
