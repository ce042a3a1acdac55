"""The notes that people wrote, on what."""

from coder_app.domain.model import Memo
from coder_app.store.project import Project

KINDS = ("source", "segment", "coding", "code", "case")
"""What a memo may be on; a free memo is on none of them."""

_SELECT = "SELECT id, title, body, coder_id, created_at, source_id, segment_id, coding_id, code_id, case_id FROM memo"


def _memo(row: tuple[str | None, ...]) -> Memo:
    on = next((kind for kind, value in zip(KINDS, row[5:], strict=True) if value), None)
    on_id = next((value for value in row[5:] if value), None)
    return Memo(str(row[0]), row[1] or "", row[2] or "", row[3], row[4] or "", on, on_id)


def memos_on(project: Project, on: str, on_id: str) -> list[Memo]:
    """Return the memos on one thing, the oldest first; `on` is one of KINDS."""
    return [_memo(row) for row in project.rows(f"{_SELECT} WHERE {_column(on)} = ? ORDER BY id", (on_id,))]


def memos(project: Project) -> list[Memo]:
    """Return all memos, the oldest first."""
    return [_memo(row) for row in project.rows(f"{_SELECT} ORDER BY id")]


def _column(on: str) -> str:
    if on not in KINDS:
        raise ValueError(on)
    return f"{on}_id"
