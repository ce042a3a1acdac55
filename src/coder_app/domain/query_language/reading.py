"""Reads a query: text in, tree out, or an error that points at the place.

    query    = xor { OR xor }                     xor  = and { XOR and }
    and      = not { AND not }                    not  = NOT not | placed
    placed   = part { LIES [distance] [NOT] part }
    part     = ( query ) | * | field:value | name [ + | /* ]
    name     = words or "quoted words", with > between the names of a path

Operators are written in capitals, so that words such as "and" may stand in a name without quotation marks.
"""

import datetime
import re
from collections.abc import Callable
from difflib import get_close_matches

from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.tokens import Token, tokens
from coder_app.domain.query_language.tree import (
    FAR,
    FIELDS,
    All,
    Below,
    Coded,
    Distance,
    Either,
    Every,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Saved,
    Unit,
    Where,
    Without,
)
from coder_app.domain.text import Span
from coder_app.domain.tree import SEPARATOR
from coder_app.i18n import tr

DEEPEST = 40
"""So many groups may stand in one another."""

_UNITS = {
    **{unit.value: unit for unit in Unit},
    **{unit.value.removesuffix("s"): unit for unit in Unit},
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MOST = 1_000_000_000


def parse(text: str) -> Query:
    """Return what a query says. Raises QueryMistake, which points at the place."""
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Query:
        if self._now.kind == "end":
            raise self._mistake(tr("The query is empty; write the name of a code, or * for all passages."), self._now)
        found = self._either()
        if self._now.kind == "close":
            raise self._mistake(tr("This bracket closes nothing."), self._now)
        if self._now.kind != "end":
            raise self._mistake(tr("An operator is missing in front of this, such as AND or OR."), self._now)
        return found

    @property
    def _now(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _mistake(self, words: str, token: Token) -> QueryMistake:
        return QueryMistake(words, self._text, (token.start, token.stop))

    def _at(self, first: Token) -> Span:
        return first.start, self._tokens[self._next - 1].stop

    def _either(self) -> Query:
        return self._chain("OR", self._only_one, Either)

    def _only_one(self) -> Query:
        return self._chain("XOR", self._all, OnlyOne)

    def _all(self) -> Query:
        return self._chain("AND", self._without, All)

    def _chain(
        self, operator: str, part: Callable[[], Query], group: Callable[[tuple[Query, ...], Span], Query]
    ) -> Query:
        first = self._now
        parts = [part()]
        while self._now.kind == operator:
            self._take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else group(tuple(parts), self._at(first))

    def _without(self) -> Query:
        first = self._now
        if first.kind != "NOT":
            return self._placed()
        self._take()
        with self._deeper(first):
            return Without(self._without(), self._at(first))

    def _placed(self) -> Query:
        first = self._now
        found = self._part()
        many = 0
        while self._now.kind == "lies":
            how = self._take()
            many += 1
            if many > DEEPEST:
                raise self._mistake(tr("More than {n} such operators follow one another here.", n=DEEPEST), how)
            distance = self._distance(Lies(how.text))
            found = Placed(found, Lies(how.text), self._right(), distance, self._at(first))
        return found

    def _right(self) -> Query:
        first = self._now
        if first.kind != "NOT":
            return self._part()
        self._take()
        with self._deeper(first):
            return Without(self._right(), self._at(first))

    def _distance(self, how: Lies) -> Distance | None:
        if self._now.kind != "distance":
            return None
        token = self._take()
        number, unit = token.parts
        if how not in FAR:
            raise self._mistake(tr("{operator} takes no distance; NEAR, FOLLOWS and PRECEDES do.", operator=how), token)
        if not number.isdecimal() or int(number) > _MOST:
            raise self._mistake(tr("A distance is a whole number from 0 on, such as 1 paragraph."), token)
        if unit.casefold() not in _UNITS:
            near = get_close_matches(unit.casefold(), _UNITS, 1)
            known = tr("a distance is counted in characters, words, sentences or paragraphs")
            told = tr("“{unit}” is no unit", unit=unit) if unit else tr("The unit is missing")
            meant = tr(" Did you mean “{name}”?", name=near[0]) if near else ""
            raise self._mistake(f"{told}; {known}.{meant}", token)
        return Distance(int(number), _UNITS[unit.casefold()])

    def _part(self) -> Query:
        token = self._now
        match token.kind:
            case "open":
                return self._group()
            case "every":
                self._take()
                return Every((token.start, token.stop))
            case "field":
                return self._field()
            case "word" | "quoted":
                return self._coded()
            case _:
                raise self._mistake(self._missing(token), token)

    def _missing(self, token: Token) -> str:
        before = self._tokens[self._next - 1] if self._next else None
        if token.kind in {"AND", "OR", "XOR", "NOT", "lies"} or token.kind in {"end", "close"}:
            if before is None or before.kind == "open":
                return tr("A code or another part of the query is missing in front of this.")
            return tr("Something is missing behind {operator}: a code, a field or a group.", operator=before.text)
        return {
            "below": tr("“{sign}” stands right behind a code’s name.", sign=token.text),
            "distance": tr("A distance stands behind NEAR, FOLLOWS or PRECEDES."),
        }.get(token.kind, tr("This is no part of a query; a name with such signs stands in quotation marks."))

    def _group(self) -> Query:
        opened = self._take()
        with self._deeper(opened):
            found = self._either()
        if self._now.kind == "end":
            raise self._mistake(tr("This bracket is never closed."), opened)
        if self._now.kind != "close":
            raise self._mistake(tr("An operator is missing in front of this, such as AND or OR."), self._now)
        self._take()
        return found

    def _deeper(self, token: Token) -> "_Depth":
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._mistake(tr("More than {n} groups stand in one another here.", n=DEEPEST), token)
        return _Depth(self)

    def shallower(self) -> None:
        """Leave a group."""
        self._depth -= 1

    def _coded(self) -> Query:
        first = self._now
        names = [self._name()]
        while self._now.kind == "path":
            self._take()
            if self._now.kind not in {"word", "quoted"}:
                raise self._mistake(tr("Behind > the name of a sub-code is missing."), self._now)
            names.append(self._name())
        below = Below(self._take().text) if self._now.kind == "below" else Below.NONE
        return Coded(SEPARATOR.join(names), below, self._at(first))

    def _name(self) -> str:
        """Return a quoted name, or the words up to the next sign or operator as one name."""
        token = self._take()
        if token.kind == "quoted":
            if not token.text.strip():
                raise self._mistake(tr("There is no name between these quotation marks."), token)
            return token.text
        words = [token.text]
        while self._now.kind == "word":
            words.append(self._take().text)
        return " ".join(words)

    def _field(self) -> Query:
        token = self._take()
        name = token.text
        if name not in (*FIELDS, "query"):
            near = get_close_matches(name, (*FIELDS, "query"), 1)
            known = ", ".join((*FIELDS, "query"))
            meant = tr(" Did you mean “{name}:”?", name=near[0]) if near else ""
            raise self._mistake(tr("There is no field “{name}:”; there are {known}.", name=name, known=known) + meant,
                                token)  # fmt: skip
        if name == "variable":
            return self._variable(token)
        operator = self._take().text if self._now.kind == "compared" else "="
        if operator != "=" and name != "made":
            raise self._mistake(tr("“{name}:” is not compared with {sign}; write the value right behind the colon.",
                                   name=name, sign=operator), self._tokens[self._next - 1])  # fmt: skip
        value = self._value(token)
        if name == "query":
            return Saved(value, self._at(token))
        if name == "made":
            self._check_date(value, operator)
        return Where(name, value, operator, at=self._at(token))

    def _check_date(self, value: str, operator: str) -> None:
        written = self._tokens[self._next - 1]
        if operator == "~" or not _is_date(value):
            raise self._mistake(tr("A date is written 2026-01-31, 2026-01 or 2026."), written)

    def _variable(self, token: Token) -> Query:
        name = self._value(token)
        if self._now.kind != "compared":
            return Where("variable", "", "", name, self._at(token))
        operator = self._take()
        return Where("variable", self._value(operator), operator.text, name, self._at(token))

    def _value(self, before: Token) -> str:
        if self._now.kind not in {"word", "quoted"}:
            raise self._mistake(tr("A value is missing behind {sign}.", sign=self._text[before.start : before.stop]),
                                before)  # fmt: skip
        return self._name()


class _Depth:
    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        """Go on reading one group deeper."""

    def __exit__(self, *_error: object) -> None:
        self._reader.shallower()


def _is_date(value: str) -> bool:
    """Say whether this is a day, a month or a year that there is."""
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    try:
        datetime.date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        return False
    return True
