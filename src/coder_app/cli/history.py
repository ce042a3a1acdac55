"""Commands that take steps back, do them again, and list them."""

from dataclasses import asdict
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries import history as queries


@click.command()
@project_argument
def undo(project: Path) -> None:
    """Take the last step back."""
    with writing(project) as opened:
        label = opened.undo()
    output.say(tr("Undone: {label}", label=label))


@click.command()
@project_argument
def redo(project: Path) -> None:
    """Do the step again that was undone last."""
    with writing(project) as opened:
        label = opened.redo()
    output.say(tr("Done again: {label}", label=label))


@click.command()
@project_argument
@json_option
def history(project: Path, *, as_json: bool) -> None:
    """List all steps, undone ones and undos included."""
    with reading(project) as opened:
        steps = queries.history(opened)
    if as_json:
        output.as_json([asdict(step) for step in steps])
    else:
        output.table(
            (step.made_at[:19].replace("T", " "), step.rows, step.coder, _told(step), step.id) for step in steps
        )


def _told(step: queries.HistoryStep) -> str:
    if step.step == "undo":
        return tr("Undo: {label}", label=step.label)
    return tr("Redo: {label}", label=step.label) if step.step == "redo" else step.label


@click.command()
@project_argument
@click.argument("change_set_id", type=name)
def revert(project: Path, change_set_id: str) -> None:
    """Take one older step back, by its id."""
    with writing(project) as opened:
        if all(step.id != change_set_id for step in queries.history(opened)):
            raise BadInput(tr("The history holds no step {id}; “history” lists them.", id=change_set_id))
        label = opened.revert(change_set_id)
    output.say(tr("Taken back: {label}", label=label))
