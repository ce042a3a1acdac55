"""What a user can do with sets of codes and sources."""

from collections.abc import Sequence

from coder_app.domain.change import Row
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.order import key_between, keys_after
from coder_app.edits.naming import checked_name, name_of, shared_id
from coder_app.i18n import tr
from coder_app.queries.sets import KINDS
from coder_app.store.project import Project


def add_set(project: Project, name: str, description: str = "") -> str:
    """Add an empty set behind the others and return its id. Raises BadInput where there is one of that name."""
    name = checked_name(project, "set", name)
    last = project.rows('SELECT max(order_key) FROM "set"')[0][0]
    set_id = new_id()
    with project.edit(f"Add set “{name}”"):
        row: Row = {
            "id": set_id,
            "name": name,
            "description": description.strip(),
            "order_key": key_between(last, None),
        }
        project.insert("set", row)
    return set_id


def rename_set(project: Project, set_id: str, name: str) -> None:
    """Give a set another name. Raises BadInput where another set has it."""
    name = checked_name(project, "set", name, but=set_id)
    with project.edit(f"Rename set “{name}”"):
        project.update("set", set_id, {"name": name})


def describe_set(project: Project, set_id: str, description: str) -> None:
    """Say what a set is for."""
    with project.edit(f"Describe set “{name_of(project, 'set', set_id)}”"):
        project.update("set", set_id, {"description": description.strip()})


def delete_sets(project: Project, set_ids: Sequence[str]) -> None:
    """Delete sets, as one step; what was in them stays in the project."""
    name = name_of(project, "set", set_ids[0])
    with project.edit(f"Delete set “{name}”" if len(set_ids) == 1 else f"Delete {len(set_ids)} sets"):
        project.delete("set_member", project.ids("SELECT id FROM set_member WHERE set_id IN {among}", set_ids))
        project.delete("set", set_ids)


def put_into_set(project: Project, set_id: str, kind: str, ids: Sequence[str]) -> None:
    """Put codes, sources or memos (`kind` is one of KINDS) into a set; those that are in it stay where they are."""
    column = _column(kind)
    sql = f"SELECT {column}, order_key FROM set_member WHERE set_id = ?"
    members = project.rows(sql, (set_id,))
    there = {row[0] for row in members}
    fresh = [one for one in dict.fromkeys(ids) if one not in there]
    last = max((row[1] for row in members), default=None)
    rows = [_member(project, set_id, kind, *place) for place in zip(fresh, keys_after(last, len(fresh)), strict=True)]
    with project.edit(f"Put {_counted(kind, len(ids))} into set “{name_of(project, 'set', set_id)}”"):
        project.insert_many("set_member", rows)


def _member(project: Project, set_id: str, kind: str, one: str, order_key: str) -> Row:
    row: Row = {"id": shared_id(project, "set_member", set_id, one), "set_id": set_id, "order_key": order_key}
    return row | {f"{other}_id": one if other == kind else None for other in KINDS}


def take_out_of_set(project: Project, set_id: str, kind: str, ids: Sequence[str]) -> None:
    """Take codes, sources or memos out of a set."""
    of_set = {row[0] for row in project.rows("SELECT id FROM set_member WHERE set_id = ?", (set_id,))}
    found = project.ids(f"SELECT id FROM set_member WHERE {_column(kind)} IN {{among}}", ids)
    with project.edit(f"Take {_counted(kind, len(ids))} out of set “{name_of(project, 'set', set_id)}”"):
        project.delete("set_member", [one for one in found if one in of_set])


def _column(kind: str) -> str:
    if kind not in KINDS:
        raise BadInput(tr("A set holds codes, sources and memos, nothing else."))
    return f"{kind}_id"


def _counted(kind: str, number: int) -> str:
    return f"a {kind}" if number == 1 else f"{number} {kind}s"
