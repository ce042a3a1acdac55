"""Commands about a project as a whole: make one, look at it, check it, copy it."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import cast

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, json_option, name, project_argument, project_path, reading
from coder_app.domain.errors import BadInput, DamagedProject, Finding, NoProject
from coder_app.i18n import tr, trn
from coder_app.queries.overview import overview
from coder_app.store import backup as copying
from coder_app.store import driver
from coder_app.store import verify as checking
from coder_app.store.dump import dump as dumped
from coder_app.store.project import Project

Show = Callable[[Path], int]
"""What shows a project in the window and returns the exit code; it comes from outside, because of Qt."""

SAMPLE = Path("central-asia.coder")


@click.command()
@project_argument
@click.option("--name", type=name, default="", help=tr("What the project is called. Default: its file's name."))
@click.option("--coder", type=name, default="", help=tr("The name of the first coder."))
def new(project: Path, name: str, coder: str) -> None:
    """Make an empty project."""
    Project.create(project, name=name.strip(), coder=coder.strip()).close()
    output.say(tr("Made {file}", file=project))


@click.command()
@click.argument("path", type=project_path, default=str(SAMPLE))
@click.option("--open", "show", is_flag=True, help=tr("Show it in the window."))
@click.pass_context
def demo(context: click.Context, path: Path, *, show: bool) -> None:
    """Build the coded sample project.

    PATH is central-asia.coder in this folder unless you name another.
    """
    from coder_app.importers.sample import build_sample

    build_sample(path)
    output.say(tr("Built {file}", file=path))
    if show:
        _show(context, path)


@click.command("open")
@project_argument
@click.pass_context
def open_(context: click.Context, project: Path) -> None:
    """Show a project in the window."""
    _show(context, project)


def _show(context: click.Context, project: Path) -> None:
    show = cast("Show | None", context.obj)
    if show is None:
        raise BadInput(tr("From here no window can be shown; start “coder-app open {file}”.", file=project))
    context.exit(show(project))


@click.command()
@project_argument
@json_option
def info(project: Path, *, as_json: bool) -> None:
    """Tell what a project holds, in numbers."""
    with reading(project) as opened:
        found = overview(opened)
    if as_json:
        output.as_json(asdict(found))
        return
    output.say(found.name)
    output.say(tr("Coders: {names}", names=", ".join(found.coders)))
    output.table(
        [
            (tr("Sources"), found.sources),
            (tr("Codes"), found.codes),
            (tr("Segments"), found.segments),
            (tr("Codings"), found.codings),
            (tr("Memos"), found.memos),
            (tr("Cases"), found.cases),
            (tr("Steps"), found.change_sets),
        ]
    )


@click.command()
@project_argument
def dump(project: Path) -> None:
    """Print the whole content as canonical JSON.

    Equal content gives equal bytes; the journal and what belongs to one copy alone are left out.
    """
    with reading(project) as opened:
        content = dumped(opened.db)
    output.exactly(content)


@click.command()
@project_argument
def verify(project: Path) -> None:
    """Check a project from its pages to its journal.

    Damage is told line by line, with exit code 1.
    """
    problems = _problems(project)
    for problem in problems:
        output.say(problem)
    if problems:
        raise Finding(
            trn(
                "{file} is not sound: one problem. Keep it; “backups” lists copies, “repair” rebuilds what it can.",
                "{file} is not sound: {n} problems. Keep it; “backups” lists copies, “repair” rebuilds what it can.",
                len(problems),
                file=project.name,
            )
        )
    output.say(tr("{file} is sound.", file=project.name))


def _problems(path: Path) -> list[str]:
    try:
        with (
            Project.open(path, write=False, lenient=True) as opened,
            output.progress(tr("Checking {file}", file=path.name)) as progress,
        ):
            return checking.verify(opened.db, progress)
    except NoProject as error:
        output.say(str(error))
        raise Finding(
            tr(
                "{file} is no Coder App project, or its beginning is lost. Choose the project's own file; if this was "
                "one, “backups” lists its copies and “restore-backup” puts one back.",
                file=path.name,
            )
        ) from error
    except DamagedProject as error:
        return [str(error)]
    except driver.DatabaseError as error:
        return [tr("SQLite finds the file damaged: {what}", what=error)]


@click.command()
@project_argument
@click.argument("file", type=FILE, required=False)
def backup(project: Path, file: Path | None) -> None:
    """Make a complete copy, even of an open project.

    Without FILE it lies beside the project, with the time in its name.
    """
    with reading(project, *([file] if file else ())) as opened:
        made = copying.backup(opened.db, project, file)
    output.say(str(made))
