"""What `cases` and `variables` share: a table of values in, with a look before, and out."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.backups import keep_before
from coder_app.cli.project import reading, refuse_project_as_target, writing
from coder_app.domain.attributes import AttributePlan
from coder_app.domain.errors import BadInput
from coder_app.domain.values import TYPES
from coder_app.edits.attributes import import_attributes
from coder_app.i18n import tr, trn
from coder_app.queries.attributes import attribute_table, planned_attributes

preview_option = click.option("--preview", is_flag=True, help=tr("Only tell what would come in."))
rest_option = click.option("--rest", is_flag=True, help=tr("Take in the rest where lines are bad."))
clear_option = click.option("--clear", is_flag=True, help=tr("Let empty cells take values away."))
types_option = click.option(
    "--type", "types", multiple=True, metavar="NAME=TYPE", help=tr("The type of a new variable; repeat.")
)


def bring_in(project: Path, file: Path, on: str, types: tuple[str, ...], **how: bool) -> None:
    """Take in a table for sources or cases; `how` are preview, rest and clear.

    Raises BadInput where a line cannot be taken in, unless the rest is asked for.
    """
    from coder_app.importers.attributes import read_attributes

    wanted = dict(map(_type, types))
    opening = reading if how["preview"] else writing
    with opening(project, file) as opened:
        plan = planned_attributes(opened, read_attributes(file), on, wanted, clear=how["clear"])
        for problem in plan.problems:
            output.note(tr("note: {what}", what=problem))
        if plan.problems and not how["rest"] and not how["preview"]:
            raise BadInput(
                trn(
                    "{file}: one line cannot be taken in, so nothing was changed; mend it, or add --rest.",
                    "{file}: {n} lines cannot be taken in, so nothing was changed; mend them, or add --rest.",
                    len(plan.problems),
                    file=file.name,
                )
            )
        if not how["preview"]:
            keep_before(opened, len(plan.values))
            with output.progress(tr("Importing the values of {file}", file=file.name)) as progress:
                import_attributes(opened, plan, progress)
    _tell(plan, preview=how["preview"])


def _type(typed: str) -> tuple[str, str]:
    name, _, type_ = typed.rpartition("=")
    if not name or type_ not in TYPES:
        raise BadInput(tr("--type {typed}: write NAME=TYPE with one of {types}.", typed=typed, types=", ".join(TYPES)))
    return name.strip(), type_


def _tell(plan: AttributePlan, *, preview: bool) -> None:
    for name, type_ in plan.new_variables:
        output.say(tr("New variable: {name} ({type})", name=name, type=type_))
    for name in plan.new_cases:
        output.say(tr("New case: {name}", name=name))
    told = [trn("{n} value", "{n} values", len(plan.values))]
    if plan.members:
        told.append(trn("{n} source of cases", "{n} sources of cases", len(plan.members)))
    what = ", ".join(told)
    same = tr("{n} there already", n=plan.same)
    output.say(
        tr("Would set {what}; {same}.", what=what, same=same)
        if preview
        else tr("Set {what}; {same}.", what=what, same=same)
    )


def write_out(project: Path, file: Path, on: str) -> None:
    """Write the table of all values of sources or cases."""
    from coder_app.exporters.tables import write_table

    with reading(project, file) as opened:
        refuse_project_as_target(project, file)
        write_table(attribute_table(opened, on), file)
    output.say(tr("Wrote {file}", file=file))
