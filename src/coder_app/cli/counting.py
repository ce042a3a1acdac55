"""Commands that count: which codes occur together, and the worked examples of the literature."""

import json
from pathlib import Path
from typing import Any, cast

import click

from coder_app.cli import output
from coder_app.cli.how import Asked, Wished, counting_of, counting_options, inference_of, inference_options
from coder_app.cli.project import FILE, json_option, project_argument, reading, refuse_project_as_target
from coder_app.cli.scope import scope_options
from coder_app.domain.errors import BadInput, Finding
from coder_app.i18n import tr, trn
from coder_app.queries.scope import Scope

LAYOUTS = ("pairs", "matrix")


@click.command()
@project_argument
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    required=True,
    help=tr("A .csv, .xlsx, .json, .html, .graphml, .gexf, .svg, .pdf or .png file."),
)
@click.option("--layout", type=click.Choice(LAYOUTS), default="pairs", help=tr("One row per pair, or a matrix."))
@counting_options
@inference_options
@scope_options
@click.option("--progress", "shows_progress", is_flag=True, help=tr("Say on stderr how far it is, also into a file."))
def cooccurrence(
    project: Path, target: Path, layout: str, asked: Asked, wished: Wished, scope: Scope, *, shows_progress: bool
) -> None:
    """Write which codes occur together, and how often.

    The file carries its recipe, which “rerun” follows; a .csv has it beside it.
    """
    from coder_app.reports.cooccurrence import Options
    from coder_app.reports.recipe import plain
    from coder_app.reports.run import export

    with reading(project, target) as opened:
        refuse_project_as_target(project, target)
        inference = inference_of(wished)
        options = Options(counting_of(opened, asked), layout, scope.as_json(), inference=inference)
        seed = inference.seed if inference.is_long else None
        with output.progress(tr("Counting…"), always=shows_progress) as on_progress:
            export(opened, "cooccurrence", plain(options), target, seed=seed, on_progress=on_progress)
    output.say(tr("Wrote {file}", file=target))


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True)
@json_option
def statistics(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Compute worked examples anew.

    FILES are read in the schema of the public examples; what they expect is not looked at.
    """
    items = [item for file in files for item in _computed(file)]
    if as_json:
        output.as_json(items)
    else:
        for item in items:
            output.say(f"{item['id']}  {item['statistic']}  {json.dumps(item['params'], ensure_ascii=False)}")
            output.say("  " + str(item.get("error") or json.dumps(item["computed"], ensure_ascii=False)))
    failed = sum("error" in item for item in items)
    if failed:
        raise Finding(
            trn("One item could not be computed.", "{n} of {all} items could not be computed.", failed, all=len(items))
        )


def _computed(file: Path) -> list[dict[str, Any]]:
    from coder_app.analysis.worked_examples import compute

    try:
        example: object = json.loads(file.read_bytes())
    except OSError as error:
        raise BadInput(tr("{file} cannot be read ({reason}).", file=file, reason=error.strerror)) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(tr("{file} is no JSON; look for a missing comma, quote or bracket.", file=file)) from error
    if not isinstance(example, dict):
        raise BadInput(tr("{file} is no worked example; it should be one JSON object.", file=file))
    try:
        return compute(cast("dict[str, Any]", example))
    except BadInput as error:
        raise BadInput(tr("{file}: {problem}", file=file, problem=error)) from error
