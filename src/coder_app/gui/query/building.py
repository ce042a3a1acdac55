"""Changes a query's tree part by part, as the builder asks for it. A part is named by its way from the root."""

from dataclasses import replace

from coder_app.domain.query_language.tree import (
    FAR,
    All,
    Distance,
    Either,
    Group,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Without,
    parts_of,
    with_parts,
)

Way = tuple[int, ...]
"""Which part of the part of the part …, () is the whole."""

GROUPS: dict[str, type[Group]] = {"AND": All, "OR": Either, "XOR": OnlyOne}


def part_at(query: Query, way: Way) -> Query:
    """Return the part at the end of a way."""
    for step in way:
        query = parts_of(query)[step]
    return query


def replaced(query: Query, way: Way, new: Query) -> Query:
    """Return a query with another part in the place of one."""
    if not way:
        return new
    parts = list(parts_of(query))
    parts[way[0]] = replaced(parts[way[0]], way[1:], new)
    return with_parts(query, tuple(parts))


def removed(query: Query, way: Way) -> Query | None:
    """Return a query without a part: a group of one becomes that one, the other side of a relation stays alone."""
    if not way:
        return None
    *above, step = way
    owner = part_at(query, tuple(above))
    if isinstance(owner, Without):
        return removed(query, tuple(above))
    left = tuple(part for place, part in enumerate(parts_of(owner)) if place != step)
    kept = left[0] if len(left) == 1 else with_parts(owner, left)
    return replaced(query, tuple(above), kept)


def added(query: Query | None, way: Way, new: Query) -> Query:
    """Return a query with one more part: in the group at the end of the way, or beside what stands there, by AND."""
    if query is None:
        return new
    there = part_at(query, way)
    if isinstance(there, All | Either | OnlyOne):
        grown: Query = replace(there, parts=(*there.parts, new))
    else:
        grown = All((there, new))
    return replaced(query, way, grown)


def denied(query: Query, way: Way) -> Query:
    """Return a query with NOT in front of a part, or without it where it is there."""
    there = part_at(query, way)
    if way and isinstance(part_at(query, way[:-1]), Without):
        return replaced(query, way[:-1], there)
    return replaced(query, way, there.part if isinstance(there, Without) else Without(there))


def grouped_as(query: Query, way: Way, operator: str) -> Query:
    """Return a query in which the group at the end of a way has another operator: "AND", "OR" or "XOR"."""
    return replaced(query, way, GROUPS[operator](parts_of(part_at(query, way))))


def related(query: Query, way: Way, how: Lies, other: Query) -> Query:
    """Return a query in which a part has to lie so to another one."""
    return replaced(query, way, Placed(part_at(query, way), how, other))


def lying(query: Query, way: Way, how: Lies, distance: Distance | None) -> Query:
    """Return a query with another relation at the end of a way; one that takes no distance loses it."""
    there = part_at(query, way)
    if not isinstance(there, Placed):
        return query
    return replaced(query, way, replace(there, how=how, distance=distance if how in FAR else None))
