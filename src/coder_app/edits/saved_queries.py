"""What a user can do with saved queries."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.order import key_between, last_key
from coder_app.domain.query_language.meaning import Book, meant, references
from coder_app.i18n import tr
from coder_app.queries.saved_queries import book_of, saved_queries, saved_query
from coder_app.store.journal import now_utc
from coder_app.store.project import Project


def save_query(project: Project, name: str, text: str, description: str = "") -> str:
    """Save a query under a name and return its id. What its names mean today is kept, whatever they are called later.

    Raises BadInput for a name that is empty or taken, and QueryMistake for a query that means nothing.
    """
    book = book_of(project)
    name = _free_name(book, name)
    query_id = new_id()
    row: dict[str, str | int | None] = {
        "id": query_id,
        "name": name,
        "text": text.strip(),
        "refers": _written(references(text.strip(), book)),
        "description": description,
        "order_key": key_between(last_key(one.order_key for one in book.saved), None),
        "created_at": now_utc(),
    }
    with project.edit(f"Save query “{name}”"):
        project.insert("saved_query", row)
    return query_id


def change_query(project: Project, query_id: str, text: str) -> None:
    """Let a saved query ask for something else. Raises QueryMistake, also where it would refer to itself."""
    saved, book = saved_query(project, query_id), book_of(project)
    text = text.strip()
    refers = references(text, book)
    changed = replace(saved, text=text, refers=refers)
    meant(
        f'query:"{changed.id}"', replace(book, saved=[changed if one.id == changed.id else one for one in book.saved])
    )
    _update(project, f"Change query “{saved.name}”", saved.id, {"text": text, "refers": _written(refers)})


def rename_query(project: Project, query_id: str, name: str) -> None:
    """Give a saved query another name; queries that refer to it still do. Raises BadInput for an empty or taken one."""
    saved = saved_query(project, query_id)
    if name.strip() != saved.name:
        name = _free_name(book_of(project), name, saved.id)
        _update(project, f"Rename query to “{name}”", saved.id, {"name": name})


def describe_query(project: Project, query_id: str, description: str) -> None:
    """Say in words what a saved query is for."""
    saved = saved_query(project, query_id)
    if description != saved.description:
        _update(project, f"Describe query “{saved.name}”", saved.id, {"description": description})


def delete_queries(project: Project, query_ids: Sequence[str]) -> None:
    """Delete saved queries; what they found stays as it is. Queries that refer to them can no longer be used."""
    found = [saved_query(project, one) for one in dict.fromkeys(query_ids)]
    label = f"Delete query “{found[0].name}”" if len(found) == 1 else f"Delete {len(found)} queries"
    with project.edit(label):
        project.delete("saved_query", [one.id for one in found])


def follow_merge(project: Project, code_ids: Collection[str], into: str) -> None:
    """Let saved queries mean `into` where they named one of these codes, within a step."""
    for saved in saved_queries(project):
        refers = {key: into if one in code_ids else one for key, one in saved.refers.items()}
        if refers != saved.refers:
            project.update("saved_query", saved.id, {"refers": _written(refers)})


def _update(project: Project, label: str, query_id: str, values: dict[str, str | int | None]) -> None:
    with project.edit(label):
        project.update("saved_query", query_id, values)


def _free_name(book: Book, name: str, own_id: str = "") -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(tr("A query needs a name."))
    if any(one.name.casefold() == name.casefold() and one.id != own_id for one in book.saved):
        raise BadInput(
            tr("A query called “{name}” is saved already; choose another name, or change that one.", name=name)
        )
    return name


def _written(refers: dict[str, str]) -> str:
    return json.dumps(refers, ensure_ascii=False, sort_keys=True)
