"""What a user can do with the coders of a project."""

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.edits.naming import checked_name
from coder_app.i18n import tr
from coder_app.queries.coders import coder_named
from coder_app.store.project import Project


def add_coder(project: Project, name: str, *, by_self: bool = False) -> str:
    """Add a coder and return the id; a coder of this name that is there already is returned instead.

    `by_self` counts it as the first step of that coder, as of one who joins a team with a copy of the lead's.
    """
    name = name.strip()
    if not name:
        raise BadInput(tr("A coder needs a name."))
    there = coder_named(project, name)
    if there is not None:
        return there.id
    coder_id, at_work = new_id(), project.coder_id
    if by_self:
        project.coder_id = coder_id
    try:
        with project.edit(f"Add coder “{name}”"):
            project.insert("coder", {"id": coder_id, "name": name})
    finally:
        project.coder_id = at_work
    return coder_id


def rename_coder(project: Project, coder_id: str, name: str) -> None:
    """Give a coder another name. Raises BadInput where it is empty or somebody else's."""
    name = checked_name(project, "coder", name, but=coder_id)
    with project.edit(f"Rename coder “{name}”"):
        project.update("coder", coder_id, {"name": name})
