"""What a coder can set for the work in one project."""

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.keys import clean_key
from coder_app.i18n import tr
from coder_app.queries.settings import code_keys
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


def set_code_key(project: Project, code_id: str, key: str) -> None:
    """Give a code a key or chord of its own for the present coder, "" for none; the key that it had is freed.

    Raises BadInput where `key` is none, or belongs to another code.
    """
    key = clean_key(key) if key else ""
    names = dict(project.rows("SELECT id, name FROM code"))
    keys = code_keys(project)
    holder = next((other for other, held in keys.items() if held == key and other != code_id), None)
    if key and holder is not None:
        raise BadInput(
            tr("“{key}” belongs to the code “{name}” already; nothing was changed.", key=key, name=names[holder])
        )
    if keys.get(code_id, "") == key:
        return
    label = f"Give “{names[code_id]}” the key {key}" if key else f"Free the key of “{names[code_id]}”"
    own = "SELECT id FROM setting WHERE name LIKE 'key.%' AND value = ? AND coder_id IS ?"
    with project.edit(label):
        project.delete("setting", [row[0] for row in project.rows(own, (code_id, project.coder_id))])
        if key:
            project.insert(
                "setting", {"id": new_id(), "coder_id": project.coder_id, "name": f"key.{key}", "value": code_id}
            )
