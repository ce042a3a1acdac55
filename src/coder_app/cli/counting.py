"""Commands that count: which codes occur together, and the worked examples of the literature."""

import json
from pathlib import Path
from typing import Any, cast

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, refuse_project_as_target
from coder_app.domain.errors import BadInput, Finding
from coder_app.domain.text import paragraphs, sentences
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coder_named, coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coded_spans
from coder_app.queries.sources import texts
from coder_app.store.project import Project

# The names are written out here so that the help needs no analysis; a test keeps both the same.
MODES = ("segments", "pairs", "characters", "units")
UNITS = ("paragraph", "sentence", "document")
LAYOUTS = ("pairs", "matrix")
PICTURES = (".png", ".svg")


@click.command()
@project_argument
@click.option("-o", "--output", "target", type=FILE, required=True, help=tr("A .csv, .xlsx, .json, .png or .svg file."))
@click.option("--layout", type=click.Choice(LAYOUTS), default="pairs", help=tr("One row per pair, or a matrix."))
@click.option("--mode", type=click.Choice(MODES), default="segments", help=tr("What is counted."))
@click.option("--unit", type=click.Choice(UNITS), default="paragraph", help=tr("What is looked at as a whole."))
@click.option(
    "--coders",
    "whose",
    type=name,
    default="each",
    metavar="each|merged|NAME|consensus:K",
    help=tr("Each coder's own table, all in one, one coder alone, or what K coders agree on."),
)
@click.option("--roll-up", is_flag=True, help=tr("Let a code count with all its sub-codes."))
def cooccurrence(project: Path, target: Path, layout: str, mode: str, unit: str, whose: str, *, roll_up: bool) -> None:
    """Write which codes occur together, and how often."""
    from coder_app.analysis.cooccurrence import cooccurrence as count
    from coder_app.analysis.cooccurrence_table import matrix_table, pairs_table
    from coder_app.analysis.how import Counting, Mode, Unit
    from coder_app.exporters.tables import write_table

    with reading(project, target) as opened:
        refuse_project_as_target(project, target)
        tree = code_tree(opened)
        how = Counting(Mode(mode), Unit(unit), _coders(opened, whose), roll_up)
        result = count(
            coded_spans(opened),
            tree,
            how,
            units=_units(opened, unit),
            names={coder.id: coder.name for coder in coders(opened)},
        )
    if target.suffix.lower() in PICTURES:
        from coder_app.exporters.figures import write_heatmap

        write_heatmap(matrix_table(result, tree), target)
    else:
        write_table(matrix_table(result, tree) if layout == "matrix" else pairs_table(result, tree), target)
    output.say(tr("Wrote {file}", file=target))


def _coders(project: Project, wanted: str) -> str:
    if wanted in {"each", "merged"} or wanted.startswith("consensus:"):
        return wanted
    coder = coder_named(project, wanted)
    if coder is None:
        raise BadInput(tr("Nobody called “{name}” codes in the project; “info” names the coders.", name=wanted))
    return coder.id


def _units(project: Project, unit: str) -> dict[str, list[tuple[int, int]]] | None:
    split = {"paragraph": paragraphs, "sentence": sentences}.get(unit)
    return None if split is None else {source: split(text) for source, text in texts(project).items()}


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
