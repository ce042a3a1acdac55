"""The queries that people saved, and all that a query can name."""

import json
from typing import cast

from coder_app.domain.errors import BadInput
from coder_app.domain.query_language.meaning import Book, SavedQuery
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import folders
from coder_app.store.project import Project

_NAMED = {
    "coder": "SELECT id, name FROM coder ORDER BY id",
    "source": "SELECT id, name FROM source ORDER BY folder, order_key, id",
    "case": 'SELECT id, name FROM "case" ORDER BY order_key, id',
    "set": 'SELECT id, name FROM "set" ORDER BY order_key, id',
    "variable": "SELECT id, name FROM variable ORDER BY order_key, id",
}


def saved_queries(project: Project) -> list[SavedQuery]:
    """Return the saved queries in their order."""
    return [
        SavedQuery(query_id, name, text, _refers(refers), *row)
        for query_id, name, text, refers, *row in project.rows(
            "SELECT id, name, text, refers, description, order_key, created_at FROM saved_query ORDER BY order_key, id"
        )
    ]


def saved_query(project: Project, wanted: str) -> SavedQuery:
    """Return the saved query with this id or name. Raises BadInput where none or several fit."""
    every = saved_queries(project)
    found = [one for one in every if one.id == wanted]
    found = found or [one for one in every if one.name.casefold() == wanted.strip().casefold()]
    if len(found) > 1:
        raise BadInput(tr("Several queries are called “{name}”; use the id of the one you mean.", name=wanted))
    if not found:
        raise BadInput(tr("There is no saved query “{name}”; “queries … list” names them.", name=wanted))
    return found[0]


def book_of(project: Project) -> Book:
    """Return all that a query can name in a project."""
    names: dict[str, list[tuple[str, str]]] = {field: project.rows(sql) for field, sql in _NAMED.items()}
    names["folder"] = [(folder, folder) for folder in folders(project)]
    return Book(code_tree(project), names, saved_queries(project))


def _refers(text: str) -> dict[str, str]:
    try:
        found: object = json.loads(text)
    except ValueError:
        return {}
    return (
        {str(key): str(one) for key, one in cast("dict[str, object]", found).items()} if isinstance(found, dict) else {}
    )
