"""What a coder can set for the work in one project."""

from coder_app.domain.ids import new_id
from coder_app.store.project import Project


def pin_code(project: Project, number: int, code_id: str | None) -> None:
    """Put a code on the number key `number` (1 to 9) of the present coder; None frees the key."""
    there = project.rows("SELECT id FROM setting WHERE name = ? AND coder_id IS ?", (f"pin.{number}", project.coder_id))
    label = f"Pin a code to key {number}" if code_id else f"Free key {number}"
    with project.edit(label):
        project.delete("setting", [row[0] for row in there])
        if code_id is not None:
            row_id = there[0][0] if there else new_id()
            project.insert(
                "setting", {"id": row_id, "coder_id": project.coder_id, "name": f"pin.{number}", "value": code_id}
            )
