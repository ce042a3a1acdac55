"""Commands that bring back what was deleted, and show the project as it was."""

from dataclasses import asdict
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.history import time_of
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.domain.field_words import one_name
from coder_app.edits import restore as restoring
from coder_app.i18n import tr
from coder_app.queries.history_deleted import RESTORABLE, deleted, gone
from coder_app.store import backup
from coder_app.store.as_it_was import as_it_was as at_step
from coder_app.store.as_it_was import step_at
from coder_app.store.dump import dump
from coder_app.store.project import Project


@click.command("deleted")
@project_argument
@click.option("--kind", "kinds", type=click.Choice(RESTORABLE), multiple=True, help=tr("Only things of these kinds."))
@json_option
def deleted_(project: Path, *, kinds: tuple[str, ...], as_json: bool) -> None:
    """List what was deleted and can be brought back."""
    with reading(project) as opened:
        found = deleted(opened, gone(opened, kinds or RESTORABLE))
    if as_json:
        output.as_json([asdict(one) for one in found])
        return
    if not found:
        output.nothing(tr("Nothing was deleted that could be brought back."))
    for one in found:
        along = tr(" with {what}", what=one.went_along) if one.went_along else ""
        ids = one.row_ids[0] if len(one.row_ids) == 1 else tr("step {id}", id=one.step_id)
        output.say(f"{time_of(one.made_at)}  {one.coder}  {one_name(one.table)}: {one.what}{along}  {ids}")


@click.command()
@project_argument
@click.argument("ids", type=name, nargs=-1, required=True)
@click.option("--as-at", type=name, default="", help=tr("As it was after this step or at this time."))
def restore(project: Path, ids: tuple[str, ...], as_at: str) -> None:
    """Bring back what was deleted, by ids, with what belonged to it.

    An id of a step means all that it deleted. With --as-at things get the words back that they had then.
    """
    with writing(project) as opened:
        if as_at:
            with at_step(opened, _step(opened, as_at)) as then:
                done = restoring.bring_back(opened, then, [(_table(then, one), one) for one in ids])
        else:
            done = restoring.restore_all(opened, _deleted_things(opened, ids))
    output.say(done.words())


def _table(project: Project, row_id: str) -> str:
    for table in RESTORABLE:
        if project.rows(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)):
            return table
    raise BadInput(tr("The project held no {id} at that time.", id=row_id))


def _deleted_things(project: Project, ids: tuple[str, ...]) -> list[restoring.Thing]:
    known = gone(project)
    things: dict[restoring.Thing, None] = {}
    for wanted in ids:
        found = [
            (one.table, row_id) for one in known for row_id in one.row_ids if wanted in (row_id, one.step_id)
        ] or _by_table(project, wanted)
        if not found:
            raise BadInput(tr("Nothing deleted has the id {id}; “deleted” lists what has.", id=wanted))
        things |= dict.fromkeys(found)
    return list(things)


def _by_table(project: Project, row_id: str) -> list[restoring.Thing]:
    """Return the thing with an id, also one that went along with another."""
    found = project.rows("SELECT table_name FROM row_change WHERE row_id = ? LIMIT 1", (row_id,))
    return [(found[0][0], row_id)] if found else []


def _step(project: Project, wanted: str) -> str:
    """Return the step that is meant by its id or by a time."""
    if project.rows("SELECT 1 FROM change_set WHERE id = ?", (wanted,)):
        return wanted
    return step_at(project, wanted)


@click.command("as-it-was")
@project_argument
@click.argument("when", type=name, metavar="STEP|TIME")
@click.option("-o", "--output", "file", type=FILE, help=tr("Write the project of then to this new .coder file."))
@click.option("--dump", "as_dump", is_flag=True, help=tr("Print its whole content as JSON."))
def as_it_was(project: Path, when: str, *, file: Path | None, as_dump: bool) -> None:
    """Show the project as it was after a step or at a time."""
    if (file is None) == (not as_dump):
        raise BadInput(tr("Say either -o FILE.coder or --dump."))
    with reading(project, *([file] if file else ())) as opened, at_step(opened, _step(opened, when)) as then:
        if file is not None:
            output.say(str(backup.backup(then.db, project, file)))
        else:
            output.exactly(dump(then.db))
