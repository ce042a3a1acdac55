"""Commands about shared codebooks: publishing, comparing, following one, taking a newer version."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.codes import codebook
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, refuse_project_as_target, writing
from coder_app.domain.codebook_diff import SAME_PATH, CodeChange, differences, kind_words
from coder_app.domain.coderbook import SUFFIX, Coderbook, Codes, codes_of
from coder_app.domain.errors import BadInput
from coder_app.edits import subscription as edits
from coder_app.i18n import tr, trn
from coder_app.queries import sharing
from coder_app.queries.coders import coders
from coder_app.store.project import Project

_VERSION = re.compile(r"(.+)@(\d+)")
_PROJECT = ".coder"


@codebook.command("publish")
@project_argument
@click.argument("file", type=FILE)
@click.option("--author", "authors", type=name, multiple=True, help=tr("Who publishes; without it the present coder."))
@click.option("--note", type=name, default="", help=tr("A sentence about the version."))
@click.option("--dry-run", is_flag=True, help=tr("Say what the version would change; write nothing."))
@json_option
def publish(project: Path, file: Path, *, authors: tuple[str, ...], note: str, dry_run: bool, as_json: bool) -> None:
    """Write the next version of a shared codebook, or begin one.

    Refused where the newest version in the file is not known to the project: update first.
    """
    from coder_app.exporters.coderbook import publish_coderbook
    from coder_app.team.coderbook import next_edition

    _check_suffix(file)
    with writing(project, file) as opened:
        refuse_project_as_target(project, file)
        there = _read(file) if file.exists() else None
        publication = next_edition(opened, there, authors=authors or _present_coder(opened), note=note)
        if publication.book is not None and not dry_run:
            publish_coderbook(publication.book, file, there)
            edits.note_published(opened, publication.book, file)
    if as_json:
        version = publication.book.newest.version if publication.book is not None else None
        output.as_json({"version": version, "changes": [one.as_json() for one in publication.changes]})
        return
    if publication.book is None:
        output.say(tr("Nothing has changed since the newest version; nothing was published."))
        return
    if there is not None:
        _tell(publication.changes)
    version = publication.book.newest.version
    told = tr("Version {version} would be published.") if dry_run else tr("Published version {version}: {file}")
    output.say(told.format(version=version, file=file))


def _check_suffix(file: Path) -> None:
    if file.suffix.lower() != SUFFIX:
        raise BadInput(tr("{file}: a shared codebook ends in {suffix}.", file=file, suffix=SUFFIX))


def _read(file: Path) -> Coderbook:
    from coder_app.importers.coderbook import read_coderbook

    return read_coderbook(file)


def _present_coder(project: Project) -> list[str]:
    return [coder.name for coder in coders(project) if coder.id == project.coder_id]


@codebook.command("diff")
@click.argument("before", type=name, metavar="A")
@click.argument("after", type=name, metavar="B")
@json_option
def diff(before: str, after: str, *, as_json: bool) -> None:
    """Show what differs between two codebooks, code by code.

    A and B are a project, a .coderbook (FILE@2 is its version 2) or any other codebook file.
    """
    old, new = _codes(before), _codes(after)
    merged = new.merged if new.book_id and new.book_id == old.book_id else None
    # Ids of two files often have nothing to do with each other; that alone is no difference.
    found = [one for one in differences(old.codes, new.codes, merged) if one.kinds != (SAME_PATH,)]
    if as_json:
        output.as_json([one.as_json() for one in found])
        return
    _tell(found)
    if not found:
        output.say(tr("The codebooks are the same."))


@dataclass(frozen=True, slots=True)
class _Compared:
    codes: Codes
    book_id: str
    merged: Mapping[str, str]


def _codes(typed: str) -> _Compared:
    from coder_app.importers.codebook import read_codebook

    path, version = Path(typed), None
    found = _VERSION.fullmatch(typed)
    if found and not path.exists():
        path, version = Path(found[1]), int(found[2])
    if path.suffix.lower() == _PROJECT:
        with reading(path) as opened:
            subscribed = sharing.subscription(opened)
            return _Compared(
                sharing.published_codes(opened, subscribed), subscribed.book_id if subscribed is not None else "", {}
            )
    if path.suffix.lower() != SUFFIX:
        return _Compared(codes_of(read_codebook(path)), "", {})
    book = _read(path)
    edition = book.newest if version is None else book.edition(version)
    if edition is None:
        raise BadInput(
            tr("{file} has the versions 1 to {n}, no {version}.", file=path, n=len(book.editions), version=version)
        )
    merged = {gone: into for one in book.editions[: edition.version] for gone, into in one.merged.items()}
    return _Compared(edition.codes, book.id, merged)


@codebook.command("subscribe")
@project_argument
@click.argument("file", type=FILE)
def subscribe(project: Path, file: Path) -> None:
    """Follow a shared codebook; “update” says what is new there."""
    with writing(project, file) as opened:
        book = _read(file)
        edits.subscribe(opened, book, file)
        subscribed = sharing.subscription(opened)
        left = len(sharing.offer(opened, subscribed, book).open) if subscribed is not None else 0
    output.say(tr("Follows “{name}”, version {version}.", name=book.name, version=book.newest.version))
    if left:
        output.say(trn("{n} change is open; “update” shows it.", "{n} changes are open; “update” shows them.", left))


@codebook.command("unsubscribe")
@project_argument
def unsubscribe(project: Path) -> None:
    """Follow no shared codebook any more; the codes stay."""
    with writing(project) as opened:
        edits.unsubscribe(opened)
    output.say(tr("The project follows no shared codebook any more."))


@codebook.command("update")
@project_argument
@click.argument("file", type=FILE, required=False)
@click.option("--accept", "accepted", type=name, multiple=True, metavar="CODE", help=tr("Take what is new about it."))
@click.option("--accept-all", is_flag=True, help=tr("Take all that is new, but for what --decline names."))
@click.option("--decline", "declined", type=name, multiple=True, metavar="CODE", help=tr("Leave it as it is here."))
@click.option("--dry-run", is_flag=True, help=tr("Only show what is new."))
@json_option
def update(
    project: Path,
    file: Path | None,
    *,
    accepted: tuple[str, ...],
    accept_all: bool,
    declined: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Show or take what is new in the shared codebook.

    --accept and --decline decide code by code, all as one step.

    What was declined is offered again when it changes again. Codes of this project alone stay, and so does a
    retired code that is used here.
    """
    asked = bool(accepted or accept_all or declined) and not dry_run
    opening = writing if asked else reading
    with opening(project, *([file] if file is not None else [])) as opened:
        subscribed, book = _followed(opened, file)
        found = sharing.offer(opened, subscribed, book)
        done = None
        if asked:
            known = [*found.open, *found.declined, *found.local]
            no = _ids(known, declined)
            all_ = {one.id for one in found.open} if accept_all else set[str]()
            yes = _ids(known, accepted) | (all_ - no)
            done = edits.take_version(opened, book, yes, no)
            found = sharing.offer(opened, sharing.subscription(opened) or subscribed, book)
    if as_json:
        output.as_json(_offer_as_json(book, subscribed, found, done))
        return
    _tell_update(book, subscribed, found, done)


def _followed(project: Project, file: Path | None) -> tuple[sharing.Subscription, Coderbook]:
    subscribed = sharing.subscription(project)
    if subscribed is None:
        raise BadInput(tr("The project follows no shared codebook; “codebook subscribe” lets it follow one."))
    path = file or sharing.shared_file(project, subscribed)
    book = _read(path)
    edits.refuse_other(subscribed, book)
    return subscribed, book


def _ids(known: Sequence[CodeChange], wanted: Iterable[str]) -> set[str]:
    """Return the ids of the codes whose changes are meant, by id, path or name. Raises BadInput."""
    found: set[str] = set()
    for one in wanted:
        fits = {change.id for change in known if one in (change.id, change.path)}
        fits = fits or {change.id for change in known if change.path.endswith(" > " + one)}
        if len(fits) != 1:
            raise BadInput(tr("“{code}” names {n} open changes; use the id of the code.", code=one, n=len(fits)))
        found |= fits
    return found


def _offer_as_json(
    book: Coderbook, subscribed: sharing.Subscription, found: sharing.Offer, done: edits.Taken | None
) -> dict[str, object]:
    return {
        "name": book.name,
        "newest": book.newest.version,
        "taken": subscribed.version if done is None or done.left else book.newest.version,
        "open": [one.as_json() for one in found.open],
        "declined": [one.as_json() for one in found.declined],
        "changed_here": [one.as_json() for one in found.local],
        "own_codes": found.own,
        "retired": [{"id": code_id, "path": path} for code_id, path in found.retired],
        "accepted": done.accepted if done is not None else [],
        "removed": done.removed if done is not None else [],
        "kept": done.kept if done is not None else [],
    }


def _tell_update(
    book: Coderbook, subscribed: sharing.Subscription, found: sharing.Offer, done: edits.Taken | None
) -> None:
    output.say(
        tr(
            "“{name}”: version {newest}; taken here: {taken}.",
            name=book.name,
            newest=book.newest.version,
            taken=subscribed.version if done is None or done.left else book.newest.version,
        )
    )
    for path in done.kept if done is not None else ():
        output.say(tr("retired, but in use here, so it stays: {path}", path=path))
    _tell(found.open)
    if not found.open:
        output.say(tr("Nothing is open."))
    for one in found.declined:
        output.say(tr("declined: {path}", path=one.path))
    for one in found.local:
        output.say(tr("changed here: {path}", path=one.path))
    for path in found.own:
        output.say(tr("only here: {path}", path=path))


def _tell(changes: Iterable[CodeChange]) -> None:
    for one in changes:
        into = tr(" into “{path}”", path=one.merged_into) if one.merged_into else ""
        output.say(f"{', '.join(map(kind_words, one.kinds))}{into}: {one.path}")
        for change in one.fields:
            both = " → ".join(side for side in (change.before, change.after) if side)
            output.say(f"    {change.name}: {both}")
