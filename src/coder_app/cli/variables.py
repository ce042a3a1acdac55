"""Commands about variables and their values for sources and cases."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.attributes import bring_in, clear_option, preview_option, rest_option, types_option, write_out
from coder_app.cli.naming import Named, add_naming
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.domain.values import TYPES
from coder_app.edits import variables as edits
from coder_app.edits.variables import Cell
from coder_app.i18n import tr
from coder_app.queries.cases import case_named
from coder_app.queries.sources import source as find_source
from coder_app.queries.variables import values_on, variable_named
from coder_app.queries.variables import variables as all_variables

_type_option = click.option(
    "--type", "type_", type=click.Choice(TYPES), default="text", help=tr("How values are read.")
)


@click.group(no_args_is_help=False)
def variables() -> None:
    """List and make variables, and set their values."""


@variables.command("list")
@project_argument
@json_option
def list_(project: Path, *, as_json: bool) -> None:
    """List the variables, and how many values each has."""
    with reading(project) as opened:
        found = all_variables(opened)
        sources, cases = values_on(opened, "source"), values_on(opened, "case")
    if not as_json:
        output.table(
            (len(sources.get(one.id, ())) + len(cases.get(one.id, ())), one.name, one.type, one.description, one.id)
            for one in found
        )
        return
    output.as_json(
        [
            {
                "id": one.id,
                "name": one.name,
                "type": one.type,
                "description": one.description,
                "sources": len(sources.get(one.id, ())),
                "cases": len(cases.get(one.id, ())),
            }
            for one in found
        ]
    )


@variables.command("add")
@project_argument
@click.argument("name_", metavar="NAME", type=name)
@_type_option
@click.option("--description", type=name, default="", help=tr("What the variable means."))
def add(project: Path, name_: str, type_: str, description: str) -> None:
    """Add a variable and print its id."""
    with writing(project) as opened:
        output.say(edits.add_variable(opened, name_, type_, description))


@variables.command("retype")
@project_argument
@click.argument("variable", type=name)
@click.argument("type_", metavar="TYPE", type=click.Choice(TYPES))
def retype(project: Path, variable: str, type_: str) -> None:
    """Read the values of a variable as another type.

    TYPE is text, boolean, integer, decimal, date or datetime. Refused where a value cannot be read so.
    """
    with writing(project) as opened:
        edits.retype_variable(opened, variable_named(opened, variable).id, type_)


@variables.command("set")
@project_argument
@click.argument("variable", type=name)
@click.argument("value", type=name)
@click.option("--source", "sources", type=name, multiple=True, metavar="SOURCE", help=tr("Whose value; repeat."))
@click.option("--case", "cases", type=name, multiple=True, metavar="CASE", help=tr("Whose value; repeat."))
def set_(project: Path, variable: str, value: str, sources: tuple[str, ...], cases: tuple[str, ...]) -> None:
    """Set a value for sources or cases; "" takes it away."""
    if not sources and not cases:
        raise BadInput(tr("Say whose value it is: --source or --case, as often as you like."))
    with writing(project) as opened:
        one = variable_named(opened, variable).id
        edits.set_values(
            opened,
            [Cell(one, "source", find_source(opened, wanted).id, value) for wanted in sources]
            + [Cell(one, "case", case_named(opened, wanted).id, value) for wanted in cases],
        )


@variables.command("import")
@project_argument
@click.argument("file", type=FILE)
@types_option
@preview_option
@rest_option
@clear_option
def import_(project: Path, file: Path, types: tuple[str, ...], **how: bool) -> None:
    """Take in values of sources, .csv or .xlsx.

    A row is a source, a column a variable. Variables that are missing are made; the sources have to be there.
    For values of cases there is `cases import`.
    """
    bring_in(project, file, "source", types, **how)


@variables.command("export")
@project_argument
@click.argument("file", type=FILE)
def export(project: Path, file: Path) -> None:
    """Write the values of all sources: .csv, .xlsx, .json."""
    write_out(project, file, "source")


add_naming(
    variables,
    Named("VARIABLE", variable_named, edits.rename_variable, edits.describe_variable, edits.delete_variables),
    rename=tr("Give a variable another name."),
    describe=tr("Say what a variable means."),
    delete=tr("Delete variables with all their values."),
)
