"""What a user can do with rounds of coding: open and close them, say who codes what, and mark sources as done."""

from collections.abc import Sequence

from coder_app.domain.change import Row
from coder_app.domain.disagreement import Round
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.i18n import tr
from coder_app.queries.rounds import rounds
from coder_app.store.journal import now_utc
from coder_app.store.project import Project


def open_round(project: Project, name: str = "", *, is_blind: bool = True) -> str:
    """Open a round behind those that are there and return its id; without a name it is called by its number."""
    number = max((one.number for one in rounds(project)), default=0) + 1
    name = name.strip() or tr("Round {number}", number=number)
    round_id = new_id()
    row: Row = {"id": round_id, "name": name, "number": number, "is_blind": int(is_blind), "opened_at": now_utc()}
    with project.edit(f"Open round “{name}”"):
        project.insert("round", row)
    return round_id


def rename_round(project: Project, round_id: str, name: str) -> None:
    """Give a round another name."""
    if not name.strip():
        raise BadInput(tr("A round needs a name."))
    with project.edit(f"Rename round “{name.strip()}”"):
        project.update("round", round_id, {"name": name.strip()})


def set_blind(project: Project, round_id: str, *, is_blind: bool) -> None:
    """Say whether others' codings are hidden from a coder until they have finished a source of the round."""
    one = _round(project, round_id)
    with project.edit(f"Make round “{one.name}” {'blind' if is_blind else 'open to all'}"):
        project.update("round", round_id, {"is_blind": int(is_blind)})


def close_round(project: Project, round_id: str) -> None:
    """Close a round: agreement before negotiation is that of the project at this step.

    Raises BadInput where it is closed already.
    """
    one = _round(project, round_id)
    if one.closed_at is not None:
        raise BadInput(tr("“{name}” is closed already.", name=one.name))
    with project.edit(f"Close round “{one.name}”"):
        project.update("round", round_id, {"closed_at": now_utc()})


def reopen_round(project: Project, round_id: str) -> None:
    """Open a closed round again."""
    one = _round(project, round_id)
    with project.edit(f"Open round “{one.name}” again"):
        project.update("round", round_id, {"closed_at": None})


def _round(project: Project, round_id: str) -> Round:
    found = next((one for one in rounds(project) if one.id == round_id), None)
    if found is None:
        raise BadInput(tr("This round is gone; nothing was changed."))
    return found


def assign(project: Project, round_id: str, source_ids: Sequence[str], coder_ids: Sequence[str]) -> int:
    """Let each of these coders code each of these sources in a round, and return how many assignments are new."""
    one = _round(project, round_id)
    people = set(project.ids("SELECT id FROM coder WHERE kind = 'person' AND id IN {among}", coder_ids))
    there = {tuple(row) for row in project.rows("SELECT round_id, source_id, coder_id FROM assignment")}
    places = [
        (round_id, source_id, coder_id)
        for source_id in dict.fromkeys(source_ids)
        for coder_id in dict.fromkeys(coder_ids)
        if coder_id in people
    ]
    # An id of its own in every copy: what one copy marked as done cannot be unmarked by another that assigned it, too.
    new: list[Row] = [
        {"id": new_id(), "round_id": round_id, "source_id": place[1], "coder_id": place[2]}
        for place in places
        if place not in there
    ]
    with project.edit(f"Assign {_counted(len(new))} in “{one.name}”"):
        if new:
            project.insert_many("assignment", new)
    return len(new)


def take_back(project: Project, round_id: str, source_ids: Sequence[str], coder_ids: Sequence[str]) -> int:
    """Take assignments of these sources to these coders back, and return how many; what was coded stays."""
    one = _round(project, round_id)
    found = _of(project, round_id, source_ids, coder_ids)
    with project.edit(f"Take back {_counted(len(found))} in “{one.name}”"):
        project.delete("assignment", found)
    return len(found)


def mark_done(
    project: Project, round_id: str, source_ids: Sequence[str], coder_ids: Sequence[str], *, is_done: bool = True
) -> int:
    """Say that coders have finished sources (or not yet), and return how many assignments that changed.

    A coder who has finished a source decided against each code that they did not give.
    """
    one = _round(project, round_id)
    missing = "IS NULL" if is_done else "IS NOT NULL"
    changed = project.ids(
        f"SELECT id FROM assignment WHERE id IN {{among}} AND done_at {missing}",
        _of(project, round_id, source_ids, coder_ids),
    )
    with project.edit(f"Mark {_counted(len(changed))} as {'done' if is_done else 'not done'} in “{one.name}”"):
        project.update_many("assignment", changed, {"done_at": now_utc() if is_done else None})
    return len(changed)


def _of(project: Project, round_id: str, source_ids: Sequence[str], coder_ids: Sequence[str]) -> list[str]:
    sources, people = set(source_ids), set(coder_ids)
    rows = project.rows("SELECT id, source_id, coder_id FROM assignment WHERE round_id = ?", (round_id,))
    return [row[0] for row in rows if row[1] in sources and row[2] in people]


def _counted(number: int) -> str:
    return "1 source" if number == 1 else f"{number} sources"
