"""Who codes in a project."""

from coder_app.domain.errors import BadInput
from coder_app.domain.model import Coder
from coder_app.i18n import tr
from coder_app.store.project import Project


def coders(project: Project) -> list[Coder]:
    """Return the coders, the first one first."""
    return [Coder(*row) for row in project.rows("SELECT id, name, kind FROM coder ORDER BY id")]


def codings_by_coder(project: Project) -> dict[str, int]:
    """Return how many codings each coder has; those without any are missing."""
    return dict(project.rows("SELECT coder_id, count(*) FROM coding GROUP BY coder_id"))


def coder_named(project: Project, wanted: str) -> Coder | None:
    """Return the coder with this id or name, or None. Raises BadInput where several have the name."""
    everybody = coders(project)
    found = [coder for coder in everybody if coder.id == wanted]
    found = found or [coder for coder in everybody if coder.name == wanted]
    if len(found) > 1:
        raise BadInput(tr("Several coders are called “{name}”; use the id of the one you mean.", name=wanted))
    return found[0] if found else None
