"""A project at a glance."""

from dataclasses import dataclass

from coder_app.queries.coders import coders
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Overview:
    """A project's name, its coders, and how much it holds."""

    name: str
    coders: list[str]
    sources: int
    codes: int
    segments: int
    codings: int
    memos: int
    cases: int
    change_sets: int
    schema: int


def overview(project: Project) -> Overview:
    """Return the project's name, coders and counts."""

    def count(table: str) -> int:
        return project.rows(f'SELECT count(*) FROM "{table}"')[0][0]

    def total(column: str, table: str) -> int:
        return project.rows(f"SELECT coalesce(sum({column}), 0) FROM {table}")[0][0]

    return Overview(
        name=project.rows("SELECT name FROM project")[0][0],
        coders=[coder.name for coder in coders(project)],
        sources=count("source"),
        codes=count("code"),
        segments=total("segments", "source_use"),
        codings=total("codings", "code_use"),
        memos=count("memo"),
        cases=count("case"),
        change_sets=count("change_set"),
        schema=project.rows("PRAGMA user_version")[0][0],
    )
