"""The command about codings that were made under an older wording of their code's definition."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import json_option, name, project_argument, reading, writing
from coder_app.cli.sharing import codebook
from coder_app.domain.errors import BadInput
from coder_app.edits.drift import confirm_codings
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import Passage, passages_of
from coder_app.queries.drift import Texts, Wording, codings_under_old_wording, wordings
from coder_app.store.project import Project


@codebook.command("drift")
@project_argument
@click.argument("code", type=name, required=False)
@click.option("--fits", type=name, multiple=True, metavar="CODING", help=tr("Say that this one still fits."))
@click.option("--all-fit", is_flag=True, help=tr("Say so of all codings of CODE."))
@json_option
def drift(project: Path, code: str | None, *, fits: tuple[str, ...], all_fit: bool, as_json: bool) -> None:
    """List codings made under an older definition.

    Without CODE the codes that have such codings are listed, with CODE its codings and wordings.
    """
    if all_fit and code is None:
        raise BadInput(tr("Name the CODE whose codings still fit."))
    opening = writing if fits or all_fit else reading
    with opening(project) as opened:
        code_id = code_tree(opened).find(code).id if code is not None else None
        if fits or all_fit:
            old = codings_under_old_wording(opened, code_id) if all_fit else []
            _confirm(opened, [*fits, *(one.coding_id for one in old)])
        if code_id is None:
            _tell_codes(opened, as_json=as_json)
        else:
            _tell_code(opened, code_id, as_json=as_json)


def _confirm(project: Project, coding_ids: list[str]) -> None:
    unknown = set(coding_ids) - set(project.ids("SELECT id FROM coding WHERE id IN {among}", coding_ids))
    if unknown:
        raise BadInput(tr("There is no coding {id} in the project; nothing was changed.", id=min(unknown)))
    confirm_codings(project, coding_ids)


def _tell_codes(project: Project, *, as_json: bool) -> None:
    counts: dict[str, int] = {}
    for one in codings_under_old_wording(project):
        counts[one.code_id] = counts.get(one.code_id, 0) + 1
    tree = code_tree(project)
    if as_json:
        output.as_json(
            [
                {"id": code.id, "path": tree.path(code.id), "codings": counts[code.id]}
                for code in tree.walk()
                if code.id in counts
            ]
        )
    else:
        output.table((counts[code.id], tree.path(code.id), code.id) for code in tree.walk() if code.id in counts)


def _tell_code(project: Project, code_id: str, *, as_json: bool) -> None:
    said = wordings(project, code_id)
    under = {one.coding_id: one.texts for one in codings_under_old_wording(project, code_id)}
    passages = [one for one in passages_of(project, [code_id]) if one.coding.id in under]
    if as_json:
        output.as_json(
            {
                "wordings": [_wording_as_json(number, one) for number, one in enumerate(said, start=1)],
                "codings": [_passage_as_json(one, said, under[one.coding.id]) for one in passages],
            }
        )
        return
    for number, one in enumerate(said, start=1):
        count = trn("{n} coding", "{n} codings", one.codings)
        output.say(tr("wording {number} ({count}): {text}", number=number, count=count, text=" / ".join(one.texts)))
    for one in passages:
        number = _number(said, under[one.coding.id])
        output.say(f"{one.coding.id}  {number}  {one.source}  {output.shortened(one.text)}")


def _number(said: list[Wording], texts: Texts) -> int:
    """Return the number of a wording, 0 for one that copies had only together."""
    return next((number for number, one in enumerate(said, start=1) if one.texts == texts), 0)


def _wording_as_json(number: int, one: Wording) -> dict[str, object]:
    return {
        "number": number,
        "made_at": one.made_at,
        "coder": one.coder,
        "step": one.step_id,
        "codings": one.codings,
        "is_current": one.is_current,
        **one.texts._asdict(),
    }


def _passage_as_json(one: Passage, said: list[Wording], texts: Texts) -> dict[str, object]:
    return {
        "id": one.coding.id,
        "source": one.source,
        "start": one.coding.start,
        "stop": one.coding.stop,
        "text": one.text,
        "wording": _number(said, texts),
    }
