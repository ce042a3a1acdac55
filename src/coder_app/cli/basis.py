"""The options that say which codings of whom are compared: --coders, --round, --coded, --when and the scope."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from coder_app.cli.project import name
from coder_app.cli.scope import scope_options
from coder_app.domain.errors import BadInput
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr
from coder_app.queries.agreeing import Basis, Stage
from coder_app.queries.coders import coder_named
from coder_app.queries.rounds import latest_round, round_named
from coder_app.queries.scope import Scope, sources_in
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class AskedBasis:
    """The options as they were typed."""

    coders: str | None
    round: str | None
    coded: bool
    when: str
    scope: Scope


def basis_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as one argument `asked_basis`."""

    @scope_options
    @click.option("--coders", type=name, metavar="A,B,…", help=tr("These coders only, by name or id."))
    @click.option("--round", "wanted_round", type=name, metavar="ROUND", help=tr("Default: the last round, if any."))
    @click.option("--coded", is_flag=True, help=tr("Ask for no marks of done: one coding is enough."))
    @click.option("--when", type=click.Choice([one.value for one in Stage]), default="now", help=_WHEN)
    @wraps(command)
    def with_basis(
        *args: Any,  # noqa: ANN401 (click's values, handed through)
        coders: str | None,
        wanted_round: str | None,
        coded: bool,
        when: str,
        scope: Scope,
        **options: Any,  # noqa: ANN401 (click's values, handed through)
    ) -> Any:  # noqa: ANN401 (what the command returns)
        return command(*args, asked_basis=AskedBasis(coders, wanted_round, coded, when, scope), **options)

    return with_basis


_WHEN = tr("before: at the close of the round; after: with decisions.")


def basis_of(project: Project, asked: AskedBasis) -> Basis:
    """Return what is compared. Raises BadInput where a name is unknown."""
    one = None
    if not asked.coded:
        one = round_named(project, asked.round) if asked.round else latest_round(project)
    return Basis(_coders(project, asked.coders), one, sources_in(project, asked.scope), Stage(asked.when))


def _coders(project: Project, wanted: str | None) -> tuple[str, ...] | None:
    if wanted is None:
        return None
    return tuple(person(project, one) for one in filter(None, (part.strip() for part in wanted.split(","))))


def person(project: Project, wanted: str) -> str:
    """Return the id of a coder by name or id. Raises BadInput where there is none."""
    coder = coder_named(project, wanted)
    if coder is None:
        raise BadInput(tr("Nobody called “{name}” codes in the project; “info” names the coders.", name=wanted))
    return coder.id


def codes_under(tree: CodeTree, wanted: tuple[str, ...]) -> frozenset[str] | None:
    """Return the codes named and those below them that may be applied; None for all."""
    if not wanted:
        return None
    heads = [tree.find(one).id for one in wanted]
    every = {code.id for head in heads for code in (tree[head], *tree.walk(head))}
    return frozenset(code for code in every if tree[code].is_codable)
