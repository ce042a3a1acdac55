"""What a user can do with the codes of the codebook."""

from collections.abc import Sequence

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.model import Code
from coder_app.domain.order import key_between
from coder_app.domain.palette import colour_for, parse_colour
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.tree import SEPARATOR, CodeTree
from coder_app.edits.codings import delete_codings, replace_codes
from coder_app.edits.memos import remove_members
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree, codes
from coder_app.store.project import Project

TEXTS = ("definition", "use_when", "not_when")
"""The fields that describe a code."""


def add_code(project: Project, name: str, parent_id: str | None = None, *, colour: str = "") -> str:
    """Add a code as the last child of `parent_id` (None is the top) and return its id.

    Without a colour it gets one from the palette that its siblings do not have.
    """
    name = _checked_name(name)
    with project.edit(f"Add code “{name}”"):
        return _add_last(project, CodeTree(codes(project)), name, parent_id, colour)


def _add_last(project: Project, tree: CodeTree, name: str, parent_id: str | None, colour: str = "") -> str:
    siblings = tree.children(parent_id)
    order_key = key_between(siblings[-1].order_key if siblings else None, None)
    code = Code(new_id(), parent_id, name, colour or next_colour(tree, parent_id), order_key)
    project.insert(
        "code",
        {
            "id": code.id,
            "parent_id": parent_id,
            "name": name,
            "colour": code.colour,
            "order_key": order_key,
            "is_codable": 1,
        },
    )
    tree.grow(code)
    return code.id


def add_code_path(project: Project, path: str, tree: CodeTree | None = None) -> str:
    """Return the code at a path such as "Parent > Child"; what is missing of it is made, as one step.

    `tree` is the codebook as it stands and takes in what is made; who adds many paths reads it once.
    """
    tree = CodeTree(codes(project)) if tree is None else tree
    parent: str | None = None
    with project.edit(f"Add code “{path}”"):
        for name in map(_checked_name, path.split(SEPARATOR)):
            there = next((code.id for code in tree.children(parent) if code.name == name), None)
            parent = there or _add_last(project, tree, name, parent)
    return str(parent)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(tr("A code needs a name."))
    return name


def next_colour(tree: CodeTree, parent_id: str | None) -> str:
    """Return the palette's colour for a new code under `parent_id`."""
    parent = tree[parent_id].colour if parent_id is not None else None
    siblings = [code.colour for code in tree.children(parent_id)]
    return colour_for(siblings, parent, [code.colour for code in tree.walk()])


def rename_code(project: Project, code_id: str, name: str) -> None:
    """Give a code another name; its codings stay."""
    name = _checked_name(name)
    with project.edit(f"Rename code “{name}”"):
        project.update("code", code_id, {"name": name})


def recolour_code(project: Project, code_id: str, colour: str) -> None:
    """Give a code another colour. Raises BadInput where `colour` is none."""
    parsed = parse_colour(colour)
    if parsed is None:
        raise BadInput(tr("“{colour}” is no colour; write it as #rrggbb.", colour=colour))
    with project.edit(f"Recolour “{_name(project, code_id)}”"):
        project.update("code", code_id, {"colour": parsed})


def describe_code(project: Project, code_id: str, texts: dict[str, str]) -> None:
    """Set the definition, when to use the code, when not (the keys of TEXTS), those that are given."""
    with project.edit(f"Describe “{_name(project, code_id)}”"):
        project.update("code", code_id, {name: text for name, text in texts.items() if name in TEXTS})


def set_codable(project: Project, code_id: str, *, is_codable: bool) -> None:
    """Say whether passages may be coded with the code, or whether it only groups others."""
    with project.edit(f"{'Allow' if is_codable else 'Stop'} coding with “{_name(project, code_id)}”"):
        project.update("code", code_id, {"is_codable": int(is_codable)})


def _name(project: Project, code_id: str) -> str:
    return project.rows("SELECT name FROM code WHERE id = ?", (code_id,))[0][0]


def move_codes(project: Project, code_ids: Sequence[str], parent_id: str | None, before: str | None = None) -> None:
    """Put codes under `parent_id` (None is the top), in front of the child `before` or at the end.

    Raises BadInput where a code would come under itself.
    """
    tree = code_tree(project)
    for code_id in code_ids:
        if parent_id == code_id or (parent_id is not None and code_id in tree.ancestors(parent_id)):
            raise BadInput(tr("“{name}” cannot be moved under itself; nothing was changed.", name=tree[code_id].name))
    siblings = [code for code in tree.children(parent_id) if code.id not in code_ids]
    place = next((n for n, code in enumerate(siblings) if code.id == before), len(siblings))
    low = siblings[place - 1].order_key if place else None
    high = siblings[place].order_key if place < len(siblings) else None
    label = f"Move “{tree[code_ids[0]].name}”" if len(code_ids) == 1 else f"Move {len(code_ids)} codes"
    with project.edit(label):
        for code_id in code_ids:
            low = key_between(low, high)
            project.update("code", code_id, {"parent_id": parent_id, "order_key": low})


def merge_codes(project: Project, into: str, code_ids: Sequence[str], *, on_progress: OnProgress = tell_nobody) -> None:
    """Give the codings, sub-codes, memos and examples of `code_ids` to `into`, and delete the former.

    Raises BadInput where `into` stands below one of them. `on_progress` is told (done, all) now and then, and
    may raise Cancelled.
    """
    # The language of queries is loaded where queries are followed, not with each start.
    from coder_app.edits.saved_queries import follow_merge

    tree = code_tree(project)
    sources = [code_id for code_id in code_ids if code_id != into]
    if not sources:
        return
    if any(code_id in tree.ancestors(into) for code_id in sources):
        raise BadInput(
            tr("A code cannot be merged into one of its own sub-codes; move “{name}” up first.", name=tree[into].name)
        )
    names = ", ".join(f"“{tree[code_id].name}”" for code_id in sources)
    with project.edit(f"Merge {names} into “{tree[into].name}”"):
        # In their order, so that the pages of the file are gone through once.
        codings = sorted(project.ids("SELECT id FROM coding WHERE code_id IN {among}", sources))
        replace_codes(project, codings, into, on_progress)
        for code_id in sources:
            children = [child.id for child in tree.children(code_id) if child.id not in sources]
            if children:
                move_codes(project, children, into)
            for (memo_id,) in project.rows("SELECT id FROM memo WHERE code_id = ?", (code_id,)):
                project.update("memo", memo_id, {"code_id": into})
            _hand_over(project, "code_example", "segment_id", code_id, into)
            _hand_over(project, "set_member", "set_id", code_id, into)
        follow_merge(project, sources, into)
        _forget_pins(project, sources)
        project.delete("code", sources)


def _hand_over(project: Project, table: str, place: str, code_id: str, into: str) -> None:
    """Give a code's rows to another code, but for those that this one has in the same place already."""
    for row_id, doubled in project.rows(
        f"SELECT id, {place} IN (SELECT {place} FROM {table} WHERE code_id = ?) FROM {table} WHERE code_id = ?",
        (into, code_id),
    ):
        if doubled:
            project.delete(table, [row_id])
        else:
            project.update(table, row_id, {"code_id": into})


def delete_codes(project: Project, code_ids: Sequence[str], *, on_progress: OnProgress = tell_nobody) -> None:
    """Delete codes with their sub-codes, codings, memos and examples, as one step.

    `on_progress` is told (done, all) now and then, and may raise Cancelled.
    """
    tree = code_tree(project)
    doomed = list(dict.fromkeys(one for code_id in code_ids for one in (code_id, *(c.id for c in tree.walk(code_id)))))
    label = f"Delete code “{tree[code_ids[0]].name}”" if len(code_ids) == 1 else f"Delete {len(code_ids)} codes"
    with project.edit(label):
        memos = project.ids("SELECT id FROM memo WHERE code_id IN {among}", doomed)
        remove_members(project, "memo_id", memos)
        project.delete("memo", memos)
        project.delete("code_example", project.ids("SELECT id FROM code_example WHERE code_id IN {among}", doomed))
        codings = sorted(project.ids("SELECT id FROM coding WHERE code_id IN {among}", doomed))
        delete_codings(project, codings, on_progress)
        remove_members(project, "code_id", doomed)
        _forget_pins(project, doomed)
        project.delete("code", doomed)


def _forget_pins(project: Project, code_ids: Sequence[str]) -> None:
    project.delete("setting", project.ids("SELECT id FROM setting WHERE value IN {among}", code_ids))


def add_example(project: Project, code_id: str, segment_id: str) -> str:
    """Make a segment an example of how a code is meant, and return the example's id."""
    there = project.rows("SELECT id FROM code_example WHERE code_id = ? AND segment_id = ?", (code_id, segment_id))
    if there:
        return there[0][0]
    last = project.rows("SELECT max(order_key) FROM code_example WHERE code_id = ?", (code_id,))[0][0]
    example_id = new_id()
    with project.edit(f"Add an example to “{_name(project, code_id)}”"):
        project.insert(
            "code_example",
            {"id": example_id, "code_id": code_id, "segment_id": segment_id, "order_key": key_between(last, None)},
        )
    return example_id


def remove_example(project: Project, example_id: str) -> None:
    """Remove an example from its code; the segment stays."""
    with project.edit("Remove an example"):
        project.delete("code_example", [example_id])
