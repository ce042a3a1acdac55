"""What the tables of codes are counted from: codings as columns, and what they are laid out by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from coder_app.analysis.columns import Codings
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr


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
    """All that is counted. `sources` stand in the order of the project, `coders` gives names by id.

    `parts` holds the sources of which only some stretches are looked at, in order and apart. `done` are, by coder,
    the sources that they have finished: where they coded nothing there, that is a finding, and no gap.
    """

    codings: Codings
    tree: CodeTree
    coders: Mapping[str, str]
    sources: Mapping[str, Document]
    parts: Mapping[str, Sequence[Span]] = field(default_factory=dict[str, Sequence[Span]])

    done: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def finished(self, coder_ids: Iterable[str]) -> frozenset[str]:
        """Return the sources in scope that any of these coders has finished."""
        found = frozenset[str]().union(*(self.done.get(one, ()) for one in coder_ids))
        return found & self.sources.keys()

    def parts_of(self, source_id: str) -> Sequence[Span]:
        """Return what of a source is looked at, in order."""
        return self.parts.get(source_id, ((0, self.sources[source_id].characters),))


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


def whole(material: Material, source_ids: Iterable[str]) -> list[Place]:
    """Return what of these sources is looked at."""
    return [Place(one, *span) for one in source_ids if one in material.sources for span in material.parts_of(one)]


def everything(material: Material) -> Group:
    """Return one column of all that is looked at."""
    return Group("", tr("All sources"), whole(material, material.sources))


def by_source(material: Material) -> list[Group]:
    """Return a column for each source."""
    return [Group(one, document.name, whole(material, [one])) for one, document in material.sources.items()]


def within(material: Material, parts: Mapping[str, Sequence[Span] | None]) -> Material:
    """Return what of a material lies in these sources, None for a whole one, else its stretches in order.

    A coding that reaches beyond a stretch stays whole; on how many characters it counts, the columns decide.
    """
    cut = {one: spans for one, spans in parts.items() if spans is not None and one in material.sources}
    sources = {one: document for one, document in material.sources.items() if one in parts}
    codings = material.codings
    chosen = codings.within(sources)
    for one, spans in cut.items():
        there = codings.source == codings.ids.sources.get(one, -1)
        starts, stops = np.array([span[0] for span in spans]), np.array([span[1] for span in spans])
        meets = np.searchsorted(stops, codings.start, side="right") < np.searchsorted(starts, codings.stop)
        chosen &= ~there | meets
    return Material(codings.where(chosen), material.tree, material.coders, sources, cut, material.done)
