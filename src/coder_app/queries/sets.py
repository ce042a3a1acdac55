"""Sets: codes and sources that somebody put together under a name, to work with them as one."""

from dataclasses import dataclass

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.store.project import Project

KINDS = ("code", "source", "memo")
"""What can be in a set."""


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A set, with the ids of what is in it, each kind in the order in which the set has it."""

    id: str
    name: str
    description: str
    order_key: str
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    memos: tuple[str, ...] = ()


def sets(project: Project) -> list[NamedSet]:
    """Return all sets in their order."""
    members: dict[tuple[str, str], dict[str, None]] = {}
    for set_id, *ids in project.each(
        "SELECT set_id, code_id, source_id, memo_id FROM set_member ORDER BY order_key, id"
    ):
        for kind, one in zip(KINDS, ids, strict=True):
            if one is not None:
                members.setdefault((set_id, kind), {})[one] = None
    return [
        NamedSet(*row, *(tuple(members.get((row[0], kind), ())) for kind in KINDS))
        for row in project.rows('SELECT id, name, description, order_key FROM "set" ORDER BY order_key, id')
    ]


def set_named(project: Project, wanted: str) -> NamedSet:
    """Return the set with this id or name. Raises BadInput where none or several fit."""
    every = sets(project)
    found = [one for one in every if one.id == wanted] or [one for one in every if one.name == wanted]
    found = found or [one for one in every if one.name.casefold() == wanted.casefold()]
    if len(found) > 1:
        raise BadInput(tr("Several sets are called “{name}”; use the id of the one you mean.", name=wanted))
    if not found:
        raise BadInput(tr("There is no set “{name}” in the project; check its spelling, or add it.", name=wanted))
    return found[0]
