"""Commands about the people who code in a project."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.edits import coders as edits
from coder_app.i18n import tr
from coder_app.queries.coders import coder_named, codings_by_coder
from coder_app.queries.coders import coders as all_coders


@click.group(no_args_is_help=False)
def coders() -> None:
    """List the coders, add one, give one another name."""


@coders.command("list")
@project_argument
@json_option
def list_(project: Path, *, as_json: bool) -> None:
    """List the coders with how many codings each has made."""
    with reading(project) as opened:
        found = all_coders(opened)
        made = codings_by_coder(opened)
    if not as_json:
        output.table((tr("{n} codings", n=made.get(one.id, 0)), one.name, one.id) for one in found)
        return
    output.as_json(
        [{"id": one.id, "name": one.name, "kind": one.kind, "codings": made.get(one.id, 0)} for one in found]
    )


@coders.command("add")
@project_argument
@click.argument("name_", metavar="NAME", type=name)
def add(project: Path, name_: str) -> None:
    """Add a coder, unless there is one of this name; print the id."""
    with writing(project) as opened:
        output.say(edits.add_coder(opened, name_))


@coders.command("rename")
@project_argument
@click.argument("coder", type=name)
@click.argument("name_", metavar="NAME", type=name)
def rename(project: Path, coder: str, name_: str) -> None:
    """Give a coder another name; all codings stay that coder's."""
    with writing(project) as opened:
        found = coder_named(opened, coder)
        if found is None:
            raise BadInput(tr("There is no coder “{name}”; nothing was changed.", name=coder))
        edits.rename_coder(opened, found.id, name_)
