"""What a user can do with the codebook that the project shares: subscribe, take or decline what is new there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coder_app.domain.codebook import Example
from coder_app.domain.codebook_diff import MERGED, MOVED, RETIRED, WORDINGS, CodeChange
from coder_app.domain.coderbook import Coderbook, Codes, SharedCode, tree_of
from coder_app.domain.errors import AppError, BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.order import key_between
from coder_app.domain.palette import colour_for
from coder_app.domain.tree import CodeTree
from coder_app.edits.codes import delete_codes
from coder_app.i18n import tr
from coder_app.queries import sharing
from coder_app.queries.codes import code_tree, examples
from coder_app.queries.sharing import ACCEPTED, CODE, DECLINED, GONE, LINK, Subscription
from coder_app.store import driver, journal, refusals
from coder_app.store.project import Project


@dataclass(slots=True)
class Taken:
    """What became of a newer version: paths of codes. `kept` were retired, but are in use and stay; `left` is open."""

    version: int
    accepted: list[str] = field(default_factory=list[str])
    declined: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])
    kept: list[str] = field(default_factory=list[str])
    left: int = 0


def subscribe(project: Project, book: Coderbook, path: Path) -> None:
    """Let the project follow a shared codebook, instead of another one if there is one; no code is changed.

    What the newest version would change waits to be decided then.
    """
    before = sharing.subscription(project)
    with project.edit(f"Subscribe to “{book.name}”"):
        if before is None or before.has_other_past(book):
            _forget(project)
        _name(project, book, path)
        if not sharing.offer(project, _subscribed(project), book).open:
            _note_taken(project, book)
    note_place(project, book, path)


def unsubscribe(project: Project) -> None:
    """Let the project follow no shared codebook any more; its codes stay as they are.

    Raises BadInput where it follows none.
    """
    subscribed = _subscribed(project)
    with project.edit(f"Unsubscribe from “{subscribed.name}”"):
        _forget(project)


def note_published(project: Project, book: Coderbook, path: Path) -> None:
    """Note that the newest version of a shared codebook was published from this project."""
    with project.edit(f"Publish version {book.newest.version} of “{book.name}”"):
        _name(project, book, path)
        _note_taken(project, book)
    note_place(project, book, path)


def _forget(project: Project) -> None:
    project.delete(
        "setting",
        [row[0] for row in project.rows("SELECT id FROM setting WHERE name LIKE 'coderbook.%' AND coder_id IS NULL")],
    )


def _name(project: Project, book: Coderbook, path: Path) -> None:
    _set(project, sharing.BOOK, "\n".join((book.id, path.name.replace("\n", " "), book.name)))


def note_place(project: Project, book: Coderbook, path: Path) -> None:
    """Note where the file of the shared codebook lies for this copy of the project, as no step or within a step."""
    try:
        journal.write_local(project.db, sharing.FILE, f"{book.id}\n{path.absolute()}")
    except driver.OperationalError as error:
        raise AppError(refusals.disk_message(project.path, error)) from error


def _set(project: Project, name: str, value: str) -> None:
    there = project.rows("SELECT id, value FROM setting WHERE name = ? AND coder_id IS NULL ORDER BY id", (name,))
    project.delete("setting", [row[0] for row in there[:-1]])
    if not there:
        project.insert("setting", {"id": new_id(), "coder_id": None, "name": name, "value": value})
    elif there[-1][1] != value:
        project.update("setting", there[-1][0], {"value": value})


def _note_taken(project: Project, book: Coderbook) -> None:
    """Note that nothing of the newest version is open; what was accepted needs no note of its own any more."""
    _set(project, sharing.TAKEN, f"{book.newest.version} {book.newest.digest}")
    rows = project.rows(
        f"SELECT id FROM setting WHERE name LIKE '{CODE}%' AND coder_id IS NULL AND value LIKE '{ACCEPTED} %'"
    )
    project.delete("setting", [row[0] for row in rows])


def _subscribed(project: Project) -> Subscription:
    subscribed = sharing.subscription(project)
    if subscribed is None:
        raise BadInput(tr("The project follows no shared codebook; “codebook subscribe” lets it follow one."))
    return subscribed


def take_version(project: Project, book: Coderbook, accepted: Collection[str], declined: Collection[str] = ()) -> Taken:
    """Accept and decline changes of the newest version by the ids of the codes, all as one step.

    A code that goes there and is used here stays, no longer to be coded with. What is neither accepted nor declined
    stays open. Raises BadInput for another codebook than the one followed, and for ids that are not open; what was
    declined may still be accepted.
    """
    subscribed = _subscribed(project)
    refuse_other(subscribed, book)
    offered = sharing.offer(project, subscribed, book)
    open_ = {one.id: one for one in offered.open}
    choice = open_ | {one.id: one for one in (*offered.declined, *offered.local)}
    unknown = [one for one in (*accepted, *declined) if one not in choice]
    if unknown:
        raise BadInput(tr("There is no change of the code {code} to decide; nothing was changed.", code=unknown[0]))
    newest = book.newest.codes
    done = Taken(book.newest.version)
    with project.edit(f"Take version {book.newest.version} of “{book.name}”"):
        _accept(project, book, subscribed, [choice[one] for one in choice if one in set(accepted)], done)
        for code_id in declined:
            _set(project, CODE + code_id, f"{DECLINED} {sharing.published_as(code_id, newest)}")
            done.declined.append(choice[code_id].path)
        done.left = len(open_.keys() - set(accepted) - set(declined))
        if not done.left:
            _note_taken(project, book)
    return done


def refuse_other(subscribed: Subscription, book: Coderbook) -> None:
    """Raise BadInput where a codebook is not the one that is followed, or has another past than the one taken."""
    if book.id != subscribed.book_id:
        raise BadInput(
            tr(
                "This is “{other}”, but the project follows the shared codebook “{name}”; nothing was changed.",
                other=book.name,
                name=subscribed.name,
            )
        )
    if subscribed.has_other_past(book):
        raise BadInput(
            tr(
                "“{name}” has another version {version} than the one that this project has taken. Ask who published "
                "it, and subscribe again to compare everything anew; nothing was changed.",
                name=book.name,
                version=subscribed.version,
            )
        )


def _accept(
    project: Project, book: Coderbook, subscribed: Subscription, changes: Sequence[CodeChange], done: Taken
) -> None:
    newest = book.newest.codes
    work = _Work(project, subscribed, newest)
    wanted = {one.id: one for one in changes}
    # Parents first, so that a code always comes under one that stands in its final place.
    for code in tree_of(newest).walk():
        if code.id in wanted:
            work.take(newest[code.id], wanted[code.id])
            done.accepted.append(wanted[code.id].path)
    for change in reversed(changes):
        if change.kinds[-1] in (RETIRED, MERGED):
            (done.removed if work.retire(change) else done.kept).append(change.path)


class _Work:
    """Takes published codes into a project, within a step."""

    def __init__(self, project: Project, subscribed: Subscription, newest: Codes) -> None:
        self._project = project
        self._newest = newest
        self._published = tree_of(newest)
        self._links = dict(subscribed.links)

    def _own(self, code_id: str) -> str:
        return self._links.get(code_id, code_id)

    def take(self, code: SharedCode, change: CodeChange) -> None:
        """Make a code what is published about it; it is added where it is missing."""
        project, tree = self._project, code_tree(self._project)
        if change.before_id and change.before_id != code.id:
            self._links[code.id] = change.before_id
            _set(project, LINK + code.id, change.before_id)
        if self._own(code.id) not in tree:
            self._add(tree, code)
        else:
            self._change(tree, code, change)
        _set(project, CODE + code.id, f"{ACCEPTED} {sharing.published_as(code.id, self._newest)}")

    def _add(self, tree: CodeTree, code: SharedCode) -> None:
        project = self._project
        parent = self._parent(tree, code)
        siblings = [one.colour for one in tree.children(parent)]
        above = tree[parent].colour if parent is not None else None
        project.insert(
            "code",
            {
                "id": code.id,
                "parent_id": parent,
                "name": code.name,
                "colour": code.colour or colour_for(siblings, above, [one.colour for one in tree.walk()]),
                "definition": code.definition,
                "use_when": code.use_when,
                "not_when": code.not_when,
                "order_key": self._order(tree, code, parent),
                "is_codable": int(code.is_codable),
            },
        )
        self._take_examples(code.id, code.examples)

    def _change(self, tree: CodeTree, code: SharedCode, change: CodeChange) -> None:
        project, own = self._project, self._own(code.id)
        fields = {one.field for one in change.fields}
        values: dict[str, str | int | None] = {
            name: getattr(code, name) for name in ("name", "colour", *WORDINGS) if name in fields
        }
        if "is_codable" in fields:
            values["is_codable"] = int(code.is_codable)
        if MOVED in change.kinds:
            parent = self._parent(tree, code)
            if parent is not None and own in tree.ancestors(parent):
                raise BadInput(
                    tr(
                        "“{name}” cannot come under “{parent}” as long as that is below it; accept the change of "
                        "“{parent}” as well. Nothing was changed.",
                        name=code.name,
                        parent=tree[parent].name,
                    )
                )
            values |= {"parent_id": parent, "order_key": self._order(tree, code, parent)}
        project.update("code", own, values)
        if "examples" in fields:
            self._take_examples(own, code.examples)

    def _parent(self, tree: CodeTree, code: SharedCode) -> str | None:
        """Return the nearest of the published ancestors that is here."""
        ancestors = map(self._own, self._published.ancestors(code.id))
        return next((one for one in ancestors if one in tree and one != self._own(code.id)), None)

    def _order(self, tree: CodeTree, code: SharedCode, parent: str | None) -> str:
        """Return the place behind the sibling that precedes the code as published and is here.

        It is the published one where that fits, so that publishing again says nothing of the order.
        """
        siblings = [self._own(one.id) for one in self._published.children(self._published.parent(code.id))]
        before = siblings[: siblings.index(self._own(code.id))]
        here = [one for one in tree.children(parent) if one.id != self._own(code.id)]
        places = [n for n, one in enumerate(here) if one.id in before]
        after = places[-1] + 1 if places else 0
        low = here[after - 1].order_key if after else ""
        high = here[after].order_key if after < len(here) else None
        if low < code.order and (high is None or code.order < high):
            return code.order
        return key_between(low or None, high)

    def _take_examples(self, code_id: str, published: Sequence[Example]) -> None:
        """Add the examples that are missing and remove those that were brought along and are no longer published."""
        project = self._project
        wanted = {one.text for one in published}
        rows = project.rows(
            "SELECT id, text, order_key FROM code_example WHERE code_id = ? AND segment_id IS NULL", (code_id,)
        )
        project.delete("code_example", [row[0] for row in rows if row[1] not in wanted])
        there = {one.text for one in examples(project).get(code_id, ())}
        key = max((row[2] for row in rows), default=None)
        for one in published:
            if one.text not in there:
                key = key_between(key, None)
                project.insert(
                    "code_example",
                    {
                        "id": new_id(),
                        "code_id": code_id,
                        "segment_id": None,
                        "text": one.text,
                        "source_name": one.source,
                        "order_key": key,
                    },
                )

    def retire(self, change: CodeChange) -> bool:
        """Remove a code that was retired, or say False: it is used here, so it stays, not to be coded with."""
        project, own = self._project, self._own(change.id)
        if not _is_used(project, own):
            delete_codes(project, [own])
            _set(project, CODE + change.id, f"{ACCEPTED} -")
            return True
        project.update("code", own, {"is_codable": 0})
        _set(project, CODE + change.id, f"{GONE} -")
        return False


def _is_used(project: Project, code_id: str) -> bool:
    tables = ("coding", "memo", "set_member")
    used = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE code_id = :id)" for table in tables)
    sql = (
        f"SELECT {used} OR EXISTS (SELECT 1 FROM code WHERE parent_id = :id)"
        " OR EXISTS (SELECT 1 FROM code_example WHERE code_id = :id AND segment_id IS NOT NULL)"
    )
    return bool(project.rows(sql, {"id": code_id})[0][0])
