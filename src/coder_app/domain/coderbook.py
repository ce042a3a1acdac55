"""A codebook that several projects share: its published versions, and the file in which they travel.

The file holds the codes of the newest version and, for each version, what it changed against the one before,
so that every older version can be made again. A digest for each version covers its content and, over the
digest of the version before, all its history; the reader makes the file anew and compares, so that nothing in
it can be altered unseen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast

from coder_app.domain.codebook import Codebook, CodebookEntry, Example
from coder_app.domain.model import Code
from coder_app.domain.order import keys_after
from coder_app.domain.tree import CodeTree

FORMAT = "coder-app-shared-codebook"
"""What a .coderbook file says that it is."""
FORMAT_VERSION = 1
"""The newest form of that file that this app reads, and the one it writes."""
SUFFIX = ".coderbook"
ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True)
class SharedCode:
    """A code as it is published. `parent_id` is "" at the top; siblings are sorted by `order`, then by id."""

    id: str
    parent_id: str
    order: str
    name: str
    colour: str = ""
    is_codable: bool = True
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: tuple[Example, ...] = ()


Codes: TypeAlias = Mapping[str, SharedCode]
"""The codes of one version, or of a project, by id."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version; `merged` says of codes that went with it which code took them over, by ids."""

    version: int
    published_at: str
    authors: tuple[str, ...]
    note: str
    codes: Codes = field(repr=False)
    merged: Mapping[str, str] = field(default_factory=dict[str, str])
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Coderbook:
    """A shared codebook with all its versions, 1, 2, 3 …; there is at least one."""

    id: str
    name: str
    editions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition:
        """The version that was published last."""
        return self.editions[-1]

    def edition(self, version: int) -> Edition | None:
        """Return a version by its number, or None where there is none."""
        return self.editions[version - 1] if 1 <= version <= len(self.editions) else None


def with_edition(book: Coderbook, edition: Edition) -> Coderbook:
    """Return the codebook with one more version, which gets its number and its digest."""
    before = book.newest.digest if book.editions else ""
    numbered = replace(edition, version=len(book.editions) + 1)
    return replace(book, editions=(*book.editions, replace(numbered, digest=_digest(book.id, numbered, before))))


def code_digest(code: SharedCode) -> str:
    """Return the SHA-256 of what a version says about one code."""
    return _sha256(_record(code))


def _digest(book_id: str, edition: Edition, before: str) -> str:
    codes = sorted((code_id, code_digest(code)) for code_id, code in edition.codes.items())
    told = [edition.version, edition.published_at, edition.authors, edition.note, sorted(edition.merged.items())]
    return _sha256([book_id, before, told, codes])


def _sha256(value: object) -> str:
    return hashlib.sha256(
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    ).hexdigest()


def tree_of(codes: Codes) -> CodeTree:
    """Return codes as a tree, which knows their paths and their order."""
    return CodeTree(
        Code(one.id, one.parent_id or None, one.name, one.colour, one.order, is_codable=one.is_codable)
        for one in codes.values()
    )


def _record(code: SharedCode) -> dict[str, object]:
    return {
        "parent": code.parent_id,
        "order": code.order,
        "name": code.name,
        "colour": code.colour,
        "codable": code.is_codable,
        "definition": code.definition,
        "use_when": code.use_when,
        "not_when": code.not_when,
        "examples": [{"text": one.text, "source": one.source} for one in code.examples],
    }


def code_of(code_id: str, record: Mapping[str, object]) -> SharedCode:
    """Return the code that a checked record of a file tells of."""
    texts = cast("Mapping[str, str]", record)
    examples = cast("list[dict[str, str]]", record["examples"])
    return SharedCode(
        code_id,
        texts["parent"],
        texts["order"],
        texts["name"],
        texts["colour"],
        bool(record["codable"]),
        texts["definition"],
        texts["use_when"],
        texts["not_when"],
        tuple(Example(one["text"], one["source"]) for one in examples),
    )


def changed_back(code: SharedCode, before: Mapping[str, object]) -> SharedCode:
    """Return a code as it was before a change that says these fields of it."""
    return code_of(code.id, {**_record(code), **before})


def document(book: Coderbook) -> dict[str, object]:
    """Return what the file holds: sorted, one field a line once it is written, equal for equal codebooks."""
    editions: list[dict[str, object]] = []
    before: Codes = {}
    for edition in book.editions:
        editions.append(
            {
                "version": edition.version,
                "published_at": edition.published_at,
                "authors": list(edition.authors),
                "note": edition.note,
                "changes": list(_changes(before, edition)) if editions else [],
                "sha256": edition.digest,
            }
        )
        before = edition.codes
    newest = book.newest
    paths = tree_of(newest.codes)
    content: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "id": book.id,
        "name": book.name,
        "version": newest.version,
        "codes": [
            {"id": code_id, "path": paths.path(code_id), **_record(code)}
            for code_id, code in sorted(newest.codes.items())
        ],
        "versions": editions,
    }
    return {**content, "sha256": _sha256(content)}


def _changes(before: Codes, edition: Edition) -> Iterable[dict[str, object]]:
    """Yield what a version changed, code by code; of a code that it added the fields stand in the version."""
    then, now = tree_of(before), tree_of(edition.codes)
    for code_id in sorted({*before, *edition.codes}):
        old, new = before.get(code_id), edition.codes.get(code_id)
        if old is None:
            yield {"id": code_id, "path": now.path(code_id), "change": ADDED}
        elif new is None:
            into: dict[str, object] = {"merged_into": edition.merged[code_id]} if code_id in edition.merged else {}
            yield {"id": code_id, "path": then.path(code_id), "change": REMOVED, "before": _record(old), **into}
        elif old != new:
            was, is_now = _record(old), _record(new)
            fields = [name for name in was if was[name] != is_now[name]]
            yield {
                "id": code_id,
                "path": now.path(code_id),
                "change": CHANGED,
                "before": {name: was[name] for name in fields},
                "after": {name: is_now[name] for name in fields},
            }


def codes_of(book: Codebook) -> dict[str, SharedCode]:
    """Return the codes of a codebook from any file."""
    found: dict[str, SharedCode] = {}
    waiting: list[tuple[str, tuple[CodebookEntry, ...]]] = [("", book.roots)]
    while waiting:
        parent_id, entries = waiting.pop()
        for entry, order in zip(entries, keys_after(None, len(entries)), strict=True):
            found[entry.id] = SharedCode(
                entry.id,
                parent_id,
                order,
                entry.name,
                entry.colour,
                entry.is_codable,
                entry.definition,
                entry.use_when,
                entry.not_when,
                entry.examples,
            )
            waiting.append((entry.id, entry.children))
    return found


def as_codebook(book: Coderbook, edition: Edition) -> Codebook:
    """Return a version as a codebook that can be imported or written in another format."""
    tree = tree_of(edition.codes)
    made: dict[str, CodebookEntry] = {}
    for one in reversed(list(tree.walk())):
        code = edition.codes[one.id]
        made[one.id] = CodebookEntry(
            code.id,
            code.name,
            code.colour,
            code.definition,
            code.use_when,
            code.not_when,
            code.is_codable,
            code.examples,
            tuple(made[child.id] for child in tree.children(one.id)),
        )
    return Codebook(book.name, tuple(made[one.id] for one in tree.children(None)))
