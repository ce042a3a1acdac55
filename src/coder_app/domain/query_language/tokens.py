"""Cuts the text of a query into signs, names and operators, each with its place."""

import re
from dataclasses import dataclass

from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.tree import Lies
from coder_app.i18n import tr

OPERATORS = ("AND", "OR", "XOR", "NOT")
"""What joins or denies parts; only in capitals."""

_SIGN = re.compile(
    r"""(?P<distance>\(\s*[-+]?\d[\d.,]*\s*[^\W\d_]*\s*\))
    | (?P<open>\()
    | (?P<close>\))
    | (?P<quoted>"(?:[^"\\]|\\.)*(?P<straight>")? | [“„](?:[^”“\\]|\\.)*(?P<curly>[”“])?)
    | (?P<compared><=|>=|!=|=|<|>|~)
    | (?P<run>[^\s()<>=~"“„”]+)
    | (?P<stray>”)""",
    re.VERBOSE | re.DOTALL,
)
_KINDS = ("distance", "open", "close", "quoted", "compared", "run", "stray")
_GAP = re.compile(r"\s*")
_FIELD = re.compile(r"([^\W\d_]+):")
# A name without quotation marks ends at the sign for sub-codes.
_BELOW = re.compile(r"(?P<name>.*?)(?P<below>\+|/\*)$", re.DOTALL)
_DISTANCE = re.compile(r"\(\s*([-+]?[\d.,]+)\s*(\S*?)\s*\)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: `text` is what it says, without quotation marks; start and stop are its place.

    The kinds: distance, open, close, quoted, word, compared, path (>), below (+ and /*), every (*), field (its name),
    lies (NEAR and the like), the OPERATORS, and end. `parts` are the number and the unit of a distance.
    """

    kind: str
    text: str
    start: int
    stop: int
    parts: tuple[str, ...] = ()


def tokens(text: str) -> list[Token]:
    """Return the pieces of a query, the last one of kind "end". Raises QueryMistake for a quotation mark alone."""
    return _Cutter(text).cut()


class _Cutter:
    """`_in_value` is on behind a colon or a comparison, where fewer signs have a meaning than in front of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Token] = []
        self._in_value = False

    def cut(self) -> list[Token]:
        length = len(self._text.rstrip())
        place = self._skipped(0)
        while place < length:
            place = self._skipped(self._take(place))
        self._add("end", length, length, "")
        return self._found

    def _skipped(self, place: int) -> int:
        gap = _GAP.match(self._text, place)
        return gap.end() if gap else place

    def _take(self, start: int) -> int:
        match = _SIGN.match(self._text, start)
        kind = next((one for one in _KINDS if match and match[one] is not None), "stray")
        stop = match.end() if match else start + 1
        if kind == "distance" and (not self._found or self._found[-1].kind != "lies"):
            kind, stop = "open", start + 1
        if kind in {"open", "close"}:
            self._in_value = False
        if kind == "run":
            return self._run(start, stop)
        if kind == "quoted" and match and match["straight"] is None and match["curly"] is None:
            kind, stop = "stray", start + 1
        if kind == "stray":
            raise QueryMistake(tr("This quotation mark has no partner."), self._text, (start, stop))
        self._sign(kind, start, stop)
        return stop

    def _sign(self, kind: str, start: int, stop: int) -> None:
        text = self._text[start:stop]
        if kind == "quoted":
            self._add(kind, start, stop, re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL))
        elif kind == "distance":
            found = _DISTANCE.fullmatch(text)
            self._found.append(Token(kind, text, start, stop, (found[1], found[2]) if found else ("", "")))
        elif text == ">" and not self._in_value:
            self._add("path", start, stop)
        else:
            self._add(kind, start, stop)

    def _add(self, kind: str, start: int, stop: int, text: str | None = None) -> None:
        self._found.append(Token(kind, self._text[start:stop] if text is None else text, start, stop))

    def _run(self, start: int, stop: int) -> int:
        """Take what begins here without a quotation mark: an operator, a field, a name, a sign behind a name."""
        text = self._text[start:stop]
        field = None if self._found and self._found[-1].kind in {"field", "compared"} else _FIELD.match(text)
        if field:
            self._in_value = True
            stop = start + field.end()
            self._add("field", start, stop, field[1].casefold())
        elif text in OPERATORS or text in Lies.__members__:
            self._in_value = False
            self._add(text if text in OPERATORS else "lies", start, stop)
        elif self._in_value:
            return self._value(start, stop)
        else:
            self._name(start, stop)
        return stop

    def _value(self, start: int, stop: int) -> int:
        # The sign != begins with what may well stand in a name.
        if self._text[stop - 1] == "!" and self._text[stop : stop + 1] == "=":
            if stop - 1 > start:
                self._add("word", start, stop - 1)
            self._add("compared", stop - 1, stop + 1)
            return stop + 1
        self._add("word", start, stop)
        return stop

    def _name(self, start: int, stop: int) -> None:
        text = self._text[start:stop]
        if text == "*":
            self._add("every", start, stop)
            return
        below = _BELOW.fullmatch(text)
        cut = start + below.start("below") if below else stop
        if cut > start:
            self._add("word", start, cut)
        if below:
            self._add("below", cut, stop)
