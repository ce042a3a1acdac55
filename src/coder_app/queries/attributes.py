"""Tables of attributes: all values of sources or cases as one table, and what taking in such a table would do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import PurePath

from coder_app.domain.attributes import (
    NAME_COLUMNS,
    SOURCES_COLUMN,
    AttributePlan,
    AttributeRow,
    AttributeTable,
    PlannedValue,
)
from coder_app.domain.errors import BadInput
from coder_app.domain.table import Column, Table
from coder_app.domain.values import fitting_type, plainly, written
from coder_app.i18n import tr
from coder_app.queries.cases import cases_of_sources
from coder_app.queries.variables import Variable, values_on, variables
from coder_app.store.project import Project

_BETWEEN = ";"


def attribute_table(project: Project, on: str) -> Table:
    """Return the values of all sources or all cases (`on`), a row each, as a file has them."""
    things = _things(project, on)
    names = _told_apart(things)
    every = variables(project)
    values = values_on(project, on)
    columns = [Column(on, tr("Source") if on == "source" else tr("Case"))]
    members: dict[str, str] = {}
    if on == "case":
        columns.append(Column(SOURCES_COLUMN, tr("Sources")))
        sources = _told_apart(_things(project, "source"))
        members = {
            case_id: f"{_BETWEEN} ".join(sources[one] for one in sources if one in places and places[one] is None)
            for case_id, places in cases_of_sources(project).items()
        }
    taken = Counter(one.name for one in every) + Counter(column.id for column in columns)
    columns += [Column(one.name if taken[one.name] == 1 else f"{one.name} ({one.id})", one.name) for one in every]
    rows = [
        (
            names[one.id],
            *([members[one.id]] if on == "case" else []),
            *(_cell(variable, values.get(variable.id, {}).get(one.id)) for variable in every),
        )
        for one in things
    ]
    return Table(tr("Values of sources") if on == "source" else tr("Values of cases"), tuple(columns), tuple(rows))


def _cell(variable: Variable, value: str | None) -> str | None:
    return None if value is None else plainly(variable.type, value)


@dataclass(frozen=True, slots=True)
class _Thing:
    id: str
    name: str
    path: str


def _things(project: Project, on: str) -> list[_Thing]:
    if on == "case":
        rows = project.rows('SELECT id, name, name FROM "case" ORDER BY order_key, id')
    else:
        rows = project.rows(
            "SELECT id, name, CASE folder WHEN '' THEN name ELSE folder || '/' || name END FROM source"
            " ORDER BY folder, order_key, id"
        )
    return [_Thing(*row) for row in rows]


def _told_apart(things: Iterable[_Thing]) -> dict[str, str]:
    """Return by id the shortest of name, path and id that means one thing alone."""
    things = list(things)
    names, paths = Counter(one.name for one in things), Counter(one.path for one in things)
    return {
        one.id: one.name if names[one.name] == 1 else one.path if paths[one.path] == 1 else one.id for one in things
    }


class _Known:
    """Finds sources or cases by what a file calls them: id, path, name, name without suffix, whatever their case."""

    def __init__(self, project: Project, on: str) -> None:
        self._on = on
        self._found: dict[str, list[str]] = {}
        for one in _things(project, on):
            spellings = {one.id, one.path, one.name, one.name.casefold()}
            spellings |= {PurePath(one.name).stem.casefold()} if on == "source" else set()
            for spelling in spellings:
                self._found.setdefault(spelling, []).append(one.id)

    def find(self, name: str) -> str:
        """Return the id, "" where there is none. Raises BadInput where several fit."""
        found = self._found.get(name) or self._found.get(name.casefold(), [])
        if len(found) > 1:
            raise BadInput(
                tr("Several sources are called “{name}”; write folder/name, or the id.", name=name)
                if self._on == "source"
                else tr("Several cases are called “{name}”; write the id of the one you mean.", name=name)
            )
        return found[0] if found else ""


@dataclass(slots=True)
class _Planning:
    """A plan that is being made."""

    table: AttributeTable
    on: str
    clear: bool
    problems: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    new_cases: dict[str, str] = field(default_factory=dict[str, str])
    values: list[PlannedValue] = field(default_factory=list[PlannedValue])
    members: dict[tuple[str, str, str], None] = field(default_factory=dict[tuple[str, str, str], None])
    same: int = 0

    def complain(self, line: int, what: object) -> None:
        self.problems.append((line, tr("{file}, line {line}: {what}", file=self.table.file, line=line, what=what)))


def planned_attributes(
    project: Project, table: AttributeTable, on: str, types: Mapping[str, str] | None = None, *, clear: bool = False
) -> AttributePlan:
    """Return what taking in a table for sources or cases (`on`) would do; nothing is done.

    Cases that the project does not have would be made, sources have to be there. New variables get the type in
    `types`, else the narrowest that fits all their values. An empty cell leaves a value, or takes it away with `clear`.
    """
    planning = _Planning(table, on, clear)
    name_place = _name_place(table.columns, on)
    sources_place = _place(table.columns, SOURCES_COLUMN) if on == "case" else -1
    places = [place for place in range(len(table.columns)) if place not in (name_place, sources_place)]
    rows = list(_named_rows(project, planning, name_place))
    known = _known_variables(project)
    new: list[tuple[str, str]] = []
    for place in places:
        title = table.columns[place]
        variable = known.get(title.casefold())
        if variable is None:
            texts = [row.cells[place] for row, _, _ in rows if row.cells[place]]
            variable = Variable("", title, (types or {}).get(title) or fitting_type(texts), "", "")
            new.append((title, variable.type))
        _plan_column(project, planning, variable, [(row.line, name, one, row.cells[place]) for row, name, one in rows])
    if sources_place >= 0:
        _plan_members(project, planning, [(row.line, name, one, row.cells[sources_place]) for row, name, one in rows])
    return AttributePlan(
        table.file,
        on,
        tuple(new),
        tuple(planning.new_cases.values()),
        tuple(planning.values),
        tuple(planning.members),
        planning.same,
        tuple(what for _, what in sorted(planning.problems, key=itemgetter(0))),
    )


def _known_variables(project: Project) -> dict[str, Variable]:
    """Return the variables by what a file may call them: the earlier of two of one name, or by their id."""
    found: dict[str, Variable] = {}
    for one in variables(project):
        found.setdefault(one.name.casefold(), one)
        found[f"{one.name} ({one.id})".casefold()] = one
    return found


def _place(columns: Sequence[str], title: str) -> int:
    return next((place for place, column in enumerate(columns) if column.casefold() == title), -1)


def _name_place(columns: Sequence[str], on: str) -> int:
    places = (_place(columns, title) for title in NAME_COLUMNS[on])
    return next((place for place in places if place >= 0), 0)


_Row = tuple[int, str, str, str]
"""A line, the name and the id of what it is about ("" where it is to be made), a cell."""


def _named_rows(project: Project, planning: _Planning, name_place: int) -> Iterator[tuple[AttributeRow, str, str]]:
    known = _Known(project, planning.on)
    seen: dict[str, int] = {}
    for row in planning.table.rows:
        name = " ".join(row.cells[name_place].split())
        try:
            one = _found(planning, known, name)
        except BadInput as error:
            planning.complain(row.line, error)
            continue
        key = one or name.casefold()
        if key in seen:
            planning.complain(row.line, tr("“{name}” stands in line {line} already.", name=name, line=seen[key]))
            continue
        seen[key] = row.line
        yield row, name, one


def _found(planning: _Planning, known: _Known, name: str) -> str:
    if not name:
        raise BadInput(
            tr("The row does not say which source it is about.")
            if planning.on == "source"
            else tr("The row does not say which case it is about.")
        )
    one = known.find(name)
    if not one and planning.on == "source":
        raise BadInput(tr("There is no source “{name}” in the project.", name=name))
    if not one:
        planning.new_cases.setdefault(name.casefold(), name)
    return one


def _plan_column(project: Project, planning: _Planning, variable: Variable, cells: Iterable[_Row]) -> None:
    there = values_on(project, planning.on, variable.id).get(variable.id, {}) if variable.id else {}
    for line, name, one, cell in cells:
        before = there.get(one)
        if not cell and (not planning.clear or before is None):
            continue
        try:
            text = written(variable.type, cell) if cell else ""
        except BadInput as error:
            planning.complain(line, tr("“{name}”: {problem}", name=variable.name, problem=error))
            continue
        if text == before:
            planning.same += 1
        else:
            planning.values.append(PlannedValue(variable.name, variable.id, name, one, text))


def _plan_members(project: Project, planning: _Planning, cells: Iterable[_Row]) -> None:
    known = _Known(project, "source")
    there = cases_of_sources(project)
    for line, name, case_id, cell in cells:
        for wanted in filter(None, map(str.strip, cell.split(_BETWEEN))):
            try:
                source_id = known.find(wanted)
            except BadInput as error:
                planning.complain(line, error)
                continue
            if not source_id:
                planning.complain(line, tr("There is no source “{name}” in the project.", name=wanted))
            elif there.get(case_id, {}).get(source_id, ()) is None:
                planning.same += 1
            else:
                planning.members[name, case_id, source_id] = None
