"""The command that lays codes out by sources, cases, values and coders, and says what is coded, in which order."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, name, project_argument, reading, refuse_project_as_target
from coder_app.cli.scope import scope_options
from coder_app.i18n import tr
from coder_app.queries.scope import Scope

# The names are written out here so that the help needs no analysis; a test keeps both the same.
KINDS = (
    "codes-sources",
    "codes-cases",
    "codes-variable",
    "codes-coders",
    "frequencies",
    "coverage",
    "uncoded",
    "contradictions",
    "sequence",
    "saturation",
)
MEASURES = ("codings", "segments", "coverage", "share", "presence", "sources", "all")
ORDERS = ("sources", "import", "shuffled")


@click.command()
@project_argument
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.option(
    "-o", "--output", "target", type=FILE, required=True, help=tr("A .csv, .xlsx, .json, .html or picture file.")
)
@click.option(
    "--measure", type=click.Choice(MEASURES), default="codings", help=tr("What a cell says; all: a row each.")
)
@click.option(
    "--coders",
    type=name,
    default="",
    metavar="each|merged|NAME|consensus:K",
    help=tr("Each apart, all as one, one alone, or what K agree on."),
)
@click.option("--roll-up", is_flag=True, help=tr("Let a code count with all its sub-codes."))
@click.option("--code", "codes", type=name, multiple=True, metavar="CODE", help=tr("Only this code and below; repeat."))
@click.option("--variable", type=name, default="", metavar="NAME", help=tr("For codes-variable: whose values."))
@click.option("--over", type=click.Choice(("sources", "cases")), help=tr("What has the variable’s values."))
@click.option("--tests", is_flag=True, help=tr("For codes-variable: a test for each code."))
@click.option(
    "--exclusive", type=name, multiple=True, metavar="CODE", help=tr("Its sub-codes exclude each other; repeat.")
)
@click.option("--pair", "pairs", type=name, nargs=2, multiple=True, metavar="A B", help=tr("These two do; repeat."))
@click.option("--least", type=click.IntRange(1), default=1, help=tr("Shortest uncoded passage, in characters."))
@click.option("--lag", type=int, default=1, help=tr("For sequence: 1 is the next coding."))
@click.option("--base", type=int, default=4, help=tr("For saturation: sources to compare with."))
@click.option("--run", type=int, default=2, help=tr("For saturation: sources in a run."))
@click.option("--threshold", type=float, default=0.05, help=tr("For saturation: new information."))
@click.option("--order", type=click.Choice(ORDERS), default="sources", help=tr("For saturation: order of the sources."))
@click.option("--resamples", type=click.IntRange(0, 1_000_000), help=tr("Shuffles for p; 0 for none."))
@click.option("--seed", type=click.IntRange(0), default=1, help=tr("The same seed gives the same file."))
@scope_options
def table(project: Path, kind: str, target: Path, scope: Scope, **options: Any) -> None:  # noqa: ANN401 - click's values, which TableOptions types
    """Lay codes out by sources, cases, values or coders, and more.

    KIND is one of codes-sources, codes-cases, codes-variable,
    codes-coders, frequencies, coverage, uncoded, contradictions,
    sequence and saturation.
    """
    from coder_app.reports.run import export
    from coder_app.reports.table_options import options_from

    asked = options_from({"kind": kind, **options, "over": options["over"] or ""})
    asked = replace(
        asked, sources=scope.sources, sets=scope.sets, cases=scope.cases, where=tuple(scope.as_json()["where"])
    )
    with reading(project, target) as opened, output.progress(tr("Counting")) as on_progress:
        refuse_project_as_target(project, target)
        seed = asked.seed if asked.is_shuffled else None
        export(opened, "table", asked.plain(), target, seed=seed, on_progress=on_progress)
    output.say(tr("Wrote {file}", file=target))
