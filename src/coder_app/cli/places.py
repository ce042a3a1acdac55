"""Commands for projects on a network or in a synced folder: work on a copy here, and take it back."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import project_argument, writing
from coder_app.i18n import tr
from coder_app.store import working_copy


@click.command("local-copy")
@project_argument
def local_copy(project: Path) -> None:
    """Make a working copy on this computer and print its path.

    For a project on a network or in a synced folder. A copy that is there already is brought up to date, unless it
    holds changes of yours. Take these back with “copy-back”.
    """
    output.say(str(working_copy.working_copy(project)))


@click.command("copy-back")
@project_argument
def copy_back(project: Path) -> None:
    """Put a working copy back in the place that it comes from.

    The file from there is kept beside it. Nothing is overwritten that has changed there meanwhile.
    """
    with writing(project) as opened:
        place, kept = working_copy.origin(opened), working_copy.copy_back(opened)
    if kept is None:
        output.say(tr("{file} holds no changes; there was nothing to copy back.", file=project.name))
    else:
        output.say(tr("Copied back to {place}; the file from there is kept as {kept}.", place=place, kept=kept.name))
