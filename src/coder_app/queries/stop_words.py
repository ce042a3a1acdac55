"""The words that a project leaves out when words are counted."""

from coder_app.store.project import Project


def own_stop_words(project: Project) -> frozenset[str]:
    """Return the project's own stop words, in lower case."""
    rows = project.rows("SELECT value FROM setting WHERE name = 'words.stop' AND coder_id IS NULL")
    return frozenset(word for (value,) in rows for word in value.split("\n") if word)
