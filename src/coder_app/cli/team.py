"""Commands for work of several people: merging copies, and deciding what they left undecided."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, json_option, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.edits.align import align
from coder_app.edits.conflicts import keep, settle
from coder_app.i18n import tr, trn
from coder_app.queries.conflicts import DIFFERENT, Conflict
from coder_app.queries.conflicts import conflicts as undecided
from coder_app.team import merge as merging

UNDECIDED = 1
"""The exit code that says that the merge is done and conflicts are undecided."""


@click.command()
@project_argument
@click.argument("others", type=FILE, nargs=-1, required=True, metavar="OTHER...")
@click.option("--dry-run", is_flag=True, help=tr("Say what would come in; write nothing."))
@click.option("--align", "aligned", is_flag=True, help=tr("Take in another project that began with the same files."))
@json_option
def merge(project: Path, others: tuple[Path, ...], *, dry_run: bool, aligned: bool, as_json: bool) -> None:
    """Join other copies of a project to it; they are only read."""
    with writing(project, *others) as opened:
        work = merging.preview if dry_run else merging.merge
        report = work(opened, others, strangers=aligned)
        if aligned and not dry_run:
            align(opened)
    told = merging.as_json(report)
    if as_json:
        output.as_json(told)
    else:
        _tell(report, dry_run=dry_run)
    if report.conflicts:
        click.get_current_context().exit(UNDECIDED)


def _tell(report: merging.Report, *, dry_run: bool) -> None:
    steps = trn("{n} step", "{n} steps", report.change_sets)
    output.say(tr("{steps} would come in.", steps=steps) if dry_run else tr("{steps} came in.", steps=steps))
    for kind, numbers in merging.by_kind(report).items():
        output.say(tr("{kind}: {added} added, {changed} changed, {removed} removed", kind=kind, **numbers))
    if report.held_back:
        n = len(report.held_back)
        output.say(trn("{n} step waits for one that is missing.", "{n} steps wait for one that is missing.", n))
    for one in report.conflicts:
        output.say(_in_words(one))


def _in_words(one: Conflict) -> str:
    sides = "; ".join(f"{side.shown} ({side.coder}, {side.wall_time[:16].replace('T', ' ')})" for side in one.sides)
    what = f"{one.table} {one.field}".strip()
    return tr("undecided: {what} of {thing}: {sides}", what=what, thing=one.thing, sides=sides)


@click.command()
@project_argument
@json_option
def conflicts(project: Path, *, as_json: bool) -> None:
    """List what merges left undecided, numbered."""
    with reading(project) as opened:
        found = undecided(opened)
    if as_json:
        output.as_json(
            [{"number": number, **merging.conflict_as_json(one)} for number, one in enumerate(found, start=1)]
        )
    else:
        for number, one in enumerate(found, start=1):
            output.say(f"{number}  {_in_words(one)}")
    if found:
        click.get_current_context().exit(UNDECIDED)


@click.command()
@project_argument
@click.argument("number", type=int)
@click.option("--side", type=int, help=tr("Which side's value is meant, counted from 1."))
@click.option("--value", help=tr("Another value, in words."))
def decide(project: Path, number: int, side: int | None, value: str | None) -> None:
    """Decide a conflict by its number: a side, or what stands."""
    with writing(project) as opened:
        found = undecided(opened)
        if not 1 <= number <= len(found):
            raise BadInput(tr("There is no conflict {n}; “conflicts” lists them.", n=number))
        one = found[number - 1]
        if value is not None:
            settle(opened, one, (value,))
        elif side is None or one.kind != DIFFERENT:
            keep(opened, [one])
        elif 1 <= side <= len(one.sides):
            settle(opened, one, one.sides[side - 1].values or ())
        else:
            raise BadInput(tr("The conflict has the sides 1 to {n}.", n=len(one.sides)))
    output.say(tr("Decided: {thing}", thing=one.thing))
