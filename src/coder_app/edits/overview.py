"""What a user can do with the project as a whole."""

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.store.project import Project


def rename_project(project: Project, name: str) -> None:
    """Give the project another name; its file keeps its own."""
    if not name.strip():
        raise BadInput(tr("A project needs a name."))
    project_id = project.rows("SELECT id FROM project")[0][0]
    with project.edit(f"Rename project “{name.strip()}”"):
        project.update("project", project_id, {"name": name.strip()})
