"""Commands that take steps back, do them again, and list them."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, refuse_project_as_target, writing
from coder_app.domain.errors import BadInput
from coder_app.domain.field_words import KINDS, one_name
from coder_app.i18n import tr, trn
from coder_app.queries import history as queries
from coder_app.queries.coders import coder_named
from coder_app.queries.codes import code_tree
from coder_app.queries.history_filter import Wanted
from coder_app.queries.history_rows import SHOWN, StepRows, step_rows
from coder_app.queries.sources import source
from coder_app.store.project import Project

_DAY = len("2026-03-12")


@click.command()
@project_argument
def undo(project: Path) -> None:
    """Take the last step back."""
    with writing(project) as opened, output.progress(tr("Undoing")) as told:
        label = opened.undo(told)
    output.say(tr("Undone: {label}", label=label))


@click.command()
@project_argument
def redo(project: Path) -> None:
    """Do the step again that was undone last."""
    with writing(project) as opened, output.progress(tr("Doing it again")) as told:
        label = opened.redo(told)
    output.say(tr("Done again: {label}", label=label))


class _ListByDefault(click.Group):
    """A group whose first word may be a project instead of a command: then the steps are listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command that lists in front where none was named."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListByDefault, no_args_is_help=False)
def history() -> None:
    """List all steps, look into one, or write the history for a report.

    `history PROJECT` lists the steps, undone ones and undos included.
    """


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose steps."""
    for option in (
        click.option("--in-force", is_flag=True, help=tr("Leave out the steps that were taken back.")),
        click.option("--text", type=name, default="", help=tr("Words in labels, names, definitions or memos.")),
        click.option("--until", type=name, default="", help=tr("To this time or day, such as 2026-03-12 or …T14:03.")),
        click.option("--since", type=name, default="", help=tr("From this time or day on.")),
        click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help=tr("Steps that touched these.")),
        click.option("--code", type=name, default="", help=tr("Steps about a code: its id, path or name.")),
        click.option("--source", type=name, default="", help=tr("Steps about a source: its id or name.")),
        click.option("--coder", type=name, default="", help=tr("Steps of a coder: the id or name.")),
    ):
        command = option(command)
    return command


def _wanted(project: Project, options: dict[str, Any]) -> Wanted:
    """Return the filter that the options name. Raises BadInput for what is not there."""
    coder = coder_named(project, options["coder"]) if options["coder"] else None
    if options["coder"] and coder is None:
        raise BadInput(tr("There is no coder “{name}” in the project.", name=options["coder"]))
    return Wanted(
        coder_id=coder.id if coder is not None else "",
        source_id=_thing(project, "source", options["source"], lambda wanted: source(project, wanted).id),
        code_id=_thing(project, "code", options["code"], lambda wanted: code_tree(project).find(wanted).id),
        kinds=options["kinds"],
        since=_moment(options["since"]),
        until=_moment(options["until"], end=True),
        text=options["text"],
        in_force=options["in_force"],
    )


def _thing(project: Project, table: str, wanted: str, find: Callable[[str], str]) -> str:
    """Return the id of what is meant, also of a thing that is gone where its id was given."""
    if not wanted or project.rows("SELECT 1 FROM row_change WHERE row_id = ? AND table_name = ?", (wanted, table)):
        return wanted
    return find(wanted)


def _moment(typed: str, *, end: bool = False) -> str:
    """Return a local time or day as the journal writes moments; the `end` of a day is the start of the next."""
    if not typed:
        return ""
    try:
        parsed = datetime.fromisoformat(typed)
        if end and len(typed) == _DAY:
            parsed += timedelta(days=1)
        return parsed.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError) as error:
        raise BadInput(tr("“{typed}” is no time; write it as 2026-03-12 or 2026-03-12T14:03.", typed=typed)) from error


@history.command("list", hidden=True)
@project_argument
@filters
@click.option("--limit", type=click.IntRange(min=1), help=tr("Only the latest so many steps."))
@json_option
def list_(project: Path, *, as_json: bool, limit: int | None, **options: Any) -> None:  # noqa: ANN401 - click's options
    """List the steps, the oldest first."""
    with reading(project) as opened:
        refs = queries.step_list(opened, _wanted(opened, options))
        steps = list(queries.steps(opened, refs[:limit][::-1]))
    if as_json:
        output.as_json([asdict(step) for step in steps])
    elif steps:
        output.table((time_of(step.made_at), step.rows, _told(step), step.id) for step in steps)


def time_of(moment: str) -> str:
    """Return a moment of the journal as people read it."""
    return moment[:19].replace("T", " ")


def _told(step: queries.HistoryStep) -> str:
    return tr("{words} (undone)", words=step.words) if step.undone_by else step.words


@history.command("show")
@project_argument
@click.argument("step", type=name)
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, help=tr("So many rows; {n}.").format(n=SHOWN))
@json_option
def show(project: Path, step: str, *, limit: int, as_json: bool) -> None:
    """Show what a step did row by row, in names instead of ids."""
    with reading(project) as opened:
        found = step_rows(opened, step, limit)
        ref = next(ref for ref in queries.step_list(opened) if ref.id == step)
        told = next(queries.steps(opened, [ref]))
    if as_json:
        output.as_json({**asdict(told), "changes": [asdict(row) for row in found.rows], "number": found.number})
        return
    output.say(f"{time_of(told.made_at)}  {_told(told)}")
    _say_rows(found)


def _say_rows(found: StepRows) -> None:
    for row in found.rows:
        output.say(f"{one_name(row.table)}: {row.what} – {row.how}")
        for field in row.fields:
            before, after = (output.shortened(side or "") for side in (field.before, field.after))
            told = f"{before} → {after}" if field.before and field.after else before or after
            output.say(f"    {field.field}: {told}")
    if found.number > len(found.rows):
        output.say(trn("… and {n} row more", "… and {n} rows more", found.number - len(found.rows)))


@history.command("export")
@project_argument
@click.argument("file", type=FILE)
@filters
@click.option("--rows", is_flag=True, help=tr("A line for each field that a step changed, before and after."))
def export(project: Path, file: Path, *, rows: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Write an audit trail to a .csv, .html, .xlsx or .json file."""
    from coder_app.exporters.history import write_history
    from coder_app.queries.history_tables import history_table

    with reading(project, file) as opened:
        refuse_project_as_target(project, file)
        write_history(history_table(opened, _wanted(opened, options), rows=rows), file)
    output.say(tr("Wrote {file}", file=file))


@history.command("codebook")
@project_argument
@click.argument("file", type=FILE)
@click.option("--all", "everything", is_flag=True, help=tr("Steps that were taken back, too."))
def codebook(project: Path, file: Path, *, everything: bool) -> None:
    """Write how the codebook developed, as a table or a page."""
    from coder_app.exporters.history import write_history
    from coder_app.queries.history_codebook import codebook_development, development_in_numbers

    with reading(project, file) as opened:
        refuse_project_as_target(project, file)
        table = codebook_development(opened, everything=everything)
        write_history(table, file, development_in_numbers(table))
    output.say(tr("Wrote {file}", file=file))


@click.command()
@project_argument
@click.argument("change_set_id", type=name)
def revert(project: Path, change_set_id: str) -> None:
    """Take one older step back, by its id."""
    with writing(project) as opened:
        if not opened.rows("SELECT 1 FROM change_set WHERE id = ?", (change_set_id,)):
            raise BadInput(tr("The history holds no step {id}; “history” lists them.", id=change_set_id))
        with output.progress(tr("Taking it back")) as told:
            label = opened.revert(change_set_id, told)
    output.say(tr("Taken back: {label}", label=label))
