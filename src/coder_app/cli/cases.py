"""Commands about cases: who or what the sources are about, and what belongs to each."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.attributes import bring_in, clear_option, preview_option, rest_option, types_option, write_out
from coder_app.cli.naming import Named, add_naming
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.edits import cases as edits
from coder_app.i18n import tr
from coder_app.queries.attributes import attribute_table
from coder_app.queries.cases import case_named, members_of
from coder_app.queries.cases import cases as all_cases
from coder_app.queries.sources import source as find_source


@click.group(no_args_is_help=False)
def cases() -> None:
    """List, make and fill cases, and give them values."""


@cases.command("list")
@project_argument
@json_option
def list_(project: Path, *, as_json: bool) -> None:
    """List the cases with their values."""
    with reading(project) as opened:
        found = all_cases(opened)
        values = attribute_table(opened, "case")
    if not as_json:
        output.table((one.sources, one.name, one.description, one.id) for one in found)
        return
    titles = [column.id for column in values.columns]
    output.as_json(
        [
            {
                "id": one.id,
                "name": one.name,
                "description": one.description,
                "sources": one.sources,
                "segments": one.segments,
                "values": {title: cell for title, cell in list(zip(titles, row, strict=True))[2:] if cell is not None},
            }
            for one, row in zip(found, values.rows, strict=True)
        ]
    )


@cases.command("members")
@project_argument
@click.argument("case", type=name)
@json_option
def members(project: Path, case: str, *, as_json: bool) -> None:
    """List what belongs to a case: sources and passages."""
    with reading(project) as opened:
        found = members_of(opened, case_named(opened, case).id)
    if as_json:
        keys = ("id", "source_id", "source", "segment_id", "start", "stop", "text")
        output.as_json([{key: getattr(one, key) for key in keys} for one in found])
        return
    for one in found:
        place = "" if one.start is None else f"  {one.start}-{one.stop}  {output.shortened(one.text)}"
        output.say(f"{one.id}  {one.source}{place}")


@cases.command("add")
@project_argument
@click.argument("name_", metavar="NAME", type=name)
@click.option("--description", type=name, default="", help=tr("What the case is."))
def add(project: Path, name_: str, description: str) -> None:
    """Add a case and print its id."""
    with writing(project) as opened:
        output.say(edits.add_case(opened, name_, description))


@cases.command("from-sources")
@project_argument
@click.argument("sources", type=name, nargs=-1, required=True)
def from_sources(project: Path, sources: tuple[str, ...]) -> None:
    """Make a case of each source, and print the cases' ids.

    It is named as the source, without the suffix; a case that has the name gets the source.
    """
    with writing(project) as opened:
        for case_id in edits.add_case_for_each(opened, [find_source(opened, one).id for one in sources]):
            output.say(case_id)


@cases.command("put")
@project_argument
@click.argument("case", type=name)
@click.argument("sources", type=name, nargs=-1)
@click.option(
    "--passage",
    "passages",
    type=(name, int, int),
    multiple=True,
    metavar="SOURCE START STOP",
    help=tr("A passage instead of a whole source; repeat."),
)
def put(project: Path, case: str, sources: tuple[str, ...], passages: tuple[tuple[str, int, int], ...]) -> None:
    """Put sources, or passages of them, into a case."""
    if not sources and not passages:
        raise BadInput(tr("Say what: sources, or --passage SOURCE START STOP."))
    with writing(project) as opened:
        wanted = case_named(opened, case)
        ids = [find_source(opened, one).id for one in sources]
        found = [(find_source(opened, one).id, start, stop) for one, start, stop in passages]
        with opened.edit(f"Put {len(ids) + len(found)} members into case “{wanted.name}”"):
            if ids:
                edits.put_sources(opened, wanted.id, ids)
            for place in found:
                edits.put_passage(opened, wanted.id, *place)


@cases.command("take-out")
@project_argument
@click.argument("case", type=name)
@click.argument("members", metavar="MEMBER...", type=name, nargs=-1, required=True)
def take_out(project: Path, case: str, members: tuple[str, ...]) -> None:
    """Take sources or passages out of a case.

    MEMBER is a source, or the id of a member that `cases members` tells.
    """
    with writing(project) as opened:
        there = members_of(opened, case_named(opened, case).id)
        passages = {one.id for one in there}
        wanted = {one if one in passages else find_source(opened, one).id for one in members}
        edits.take_out_of_case(
            opened, [one.id for one in there if one.id in wanted or (one.source_id in wanted and not one.segment_id)]
        )


@cases.command("import")
@project_argument
@click.argument("file", type=FILE)
@types_option
@preview_option
@rest_option
@clear_option
def import_(project: Path, file: Path, types: tuple[str, ...], **how: bool) -> None:
    """Take in a table of cases, .csv or .xlsx.

    A row is a case, a column a variable. Cases and variables that are missing are made; a column “sources” names
    what belongs to a case, with semicolons between.
    """
    bring_in(project, file, "case", types, **how)


@cases.command("export")
@project_argument
@click.argument("file", type=FILE)
def export(project: Path, file: Path) -> None:
    """Write the values of all cases: .csv, .xlsx or .json."""
    write_out(project, file, "case")


add_naming(
    cases,
    Named("CASE", case_named, edits.rename_case, edits.describe_case, edits.delete_cases),
    rename=tr("Give a case another name."),
    describe=tr("Say what a case is."),
    delete=tr("Delete cases with their values; sources and codings stay."),
)
