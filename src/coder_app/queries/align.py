"""What two copies of a study hold twice, because each imported it for itself."""

from coder_app.store.project import Project


def doubled_sources(project: Project) -> list[tuple[str, list[str]]]:
    """Return sources of equal text: the one that was made first, and the others."""
    rows = project.rows(
        "SELECT text_hash, id FROM source WHERE text_hash IN"
        " (SELECT text_hash FROM source GROUP BY text_hash HAVING count(*) > 1) ORDER BY id"
    )
    same: dict[str, list[str]] = {}
    for text_hash, source_id in rows:
        same.setdefault(text_hash, []).append(source_id)
    return [(ids[0], ids[1:]) for ids in same.values()]


def several_projects(project: Project) -> list[str]:
    """Return the ids of the project rows, the oldest first: more than one where strangers were merged."""
    return [row[0] for row in project.rows("SELECT id FROM project ORDER BY created_at, id")]
