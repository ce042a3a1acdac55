"""Makes a table with its recipe, and makes it again from the recipe."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coder_app
from coder_app.domain.errors import Finding
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr
from coder_app.queries.fingerprint import fingerprint
from coder_app.reports.kinds import content_of, module_of
from coder_app.reports.recipe import Recipe, recipe_for
from coder_app.store.project import Project


def export(
    project: Project,
    kind: str,
    options: dict[str, Any],
    path: Path,
    *,
    seed: int | None = None,
    on_progress: OnProgress = tell_nobody,
) -> Recipe:
    """Make a table, write it in the format that the suffix of `path` names, and return the recipe that it carries.

    `options` are plain JSON values. Raises BadInput as the kind says, and where the disk refuses.
    """
    recipe = recipe_for(project, kind, options, path.suffix or ".none", seed)
    module_of(kind).write(project, recipe, path, on_progress)
    return recipe


@dataclass(frozen=True, slots=True)
class Rerun:
    """What became of a recipe that was followed again: the recipe that the new file carries, and what to know."""

    recipe: Recipe
    notes: tuple[str, ...]


def rerun(
    project: Project,
    recipe: Recipe,
    path: Path,
    *,
    anyway: bool = False,
    on_progress: OnProgress = tell_nobody,
) -> Rerun:
    """Write the file of a recipe again, byte for byte the same where project and app are.

    Raises Finding where the project's content is another one by now, unless `anyway`: then the file is made
    from what is there and carries a new recipe.
    """
    now = fingerprint(project, content_of(recipe.kind))
    notes: list[str] = []
    if now != recipe.fingerprint:
        changed = tr(
            "The project’s content has changed since {time}: it was {before}, it is {now}.",
            time=recipe.time,
            before=recipe.fingerprint,
            now=now,
        )
        if not anyway:
            raise Finding(changed + " " + tr("Nothing was written; “--anyway” makes the table of today."))
        notes.append(changed)
        recipe = recipe_for(project, recipe.kind, dict(recipe.options), recipe.suffix, recipe.seed)
    elif recipe.app_version != coder_app.__version__:
        notes.append(
            tr(
                "It was made by version {then}, this is {now}; the bytes may differ.",
                then=recipe.app_version,
                now=coder_app.__version__,
            )
        )
    module_of(recipe.kind).write(project, recipe, path, on_progress)
    return Rerun(recipe, tuple(notes))
