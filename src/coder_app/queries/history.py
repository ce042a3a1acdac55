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
    """Return all steps, the oldest first; undone ones and undos included.

    A coder who is no longer there, because the step that added them was undone, is named all the same.
    """
    return [
        HistoryStep(*row)
        for row in project.rows(
            "SELECT change_set.id, step, label, coalesce(coder.name,"
            " (SELECT json_extract(coalesce(after, before), '$.name') FROM row_change"
            " WHERE table_name = 'coder' AND row_id = change_set.coder_id ORDER BY seq DESC LIMIT 1), ''), wall_time,"
            " (SELECT count(*) + coalesce(sum(rows - 1), 0) FROM row_change LEFT JOIN row_batch USING (seq)"
            " WHERE change_set_id = change_set.id), undoes"
            " FROM change_set LEFT JOIN coder ON coder.id = change_set.coder_id"
            " ORDER BY change_set.made_at, change_set.id"
        )
    ]
