"""What the coders of a project have set for themselves: the keys of codes."""

from coder_app.store.project import Project


def pinned_codes(project: Project) -> dict[int, str]:
    """Return the ids of the codes that the present coder has pinned, by number key."""
    return {
        int(name.removeprefix("pin.")): value
        for name, value in project.rows(
            "SELECT name, value FROM setting WHERE name LIKE 'pin.%' AND coder_id IS ?"
            " AND value IN (SELECT id FROM code)",
            (project.coder_id,),
        )
    }


def code_keys(project: Project) -> dict[str, str]:
    """Return the keys that the present coder has given to codes, by code id, in Qt's portable spelling."""
    return {
        value: name.removeprefix("key.")
        for name, value in project.rows(
            "SELECT name, value FROM setting WHERE name LIKE 'key.%' AND coder_id IS ?"
            " AND value IN (SELECT id FROM code) ORDER BY id",
            (project.coder_id,),
        )
    }


def project_id(project: Project) -> str:
    """Return the id of the project, which its copies share."""
    return project.rows("SELECT id FROM project")[0][0]
