"""Commands for work of several people: merging copies, and deciding what they left undecided."""

from dataclasses import asdict
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.backups import keep_before
from coder_app.cli.project import (
    FILE,
    json_option,
    project_argument,
    project_path,
    reading,
    refuse_project_as_target,
    writing,
)
from coder_app.domain.errors import BadInput
from coder_app.edits.coders import add_coder
from coder_app.edits.conflicts import drop, keep, settle
from coder_app.exporters.merge_report import write_merge_report
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coder_named
from coder_app.queries.conflicts import DIFFERENT, Conflict
from coder_app.queries.conflicts import conflicts as undecided
from coder_app.store.project import Project
from coder_app.team import merge as merging
from coder_app.team.report_tables import report_tables

UNDECIDED = 1
"""The exit code that says that the merge is done and conflicts are undecided."""


@click.command()
@project_argument
@click.argument("others", type=FILE, nargs=-1, required=True, metavar="OTHER...")
@click.option("--dry-run", is_flag=True, help=tr("Say what would come in; write nothing."))
@click.option("--align", "aligned", is_flag=True, help=tr("Take in another project that began with the same files."))
@click.option("--report", "report_file", type=FILE, help=tr("Keep what it says in a file: .html, .csv, .json, .xlsx."))
@json_option
def merge(
    project: Path,
    others: tuple[Path, ...],
    *,
    dry_run: bool,
    aligned: bool,
    report_file: Path | None,
    as_json: bool,
) -> None:
    """Join other copies of a project to it; they are only read."""
    if report_file is not None:
        for file in (project, *others):
            refuse_project_as_target(file, report_file)
    with writing(project, *others) as opened:
        if not dry_run:
            keep_before(opened)
        report = _merged(opened, others, dry_run=dry_run, aligned=aligned)
        if report_file is not None:
            write_merge_report(report_file, *report_tables(opened, report))
    if as_json:
        output.as_json(merging.as_json(report))
    else:
        _tell(report, dry_run=dry_run)
    if report.conflicts:
        click.get_current_context().exit(UNDECIDED)


def _merged(project: Project, others: tuple[Path, ...], *, dry_run: bool, aligned: bool) -> merging.Report:
    if dry_run:
        return merging.preview(project, others, strangers=aligned)
    return (merging.merge_aligned if aligned else merging.merge)(project, others)


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
        if not found:
            output.nothing(tr("Nothing is undecided."))
        for number, one in enumerate(found, start=1):
            output.say(f"{number}  {_in_words(one)}")
    if found:
        click.get_current_context().exit(UNDECIDED)


@click.command()
@project_argument
@click.argument("number", type=int)
@click.option("--side", type=int, help=tr("Which side's value is meant, counted from 1."))
@click.option("--value", help=tr("Another value, in words."))
@click.option("--delete", is_flag=True, help=tr("Delete what one copy had deleted, with all that uses it."))
def decide(project: Path, number: int, side: int | None, value: str | None, *, delete: bool) -> None:
    """Decide a conflict by its number: a side, or what stands."""
    with writing(project) as opened:
        found = undecided(opened)
        if not 1 <= number <= len(found):
            raise BadInput(tr("There is no conflict {n}; “conflicts” lists them.", n=number))
        one = found[number - 1]
        if delete:
            drop(opened, [one])
        elif value is not None:
            settle(opened, one, (value,))
        elif side is None or one.kind != DIFFERENT:
            keep(opened, [one])
        elif 1 <= side <= len(one.sides):
            settle(opened, one, one.sides[side - 1].values or ())
        else:
            raise BadInput(tr("The conflict has the sides 1 to {n}.", n=len(one.sides)))
    output.say(tr("Decided: {thing}", thing=one.thing))


# The files of a team folder are checked by pydantic, which no other command here needs.


@click.group()
def team() -> None:
    """Work with others through a shared folder."""


@team.command()
@project_argument
@click.argument("folder", type=FILE)
def share(project: Path, folder: Path) -> None:
    """Make FOLDER, an empty one, the team folder of a project."""
    from coder_app.team import folder as folders

    with writing(project, folder) as opened:
        folders.share(opened, folder)
    output.say(tr("{folder} is the team folder now; the others join it with “team join”.", folder=folder))


@team.command()
@click.argument("folder", type=FILE)
@click.argument("project", type=project_path)
@click.option("--coder", help=tr("Who works in this copy; made if it is not there."))
def join(folder: Path, project: Path, coder: str | None) -> None:
    """Make a copy of a team's project on this computer."""
    from coder_app.team import folder as folders

    with folders.join(folder, project) as opened:
        if coder is not None:
            known = coder_named(opened, coder)
            opened.work_as(known.id if known else add_coder(opened, coder, by_self=True))
            folders.sync(opened)
    output.say(tr("{file} is your copy; “team sync” exchanges work with the others.", file=project.name))


@team.command()
@project_argument
@json_option
def sync(project: Path, *, as_json: bool) -> None:
    """Take in what the others did, and give what is new here."""
    from coder_app.team import folder as folders

    with writing(project) as opened, output.progress(tr("Exchanging work")) as progress:
        keep_before(opened, 1)
        done = folders.sync(opened, progress)
        undecided_now = len(undecided(opened))
    if as_json:
        told = {"taken": done.taken, "given": done.given, "waiting": done.waiting, "problems": done.problems}
        output.as_json(told | {"conflicts": undecided_now})
    else:
        output.say(tr("{taken} steps came in, {given} went out.", taken=done.taken, given=done.given))
        for problem in done.problems:
            output.say(problem)
    if done.problems or undecided_now:
        click.get_current_context().exit(UNDECIDED)


@team.command()
@project_argument
@json_option
def status(project: Path, *, as_json: bool) -> None:
    """Tell who takes part and what is still to be exchanged."""
    from coder_app.team.members import known, look

    with reading(project) as opened:
        found = known(opened)
    seen = look(found) if found is not None else None
    if as_json:
        told = {
            "folder": str(found.folder) if found else None,
            "unsent": found.unsent if found else 0,
            "up_to_date": seen is not None and seen.new_files == 0,
            "synced_at": found.synced_at if found else "",
            "members": [asdict(one) for one in seen.members] if seen else [],
        }
        output.as_json(told)
        return
    if found is None or seen is None:
        output.say(tr("{file} has no team folder.", file=project.name))
        return
    output.say(str(found.folder))
    output.say(trn("{n} step of yours is not there yet.", "{n} steps of yours are not there yet.", found.unsent))
    output.say(tr("There is work of others to take in.") if seen.new_files else tr("All that lies there is here."))
    output.table((", ".join(one.coders), one.written_at[:16].replace("T", " "), one.steps) for one in seen.members)


@team.command()
@project_argument
def leave(project: Path) -> None:
    """Work without the team folder; what came from it stays."""
    from coder_app.team import folder as folders

    with writing(project) as opened:
        folders.leave(opened)
    output.say(tr("{file} has no team folder any more; nothing in it was changed.", file=project.name))
