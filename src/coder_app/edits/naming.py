"""Names that people give to coders, cases, variables and sets, and ids that two copies of a project give alike."""

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import derived_id, new_id
from coder_app.i18n import tr
from coder_app.store.project import Project


def checked_name(project: Project, table: str, name: str, but: str = "") -> str:
    """Return a name on one line, checked within a step or before: `but` is the row that may have it already.

    Raises BadInput where there is none, or where another row of `table` has it.
    """
    name = " ".join(name.split())
    if not name:
        raise BadInput(
            {
                "coder": tr("A coder needs a name."),
                "case": tr("A case needs a name."),
                "variable": tr("A variable needs a name."),
                "set": tr("A set needs a name."),
            }[table]
        )
    if any(row[0].casefold() == name.casefold() for row in project.rows(
        f'SELECT name FROM "{table}" WHERE id <> ?', (but,)
    )):  # fmt: skip
        raise BadInput(tr("There is a “{name}” already; nothing was changed.", name=name))
    return name


def name_of(project: Project, table: str, row_id: str) -> str:
    """Return what a row is called, for the label within a step. Raises BadInput where it is gone."""
    found = project.rows(f'SELECT name FROM "{table}" WHERE id = ?', (row_id,))
    if not found:
        raise BadInput(tr("It is no longer in the project; nothing was changed."))
    return found[0][0]


def shared_id(project: Project, table: str, *parts: str) -> str:
    """Return the id of the row that joins `parts`, within a step: two copies that join the same two give it alike.

    When they are merged there is one row, not two. Where the id is taken by a row that was moved, it is a new one.
    """
    made = derived_id(table, *parts)
    return new_id() if project.rows(f'SELECT 1 FROM "{table}" WHERE id = ?', (made,)) else made
