"""The words that a project leaves out when words are counted."""

from collections.abc import Iterable

from coder_app.domain.ids import new_id
from coder_app.store.project import Project


def set_stop_words(project: Project, words: Iterable[str]) -> None:
    """Make these the project's own stop words, for all coders; word frequencies can leave them out."""
    value = "\n".join(sorted({word.strip() for word in words} - {""}))
    there = project.rows("SELECT id, value FROM setting WHERE name = 'words.stop' AND coder_id IS NULL ORDER BY id")
    if (there[0][1] if there else "") == value:
        return
    with project.edit("Set stop words"):
        project.delete("setting", [row[0] for row in there])
        if value:
            project.insert("setting", {"id": new_id(), "coder_id": None, "name": "words.stop", "value": value})
