"""Commands about sets of sources and codes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.naming import Named, add_naming
from coder_app.cli.project import json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.edits import sets as edits
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.sets import set_named
from coder_app.queries.sets import sets as all_sets
from coder_app.queries.sources import source as find_source
from coder_app.queries.sources import sources as all_sources
from coder_app.store.project import Project


@click.group(no_args_is_help=False)
def sets() -> None:
    """List, make and fill sets of sources and codes."""


@sets.command("list")
@project_argument
@json_option
def list_(project: Path, *, as_json: bool) -> None:
    """List the sets with what is in them."""
    with reading(project) as opened:
        found = all_sets(opened)
        tree = code_tree(opened)
        names = {one.id: one.name for one in all_sources(opened)} if as_json else {}
    if not as_json:
        output.table(
            (
                tr("{n} sources", n=len(one.sources)),
                tr("{n} codes", n=len(one.codes)),
                one.name,
                one.description,
                one.id,
            )
            for one in found
        )
        return
    output.as_json(
        [
            {
                "id": one.id,
                "name": one.name,
                "description": one.description,
                "sources": [names[source_id] for source_id in one.sources],
                "codes": [tree.path(code_id) for code_id in one.codes],
                "memos": list(one.memos),
            }
            for one in found
        ]
    )


@sets.command("add")
@project_argument
@click.argument("name_", metavar="NAME", type=name)
@click.option("--description", type=name, default="", help=tr("What the set is for."))
def add(project: Path, name_: str, description: str) -> None:
    """Add an empty set and print its id."""
    with writing(project) as opened:
        output.say(edits.add_set(opened, name_, description))


def _members(command: Callable[..., Any]) -> Callable[..., Any]:
    for option, metavar, told in (
        ("--code", "CODE", tr("A code; repeat.")),
        ("--source", "SOURCE", tr("A source; repeat.")),
    ):
        command = click.option(option, f"{option[2:]}s", type=name, multiple=True, metavar=metavar, help=told)(command)
    return command


def _change(
    project: Path,
    set_: str,
    wanted: tuple[tuple[str, ...], tuple[str, ...]],
    do: Callable[[Project, str, str, list[str]], None],
    label: str,
) -> None:
    """Do this with all that is wanted, as one step; `label` has places for its number and the name of the set."""
    sources, codes = wanted
    if not sources and not codes:
        raise BadInput(tr("Say what: --source or --code, as often as you like."))
    with writing(project) as opened:
        found = set_named(opened, set_)
        tree = code_tree(opened)
        ids = {
            "source": [find_source(opened, one).id for one in sources],
            "code": [tree.find(one).id for one in codes],
        }
        with opened.edit(label.format(n=len(sources) + len(codes), name=found.name)):
            for kind, some in ids.items():
                if some:
                    do(opened, found.id, kind, some)


@sets.command("put")
@project_argument
@click.argument("set_", metavar="SET", type=name)
@_members
def put(project: Path, set_: str, sources: tuple[str, ...], codes: tuple[str, ...]) -> None:
    """Put sources and codes into a set."""
    _change(project, set_, (sources, codes), edits.put_into_set, "Put {n} members into set “{name}”")


@sets.command("take-out")
@project_argument
@click.argument("set_", metavar="SET", type=name)
@_members
def take_out(project: Path, set_: str, sources: tuple[str, ...], codes: tuple[str, ...]) -> None:
    """Take sources and codes out of a set."""
    _change(project, set_, (sources, codes), edits.take_out_of_set, "Take {n} members out of set “{name}”")


add_naming(
    sets,
    Named("SET", set_named, edits.rename_set, edits.describe_set, edits.delete_sets),
    rename=tr("Give a set another name."),
    describe=tr("Say what a set is for."),
    delete=tr("Delete sets; what was in them stays."),
)
