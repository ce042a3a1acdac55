"""Bringing a whole codebook into a project."""

from dataclasses import dataclass, field

from coder_app.domain.change import Row
from coder_app.domain.codebook import Codebook, CodebookEntry
from coder_app.domain.ids import new_id
from coder_app.domain.order import key_between
from coder_app.domain.palette import colour_for
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.tree import CodeTree
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project


@dataclass(slots=True)
class CodebookImport:
    """What the import of a codebook did: how many codes it added, and how many were there already."""

    added: int = 0
    filled: int = 0
    kept: int = 0


@dataclass(slots=True)
class _State:
    tree: CodeTree
    entries: int
    on_progress: OnProgress
    ids: dict[str, str] = field(default_factory=dict[str, str])
    colours: list[str] = field(default_factory=list[str])
    done: CodebookImport = field(default_factory=CodebookImport)


def import_codebook(project: Project, codebook: Codebook, *, on_progress: OnProgress = tell_nobody) -> CodebookImport:
    """Add the codes of `codebook` as one step.

    A code that the project has already, by id or else by path, is kept as it is; only descriptions
    that it lacks are filled in. Nothing is ever replaced or removed. `on_progress` is told (done, all) for
    each entry, and may raise Cancelled.
    """
    tree = code_tree(project)
    state = _State(tree, size_of(codebook), on_progress, colours=[code.colour for code in tree.walk()])
    with project.edit(f"Import codebook “{codebook.name}”"):
        _import_level(project, state, codebook.roots, None)
        _import_sets(project, state, codebook)
    return state.done


def size_of(codebook: Codebook) -> int:
    """Return how many entries a codebook has, on all levels."""

    def below(entries: tuple[CodebookEntry, ...]) -> int:
        return sum(1 + below(entry.children) for entry in entries)

    return below(codebook.roots)


def _import_level(project: Project, state: _State, entries: tuple[CodebookEntry, ...], parent_id: str | None) -> None:
    there = list(state.tree.children(parent_id)) if parent_id is None or parent_id in state.tree else []
    by_name = {code.name: code.id for code in reversed(there)}
    last = max((code.order_key for code in there), default=None)
    siblings = [code.colour for code in there]
    parent_colour = _colour_of(project, parent_id)
    for entry in entries:
        state.on_progress(len(state.ids), state.entries)
        known = entry.id if entry.id in state.tree else by_name.get(entry.name)
        if known is not None and known not in state.ids.values():
            _fill(project, state, known, entry)
            code_id = known
        else:
            last = key_between(last, None)
            colour = entry.colour or colour_for(siblings, parent_colour, state.colours)
            siblings.append(colour)
            state.colours.append(colour)
            code_id = _add(project, state, entry, parent_id, colour, last)
        state.ids[entry.id] = code_id
        _import_level(project, state, entry.children, code_id)


def _colour_of(project: Project, code_id: str | None) -> str | None:
    found = project.rows("SELECT colour FROM code WHERE id = ?", (code_id,))
    return found[0][0] if found else None


def _add(
    project: Project, state: _State, entry: CodebookEntry, parent_id: str | None, colour: str, order_key: str
) -> str:
    # An id may have been used by a code that was deleted since; the entry then comes back under it.
    taken = project.rows("SELECT 1 FROM code WHERE id = ?", (entry.id,))
    code_id = new_id() if taken else entry.id
    project.insert(
        "code",
        {
            "id": code_id,
            "parent_id": parent_id,
            "name": entry.name,
            "colour": colour,
            "definition": entry.definition,
            "use_when": entry.use_when,
            "not_when": entry.not_when,
            "order_key": order_key,
            "is_codable": int(entry.is_codable),
        },
    )
    _add_examples(project, code_id, entry)
    state.done.added += 1
    return code_id


def _add_examples(project: Project, code_id: str, entry: CodebookEntry) -> None:
    key = None
    for example in entry.examples:
        key = key_between(key, None)
        project.insert(
            "code_example",
            {
                "id": new_id(),
                "code_id": code_id,
                "segment_id": None,
                "text": example.text,
                "source_name": example.source,
                "order_key": key,
            },
        )


def _fill(project: Project, state: _State, code_id: str, entry: CodebookEntry) -> None:
    code = state.tree[code_id]
    missing: Row = {
        name: new
        for name, old, new in (
            ("definition", code.definition, entry.definition),
            ("use_when", code.use_when, entry.use_when),
            ("not_when", code.not_when, entry.not_when),
        )
        if new and not old
    }
    if missing:
        project.update("code", code_id, missing)
        state.done.filled += 1
    else:
        state.done.kept += 1
    if not project.rows("SELECT 1 FROM code_example WHERE code_id = ? LIMIT 1", (code_id,)):
        _add_examples(project, code_id, entry)


def _import_sets(project: Project, state: _State, codebook: Codebook) -> None:
    names = {row[0] for row in project.rows('SELECT name FROM "set"')}
    last = project.rows('SELECT max(order_key) FROM "set"')[0][0]
    for one in codebook.sets:
        members = [state.ids[member] for member in one.members if member in state.ids]
        if one.name in names:
            continue
        last = key_between(last, None)
        set_id = new_id()
        project.insert("set", {"id": set_id, "name": one.name, "description": one.description, "order_key": last})
        key = None
        for code_id in members:
            key = key_between(key, None)
            project.insert("set_member", {"id": new_id(), "set_id": set_id, "code_id": code_id, "order_key": key})
