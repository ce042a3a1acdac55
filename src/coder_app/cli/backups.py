"""Commands about the copies that the app makes by itself, and about what to do with a damaged project."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, json_option, project_argument, project_path
from coder_app.domain.errors import BadInput, ProjectProblem
from coder_app.i18n import tr, trn
from coder_app.queries.backups import Copy, copies
from coder_app.store import backups as keeping
from coder_app.store import database
from coder_app.store.project import Project
from coder_app.store.put_back import put_back
from coder_app.store.repair import as_lines
from coder_app.store.repair import repair as rebuild
from coder_app.store.verify import verify

LOST = 1
"""The exit code that says that a project was rebuilt, but not all of it."""


def keep_before(project: Project, rows: int | None = None) -> None:
    """Copy a project before a merge, or an import of so many rows, where that is due; a failure is only noted."""
    are_kept, elsewhere = _wish()
    if not are_kept:
        return
    try:
        keeping.keep_before(project, rows, elsewhere=elsewhere)
    except ProjectProblem as error:
        output.note(tr("note: {problem}", problem=error))


def _wish() -> tuple[bool, Path | None]:
    """Return whether this person wants copies, and in which folder instead of beside the project."""
    # Not above: most commands need no settings, and what reads them is slow to load.
    from coder_app.settings import SettingsFile

    values = SettingsFile().values
    return values.backups, values.backups_elsewhere()


@click.command()
@project_argument
@json_option
def backups(project: Path, *, as_json: bool) -> None:
    """List the copies that the app made, the newest first.

    The project itself may be damaged, or gone.
    """
    found = _copies(project)
    if not found:
        # A wrong name should not look like a project without copies.
        database.check_path(project)
    if as_json:
        output.as_json([_as_json(one) for one in found])
        return
    output.table([_row(one) for one in found])


def _copies(project: Path) -> list[Copy]:
    return copies(keeping.all_backups(project, _wish()[1]))


def _as_json(one: Copy) -> dict[str, object]:
    return {
        "path": str(one.backup.path),
        "made_at": one.backup.made_at.isoformat(),
        "size": one.backup.size,
        "sources": one.held.sources if one.held else None,
        "codings": one.held.codings if one.held else None,
        "last_step": one.held.last_step if one.held else None,
    }


def _row(one: Copy) -> tuple[str, str, str, str]:
    when = one.backup.made_at.strftime("%Y-%m-%d %H:%M:%S")
    if one.held is None:
        return when, tr("cannot be read"), one.problem, one.backup.path.name
    holds = ", ".join(
        (
            trn("{n} source", "{n} sources", one.held.sources),
            trn("{n} coding", "{n} codings", one.held.codings),
        )
    )
    return when, holds, one.held.last_step, one.backup.path.name


@click.command("restore-backup")
@project_argument
@click.argument("copy", type=FILE)
def restore_backup(project: Path, copy: Path) -> None:
    """Put a copy in the place of a project.

    What was there is kept among the copies.
    COPY is a file, or the name of one that “backups” lists.
    """
    _, elsewhere = _wish()
    listed = {one.path.name: one.path for one in keeping.all_backups(project, elsewhere)}
    copy = copy if copy.exists() else listed.get(copy.name, copy)
    if not copy.exists():
        raise BadInput(tr("There is no copy {copy} of {file}; “backups” lists them.", copy=copy, file=project.name))
    with output.progress(tr("Checking {file}", file=copy.name)) as progress:
        aside = put_back(project, copy, elsewhere=elsewhere, on_progress=progress)
    output.say(tr("{file} is again what {copy} holds.", file=project.name, copy=copy.name))
    if aside is not None:
        output.say(tr("What was there is kept as {path}.", path=aside))


@click.command()
@project_argument
@click.option("-o", "--output", "target", type=project_path, help=tr("Default: NAME repaired.coder beside it."))
def repair(project: Path, target: Path | None) -> None:
    """Make a sound project out of a damaged one, in a new file.

    The damaged file is only read; texts that it lost come from its copies. Says what was rebuilt and what was lost.
    """
    database.check_path(project)
    target = target or project.with_name(f"{project.stem} {tr('repaired')}{project.suffix}")
    _, elsewhere = _wish()
    is_sound = _is_sound(project)
    done = rebuild(project, target, [one.path for one in keeping.backups(project, elsewhere)])
    told = as_lines(done)
    if is_sound:
        told[0] = tr("{file} is sound: there was nothing to repair. The new file holds the same.", file=project.name)
    for line in told:
        output.say(line)
    output.say(str(target))
    if done.lost:
        click.get_current_context().exit(LOST)


def _is_sound(project: Path) -> bool:
    try:
        with Project.open(project, write=False, lenient=True) as opened:
            return not verify(opened.db)
    except ProjectProblem:
        return False
