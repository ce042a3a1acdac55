"""What the card of a code says of passages that were coded under an older wording of its definition."""

from coder_app.i18n import tr, trn
from coder_app.queries.drift import codings_under_old_wording, was_reworded
from coder_app.queries.overview import overview
from coder_app.store.project import Project

_COUNTED = 100_000
"""In a project of more codings than this counting takes too long to be done at every key."""


def older_words(project: Project, code_id: str) -> str:
    """Return the offer to review them, "" where there are none."""
    if not was_reworded(project, code_id):
        return ""
    if overview(project).codings > _COUNTED:
        return tr("Review older codings")
    n = len(codings_under_old_wording(project, code_id))
    return (
        trn(
            "Review {n} under an older wording",
            "Review {n} under an older wording",
            n,
        )
        if n
        else ""
    )
