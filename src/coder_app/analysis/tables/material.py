"""What the tables of codes are counted from: codings as columns, and what they are laid out by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from coder_app.analysis.columns import Codings
from coder_app.domain.tree import CodeTree


class Measure(StrEnum):
    """What a cell of a code × … table is."""

    CODINGS = "codings"
    SEGMENTS = "segments"
    COVERAGE = "coverage"
    SHARE = "share"
    PRESENCE = "presence"
    SOURCES = "sources"


class Document(NamedTuple):
    """A source as the tables know it; `characters` is the length of its text in code points."""

    name: str
    characters: int


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """All that is counted. `sources` stand in the order of the project, `coders` gives names by id."""

    codings: Codings
    tree: CodeTree
    coders: Mapping[str, str]
    sources: Mapping[str, Document]


class Place(NamedTuple):
    """A stretch of a source, in code points."""

    source_id: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Group:
    """One column of a table: all that is in any of its stretches. Groups may share stretches."""

    id: str
    title: str
    places: Sequence[Place]


def whole(sources: Mapping[str, Document], source_ids: Sequence[str]) -> list[Place]:
    """Return these sources from their first to their last character."""
    return [Place(one, 0, sources[one].characters) for one in source_ids if one in sources]


def by_source(sources: Mapping[str, Document]) -> list[Group]:
    """Return a column for each source."""
    return [Group(one, document.name, [Place(one, 0, document.characters)]) for one, document in sources.items()]
