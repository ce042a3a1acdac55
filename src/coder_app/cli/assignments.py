"""The commands for rounds of coding: who codes what, and what is done."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.basis import person
from coder_app.cli.project import json_option, name, project_argument, reading, writing
from coder_app.cli.scope import scope_options
from coder_app.domain.disagreement import Round
from coder_app.domain.errors import BadInput
from coder_app.edits import rounds as edits
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.rounds import assignments as all_assignments
from coder_app.queries.rounds import latest_round, round_named, rounds
from coder_app.queries.scope import Scope, sources_in
from coder_app.queries.sources import sources
from coder_app.store.project import Project

_ROUND = click.option("--round", "wanted", type=name, metavar="ROUND", help=tr("Default: the last round."))
_CODER = click.option("--coder", "people", type=name, multiple=True, metavar="CODER", help=tr("Repeat for more."))


@click.group(no_args_is_help=False)
def assignments() -> None:
    """Say who codes what, in rounds, and what is done.

    A blind round hides others’ codings in the window until one has finished a source. It keeps people from being
    influenced; it is no security: the file holds everything.
    """


@assignments.command("list")
@project_argument
@_ROUND
@json_option
def list_(project: Path, wanted: str | None, *, as_json: bool) -> None:
    """Print rounds and who codes what; done or not."""
    with reading(project) as opened:
        one = _round(opened, wanted) if wanted else None
        every = rounds(opened)
        people = {coder.id: coder.name for coder in coders(opened)}
        documents = {source.id: source.name for source in sources(opened)}
        rows = [
            (a_round.name, documents[given.source_id], people[given.coder_id], given.done_at or "")
            for a_round in every
            if one is None or one.id == a_round.id
            for given in all_assignments(opened, a_round.id)
        ]
    if as_json:
        output.as_json({"rounds": [_as_json(a_round) for a_round in every],
                        "assignments": [dict(zip(_TITLES, row, strict=True)) for row in rows]})  # fmt: skip
        return
    for a_round in every:
        output.say(_told(a_round))
    if rows:
        output.table([(*row[:3], tr("done {when}", when=row[3][:10]) if row[3] else tr("not done")) for row in rows])
    elif not every:
        output.say(tr("There are no rounds; “assignments open” begins one."))


_TITLES = ("round", "source", "coder", "done_at")


def _as_json(one: Round) -> dict[str, object]:
    return asdict(one)


def _told(one: Round) -> str:
    blind = tr("blind") if one.is_blind else tr("not blind")
    if one.closed_at is None:
        return tr("{name}: {blind}, open since {day}", name=one.name, blind=blind, day=one.opened_at[:10])
    days = {"first": one.opened_at[:10], "last": one.closed_at[:10]}
    return tr("{name}: {blind}, {first} to {last}", name=one.name, blind=blind, **days)


def _round(project: Project, wanted: str | None) -> Round:
    found = round_named(project, wanted) if wanted else latest_round(project)
    if found is None:
        raise BadInput(tr("There are no rounds; “assignments open” begins one."))
    return found


@assignments.command("open")
@project_argument
@click.argument("round_name", type=name, metavar="[NAME]", default="")
@click.option("--blind/--not-blind", "is_blind", default=True, help=tr("Hide others’ codings until one has finished."))
def open_(project: Path, round_name: str, *, is_blind: bool) -> None:
    """Open a round."""
    with writing(project) as opened:
        edits.open_round(opened, round_name, is_blind=is_blind)
        output.say(_told(rounds(opened)[-1]))


def _for_places(change: Callable[[Project, str, list[str], list[str]], int]) -> Callable[..., None]:
    """Return a command's body that changes assignments of some sources to some coders."""

    def body(project: Path, wanted: str | None, people: tuple[str, ...], scope: Scope) -> None:
        with writing(project) as opened:
            one = _round(opened, wanted)
            chosen = sources_in(opened, scope)
            documents = [source.id for source in sources(opened) if chosen is None or source.id in chosen]
            ids = [person(opened, who) for who in people] or [who.id for who in coders(opened) if not who.is_consensus]
            number = change(opened, one.id, documents, ids)
        output.say(trn("Changed one assignment in “{name}”.", "Changed {n} assignments in “{name}”.",
                       number, name=one.name))  # fmt: skip

    return body


def _command(title: str, told: str, change: Callable[[Project, str, list[str], list[str]], int]) -> None:
    body: Any = _for_places(change)
    body.__doc__ = told
    for option in (_CODER, _ROUND, scope_options, project_argument):
        body = option(body)
    assignments.command(title)(body)


_command("assign", tr("Let coders code sources; all where none is named."), edits.assign)
_command("take-back", tr("Take assignments back; codings stay."), edits.take_back)
_command("done", tr("Mark sources as finished by coders."), edits.mark_done)
_command(
    "not-done",
    tr("Mark sources as not finished."),
    lambda project, round_id, documents, ids: edits.mark_done(project, round_id, documents, ids, is_done=False),
)


@assignments.command("change")
@project_argument
@_ROUND
@click.option("--name", "new_name", type=name, help=tr("Another name for the round."))
@click.option("--blind/--not-blind", "is_blind", default=None, help=tr("Hide others’ codings until one has finished."))
def change(project: Path, wanted: str | None, new_name: str | None, *, is_blind: bool | None) -> None:
    """Rename a round, or make it blind or not."""
    with writing(project) as opened:
        one = _round(opened, wanted)
        if new_name is None and is_blind is None:
            raise BadInput(tr("Say what to change by --name, --blind or --not-blind."))
        with opened.edit(f"Change round “{one.name}”"):
            if new_name is not None:
                edits.rename_round(opened, one.id, new_name)
            if is_blind is not None:
                edits.set_blind(opened, one.id, is_blind=is_blind)
        changed = _round(opened, one.id)
    output.say(_told(changed))


@assignments.command("close")
@project_argument
@_ROUND
def close(project: Path, wanted: str | None) -> None:
    """Close a round; negotiation begins.

    “agreement --when before” compares the codings as they are now, whatever is changed later.
    """
    with writing(project) as opened:
        one = _round(opened, wanted)
        edits.close_round(opened, one.id)
    output.say(tr("Closed “{name}”.", name=one.name))


@assignments.command("reopen")
@project_argument
@_ROUND
def reopen(project: Path, wanted: str | None) -> None:
    """Open a closed round again."""
    with writing(project) as opened:
        one = _round(opened, wanted)
        edits.reopen_round(opened, one.id)
    output.say(tr("“{name}” is open again.", name=one.name))
