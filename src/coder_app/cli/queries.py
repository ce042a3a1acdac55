"""Commands that ask for passages by a query, and keep queries under names."""

from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.naming import Named, add_naming
from coder_app.cli.project import (
    FILE,
    json_option,
    name,
    project_argument,
    reading,
    refuse_project_as_target,
    writing,
)
from coder_app.cli.scope import scope_options
from coder_app.domain.errors import BadInput
from coder_app.domain.query_language.meaning import as_named_today
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.edits import saved_queries as edits
from coder_app.i18n import tr
from coder_app.queries.saved_queries import book_of, saved_query
from coder_app.queries.scope import Scope

_SHOWN = ("source", "start", "stop", "codes", "coders", "text")


@click.command()
@project_argument
@click.argument("text", metavar="QUERY", type=name)
@click.option("-o", "--output", "target", type=FILE, help=tr("A .csv, .xlsx, .docx, .html or .json file."))
@click.option("--columns", type=name, metavar="A,B,…", help=tr("The columns, such as source,text,variable:Age."))
@click.option("--sort", type=name, metavar="A,-B,…", help=tr("Columns to sort by; “-” in front: from the end."))
@click.option("--group", type=name, metavar="COLUMN", default="", help=tr("Put those with the same value together."))
@click.option("--context", type=click.IntRange(0, 2000), default=80, help=tr("Characters shown on either side."))
@click.option("--limit", type=click.IntRange(min=1), help=tr("Show so many passages at most."))
@scope_options
@json_option
def query(
    project: Path,
    text: str,
    target: Path | None,
    columns: str | None,
    scope: Scope,
    *,
    as_json: bool,
    **how: Any,  # noqa: ANN401 - click's options, each of its own type
) -> None:
    """Find passages by codes, coders, words and more.

    QUERY is such as: Trust NEAR(1 paragraph) (Fear OR Anger) AND NOT coder:Ann. docs/queries.md has the language.
    """
    from coder_app.reports.query import Options, found_table, meaning_now
    from coder_app.reports.recipe import plain
    from coder_app.reports.run import export

    others = [target] if target else []
    with reading(project, *others) as opened:
        options = Options(
            text,
            meaning_now(opened, text),
            scope.as_json() if scope else {},
            _listed(columns) or (() if target else _SHOWN),
            _listed(how.pop("sort")),
            **how,
        )
        if target:
            refuse_project_as_target(project, target)
            export(opened, "query", plain(options), target)
            output.say(tr("Wrote {file}", file=target))
            return
        table = found_table(opened, options)
    names = [column.id for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    if as_json:
        output.as_json(rows)
        return
    if not rows:
        output.note(tr("No passage fits this query."))
    elif columns:
        output.table(tuple("" if cell is None else str(cell) for cell in row) for row in table.rows)
    else:
        for row in rows:
            words = output.shortened(str(row["text"]))
            output.say(f"{row['source']} {row['start']}-{row['stop']}: {words} [{row['codes'] or '-'}] {row['coders']}")


def _listed(given: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (given or "").split(",") if part.strip())


@click.group(no_args_is_help=False)
def queries() -> None:
    """List, save and change queries; each is a smart code."""


@queries.command("list")
@project_argument
@json_option
def list_(project: Path, *, as_json: bool) -> None:
    """List the saved queries with how many passages they find now."""
    from coder_app.queries.retrieval import run_saved

    with reading(project) as opened:
        book = book_of(opened)
        found: list[dict[str, Any]] = []
        for one in book.saved:
            problem, passages = "", None
            try:
                passages = len(run_saved(opened, one, book=book))
            except BadInput as error:
                problem = error.words if isinstance(error, QueryMistake) else str(error)
            found.append(
                {
                    "id": one.id,
                    "name": one.name,
                    "query": as_named_today(one.text, book, one.refers),
                    "description": one.description,
                    "passages": passages,
                    "problem": problem,
                }
            )
    if as_json:
        output.as_json(found)
        return
    output.table(
        (
            "?" if one["passages"] is None else str(one["passages"]),
            one["name"],
            one["query"],
            one["problem"] or one["description"],
            one["id"],
        )
        for one in found
    )


@queries.command("save")
@project_argument
@click.argument("name_", metavar="NAME", type=name)
@click.argument("text", metavar="QUERY", type=name)
@click.option("--description", type=name, default="", help=tr("What the query is for."))
def save(project: Path, name_: str, text: str, description: str) -> None:
    """Save a query under a name and print its id."""
    with writing(project) as opened:
        output.say(edits.save_query(opened, name_, text, description))


@queries.command("change")
@project_argument
@click.argument("wanted", metavar="NAME", type=name)
@click.argument("text", metavar="QUERY", type=name)
def change(project: Path, wanted: str, text: str) -> None:
    """Let a saved query ask for something else."""
    with writing(project) as opened:
        edits.change_query(opened, saved_query(opened, wanted).id, text)


add_naming(
    queries,
    Named("NAME", saved_query, edits.rename_query, edits.describe_query, edits.delete_queries),
    rename=tr("Give a saved query another name."),
    describe=tr("Say what a saved query is for."),
    delete=tr("Delete saved queries; what they found stays."),
)
