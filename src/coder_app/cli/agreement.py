"""The command that says how far coders agree."""

from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.basis import AskedBasis, basis_of, basis_options, codes_under
from coder_app.cli.project import FILE, name, project_argument, reading, refuse_project_as_target
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree

# The names are written out here so that the help needs no analysis; a test keeps both the same.
UNITS = ("paragraph", "sentence", "turn", "document", "case", "character")
TABLES = ("codes", "values", "pairs", "stretches", "sets", "domain", "gamma")


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
@click.option("--table", type=click.Choice(TABLES), default="codes", help=tr("Which table is written."))
@click.option("--unit", type=click.Choice(UNITS), default="paragraph", help=tr("What coders decide about."))
@click.option("--code", type=name, multiple=True, metavar="CODE", help=tr("Only this code and its sub-codes; repeat."))
@click.option("--roll-up", is_flag=True, help=tr("Let a code count with all its sub-codes."))
@basis_options
@click.option("--stage", "said", type=name, default="", help=tr("Printed in place of the round and its dates."))
@click.option("--resamples", type=click.IntRange(0, 1_000_000), default=10_000, help=tr("For intervals; 0 for none."))
@click.option("--seed", type=click.IntRange(0), default=1, help=tr("The same seed gives the same figures."))
@click.option(
    "--precision", type=click.FloatRange(0.001, 0.5), default=0.02, help=tr("How well gamma knows what chance gives.")
)
def agreement(project: Path, target: Path, code: tuple[str, ...], asked_basis: AskedBasis, **options: Any) -> None:  # noqa: ANN401 - click's values, which Options types
    """Write how far coders agree, code by code and overall.

    A source counts where two of the coders finished it (without rounds: coded it). What is undefined is an empty cell
    with its reason.
    """
    _write("agreement", project, target, code, asked_basis, options)


def _write(
    kind: str, project: Path, target: Path, code: tuple[str, ...], asked_basis: AskedBasis, options: dict[str, Any]
) -> None:
    from coder_app.reports.agreement import Options
    from coder_app.reports.recipe import plain
    from coder_app.reports.run import export

    with reading(project, target) as opened, output.progress(tr("Comparing coders")) as on_progress:
        refuse_project_as_target(project, target)
        basis = basis_of(opened, asked_basis)
        asked = Options(
            coders=basis.coders,
            round=basis.round.id if basis.round else None,
            stage=basis.stage,
            codes=codes_under(code_tree(opened), code),
            sources=None if basis.sources is None else frozenset(basis.sources),
            **options,
        )
        export(opened, kind, plain(asked), target, seed=asked.seed, on_progress=on_progress)
    output.say(tr("Wrote {file}", file=target))


@click.command("agreement-report")
@project_argument
@click.option("-o", "--output", "target", type=FILE, required=True, help=tr("A .docx, .html, .csv or .xlsx file."))
@click.option("--unit", type=click.Choice(UNITS), default="paragraph", help=tr("What coders decide about."))
@click.option("--code", type=name, multiple=True, metavar="CODE", help=tr("Only this code and its sub-codes; repeat."))
@click.option("--roll-up", is_flag=True, help=tr("Let a code count with all its sub-codes."))
@basis_options
@click.option("--resamples", type=click.IntRange(0, 1_000_000), default=10_000, help=tr("For intervals; 0 for none."))
@click.option("--seed", type=click.IntRange(0), default=1, help=tr("The same seed gives the same figures."))
@click.option("--borders", type=click.FloatRange(0.01, 1.0), default=0.9, help=tr("From which borders are the same."))
def agreement_report(
    project: Path,
    target: Path,
    code: tuple[str, ...],
    asked_basis: AskedBasis,
    **options: Any,  # noqa: ANN401 - click's values, which Options types
) -> None:
    """Write the report on agreement for a paper.

    A paragraph, a table, what COREQ asks for, and every disagreement with its text. Where the round is closed, before
    and after negotiation are kept apart.
    """
    _write("agreement-report", project, target, code, asked_basis, options)
