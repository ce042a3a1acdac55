"""Looks up what the names in a query mean: codes, coders, sources, cases, sets, variables and saved queries."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase

from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.reading import DEEPEST, parse
from coder_app.domain.query_language.tree import (
    Below,
    Bound,
    Coded,
    Every,
    Leaf,
    Query,
    Saved,
    Where,
    parts_of,
    walk,
    with_parts,
)
from coder_app.domain.query_language.writing import write
from coder_app.domain.tree import SEPARATOR, CodeTree
from coder_app.i18n import tr

Named = tuple[str, str]
"""An id and a name."""

_ARROW = re.compile(r"\s*>\s*")
_SHOWN = 3
_MOST_PARTS = 5_000


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that was saved: `refers` says which row each of its names meant then; a smart code, if you like."""

    id: str
    name: str
    text: str
    refers: Mapping[str, str]
    description: str = ""
    order_key: str = ""
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """All that a query can name, as it is today. `names` are ids and names by field; a folder's id is its path."""

    tree: CodeTree
    names: Mapping[str, Sequence[Named]] = field(default_factory=dict[str, Sequence[Named]])
    saved: Sequence[SavedQuery] = ()


def meant(text: str, book: Book, refers: Mapping[str, str] | None = None) -> Query:
    """Return what a query means: its tree with every name bound, and saved queries in their places.

    `refers` are the rows that its names meant when it was saved; one that is gone is looked up by name again.
    Raises QueryMistake, which points at the place.
    """
    return _Binding(text, book, refers or {}, ()).bound(parse(text))


def references(text: str, book: Book) -> dict[str, str]:
    """Return what each name of a query means today, as `refers` is kept. Raises QueryMistake."""
    query = parse(text)
    binding = _Binding(text, book, {}, ())
    binding.bound(query)
    return {
        key: next(iter(ids))
        for leaf in walk(query)
        if (key := _key(leaf)) and len(ids := binding.ids_of(leaf, key)) == 1 and "*" not in key
    }


def as_named_today(text: str, book: Book, refers: Mapping[str, str]) -> str:
    """Return a query's text with the names that its codes, sources, … bear today; unreadable ones stay as they are."""
    try:
        query = parse(text)
    except QueryMistake:
        return text
    renamed = _renamed(query, _Binding(text, book, {}, ()), refers)
    return text if renamed == query else write(renamed)


def _key(leaf: Query) -> str:
    """Return the name under which `refers` keeps what a leaf means; nothing for one that names nothing."""
    match leaf:
        case Coded():
            return f"code:{leaf.name}"
        case Saved():
            return f"query:{leaf.name}"
        case Where(kind="variable"):
            return f"variable:{leaf.name}"
        case Where(kind="coder" | "source" | "case" | "set"):
            return f"{leaf.kind}:{leaf.value}"
        case _:
            return ""


def _renamed(query: Query, binding: "_Binding", refers: Mapping[str, str]) -> Query:
    key = _key(query)
    if not key:
        return with_parts(query, tuple(_renamed(part, binding, refers) for part in parts_of(query)))
    name = binding.name_today(key, refers.get(key, ""))
    if name is None:
        return query
    match query:
        case Coded() | Saved():
            return replace(query, name=name)
        case Where(kind="variable"):
            return replace(query, name=name)
        case Where():
            return replace(query, value=name)
        case _:
            return query


@dataclass(frozen=True, slots=True)
class _Binding:
    text: str
    book: Book
    refers: Mapping[str, str]
    chain: tuple[SavedQuery, ...]
    """The saved queries that led here, the outermost first."""

    def bound(self, query: Query) -> Query:
        match query:
            case Every():
                return Bound(query)
            case Coded():
                (code_id,) = self.ids_of(query, _key(query))
                return Bound(query, self._with_below(code_id, query.below))
            case Where():
                key = _key(query)
                if query.kind == "folder":
                    return Bound(query, self._folders(query))
                return Bound(query, frozenset(self.ids_of(query, key)) if key else frozenset())
            case Saved():
                (query_id,) = self.ids_of(query, _key(query))
                return self._saved(query, next(one for one in self.book.saved if one.id == query_id))
            case _:
                return with_parts(query, tuple(self.bound(part) for part in parts_of(query)))

    def ids_of(self, leaf: Query, key: str) -> list[str]:
        """Return the ids that a leaf means. Raises QueryMistake where there are none, or too many."""
        kind, name = key.split(":", 1)
        known = self._known(kind)
        if any(one == self.refers.get(key) for one, _ in known):
            return [self.refers[key]]
        found = self._codes(name) if kind == "code" else self._by_name(name, known)
        if len(found) == 1 or ("*" in name and found and kind in {"coder", "source", "case", "set"}):
            return found
        raise self._mistake(leaf, self._too_many(kind, name, found) if found else self._unknown(kind, name))

    def _mistake(self, leaf: Query, words: str) -> QueryMistake:
        return QueryMistake(words, self.text, (0, 0) if isinstance(leaf, Bound) else leaf.at)

    def _known(self, kind: str) -> Sequence[Named]:
        if kind == "code":
            return [(code.id, self.book.tree.path(code.id)) for code in self.book.tree.walk()]
        if kind == "query":
            return [(one.id, one.name) for one in self.book.saved]
        return self.book.names.get(kind, ())

    def _codes(self, name: str) -> list[str]:
        tree = self.book.tree
        if name in tree:
            return [name]
        wanted = SEPARATOR.join(_ARROW.split(name.strip()))
        paths = [(code.id, tree.path(code.id)) for code in tree.walk()]
        whole = _equal(wanted, paths) or _equal(name, paths)
        leaves = [(code.id, code.name) for code in tree.walk()]
        behind = SEPARATOR + wanted
        return (
            whole
            or _equal(name, leaves)
            or [one for one, path in paths if path.endswith(behind)]
            or [one for one, path in paths if path.casefold().endswith(behind.casefold())]
        )

    def _by_name(self, name: str, known: Sequence[Named]) -> list[str]:
        if any(one == name for one, _ in known):
            return [name]
        if "*" in name and not _equal(name, known):
            pattern = name.casefold().replace("[", "[[]").replace("?", "[?]")
            return [one for one, other in known if fnmatchcase(other.casefold(), pattern)]
        return _equal(name, known)

    def _folders(self, leaf: Where) -> frozenset[str]:
        known = self._known("folder")
        found = self._by_name(leaf.value.strip("/"), known)
        if not found:
            raise self._mistake(leaf, self._unknown("folder", leaf.value))
        return frozenset(one for one, _ in known if any(one == f or one.startswith(f + "/") for f in found))

    def _with_below(self, code_id: str, below: Below) -> frozenset[str]:
        under = [] if below is Below.NONE else [code.id for code in self.book.tree.walk(code_id)]
        return frozenset(under if below is Below.ONLY else [code_id, *under])

    def _saved(self, leaf: Saved, saved: SavedQuery) -> Query:
        if saved.id in {one.id for one in self.chain}:
            way = ", ".join(tr("“{name}”", name=one.name) for one in self.chain)
            words = tr("“{name}” would refer to itself, by way of {way}.", name=saved.name, way=way)
            raise self._mistake(leaf, words)
        try:
            inner = _Binding(saved.text, self.book, saved.refers, (*self.chain, saved))
            found = inner.bound(parse(saved.text))
        except QueryMistake as mistake:
            words = tr("The query “{name}” cannot be used: {reason}", name=saved.name, reason=mistake.words)
            raise self._mistake(leaf, words) from mistake
        if len(self.chain) >= DEEPEST or sum(1 for _ in walk(found)) > _MOST_PARTS:
            raise self._mistake(leaf, tr("Too many queries refer to one another here."))
        return found

    def _unknown(self, kind: str, name: str) -> str:
        known = [name for _, name in self._known(kind)]
        if kind == "code":
            # A path says where a code stands only where its name does not.
            leaves = [path.rsplit(SEPARATOR, 1)[-1] for path in known]
            known = [path if leaves.count(leaf) > 1 else leaf for path, leaf in zip(known, leaves, strict=True)]
        return _unknown(kind, name) + _suggested(name, known) + _about_operators(name)

    def _too_many(self, kind: str, name: str, found: Sequence[str]) -> str:
        if kind == "code":
            paths = [self.book.tree.path(one) for one in found]
            differ = len(set(paths)) == len(paths)
            return tr(
                "“{name}” may be any of {n} codes: {codes}. Write the path of the one that you mean.",
                name=name,
                n=len(found),
                codes=_listed(paths if differ else found),
            )
        return tr("“{name}” may be any of {n}; write the id of the one that you mean: {ids}.",
                  name=name, n=len(found), ids=_listed(found))  # fmt: skip

    def name_today(self, key: str, row_id: str) -> str | None:
        """Return what to write for a row so that it is found by its name; None where nothing needs to change."""
        kind, written = key.split(":", 1)
        named = dict(self._known(kind))
        if row_id not in named:
            return None
        short = self.book.tree[row_id].name if kind == "code" else named[row_id]
        for name in (written, short, named[row_id], row_id):
            found = self._codes(name) if kind == "code" else self._by_name(name, self._known(kind))
            if found == [row_id]:
                return None if name == written else name
        return None


def _equal(name: str, known: Iterable[Named]) -> list[str]:
    """Return the ids of those called so, in this spelling if there are any, else whatever the case of its letters."""
    some = list(known)
    folded = name.casefold()
    return [one for one, other in some if other == name] or [one for one, other in some if other.casefold() == folded]


def _suggested(name: str, known: Sequence[str]) -> str:
    folded = {one.casefold(): one for one in reversed(known)}
    wanted = name.casefold()
    holding = sorted((one for one in folded if wanted in one), key=len)[:_SHOWN]
    found = dict.fromkeys((*holding, *get_close_matches(wanted, folded, _SHOWN, 0.6)))
    near = [folded[one] for one in found][:_SHOWN]
    return " " + tr("Did you mean {names}?", names=_listed(near)) if near else ""


def _about_operators(name: str) -> str:
    words = {word for word in name.split() if word in {"and", "or", "not", "xor", "near"}}
    if not words:
        return ""
    return " " + tr("Operators are written in capitals: {names}.", names=", ".join(sorted(map(str.upper, words))))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(tr("“{name}”", name=name) for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return shown if more <= 0 else tr("{names} and {n} more", names=shown, n=more)


def _unknown(kind: str, name: str) -> str:
    return {
        "code": tr("There is no code “{name}”.", name=name),
        "coder": tr("There is no coder “{name}”.", name=name),
        "source": tr("There is no source “{name}”.", name=name),
        "folder": tr("There is no folder “{name}”.", name=name),
        "case": tr("There is no case “{name}”.", name=name),
        "set": tr("There is no set “{name}”.", name=name),
        "variable": tr("There is no variable “{name}”.", name=name),
        "query": tr("There is no saved query “{name}”.", name=name),
    }[kind]


def leaves(query: Query) -> Iterable[Leaf]:
    """Yield the leaves of a query."""
    return (part for part in walk(query) if isinstance(part, Every | Coded | Where | Saved | Bound))
