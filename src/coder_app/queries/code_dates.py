"""When codes were applied, and when sources came in."""

from coder_app.store.project import Project


def code_dates(project: Project) -> dict[tuple[str, str], tuple[str, str]]:
    """Return when each code was first and last applied by each coder, by code id and coder id (ISO 8601)."""
    return {
        (code, coder): (first, last)
        for code, coder, first, last in project.each(
            "SELECT code_id, coder_id, min(created_at), max(created_at) FROM coding GROUP BY code_id, coder_id"
        )
    }


def dates_of(project: Project, code_id: str) -> dict[str, tuple[str, str]]:
    """Return when one code was first and last applied, by coder id (ISO 8601)."""
    rows = project.rows(
        "SELECT coder_id, min(created_at), max(created_at) FROM coding WHERE code_id = ? GROUP BY coder_id", (code_id,)
    )
    return {coder: (first, last) for coder, first, last in rows}


def sources_by_import(project: Project) -> list[str]:
    """Return the ids of all sources, the one imported first at the head."""
    return [row[0] for row in project.rows("SELECT id FROM source ORDER BY imported_at, id")]
