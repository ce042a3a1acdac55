"""What was done to a project, step by step."""

from dataclasses import dataclass

from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A change set: who did what, when, and how many rows it changed."""

    id: str
    step: str
    label: str
    coder: str
    made_at: str
    rows: int
    undoes: str | None


def history(project: Project) -> list[HistoryStep]:
    """Return all steps, the oldest first; undone ones and undos included."""
    return [
        HistoryStep(*row)
        for row in project.rows(
            "SELECT change_set.id, step, label, coalesce(coder.name, ''), wall_time,"
            " (SELECT count(*) FROM row_change WHERE change_set_id = change_set.id), undoes"
            " FROM change_set LEFT JOIN coder ON coder.id = change_set.coder_id"
            " ORDER BY change_set.made_at, change_set.id"
        )
    ]
