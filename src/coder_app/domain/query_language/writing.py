"""Writes a query's tree as text that reads back as the same tree."""

import re

from coder_app.domain.query_language.tokens import OPERATORS
from coder_app.domain.query_language.tree import (
    All,
    Bound,
    Coded,
    Distance,
    Either,
    Every,
    Leaf,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Saved,
    Where,
    Without,
    parts_of,
)
from coder_app.domain.tree import SEPARATOR

_PLAIN = re.compile(r"[^\s()<>=~!+/*:\\\"“„”]+")
_JOINED = {Either: "OR", OnlyOne: "XOR", All: "AND"}
# How loosely a part holds together: what is looser than its surroundings stands in brackets.
_LOOSE: dict[type[Query], int] = {Either: 4, OnlyOne: 3, All: 2, Without: 1, Placed: 1}


def write(query: Query) -> str:
    """Return a query as text; `parse` makes an equal tree of it."""
    match query:
        case Without():
            return f"NOT {_inside(query.part, 1)}"
        case Placed():
            distance = f"({_distance(query.distance)})" if query.distance else ""
            return f"{_left(query.left)} {query.how}{distance} {_inside(query.right, 0)}"
        case All() | Either() | OnlyOne():
            most = _LOOSE[type(query)] - 1
            return f" {_JOINED[type(query)]} ".join(_inside(part, most) for part in query.parts)
        case _:
            return _leaf(query)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Every():
            return "*"
        case Coded():
            return _path(leaf.name) + leaf.below
        case Saved():
            return f"query:{_name(leaf.name)}"
        case Where():
            return _where(leaf)
        case Bound():
            return _leaf(leaf.leaf)


def _inside(part: Query, most: int) -> str:
    text = write(part)
    return f"({text})" if _LOOSE.get(type(part), 0) > most else text


def _left(part: Query) -> str:
    return write(part) if isinstance(part, Placed) else _inside(part, 0)


def _distance(distance: Distance) -> str:
    unit = distance.unit.removesuffix("s") if distance.number == 1 else distance.unit
    return f"{distance.number} {unit}"


def _where(query: Where) -> str:
    if query.kind == "variable":
        value = query.operator + _name(query.value) if query.operator else ""
        return f"variable:{_name(query.name)}{value}"
    operator = "" if query.operator == "=" else query.operator
    return f"{query.kind}:{operator}{_name(query.value)}"


def _path(text: str) -> str:
    names = text.split(SEPARATOR)
    return SEPARATOR.join(map(_name, names)) if all(name.strip() for name in names) else _name(text)


def _name(text: str) -> str:
    """Return a name as it stands where that can be read, else in quotation marks."""
    words = text.split(" ")
    plain = all(_PLAIN.fullmatch(word) and word not in OPERATORS and word not in Lies.__members__ for word in words)
    if plain:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def depth(query: Query) -> int:
    """Return how many groups of a query stand in one another."""
    return 1 + max((depth(part) for part in parts_of(query)), default=0)
