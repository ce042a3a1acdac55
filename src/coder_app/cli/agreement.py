"""The command that says how far coders agree."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder_app.cli import output
from coder_app.cli.basis import AskedBasis, basis_of, basis_options, codes_under
from coder_app.cli.project import FILE, name, project_argument, reading, refuse_project_as_target
from coder_app.domain.progress import OnProgress
from coder_app.domain.table import Table
from coder_app.domain.text import Span, paragraphs, sentences
from coder_app.domain.turns import turns
from coder_app.i18n import tr
from coder_app.queries.agreeing import Basis, as_of, coded_by, done_by, rows_of, stage_words
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import sources, texts
from coder_app.store.project import Project

if TYPE_CHECKING:
    from coder_app.analysis.agreement.scope import Scope

# The names are written out here so that the help needs no analysis; a test keeps both the same.
UNITS = ("paragraph", "sentence", "turn", "document", "character")
TABLES = ("codes", "values", "pairs", "stretches", "sets", "domain", "gamma")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options, by the names that they have on the command line."""

    unit: str
    code: tuple[str, ...]
    stage: str
    resamples: int
    seed: int
    precision: float


@click.command()
@project_argument
@click.option("-o", "--output", "target", type=FILE, required=True, help=tr("A .csv, .xlsx or .json file."))
@click.option("--table", type=click.Choice(TABLES), default="codes", help=tr("Which table is written."))
@click.option("--unit", type=click.Choice(UNITS), default="paragraph", help=tr("What coders decide about."))
@click.option("--code", type=name, multiple=True, metavar="CODE", help=tr("Only this code and its sub-codes; repeat."))
@basis_options
@click.option("--stage", type=name, default="", help=tr("Printed with the table in place of the round and its dates."))
@click.option("--resamples", type=click.IntRange(0, 1_000_000), default=10_000, help=tr("For intervals; 0 for none."))
@click.option("--seed", type=click.IntRange(0), default=1, help=tr("The same seed gives the same file."))
@click.option(
    "--precision", type=click.FloatRange(0.001, 0.5), default=0.02, help=tr("How well gamma knows what chance gives.")
)
def agreement(project: Path, target: Path, table: str, asked_basis: AskedBasis, **options: Any) -> None:  # noqa: ANN401 - click's values, which `_Asked` types
    """Write how far coders agree, code by code and overall.

    A source counts where two of the coders finished it (without rounds: coded it). What is undefined is an empty cell
    with its reason.
    """
    from coder_app.exporters.tables import write_table

    with reading(project, target) as opened, output.progress(tr("Comparing coders")) as on_progress:
        refuse_project_as_target(project, target)
        basis = basis_of(opened, asked_basis)
        with as_of(opened, basis) as then:
            write_table(_table(table, then, basis, _Asked(**options), on_progress), target)
    output.say(tr("Wrote {file}", file=target))


def _table(table: str, project: Project, basis: Basis, asked: _Asked, on_progress: OnProgress) -> Table:
    from coder_app.analysis.agreement import domains, sets, tables
    from coder_app.analysis.agreement.compared import compare
    from coder_app.analysis.agreement.free import compare_stretches

    known = _scope(project, basis, asked)
    made: dict[str, Callable[[], Table]] = {
        "codes": lambda: tables.codes_table(compare(known, on_progress=on_progress)),
        "values": lambda: tables.values_table(compare(known, on_progress=on_progress)),
        "pairs": lambda: tables.pairs_table(compare(known, on_progress=on_progress)),
        "stretches": lambda: tables.stretches_table(compare_stretches(known, on_progress=on_progress)),
        "sets": lambda: sets.sets_table(known, on_progress=on_progress),
        "domain": lambda: domains.domain_table(known, known.codes, on_progress=on_progress),
        "gamma": lambda: domains.gamma_table(known, precision=asked.precision, on_progress=on_progress),
    }
    return made[table]()


def _scope(project: Project, basis: Basis, asked: _Asked) -> "Scope":
    from coder_app.analysis.agreement.scope import Comparing, Texts, Unit, scope
    from coder_app.analysis.columns import numbered

    tree = code_tree(project)
    coded = coded_by(project, basis)
    how = Comparing(
        unit=Unit(asked.unit),
        coders=basis.coders,
        codes=codes_under(tree, asked.code),
        sources=None if basis.sources is None else frozenset(basis.sources),
        done=done_by(coded) if basis.round else None,
        stage=asked.stage or stage_words(basis),
        resamples=asked.resamples,
        seed=asked.seed,
    )
    every = sources(project)
    known = Texts(
        {source.id: source.characters for source in every},
        {source.id: source.name for source in every},
        _grid(project, asked.unit),
    )
    names = {coder.id: coder.name for coder in coders(project)}
    spans = (row[1:] for row in rows_of(project, basis, coded))
    return scope(numbered(spans, tree), tree, how, texts=known, names=names)


def _grid(project: Project, unit: str) -> dict[str, list[Span]] | None:
    split = {"paragraph": paragraphs, "sentence": sentences, "turn": _turns}.get(unit)
    return None if split is None else {source: split(text) for source, text in texts(project).items()}


def _turns(text: str) -> list[Span]:
    return [(turn.start, turn.stop) for turn in turns(text)]
