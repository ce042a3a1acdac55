"""What a query finds: its tree worked out on sets of passages, by the rules of docs/queries.md.

Part of a query are conditions (coder:, source:, made:, …) and groups of such: they limit the codings that a result is
made of, and look at nothing else. All others ask for passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Protocol

import numpy as np

from coder_app.domain.query_language.spans import (
    Far,
    Flags,
    Numbers,
    Passages,
    common,
    holding,
    lying,
    meeting,
    none,
    union,
)
from coder_app.domain.query_language.tree import (
    NEAR_UNLESS_SAID,
    All,
    Bound,
    Coded,
    Distance,
    Either,
    Every,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Where,
    Without,
    parts_of,
)

ON_CODINGS = frozenset({"coder", "made", "memo"})
"""Conditions that only a coding can fulfil, because it was made by somebody at some time."""


class Material(Protocol):
    """What there is to look in, within the scope."""

    @property
    def codings(self) -> Passages:
        """All coded passages."""
        ...

    def coded(self, code_ids: frozenset[str]) -> Flags:
        """Say of each of `codings` whether it bears one of these codes."""
        ...

    def fulfils(self, condition: Bound, some: Passages) -> Flags:
        """Say of each of some passages whether a single condition holds of it."""
        ...

    def words(self, text: str) -> Passages:
        """Return where words stand."""
        ...

    def far(self, distance: Distance, sources: Numbers) -> Far:
        """Return how a distance is measured in these sources."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that a query finds; `used` says of each coding whether its code is one of those asked for."""

    passages: Passages
    used: Flags


def find(query: Query, material: Material) -> Found:
    """Return what a query finds; all its names must be bound."""
    finding = _Finding(material)
    passages = finding.passages(query, ())
    return Found(passages, finding.used)


def is_condition(query: Query) -> bool:
    """Say whether a query, or a part of one, only limits codings."""
    if isinstance(query, Bound):
        return is_condition(query.leaf)
    if isinstance(query, Where):
        return query.kind != "text"
    return isinstance(query, All | Either | OnlyOne | Without) and all(map(is_condition, parts_of(query)))


def looks_at_all(query: Query) -> bool:
    """Say whether the codings of all codes are needed to work a query out, and not only those of the codes it names."""
    match query:
        case Bound():
            return not isinstance(query.leaf, Coded) and not _is_text(query)
        case All() if not is_condition(query):
            chain = _chain(query)
            base = chain.rest or (() if chain.texts_alone else (Bound(Every()),))
            return any(map(looks_at_all, (*base, *chain.denied)))
        case Either() | OnlyOne() | Placed() if not is_condition(query):
            return any(map(looks_at_all, parts_of(query)))
        case _:
            return True


def _is_text(query: Query) -> bool:
    return isinstance(query, Bound) and isinstance(query.leaf, Where) and query.leaf.kind == "text"


def _asks_of_codings(condition: Query) -> bool:
    """Say whether a condition can hold of codings alone."""
    if isinstance(condition, Bound):
        return isinstance(condition.leaf, Where) and condition.leaf.kind in ON_CODINGS
    return any(map(_asks_of_codings, parts_of(condition)))


@dataclass(frozen=True, slots=True)
class _Chain:
    """The parts of a chain of AND by what they do: limit, hold words, deny (without their NOT), and the rest."""

    limits: tuple[Query, ...]
    texts: tuple[Query, ...]
    denied: tuple[Query, ...]
    rest: tuple[Query, ...]

    @property
    def texts_alone(self) -> bool:
        """Say whether the words themselves are asked for, not coded passages that hold them."""
        return not self.rest and len(self.texts) == 1 and not any(map(_asks_of_codings, self.limits))


def _chain(query: All) -> _Chain:
    limits, texts, denied, rest = list[Query](), list[Query](), list[Query](), list[Query]()
    for part in query.parts:
        if is_condition(part):
            limits.append(part)
        elif _is_text(part):
            texts.append(part)
        elif isinstance(part, Without):
            denied.append(part.part)
        else:
            rest.append(part)
    return _Chain(tuple(limits), tuple(texts), tuple(denied), tuple(rest))


@dataclass(slots=True)
class _Finding:
    material: Material
    used: Flags = field(init=False)

    def __post_init__(self) -> None:
        self.used = np.zeros(len(self.material.codings), dtype=np.bool_)

    def passages(self, query: Query, limits: tuple[Query, ...], *, aside: bool = False) -> Passages:
        """Return what a part finds among what fulfils `limits`; `aside`: it is only compared with."""
        match query:
            case _ if is_condition(query):
                found = self._codings((*limits, query), None, aside=aside)
            case Bound():
                found = self._leaf(query, limits, aside=aside)
            case All():
                found = self._all(query, limits, aside=aside)
            case Either():
                found = union([self.passages(part, limits, aside=aside) for part in query.parts])
            case OnlyOne():
                found = self._only_one(query.parts, limits, aside=aside)
            case Without():
                found = self._denied(self._codings(limits, None, aside=aside), [query.part])
            case Placed():
                found = self._placed(query, limits, aside=aside)
            case _:
                found = none()
        return found

    def _codings(self, limits: Sequence[Query], chosen: Flags | None, *, aside: bool) -> Passages:
        every = self.material.codings
        flags = np.ones(len(every), dtype=np.bool_) if chosen is None else chosen
        for limit in limits:
            flags = flags & self._holds(limit, every)
        if not aside:
            self.used |= flags
        return every.where(flags)

    def _leaf(self, query: Bound, limits: tuple[Query, ...], *, aside: bool) -> Passages:
        if not isinstance(query.leaf, Where):
            chosen = None if isinstance(query.leaf, Every) else self.material.coded(query.ids)
            return self._codings(limits, chosen, aside=aside)
        found = self.material.words(query.leaf.value)
        for limit in limits:
            found = found.where(self._holds(limit, found))
        return found

    def _holds(self, condition: Query, some: Passages) -> Flags:
        match condition:
            case Bound():
                return self.material.fulfils(condition, some)
            case Without():
                return ~self._holds(condition.part, some)
            case All():
                return np.logical_and.reduce([self._holds(part, some) for part in condition.parts])
            case Either():
                return np.logical_or.reduce([self._holds(part, some) for part in condition.parts])
            case _:
                return np.logical_xor.reduce([self._holds(part, some) for part in parts_of(condition)])

    def _all(self, query: All, limits: tuple[Query, ...], *, aside: bool) -> Passages:
        chain = _chain(query)
        limits = (*limits, *chain.limits)
        if chain.rest:
            found = reduce(common, [self.passages(part, limits, aside=aside) for part in chain.rest])
        elif chain.texts_alone:
            found = self.passages(chain.texts[0], limits, aside=aside)
        else:
            found = self._codings(limits, None, aside=aside)
        for text in chain.texts:
            found = found.where(holding(found, self.passages(text, (), aside=True)))
        return self._denied(found, chain.denied)

    def _denied(self, some: Passages, parts: Sequence[Query]) -> Passages:
        for part in parts:
            some = some.where(~meeting(some, self.passages(part, (), aside=True)))
        return some

    def _only_one(self, parts: Sequence[Query], limits: tuple[Query, ...], *, aside: bool) -> Passages:
        # What is read from the left: conditions at the beginning are one condition, as they are where nothing follows.
        leading = next((n for n, part in enumerate(parts) if not is_condition(part)), len(parts))
        if 1 < leading < len(parts):
            parts = (OnlyOne(tuple(parts[:leading])), *parts[leading:])
        found = whole = none()
        for number, part in enumerate(parts):
            # What is excluded by is not limited: the limits say what the result may be made of.
            mine, my_whole = self.passages(part, limits, aside=aside), self.passages(part, (), aside=True)
            if number:
                mine, found = mine.where(~meeting(mine, whole)), found.where(~meeting(found, my_whole))
                kept = whole.where(~meeting(whole, my_whole)), my_whole.where(~meeting(my_whole, whole))
                my_whole = union(kept)
            found, whole = union([found, mine]), my_whole
        return found

    def _placed(self, query: Placed, limits: tuple[Query, ...], *, aside: bool) -> Passages:
        found = self.passages(query.left, limits, aside=aside)
        others = self.passages(query.right, (), aside=True)
        distance = NEAR_UNLESS_SAID if query.how is Lies.NEAR and query.distance is None else query.distance
        far = None
        if distance is not None and len(found) and len(others):
            both = np.intersect1d(found.source, others.source)
            far = self.material.far(distance, both)
        return found.where(lying(found, query.how, others, far))
