"""The codebook that a project shares with others: what it has taken from it, and what is new there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coder_app.domain.codebook_diff import MERGED, RETIRED, CodeChange, differences
from coder_app.domain.coderbook import Coderbook, Codes, SharedCode, code_digest
from coder_app.domain.text import canonical
from coder_app.queries.codes import code_tree, examples
from coder_app.store import journal
from coder_app.store.project import Project

BOOK = "coderbook.book"
"""The setting that names the shared codebook: id, file name and title, one a line."""
TAKEN = "coderbook.taken"
"""The setting of the version taken last: its number and its digest."""
CODE = "coderbook.code."
"""Before a code's id: what was decided about it, and the digest of what was published about it then."""
LINK = "coderbook.link."
"""Before the id of a published code: the id of the code of this project that is the same."""
FILE = "coderbook.file"
"""Where the file lies for this copy of the project; noted for this copy alone."""
ACCEPTED, DECLINED, GONE = "accepted", "declined", "retired"


@dataclass(frozen=True, slots=True)
class Subscription:
    """The shared codebook of a project. `version` is 0 where none was taken yet.

    `decisions` are (what, digest) by the code's published id; `links` the ids of this project's codes by it.
    """

    book_id: str
    file: str
    name: str
    version: int
    digest: str
    decisions: Mapping[str, tuple[str, str]]
    links: Mapping[str, str]

    def has_other_past(self, book: Coderbook) -> bool:
        """Say whether the version taken last is another one in the file."""
        taken = book.edition(self.version)
        return book.id != self.book_id or (self.version > 0 and (taken is None or taken.digest != self.digest))

    def own_id(self, code_id: str) -> str:
        """Return the id that a published code has in this project."""
        return self.links.get(code_id, code_id)


@dataclass(slots=True)
class Offer:
    """What a shared codebook and a project do not have in common.

    `open` waits to be decided; `declined` was; `local` are changes made here since, of codes that were not
    published anew; `own` are codes of this project alone, by path; `retired` are codes that were retired there and
    stay here because they are used, by id and path.
    """

    version: int
    open: list[CodeChange] = field(default_factory=list[CodeChange])
    declined: list[CodeChange] = field(default_factory=list[CodeChange])
    local: list[CodeChange] = field(default_factory=list[CodeChange])
    own: list[str] = field(default_factory=list[str])
    retired: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def subscription(project: Project) -> Subscription | None:
    """Return what the project is subscribed to, or None."""
    rows: dict[str, str] = dict(
        project.rows("SELECT name, value FROM setting WHERE name LIKE 'coderbook.%' AND coder_id IS NULL ORDER BY id")
    )
    if BOOK not in rows:
        return None
    book_id, _, rest = rows[BOOK].partition("\n")
    file, _, name = rest.partition("\n")
    version, _, digest = rows.get(TAKEN, "0 ").partition(" ")
    decided = {key.removeprefix(CODE): value.partition(" ") for key, value in rows.items() if key.startswith(CODE)}
    own = set(project.ids("SELECT id FROM code WHERE id IN {among}", rows.values()))
    links = {key.removeprefix(LINK): value for key, value in rows.items() if key.startswith(LINK) and value in own}
    return Subscription(
        book_id,
        file,
        name,
        int(version) if version.isdecimal() else 0,
        digest,
        {code_id: (what, about) for code_id, (what, _, about) in decided.items()},
        links,
    )


def retired_codes(project: Project) -> set[str]:
    """Return the ids of the codes that were retired in the shared codebook and stay because they are used here."""
    subscribed = subscription(project)
    if subscribed is None:
        return set()
    return {subscribed.own_id(code_id) for code_id, (what, _) in subscribed.decisions.items() if what == GONE}


def shared_file(project: Project, subscribed: Subscription) -> Path:
    """Return where the file of a subscription lies: where this copy last found it, or else beside the project."""
    noted = journal.read_local(project.db, FILE)
    book_id, _, place = (noted or "").partition("\n")
    if book_id == subscribed.book_id and Path(place).exists():
        return Path(place)
    beside = project.path.with_name(subscribed.file)
    return beside if beside.exists() or not place or book_id != subscribed.book_id else Path(place)


def was_found_here(project: Project, subscribed: Subscription) -> bool:
    """Say whether this copy has ever read the file of a subscription; a team member's copy may follow unseen."""
    return (journal.read_local(project.db, FILE) or "").partition("\n")[0] == subscribed.book_id


def own_codes(project: Project) -> dict[str, SharedCode]:
    """Return the codes of a project as they would be published, under their own ids."""
    passages = examples(project)
    tree = code_tree(project)
    return {
        code.id: SharedCode(
            code.id,
            tree.parent(code.id) or "",
            code.order_key,
            canonical(code.name),
            code.colour,
            code.is_codable,
            canonical(code.definition),
            canonical(code.use_when),
            canonical(code.not_when),
            tuple(replace(one, text=canonical(one.text)) for one in passages.get(code.id, ())),
        )
        for code in tree.walk()
    }


def published_codes(project: Project, subscribed: Subscription | None) -> dict[str, SharedCode]:
    """Return the codes of a project under their published ids; codes that were retired there are left out."""
    codes = own_codes(project)
    if subscribed is None:
        return codes
    names = {own: theirs for theirs, own in subscribed.links.items()}
    away = {code_id for code_id, (what, _) in subscribed.decisions.items() if what == GONE}
    found = {
        names.get(code.id, code.id): replace(
            code, id=names.get(code.id, code.id), parent_id=names.get(code.parent_id, code.parent_id)
        )
        for code in codes.values()
    }
    kept = {code_id for code_id in found if code_id not in away}
    # A code that is used below a retired one keeps that one in the tree.
    for code_id in list(kept):
        parent = found[code_id].parent_id
        while parent in found and parent not in kept:
            kept.add(parent)
            parent = found[parent].parent_id
    return {code_id: code for code_id, code in found.items() if code_id in kept}


def offer(project: Project, subscribed: Subscription, book: Coderbook) -> Offer:
    """Return what the newest version of a shared codebook would change, and what differs and stays so."""
    taken = book.edition(subscribed.version)
    base: Codes = taken.codes if taken is not None else {}
    newest = book.newest.codes
    ever = {code_id for edition in book.editions for code_id in edition.codes}
    merged = {gone: into for edition in book.editions for gone, into in edition.merged.items()}
    here = published_codes(project, subscribed)
    found = Offer(book.newest.version)
    for change in differences(here, newest, merged):
        if change.kinds[-1] in (RETIRED, MERGED) and change.id not in ever:
            found.own.append(change.path)
        else:
            _sort(found, subscribed, change, base, newest)
    marked = [code_id for code_id, (what, _) in subscribed.decisions.items() if what == GONE]
    tree = code_tree(project)
    own = [subscribed.own_id(code_id) for code_id in marked]
    found.retired = [(code_id, tree.path(code_id)) for code_id in own if code_id in tree]
    return found


def _sort(found: Offer, subscribed: Subscription, change: CodeChange, base: Codes, newest: Codes) -> None:
    what, about = subscribed.decisions.get(change.id, ("", ""))
    if about == published_as(change.id, newest):
        if what == DECLINED:
            found.declined.append(change)
            return
        if what == ACCEPTED:
            found.local.append(change)
            return
    same_as_taken = change.id in base and base.get(change.id) == newest.get(change.id)
    linked = change.before_id in ("", change.id)
    if same_as_taken and linked:
        found.local.append(change)
    else:
        found.open.append(change)


def published_as(code_id: str, newest: Codes) -> str:
    """Return the digest of what is published about a code, for a decision about it; "-" where it was retired."""
    return code_digest(newest[code_id]) if code_id in newest else "-"
