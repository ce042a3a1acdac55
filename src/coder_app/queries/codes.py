"""The codebook of a project, and how often its codes are used."""

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.store.project import Project

_NEWEST = 500


class Use(NamedTuple):
    """How often a code is used: its codings, and the segments that they stand on."""

    codings: int
    segments: int


_CODES = "SELECT id, parent_id, name, colour, order_key, definition, use_when, not_when, is_codable FROM code"


# The last tree of each project beside the rows it was made of: a codebook is asked for far more often than changed.
_trees: WeakKeyDictionary[Project, tuple[list[tuple[Any, ...]], CodeTree]] = WeakKeyDictionary()


def codes(project: Project) -> list[Code]:
    """Return all codes, in no particular order."""
    return list(map(_code, project.rows(_CODES)))


def _code(row: tuple[Any, ...]) -> Code:
    return Code(*row[:8], is_codable=bool(row[8]))


def code_with(project: Project, code_id: str) -> Code | None:
    """Return the code with this id, or None."""
    found = project.rows(_CODES + " WHERE id = ?", (code_id,))
    return _code(found[0]) if found else None


def code_tree(project: Project) -> CodeTree:
    """Return the codebook as a tree, to be looked at only: the same one as long as no code changes."""
    rows = project.rows(_CODES)
    known = _trees.get(project)
    if known is None or known[0] != rows:
        known = _trees[project] = rows, CodeTree(map(_code, rows))
    return known[1]


def code_uses(project: Project) -> dict[str, Use]:
    """Return how often each code is used; codes that are not used are left out."""
    return {row[0]: Use(row[1], row[2]) for row in project.rows("SELECT code_id, codings, segments FROM code_use")}


def codes_used_lately(project: Project) -> list[str]:
    """Return the ids of the codes that the present coder applied lately, the last one first.

    Only the newest codings of the project are looked at, so that it takes no time in a large one.
    """
    rows = project.rows(
        "SELECT code_id FROM (SELECT id, code_id, coder_id FROM coding ORDER BY id DESC LIMIT ?)"
        " WHERE coder_id IS ? ORDER BY id DESC",
        (_NEWEST, project.coder_id),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def use_of(project: Project, code_id: str) -> Use:
    """Return how often one code is used."""
    found = project.rows("SELECT codings, segments FROM code_use WHERE code_id = ?", (code_id,))
    return Use(*found[0]) if found else Use(0, 0)


_EXAMPLES = """
SELECT {columns} FROM code_example
LEFT JOIN segment ON segment.id = code_example.segment_id
LEFT JOIN source ON source.id = segment.source_id
LEFT JOIN text_body AS body ON body.hash = source.text_hash
{where} ORDER BY code_example.order_key, code_example.id
"""
_WORDS = "coalesce(substr(body.text, now_start + 1, now_stop - now_start), code_example.text)"


def examples_of(project: Project, code_id: str) -> list[tuple[str, str]]:
    """Return the examples of one code: their ids and their words as they stand in the text today."""
    columns, where = f"code_example.id, {_WORDS}", "WHERE code_example.code_id = ?"
    return project.rows(_EXAMPLES.format(columns=columns, where=where), (code_id,))


def examples(project: Project) -> dict[str, list[Example]]:
    """Return the example passages of each code, with their words as they stand in the text today."""
    found: dict[str, list[Example]] = {}
    columns = f"code_example.code_id, {_WORDS}, coalesce(source.name, source_name)"
    for code_id, text, source in project.rows(_EXAMPLES.format(columns=columns, where="")):
        found.setdefault(code_id, []).append(Example(text, source))
    return found


def codebook(project: Project) -> Codebook:
    """Return the codebook as it travels to colleagues and other programs."""
    tree = code_tree(project)
    passages = examples(project)

    def entry(code: Code) -> CodebookEntry:
        return CodebookEntry(
            code.id,
            code.name,
            code.colour,
            code.definition,
            code.use_when,
            code.not_when,
            code.is_codable,
            tuple(passages.get(code.id, ())),
            tuple(entry(child) for child in tree.children(code.id)),
        )

    members: dict[str, list[str]] = {}
    for set_id, code_id in project.rows(
        "SELECT set_id, code_id FROM set_member WHERE code_id IS NOT NULL ORDER BY order_key, id"
    ):
        members.setdefault(set_id, []).append(code_id)
    sets = tuple(
        CodeSet(set_id, name, description, tuple(members.get(set_id, ())))
        for set_id, name, description in project.rows('SELECT id, name, description FROM "set" ORDER BY order_key, id')
    )
    name = project.rows("SELECT name FROM project")[0][0]
    return Codebook(name, tuple(entry(code) for code in tree.children(None)), sets)
