"""What a user can do with variables and their values."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coder_app.domain.change import Row
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.order import key_between
from coder_app.domain.values import TYPES, is_readable, type_name, written
from coder_app.edits.naming import checked_name, name_of, shared_id
from coder_app.i18n import tr, trn
from coder_app.queries.variables import ON
from coder_app.store.many import AMONG, id_list
from coder_app.store.project import Project

_NAMED = 3


class Cell(NamedTuple):
    """A value to set: `on` is one of ON and `on_id` which source or case; "" takes the value away."""

    variable_id: str
    on: str
    on_id: str
    text: str


def add_variable(project: Project, name: str, type_: str = "text", description: str = "") -> str:
    """Add a variable behind the others and return its id.

    Raises BadInput where there is one of that name, or no such type.
    """
    name = checked_name(project, "variable", name)
    _check_type(type_)
    with project.edit(f"Add variable “{name}”"):
        return insert_variable(project, name, type_, description)


def insert_variable(project: Project, name: str, type_: str, description: str = "") -> str:
    """Insert a variable behind the others, within a step, and return its id."""
    last = project.rows("SELECT max(order_key) FROM variable")[0][0]
    variable_id = new_id()
    row: Row = {"id": variable_id, "name": name, "type": type_, "description": description.strip()}
    project.insert("variable", row | {"order_key": key_between(last, None)})
    return variable_id


def _check_type(type_: str) -> None:
    if type_ not in TYPES:
        raise BadInput(tr("“{type}” is no type; choose one of {types}.", type=type_, types=", ".join(TYPES)))


def rename_variable(project: Project, variable_id: str, name: str) -> None:
    """Give a variable another name. Raises BadInput where another variable has it."""
    name = checked_name(project, "variable", name, but=variable_id)
    with project.edit(f"Rename variable “{name}”"):
        project.update("variable", variable_id, {"name": name})


def describe_variable(project: Project, variable_id: str, description: str) -> None:
    """Say what a variable means."""
    with project.edit(f"Describe variable “{name_of(project, 'variable', variable_id)}”"):
        project.update("variable", variable_id, {"description": description.strip()})


def retype_variable(project: Project, variable_id: str, type_: str) -> None:
    """Let the values of a variable be read as another type; they stay as they are written.

    Raises BadInput where values cannot be read so, and names the first of them.
    """
    _check_type(type_)
    name = name_of(project, "variable", variable_id)
    values = project.rows("SELECT DISTINCT value FROM variable_value WHERE variable_id = ? ORDER BY id", (variable_id,))
    odd = [value for (value,) in values if value is not None and not is_readable(type_, value)]
    if odd:
        named = ", ".join(tr("“{name}”", name=one) for one in odd[:_NAMED])
        raise BadInput(
            trn(
                "“{name}” stays as it is: {named} cannot be read as “{type}”. Change that value first.",
                "“{name}” stays as it is: {n} of its values, such as {named}, cannot be read as “{type}”."
                " Change them first.",
                len(odd),
                name=name,
                named=named,
                type=type_name(type_),
            )
        )
    with project.edit(f"Read “{name}” as {type_}"):
        project.update("variable", variable_id, {"type": type_})


def move_variable(project: Project, variable_id: str, before: str | None = None) -> None:
    """Put a variable in front of the variable `before`, or at the end."""
    others = project.rows("SELECT id, order_key FROM variable WHERE id <> ? ORDER BY order_key, id", (variable_id,))
    place = next((n for n, row in enumerate(others) if row[0] == before), len(others))
    low = others[place - 1][1] if place else None
    high = others[place][1] if place < len(others) else None
    with project.edit(f"Move variable “{name_of(project, 'variable', variable_id)}”"):
        project.update("variable", variable_id, {"order_key": key_between(low, high)})


def delete_variables(project: Project, variable_ids: Sequence[str]) -> None:
    """Delete variables with all their values, as one step."""
    name = name_of(project, "variable", variable_ids[0])
    number = len(variable_ids)
    with project.edit(f"Delete variable “{name}”" if number == 1 else f"Delete {number} variables"):
        values = project.ids("SELECT id FROM variable_value WHERE variable_id IN {among}", variable_ids)
        project.delete("variable_value", values)
        project.delete("variable", variable_ids)


def set_value(project: Project, variable_id: str, on: str, on_id: str, text: str) -> None:
    """Set the value of a variable for a source or a case (`on` is one of ON); "" takes it away.

    Raises BadInput where `text` is no value of the variable's type.
    """
    set_values(project, [Cell(variable_id, on, on_id, text)])


def set_values(project: Project, cells: Sequence[Cell], *, label: str = "") -> None:
    """Set many values as one step.

    Raises BadInput where one is no value of its variable's type; nothing is set then.
    """
    spelt = _spelt(project, cells)
    with project.edit(label or _label(project, spelt)):
        write_values(project, spelt)


def _spelt(project: Project, cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells, each place once, as they are kept."""
    types = {row[0]: row[1:] for row in project.rows("SELECT id, type, name FROM variable")}
    found: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        if cell.variable_id not in types or cell.on not in ON:
            raise BadInput(tr("It is no longer in the project; nothing was changed."))
        type_, name = types[cell.variable_id]
        try:
            text = written(type_, cell.text) if cell.text.strip() else ""
        except BadInput as error:
            raise BadInput(tr("“{name}”: {problem} Nothing was changed.", name=name, problem=error)) from error
        found[cell[:3]] = cell._replace(text=text)
    return list(found.values())


def _label(project: Project, cells: Sequence[Cell]) -> str:
    if len(cells) != 1:
        return f"Set {len(cells)} values"
    variable_id, on, on_id, text = cells[0]
    name, whose = name_of(project, "variable", variable_id), name_of(project, on, on_id)
    return f"Set “{name}” of “{whose}” to “{text}”" if text else f"Clear “{name}” of “{whose}”"


def write_values(project: Project, cells: Iterable[Cell]) -> None:
    """Write values in their one spelling, each place once, within a step; what is so already is left alone."""
    cells = list(cells)
    there: dict[tuple[str, str, str], list[tuple[str, str | None]]] = {}
    sql = "SELECT id, variable_id, source_id, case_id, value FROM variable_value"
    of_these = f" WHERE variable_id IN {AMONG} AND coalesce(source_id, case_id) IN {AMONG} ORDER BY id"
    places = id_list({cell.variable_id for cell in cells}), id_list({cell.on_id for cell in cells})
    for row_id, variable_id, source_id, case_id, value in project.each(sql + of_these, places):
        place = (variable_id, "source", source_id) if source_id else (variable_id, "case", case_id)
        there.setdefault(place, []).append((row_id, value))
    new: list[Row] = []
    gone: list[str] = []
    for cell in cells:
        *doubled, last = there.get(cell[:3], [None])
        # Two copies may have set the same value each; the one that counts stays.
        gone += [row[0] for row in doubled if row is not None]
        if last is not None and not cell.text:
            gone.append(last[0])
        elif last is not None and last[1] != cell.text:
            project.update("variable_value", last[0], {"value": cell.text})
        elif last is None and cell.text:
            new.append(_row(project, cell))
    project.delete("variable_value", gone)
    project.insert_many("variable_value", new)


def _row(project: Project, cell: Cell) -> Row:
    return {
        "id": shared_id(project, "variable_value", cell.variable_id, cell.on_id),
        "variable_id": cell.variable_id,
        "source_id": cell.on_id if cell.on == "source" else None,
        "case_id": cell.on_id if cell.on == "case" else None,
        "value": cell.text,
    }
