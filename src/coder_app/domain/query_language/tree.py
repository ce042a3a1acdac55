"""What a query is once it has been read: the tree that the text, the builder and the evaluation share.

`at` is the stretch [start, stop) of the query's text, in code points, that a part was read from; two parts that say
the same are equal wherever they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from coder_app.domain.text import Span

NOWHERE = (0, 0)


class Below(StrEnum):
    """Whether a code is meant with its sub-codes: alone, with all below it, or these without itself."""

    NONE = ""
    WITH = "+"
    ONLY = "/*"


class Lies(StrEnum):
    """How the passage that is asked for lies to another one."""

    WITHIN = "WITHIN"
    ENCLOSES = "ENCLOSES"
    OVERLAPS = "OVERLAPS"
    FOLLOWS = "FOLLOWS"
    PRECEDES = "PRECEDES"
    NEAR = "NEAR"


FAR = frozenset({Lies.FOLLOWS, Lies.PRECEDES, Lies.NEAR})
"""Those that may be given a distance."""


class Unit(StrEnum):
    """What a distance is counted in."""

    CHARACTERS = "characters"
    WORDS = "words"
    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, slots=True)
class Distance:
    """The most that may lie between two passages; 0 paragraphs is the same paragraph, 1 the next one, too."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Every:
    """All coded passages, written *."""

    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Coded:
    """The passages of a code, named by its name, by its path "A > B" or the end of it, or by its id."""

    name: str
    below: Below = Below.NONE
    at: Span = field(default=NOWHERE, compare=False)


FIELDS = ("coder", "source", "folder", "case", "set", "variable", "memo", "made", "text")
"""What stands before a colon. All but "text" are conditions; "text" also finds places by itself."""

COMPARED = ("variable", "made")
"""Fields that take <, <=, >, >=, != besides =, and a variable ~ (contains), too."""


@dataclass(frozen=True, slots=True)
class Where:
    """A field (one of FIELDS) with the value that is asked for; `name` is the variable's.

    Without an operator any value will do.
    """

    kind: str
    value: str
    operator: str = "="
    name: str = ""
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saved query finds."""

    name: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Bound:
    """A leaf whose name has been looked up: the ids of what it means today, or of what it meant when it was saved."""

    leaf: "Every | Coded | Where"
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Without:
    """The opposite of a part."""

    part: "Query"
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """All of two or more parts."""

    parts: tuple["Query", ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """Any of two or more parts."""

    parts: tuple["Query", ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OnlyOne:
    """Two or more parts, the first two of which exclude each other, and what is left of them the next, and so on."""

    parts: tuple["Query", ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Placed:
    """The passages on the left that lie so to any passage on the right."""

    left: "Query"
    how: Lies
    right: "Query"
    distance: Distance | None = None
    at: Span = field(default=NOWHERE, compare=False)


Group: TypeAlias = All | Either | OnlyOne
Leaf: TypeAlias = Every | Coded | Where | Saved | Bound
Query: TypeAlias = Leaf | Without | Group | Placed

NEAR_UNLESS_SAID = Distance(1, Unit.PARAGRAPHS)
"""What NEAR means without a distance."""


def parts_of(query: Query) -> tuple[Query, ...]:
    """Return what a query is put together from; nothing for a leaf."""
    match query:
        case All() | Either() | OnlyOne():
            return query.parts
        case Without():
            return (query.part,)
        case Placed():
            return query.left, query.right
        case _:
            return ()


def with_parts(query: Query, parts: tuple[Query, ...]) -> Query:
    """Return a query put together from other parts, as many as `parts_of` returns."""
    match query:
        case All() | Either() | OnlyOne():
            return replace(query, parts=parts)
        case Without():
            return replace(query, part=parts[0])
        case Placed():
            return replace(query, left=parts[0], right=parts[1])
        case _:
            return query


def walk(query: Query) -> Iterator[Query]:
    """Yield a query and all its parts, in the order of the text."""
    yield query
    for part in parts_of(query):
        yield from walk(part)
