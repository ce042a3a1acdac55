"""Which kinds of tables there are, and the module that makes each; loaded only when one is made."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr
from coder_app.store.project import Project

if TYPE_CHECKING:
    from coder_app.reports.recipe import Recipe

# A kind's module has `write`; where the table rests on more than `queries.fingerprint` looks at, `CONTENT` names
# these tables of the project.
KINDS = {
    "agreement": "coder_app.reports.agreement",
    "agreement-report": "coder_app.reports.agreement_report",
    "cooccurrence": "coder_app.reports.cooccurrence",
    "query": "coder_app.reports.query",
    "table": "coder_app.reports.tables",
}


class KindModule(Protocol):
    """What a kind's module has."""

    def write(self, project: Project, recipe: "Recipe", path: Path, on_progress: OnProgress) -> None:
        """Make the table from `recipe.options` and write it in the format of `recipe.suffix`, the recipe inside.

        Nothing but the project's content and the recipe may decide a byte of it. Raises BadInput.
        """
        ...


def module_of(kind: str) -> KindModule:
    """Return what makes tables of a kind. Raises BadInput for one that is not known."""
    if kind not in KINDS:
        raise BadInput(
            tr("This app makes no “{kind}” tables; it makes {known}.", kind=kind, known=", ".join(sorted(KINDS)))
        )
    return cast("KindModule", importlib.import_module(KINDS[kind]))


def content_of(kind: str) -> tuple[str, ...]:
    """Return the tables of the project that this kind rests on besides those that all rest on. Raises BadInput."""
    return getattr(module_of(kind), "CONTENT", ())
