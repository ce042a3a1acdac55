"""The commands that list where coders differ, and decide it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder_app.cli import output
from coder_app.cli.basis import AskedBasis, basis_of, basis_options, codes_under, person
from coder_app.cli.project import FILE, name, project_argument, reading, refuse_project_as_target, writing
from coder_app.domain.disagreement import Disagreement, Note, Outcome, Placed, Verdict
from coder_app.domain.errors import BadInput
from coder_app.edits.adjudication import adjudicate, take_agreed, withdraw
from coder_app.i18n import tr, trn
from coder_app.queries.agreeing import Basis, Stage
from coder_app.queries.codes import code_tree
from coder_app.queries.decisions import decided
from coder_app.store.project import Project

if TYPE_CHECKING:
    from coder_app.analysis.agreement.disagreements import Found
    from coder_app.reports.agreement import Options

_BORDERS = click.option(
    "--borders",
    type=click.FloatRange(0.01, 1.0),
    default=0.9,
    help=tr("Shared of covered characters from which borders are the same."),
)


@click.command()
@project_argument
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    required=True,
    help=tr("A .csv, .xlsx, .html, .json, .svg, .pdf or .png file."),
)
@click.option("--code", type=name, multiple=True, metavar="CODE", help=tr("Only this code and its sub-codes; repeat."))
@_BORDERS
@click.option("--open", "only_open", is_flag=True, help=tr("Leave out those that were decided."))
@basis_options
def disagreements(
    project: Path, target: Path, code: tuple[str, ...], borders: float, *, only_open: bool, asked_basis: AskedBasis
) -> None:
    """Write where coders differ, passage by passage, with the text.

    The kinds are missed (somebody gave no code), different code, and boundary.
    """
    from coder_app.reports.recipe import plain
    from coder_app.reports.run import export

    with reading(project, target) as opened, output.progress(tr("Comparing coders")) as on_progress:
        refuse_project_as_target(project, target)
        asked = _options(opened, basis_of(opened, asked_basis), code, borders)
        asked = replace(asked, table="disagreements", only_open=only_open)
        export(opened, "agreement", plain(asked), target, on_progress=on_progress)
    output.say(tr("Wrote {file}", file=target))


def _options(project: Project, basis: Basis, code: tuple[str, ...], borders: float) -> "Options":
    from coder_app.reports.agreement import Options

    return Options(
        coders=basis.coders,
        round=basis.round.id if basis.round else None,
        stage=basis.stage,
        codes=codes_under(code_tree(project), code),
        sources=None if basis.sources is None else frozenset(basis.sources),
        borders=borders,
    )


def _find(project: Project, basis: Basis, borders: float) -> "Found":
    from coder_app.reports.agreement import differing

    with output.progress(tr("Comparing coders")) as on_progress:
        return differing(project, basis, _options(project, basis, (), borders), on_progress)


@dataclass(frozen=True, slots=True)
class _Said:
    """The options of a decision as they were typed."""

    take: str | None
    both: bool
    neither: bool
    own: tuple[tuple[int, int, str], ...]
    reason: str
    note: tuple[str, str, str] | None


@click.command("adjudicate")
@project_argument
@click.argument("coding_ids", nargs=-1, metavar="[CODING_ID]...")
@click.option("--take", type=name, metavar="CODER", help=tr("What this coder marked stands."))
@click.option("--both", is_flag=True, help=tr("What each of them marked stands."))
@click.option("--neither", is_flag=True, help=tr("Nothing stands here."))
@click.option(
    "--own", type=(int, int, name), multiple=True, metavar="START STOP CODE", help=tr("This stands instead; repeat.")
)
@click.option("--reason", type=name, default="", help=tr("Why; it is kept with the decision."))
@click.option("--note", type=(name, click.Choice(["use_when", "not_when", "memo"]), name), metavar="CODE WHERE TEXT",
              help=tr("Add what was learnt to the code’s text."))  # fmt: skip
@click.option("--by", type=name, metavar="CODER", help=tr("Who decides. Default: the project’s coder."))
@click.option("--agreed", is_flag=True, help=tr("Take what all agree on into the consensus, too."))
@click.option("--withdraw", "take_back", is_flag=True, help=tr("Take the decision back instead."))
@_BORDERS
@basis_options
def adjudicate_(
    project: Path,
    coding_ids: tuple[str, ...],
    borders: float,
    asked_basis: AskedBasis,
    *,
    by: str | None,
    agreed: bool,
    take_back: bool,
    **options: Any,  # noqa: ANN401 (click's values, which `_Said` types)
) -> None:
    """Decide a disagreement; what stands goes into the consensus.

    CODING_ID are codings of it, as “disagreements” lists them. The codings of the coders stay as they are.
    """
    said = _Said(**options)
    with writing(project) as opened:
        if by is not None:
            opened.coder_id = person(opened, by)
        if take_back:
            _take_back(opened, coding_ids)
            return
        basis = basis_of(opened, asked_basis)
        if basis.stage is not Stage.NOW:
            raise BadInput(tr("Decisions are about the codings of today; leave out --when."))
        found = _find(opened, basis, borders)
        if coding_ids:
            place = _place(found.differing, coding_ids)
            adjudicate(opened, place, _verdict(opened, said), basis.round.id if basis.round else None)
            output.say(tr("Decided; the codings of the coders stay as they are."))
        if agreed:
            new = take_agreed(opened, found.agreed)
            output.say(trn("One agreed coding is new in the consensus.",
                           "{n} agreed codings are new in the consensus.", new))  # fmt: skip
        if not coding_ids and not agreed:
            raise BadInput(tr("Say which disagreement by the ids of its codings; “disagreements” lists them."))


def _take_back(project: Project, coding_ids: Sequence[str]) -> None:
    known = decided(project)
    ids = sorted({one.id for coding_id in coding_ids for one in known.get(coding_id, ())})
    if not ids:
        raise BadInput(tr("Nothing was decided about these codings; nothing was changed."))
    withdraw(project, ids)
    output.say(tr("Took the decision back."))


def _place(found: Sequence[Disagreement], coding_ids: Sequence[str]) -> Disagreement:
    wanted = set(coding_ids)
    for one in found:
        if wanted <= set(one.coding_ids):
            return one
    raise BadInput(tr("These codings are no disagreement now; “disagreements” lists those there are."))


def _verdict(project: Project, said: _Said) -> Verdict:
    if sum((said.take is not None, said.both, said.neither, bool(said.own))) != 1:
        raise BadInput(tr("Say what stands by one of --take, --both, --neither and --own."))
    tree = code_tree(project)
    note = None
    if said.note is not None:
        code, where, text = said.note
        note = Note(tree.find(code).id, where, text)
    own = tuple(Placed(start, stop, tree.find(code).id) for start, stop, code in said.own)
    if said.take is not None:
        side = person(project, said.take)
        return Verdict(Outcome.ONE, side, reason=said.reason, note=note)
    outcome = Outcome.ALL if said.both else Outcome.NONE if said.neither else Outcome.OWN
    return Verdict(outcome, None, own, said.reason, note)
