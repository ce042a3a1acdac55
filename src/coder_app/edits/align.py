"""Makes one of sources and codes that two copies of a study imported independently of each other."""

from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.edits.codes import TEXTS, merge_codes
from coder_app.queries.align import doubled_sources, several_projects
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project

_ON_SOURCES = ("segment", "memo", "case_member", "variable_value", "set_member", "assignment", "decision")

_ONCE = {"case_member": "case_id", "variable_value": "variable_id", "set_member": "set_id"}
"""What a source has once at most for each of these."""


def align(project: Project) -> tuple[int, int]:
    """Join sources of equal text and codes of equal path, and return how many sources and codes went.

    Of each the one that was made first stays and is given what hangs on the others, as one step.
    """
    with project.edit("Align sources and codes"):
        project.delete("project", several_projects(project)[1:])
        sources = sum(_join_sources(project, kept, others) for kept, others in doubled_sources(project))
        codes = 0
        while double := _doubled_codes(code_tree(project)):
            codes += sum(_join_codes(project, same) for same in double)
    return sources, codes


def _join_sources(project: Project, kept: str, others: list[str]) -> int:
    for table, column in _ONCE.items():
        project.delete(table, _doubled(project, table, column, [kept, *others]))
    for table in _ON_SOURCES:
        ids = project.ids(f"SELECT id FROM {table} WHERE source_id IN {{among}} ORDER BY id", others)
        project.update_many(table, ids, {"source_id": kept})
    project.delete("source", others)
    return len(others)


def _doubled(project: Project, table: str, column: str, same: list[str]) -> list[str]:
    """Return what sources that become one would have twice; what the first of them has stays."""
    seen: set[str] = set()
    doubled: list[str] = []
    for source_id in same:
        rows = project.rows(f"SELECT id, {column} FROM {table} WHERE source_id = ? ORDER BY id", (source_id,))
        doubled += [row_id for row_id, one in rows if one in seen]
        seen |= {one for _, one in rows}
    return doubled


def _doubled_codes(tree: CodeTree) -> list[list[Code]]:
    """Return the codes of equal name under one parent, from the top; those below doubled parents come later."""
    level: list[str | None] = [None]
    while level:
        found: list[list[Code]] = []
        below: list[str | None] = []
        for parent in level:
            by_name: dict[str, list[Code]] = {}
            for code in tree.children(parent):
                by_name.setdefault(code.name, []).append(code)
                below.append(code.id)
            found += [sorted(same, key=lambda code: code.id) for same in by_name.values() if len(same) > 1]
        if found:
            return found
        level = below
    return []


def _join_codes(project: Project, same: list[Code]) -> int:
    kept, *others = same
    sql = f"SELECT {', '.join(TEXTS)} FROM code WHERE id = ?"
    texts = {code.id: project.rows(sql, (code.id,))[0] for code in same}
    missing = {
        name: next((texts[code.id][place] for code in others if texts[code.id][place]), "")
        for place, name in enumerate(TEXTS)
        if not texts[kept.id][place]
    }
    project.update("code", kept.id, {name: text for name, text in missing.items() if text})
    merge_codes(project, kept.id, [code.id for code in others])
    return len(others)
