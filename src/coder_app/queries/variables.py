"""Variables: what is known of sources and cases beside their texts, such as a region, an age, a date."""

from dataclasses import dataclass, field
from functools import cached_property

from coder_app.domain.errors import BadInput
from coder_app.domain.values import plainly
from coder_app.i18n import tr
from coder_app.queries.cases import cases_of_sources
from coder_app.store.project import Project

ON = ("source", "case")
"""What a variable can have values for."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; `type` is one of domain.values.TYPES."""

    id: str
    name: str
    type: str
    description: str
    order_key: str


_VARIABLES = "SELECT id, name, type, description, order_key FROM variable"


def variables(project: Project) -> list[Variable]:
    """Return all variables in their order."""
    return [Variable(*row) for row in project.rows(_VARIABLES + " ORDER BY order_key, id")]


def variable_named(project: Project, wanted: str) -> Variable:
    """Return the variable with this id or name. Raises BadInput where none or several fit."""
    every = variables(project)
    found = [one for one in every if one.id == wanted] or [one for one in every if one.name == wanted]
    found = found or [one for one in every if one.name.casefold() == wanted.casefold()]
    if len(found) > 1:
        raise BadInput(tr("Several variables are called “{name}”; use the id of the one you mean.", name=wanted))
    if not found:
        raise BadInput(tr("There is no variable “{name}” in the project; check its spelling, or add it.", name=wanted))
    return found[0]


def values_on(project: Project, on: str, variable_id: str | None = None) -> dict[str, dict[str, str]]:
    """Return the values that were set for sources or cases (`on` is one of ON), by variable, then by source or case.

    They are as they were written. `variable_id` asks for one variable alone.
    """
    column = f"{on}_id"
    where = "" if variable_id is None else " AND variable_id = ?"
    found: dict[str, dict[str, str]] = {}
    for variable, thing, value in project.each(
        f"SELECT variable_id, {column}, value FROM variable_value"
        f" WHERE {column} IS NOT NULL AND value IS NOT NULL{where} ORDER BY id",
        () if variable_id is None else (variable_id,),
    ):
        found.setdefault(variable, {})[thing] = value
    return found


@dataclass(frozen=True)
class SourceValues:
    """The values of one variable as they count for sources: a source's own, else those of the cases it belongs to.

    `own` and `of_cases` hold values in their one spelling, by source id and by case id.
    """

    own: dict[str, str]
    of_cases: dict[str, str]
    members: dict[str, list[str]] = field(repr=False)
    """The cases that sources belong to, by source id."""

    @cached_property
    def by_source(self) -> dict[str, tuple[str, ...]]:
        """All values of each source; several where its cases differ."""
        found = {
            source_id: tuple(dict.fromkeys(self.of_cases[one] for one in cases if one in self.of_cases))
            for source_id, cases in self.members.items()
        }
        return {one: values for one, values in found.items() if values} | {
            one: (value,) for one, value in self.own.items()
        }


def source_values(project: Project, variable_id: str) -> SourceValues:
    """Return the values of a variable as they count for sources."""
    found = project.rows("SELECT type FROM variable WHERE id = ?", (variable_id,))
    type_ = found[0][0] if found else "text"

    def spelt(on: str) -> dict[str, str]:
        return {
            one: plainly(type_, value)
            for one, value in values_on(project, on, variable_id).get(variable_id, {}).items()
        }

    return SourceValues(spelt("source"), spelt("case"), _case_ids(project))


def _case_ids(project: Project) -> dict[str, list[str]]:
    """Return by source the cases that something of it belongs to."""
    members: dict[str, list[str]] = {}
    for case_id, places in cases_of_sources(project).items():
        for source_id in places:
            members.setdefault(source_id, []).append(case_id)
    return members


def inherited_values(project: Project) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what the cases of sources say, by variable and source; own values are left out of sight."""
    members = _case_ids(project)
    return {
        variable_id: SourceValues({}, of_cases, members).by_source
        for variable_id, of_cases in values_on(project, "case").items()
    }


def values_by_source(project: Project, variable_id: str) -> dict[str, str]:
    """Return the one value that each source has: its own, else the one on which its cases agree.

    Sources without a value, and those whose cases differ (`differing_sources`), are left out.
    """
    return {one: values[0] for one, values in source_values(project, variable_id).by_source.items() if len(values) == 1}


def differing_sources(project: Project, variable_id: str) -> list[str]:
    """Return the ids of the sources with several values: their cases differ, and they have none of their own."""
    return [one for one, values in source_values(project, variable_id).by_source.items() if len(values) > 1]
