"""Says that codings still fit after the definition of their code was reworded."""

from collections.abc import Sequence

from coder_app.store.project import Project


def confirm_codings(project: Project, coding_ids: Sequence[str]) -> int:
    """Let codings count as made under the wording that their codes have today, and return how many there are.

    Their code is set to what it is, which the journal notes; so it travels, is undone, and settles what copies
    left undecided about these codings.
    """
    found = project.ids("SELECT id FROM coding WHERE id IN {among}", coding_ids)
    if not found:
        return 0
    with project.edit("Confirm a coding" if len(found) == 1 else f"Confirm {len(found)} codings"):
        for coding_id in found:
            project.confirm("coding", coding_id, ("code_id",))
    return len(found)
