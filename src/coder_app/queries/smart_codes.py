"""The names of saved queries for those who only list them: what the queries say is read where it is needed."""

from coder_app.store.project import Project


def smart_codes(project: Project) -> list[tuple[str, str]]:
    """Return the saved queries in their order, id and name each."""
    return project.rows("SELECT id, name FROM saved_query ORDER BY order_key, id")
