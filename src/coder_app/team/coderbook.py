"""Makes the next version of a shared codebook from a project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coder_app.domain.codebook_diff import CodeChange, differences, in_published_order
from coder_app.domain.coderbook import Coderbook, Codes, Edition, SharedCode, with_edition
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.history_codebook import codebook_development
from coder_app.queries.overview import overview
from coder_app.queries.sharing import DECLINED, Subscription, offer, published_codes, subscription
from coder_app.store.journal import now_utc
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Publication:
    """A codebook with the version that is to be published, and what that changes; None where it changes nothing."""

    book: Coderbook | None
    changes: list[CodeChange]


def next_edition(
    project: Project, book: Coderbook | None, *, authors: Sequence[str] = (), note: str = "", name: str = ""
) -> Publication:
    """Return a shared codebook with the codes of a project as its next version; None makes a new codebook.

    What was declined here stays as it was published. Raises BadInput where the newest version is not known to the
    project, or where it follows another codebook.
    """
    subscribed = subscription(project)
    _refuse(project, subscribed, book)
    newest: Codes = book.newest.codes if book is not None else {}
    here = published_codes(project, subscribed)
    codes = _with_declined(here, newest, subscribed) if book is not None and subscribed is not None else here
    codes = in_published_order(codes, newest)
    merged = _merged(project, subscribed, [code_id for code_id in newest if code_id not in codes], codes)
    changes = differences(newest, codes, merged)
    if book is not None and dict(newest) == codes:
        return Publication(None, [])
    edition = Edition(0, now_utc(), tuple(authors), note, codes, merged)
    begun = book or Coderbook(new_id(), name or overview(project).name, ())
    return Publication(with_edition(begun, edition), changes)


def _refuse(project: Project, subscribed: Subscription | None, book: Coderbook | None) -> None:
    if subscribed is not None and (book is None or book.id != subscribed.book_id):
        raise BadInput(
            tr(
                "The project follows the shared codebook “{name}”; publish to its file, or unsubscribe from it first. "
                "Nothing was published.",
                name=subscribed.name,
            )
        )
    if book is None:
        return
    left = len(offer(project, subscribed, book).open) if subscribed is not None else 0
    if subscribed is None or subscribed.has_other_past(book) or left:
        open_ = trn("{n} change is still open.", "{n} changes are still open.", left) if left else ""
        raise BadInput(
            tr(
                "Version {version} of “{name}” is not known to this project; update first, then publish. {open}",
                version=book.newest.version,
                name=book.name,
                open=open_,
            ).strip()
        )


def _with_declined(here: Codes, newest: Codes, subscribed: Subscription) -> dict[str, SharedCode]:
    codes = dict(here)
    for code_id, (what, _) in subscribed.decisions.items():
        if what != DECLINED:
            continue
        if code_id in newest:
            codes[code_id] = newest[code_id]
        else:
            codes.pop(code_id, None)
    return _sound(codes)


def _sound(codes: dict[str, SharedCode]) -> dict[str, SharedCode]:
    """Put codes whose parent is not among them, or that stand in a circle, at the top."""
    found = dict(codes)
    for code_id, code in codes.items():
        seen = {code_id}
        parent = code.parent_id
        while parent in found and parent not in seen:
            seen.add(parent)
            parent = found[parent].parent_id
        if parent == code_id or (code.parent_id and code.parent_id not in found):
            found[code_id] = replace(code, parent_id="")
    return found


def _merged(project: Project, subscribed: Subscription | None, gone: Sequence[str], codes: Codes) -> Mapping[str, str]:
    """Return of codes that went which code took them over, as the project's history tells."""
    if not gone or subscribed is None:
        return {}
    tree = code_tree(project)
    names = {own: theirs for theirs, own in subscribed.links.items()}
    wanted = {subscribed.own_id(code_id): code_id for code_id in gone}
    table = codebook_development(project)
    columns = [column.id for column in table.columns]
    found: dict[str, str] = {}
    for cells in table.rows:
        row = dict(zip(columns, cells, strict=True))
        if row["change"] == tr("merged") and row["code_id"] in wanted:
            fits = tree.matches(str(row["after"]))
            target = names.get(fits[0].id, fits[0].id) if len(fits) == 1 else ""
            if target in codes:
                found[wanted[str(row["code_id"])]] = target
    return found
