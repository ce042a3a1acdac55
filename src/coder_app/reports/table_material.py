"""Reads from a project what the tables of codes are counted from."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from coder_app.analysis.columns import Codings, columned
from coder_app.analysis.tables.material import Document, Group, Material, Place, whole, within
from coder_app.analysis.tables.variables import Valued, Variable
from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.domain.values import is_readable, plainly, read_value
from coder_app.i18n import tr
from coder_app.queries.cases import Places, cases, cases_of_sources
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coded_columns
from coder_app.queries.rounds import finished, rounds
from coder_app.queries.scope import Scope, places_in
from coder_app.queries.sources import sources
from coder_app.queries.variables import values_by_source, values_on, variable_named
from coder_app.store.project import Project

SOURCES, CASES = "sources", "cases"
_NUMBERS = ("integer", "decimal", "date", "datetime")


def read_material(project: Project, scope: Scope, codings: Codings | None = None) -> Material:
    """Return what is counted in a scope; `codings` are those of the whole project where they have been read before.

    Raises BadInput where the scope names what is not there.
    """
    tree = code_tree(project)
    every = codings if codings is not None else columned(coded_columns(project), tree)
    names = {coder.id: coder.name for coder in coders(project)}
    documents = {source.id: Document(source.name, source.characters) for source in sources(project)}
    found = Material(every, tree, names, documents, done=_finished(project))
    places = places_in(project, scope)
    return found if places is None else within(found, places)


def _finished(project: Project) -> dict[str, frozenset[str]]:
    return finished(project, [one.id for one in rounds(project)])


def case_groups(project: Project, material: Material) -> list[Group]:
    """Return a column for each case of which anything is looked at.

    Raises BadInput where the project has no cases, or none of them holds anything in scope.
    """
    members = cases_of_sources(project)
    groups = [Group(case.id, case.name, _places(members[case.id], material)) for case in cases(project)]
    if not groups:
        raise BadInput(tr("The project has no cases yet; make some under “Cases”, or by “cases add”."))
    found = [group for group in groups if group.places]
    if not found:
        raise BadInput(tr("No case holds any of these sources; put sources into cases first."))
    return found


def _places(members: Places, material: Material) -> list[Place]:
    found: list[Place] = []
    for source_id, spans in members.items():
        if source_id in material.sources:
            parts = material.parts_of(source_id)
            found += [Place(source_id, *span) for span in (parts if spans is None else _both(spans, parts))]
    return found


def _both(spans: tuple[Span, ...], parts: Sequence[Span]) -> list[Span]:
    return [
        (max(start, first), min(stop, last))
        for start, stop in spans
        for first, last in parts
        if max(start, first) < min(stop, last)
    ]


def read_variable(project: Project, material: Material, wanted: str, over: str = "") -> Variable:
    """Return a variable with a value for each source or case in scope; `over` is SOURCES, CASES or empty.

    Left empty, it is cases where only cases have values. A source has its own value, else the one on which its
    cases agree. Raises BadInput for an unknown variable, and where there are no cases to test over.
    """
    variable = variable_named(project, wanted)
    of_cases = values_on(project, "case", variable.id).get(variable.id, {})
    own = values_on(project, "source", variable.id).get(variable.id, {})
    by_case = over == CASES or (not over and bool(of_cases) and not own)
    if by_case:
        values = of_cases
        things = [(group.id, group.title, group.places) for group in case_groups(project, material)]
    else:
        values = values_by_source(project, variable.id)
        things = [(one, known.name, whole(material, [one])) for one, known in material.sources.items()]
    is_number = variable.type in _NUMBERS
    units: list[Valued] = []
    written: dict[float, str] = {}
    for one, title, places in things:
        value = _value(variable.type, values.get(one))
        if isinstance(value, float):
            written[value] = plainly(variable.type, values[one])
        units.append(Valued(one, title, places, value))
    of = tr("cases") if by_case else tr("sources")
    return Variable(variable.name, is_number, of, units, written)


def _value(type_: str, text: str | None) -> str | float | None:
    """Return a value as a word or a number (of a date, its day); None where it is missing or cannot be read."""
    if text is None or not text.strip():
        return None
    if type_ not in _NUMBERS:
        return plainly(type_, text)
    return _number(read_value(type_, text)) if is_readable(type_, text) else None


def _number(value: object) -> float | None:
    match value:
        case datetime():
            return value.toordinal() + (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
        case date():
            return float(value.toordinal())
        case int() | Decimal():
            return float(value)
        case _:
            return None
