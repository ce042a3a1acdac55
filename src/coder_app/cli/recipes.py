"""Commands that draw pictures of a co-occurrence, and that follow a recipe again."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.how import Asked, counting_of, counting_options
from coder_app.cli.project import FILE, name, project_argument, project_path, reading, refuse_project_as_target
from coder_app.cli.scope import scope_options
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.scope import Scope
from coder_app.store.project import Project

# Written out so that the help needs no analysis; a test keeps them the same as `PictureKind`.
KINDS = ("heatmap", "dendrogram", "map", "network", "sankey", "ena")
WEIGHTS = ("jaccard", "count")


@click.command()
@project_argument
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    required=True,
    help=tr("A .svg, .pdf or .png file; .csv, .xlsx or .json for its table."),
)
@counting_options
@click.option("--weight", type=click.Choice(WEIGHTS), default="jaccard", help=tr("What ties codes."))
@click.option("--threshold", type=float, help=tr("Leave out links below this weight, streams below this count."))
@click.option("--seed", type=int, default=1, help=tr("Where the network starts from. Default: 1."))
@click.option("--rows", type=name, multiple=True, metavar="CODE", help=tr("Sankey: a code at the left; repeat."))
@click.option("--columns", type=name, multiple=True, metavar="CODE", help=tr("Sankey: a code at the right; repeat."))
@scope_options
def picture(  # noqa: PLR0913, PLR0917 (one argument for each option)
    project: Path,
    kind: str,
    target: Path,
    asked: Asked,
    weight: str,
    threshold: float | None,
    seed: int,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    scope: Scope,
) -> None:
    """Draw which codes occur together.

    KIND is heatmap, dendrogram, map (of distances), network, sankey or ena. The file carries its recipe, which
    “rerun” follows.
    """
    from coder_app.analysis.layouts.material import Choices
    from coder_app.reports.cooccurrence import Options
    from coder_app.reports.recipe import plain
    from coder_app.reports.run import export

    if threshold is not None and not 0 <= threshold < float("inf"):
        raise BadInput(tr("A threshold is 0 or more; “{number}” is not.", number=threshold))
    with reading(project, target) as opened:
        refuse_project_as_target(project, target)
        choices = Choices(weight, threshold, seed, _codes(opened, rows), _codes(opened, columns))
        options = Options(counting_of(opened, asked), kind, scope.as_json(), choices)
        with output.progress(tr("Drawing…")) as on_progress:
            export(opened, "cooccurrence", plain(options), target, seed=seed, on_progress=on_progress)
    output.say(tr("Wrote {file}", file=target))


def _codes(project: Project, wanted: tuple[str, ...]) -> frozenset[str] | None:
    """Return the ids of codes with all below them; None where none are named."""
    if not wanted:
        return None
    tree = code_tree(project)
    named = [tree.find(one).id for one in wanted]
    return frozenset(named).union(below.id for one in named for below in tree.walk(one))


@click.command()
@click.argument("recipe", type=FILE)
@click.option(
    "--project",
    "project",
    type=project_path,
    help=tr("The project. Default: the recipe's, beside it or in this folder."),
)
@click.option("-o", "--output", "target", type=FILE, help=tr("The file to write. Default: again-NAME beside it."))
@click.option("--anyway", is_flag=True, help=tr("Write it though the project's content has changed."))
def rerun(recipe: Path, project: Path | None, target: Path | None, *, anyway: bool) -> None:
    """Make an exported file again, byte for byte.

    RECIPE is a file that this app exported (it carries its recipe) or a .recipe.json file. Exit code 1 where the
    project's content has changed since.
    """
    from coder_app.exporters.recipes import found_recipe
    from coder_app.reports.recipe import recipe_from
    from coder_app.reports.run import rerun as follow

    known = recipe_from(found_recipe(recipe), recipe)
    project = project or _project_of(recipe, known.project.file)
    target = target or _again(recipe, known.suffix)
    if target.suffix.lower() != known.suffix:
        raise BadInput(tr("“{file}”: the recipe makes a {suffix} file; name one.", file=target, suffix=known.suffix))
    with reading(project, target, recipe) as opened:
        refuse_project_as_target(project, target)
        with output.progress(tr("Counting…")) as on_progress:
            done = follow(opened, known, target, anyway=anyway, on_progress=on_progress)
    for sentence in done.notes:
        output.note(sentence)
    output.say(tr("Wrote {file}", file=target))


def _project_of(recipe: Path, file: str) -> Path:
    for folder in (recipe.parent, Path()):
        # Only the name counts: a recipe must not lead elsewhere.
        if (found := folder / Path(file).name).is_file():
            return found
    raise BadInput(tr("{file} is not here; name the project with “--project”.", file=file))


def _again(recipe: Path, suffix: str) -> Path:
    stem = recipe.name.removesuffix(".recipe.json")
    return recipe.with_name(f"again-{Path(stem).stem}{suffix}")
