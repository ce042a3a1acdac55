"""When codes were applied, and when sources came in."""

from coder_app.store.project import Project


def code_dates(project: Project) -> dict[tuple[str, str], tuple[str, str]]:
    """Return when each code was first and last applied by each coder, by code id and coder id (ISO 8601)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    # SQLite would sort all codings, or go through them in the order of an index, and take three times as long.
    for code, coder, at in project.each("SELECT code_id, coder_id, created_at FROM coding NOT INDEXED"):
        known = found.get((code, coder))
        if known is None:
            found[code, coder] = at, at
        elif not known[0] <= at <= known[1]:
            found[code, coder] = min(known[0], at), max(known[1], at)
    return found


def dates_of(project: Project, code_id: str) -> dict[str, tuple[str, str]]:
    """Return when one code was first and last applied, by coder id (ISO 8601)."""
    rows = project.rows(
        "SELECT coder_id, min(created_at), max(created_at) FROM coding WHERE code_id = ? GROUP BY coder_id", (code_id,)
    )
    return {coder: (first, last) for coder, first, last in rows}


def sources_by_import(project: Project) -> list[str]:
    """Return the ids of all sources, the one imported first at the head."""
    return [row[0] for row in project.rows("SELECT id FROM source ORDER BY imported_at, id")]
