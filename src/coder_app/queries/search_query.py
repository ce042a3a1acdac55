"""Reads what a person types into the search field: words as they stand, or words with operators.

The whole is `either`; either = all { OR all }; all = part { [AND] [NOT] part };
part = word | word* | "a phrase" | ( either ) | NEAR(word word, 10).
"""

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

DISTANCE = 10
"""How many words may stand between those of NEAR where no number is given."""

_DEEPEST = 40
_OPERATORS = ("AND", "OR", "NOT")
_TOKEN = re.compile(
    r"""(?P<near>NEAR\s*\()
    | (?P<open>\()
    | (?P<close>\))
    | "(?P<phrase>[^"]*)"(?P<starts>\*?)
    | (?P<quote>")
    | (?P<comma>,(?=\s*\d+\s*\)))
    | (?P<word>[^\s"()]+?(?=,\s*\d+\s*\))|[^\s"()]+)""",
    re.VERBOSE,
)
_MEANT = re.compile(r'"|(?:^|[\s()])(?:AND|OR|NOT)(?=$|[\s()])|(?:^|[\s(])NEAR\s*\(|\w\*(?=$|[\s()])')


class QueryProblem(BadInput):
    """A search that cannot be read; `place` is the code point of the query at which it stops making sense."""

    def __init__(self, place: int, what: str) -> None:
        super().__init__(tr("The search stops making sense at character {place}: {what}", place=place + 1, what=what))
        self.place = place


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another. With `starts` the last one may go on; with `across` lines may end between."""

    words: tuple[str, ...]
    starts: bool = False
    across: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """All of these stand in one paragraph."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these stands in the paragraph."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The first stands in a paragraph in which the second does not."""

    wanted: "Expression"
    unwanted: "Expression"


@dataclass(frozen=True, slots=True)
class Near:
    """All of these stand in one paragraph with at most `distance` words between the first and the last."""

    parts: tuple[Phrase, ...]
    distance: int


Expression: TypeAlias = Phrase | All | Either | Without | Near


def parse(query: str, *, operators: bool = True) -> Expression | None:
    """Return what a query asks for, None for an empty one.

    A query without quotation marks, operators in capitals and `word*` is one phrase, as it stands. Words
    beside one another in any other query need not follow one another: all of them stand in a paragraph.
    Raises QueryProblem.
    """
    words = tuple(query.split())
    if not words:
        return None
    if not operators or not has_operators(query):
        return Phrase(words, across=len(words) > 1)
    return _Reader(query).whole()


def has_operators(query: str) -> bool:
    """Say whether a query means something else where its operators are read than where it is taken as it stands."""
    return _MEANT.search(query) is not None and not all(word in _OPERATORS for word in query.split())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int
    starts: bool = False


def _tokens(query: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        text = match[0]
        if kind == "quote":
            raise QueryProblem(match.start(), tr("this quotation mark has no partner."))
        if kind == "starts":
            kind, text = "phrase", match["phrase"]
        elif kind == "word" and text in _OPERATORS:
            kind = text
        found.append(_Token(kind, text, match.start(), match["starts"] == "*"))
    return [*found, _Token("end", "", len(query))]


class _Reader:
    """Goes through the tokens of one query from left to right."""

    def __init__(self, query: str) -> None:
        self._tokens = _tokens(query)
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *kinds: str) -> _Token | None:
        token = self._next
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def whole(self) -> Expression:
        found = self._either()
        if self._next.kind != "end":
            raise QueryProblem(self._next.place, tr("this bracket has no partner."))
        return found

    def _either(self) -> Expression:
        parts = [self._all()]
        while self._take("OR"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Expression:
        found: list[Expression] = []
        unwanted: list[Expression] = []
        while True:
            token = self._take("AND") if found else None
            excluded = self._take("NOT")
            if excluded and not found:
                raise QueryProblem(excluded.place, tr("NOT needs something before it, as in: trust NOT fear."))
            if not (token or excluded) and self._next.kind in {"OR", "close", "end"} and found:
                break
            (unwanted if excluded else found).append(self._part())
        wanted = found[0] if len(found) == 1 else All(tuple(found))
        if not unwanted:
            return wanted
        return Without(wanted, unwanted[0] if len(unwanted) == 1 else Either(tuple(unwanted)))

    def _part(self) -> Expression:
        token = self._next
        if token.kind in {"word", "phrase"}:
            return self._phrase()
        if token.kind == "comma":
            self._at += 1
            return Phrase((",",))
        if token.kind in {"open", "near"}:
            return self._bracket()
        if token.kind in _OPERATORS:
            what = tr("{operator} stands between two things to be found.", operator=token.kind)
            raise QueryProblem(token.place, what)
        raise QueryProblem(token.place, tr("something to be found is missing here."))

    def _bracket(self) -> Expression:
        token = self._next
        self._at += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryProblem(token.place, tr("there are too many brackets inside one another."))
        found = self._either() if token.kind == "open" else self._near(token)
        if not self._take("close"):
            raise QueryProblem(token.place, tr("this bracket has no partner."))
        self._depth -= 1
        return found

    def _near(self, opening: _Token) -> Near:
        parts: list[Phrase] = []
        while self._next.kind in {"word", "phrase"}:
            parts.append(self._phrase())
        distance = DISTANCE
        if self._take("comma"):
            number = self._take("word")
            distance = int(number.text[:9]) if number else DISTANCE
        if self._next.kind not in {"close", "end"}:
            raise QueryProblem(self._next.place, tr("NEAR takes words and phrases, as in: NEAR(trust state, 5)."))
        if len(parts) < 2:  # noqa: PLR2004 - nearness is between two
            raise QueryProblem(opening.place, tr("NEAR needs two words or more, as in: NEAR(trust state, 5)."))
        return Near(tuple(parts), distance)

    def _phrase(self) -> Phrase:
        token = self._next
        self._at += 1
        words = tuple(token.text.split())
        if not words:
            raise QueryProblem(token.place, tr("there is nothing between these quotation marks."))
        if token.kind == "phrase":
            return Phrase(words, starts=token.starts)
        found = Phrase(words)
        # A star means something only behind a letter; in “***” it is what it is.
        if token.text.endswith("*") and token.text[-2:-1].isalnum():
            found = replace(found, words=(token.text[:-1],), starts=True)
        return found
