"""What a user can do with memos."""

from coder_app.domain.ids import new_id
from coder_app.domain.model import Memo
from coder_app.queries.memos import KINDS, memos_on
from coder_app.store.journal import now_utc
from coder_app.store.project import Project


def write_memo(project: Project, on: str, on_id: str, body: str) -> str | None:
    """Set the present coder's memo on one thing and return its id; an empty text removes it.

    `on` is one of "source", "segment", "coding", "code", "case". Other coders' memos stay.
    """
    mine = next((memo for memo in memos_on(project, on, on_id) if memo.coder_id == project.coder_id), None)
    if not body.strip():
        if mine is not None:
            remove_memos(project, [mine.id])
        return None
    if mine is not None:
        edit_memo(project, mine, body)
        return mine.id
    memo_id = new_id()
    with project.edit(f"Write memo on a {on}"):
        project.insert("memo", memo_row(memo_id, on, on_id, body, project.coder_id))
    return memo_id


def memo_row(memo_id: str, on: str, on_id: str, body: str, coder_id: str | None) -> dict[str, str | int | None]:
    """Return the row of a new memo."""
    row: dict[str, str | int | None] = {
        "id": memo_id,
        "title": "",
        "body": body,
        "coder_id": coder_id,
        "created_at": now_utc(),
    }
    return row | {f"{kind}_id": on_id if kind == on else None for kind in KINDS}


def edit_memo(project: Project, memo: Memo, body: str) -> None:
    """Give a memo another text."""
    if body != memo.body:
        with project.edit("Edit memo"):
            project.update("memo", memo.id, {"body": body})


def remove_memos(project: Project, memo_ids: list[str]) -> None:
    """Remove memos, and their places in sets."""
    with project.edit("Remove memo"):
        remove_members(project, "memo_id", memo_ids)
        project.delete("memo", memo_ids)


def remove_members(project: Project, column: str, ids: list[str]) -> None:
    """Take things out of all sets, within a step; `column` of set_member refers to them."""
    project.delete("set_member", project.ids(f"SELECT id FROM set_member WHERE {column} IN {{among}}", ids))
