"""What can follow at a place of a query: names, fields, operators."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.domain.query_language.meaning import Book
from coder_app.domain.query_language.tokens import OPERATORS
from coder_app.domain.query_language.tree import FAR, FIELDS, Coded, Lies, Saved, Where
from coder_app.domain.query_language.writing import write
from coder_app.domain.tree import SEPARATOR, CodeTree

_PART = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^"])*?(?P<part>"[^"]*|[^\s()"]*)', re.DOTALL)
# Several words that may be one name: all behind the last operator or bracket.
_PHRASE = re.compile(rf"(?:^|[()]|\b(?:{'|'.join((*OPERATORS, *Lies))})(?=\s))\s*([^\s()\"][^()\"]*)$")
_MOST = 50
_UNFIT = 3


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` stands for the code points [start, cursor) of the query if it is chosen; `shown` is read in the list."""

    text: str
    start: int
    shown: str


def completions(text: str, cursor: int, book: Book) -> list[Completion]:
    """Return what the word in front of the cursor may become, the likeliest first; nothing where none is begun."""
    part = _PART.fullmatch(text, 0, cursor)
    if part is None or not part["part"]:
        return []
    start, typed = part.start("part"), part["part"]
    kind, colon, value = typed.partition(":")
    before = re.search(r"([^\W\d_]+):$", text[:start]) if typed.startswith('"') else None
    if before or (colon and not typed.startswith('"')):
        field = (before[1] if before else kind).casefold()
        begin = start if before else start + len(kind) + 1
        return _of_field(field, (typed if before else value).strip('"'), begin, book)
    phrase = _PHRASE.search(text, 0, cursor)
    if phrase is not None and " " in phrase[1] and (found := _codes(phrase[1], phrase.start(1), book.tree)):
        return found[:_MOST]
    found = _codes(typed.strip('"'), start, book.tree)
    if not typed.startswith('"'):
        found += _words(typed, start)
    return found[:_MOST]


def _of_field(field: str, typed: str, start: int, book: Book) -> list[Completion]:
    saved = [one.name for one in book.saved]
    known = saved if field == "query" else [name for _, name in book.names.get(field, ())]
    prefix = len(f"{field}:")

    def written(name: str) -> str:
        if field == "query":
            return write(Saved(name))
        if field == "variable":
            return write(Where("variable", "", "", name))
        return write(Where(field, name))

    fitting = dict.fromkeys(_fitting(typed, known))
    return [Completion(written(name)[prefix:], start, name) for name in fitting][:_MOST]


def _codes(typed: str, start: int, tree: CodeTree) -> list[Completion]:
    names: dict[str, int] = {}
    for code in tree.walk():
        names[code.name.casefold()] = names.get(code.name.casefold(), 0) + 1
    paths = [tree.path(code.id) for code in tree.walk()]
    found: list[Completion] = []
    for path in _fitting(typed, paths):
        leaf = path.rsplit(SEPARATOR, 1)[-1]
        name = leaf if names.get(leaf.casefold()) == 1 else path
        found.append(Completion(write(Coded(name)), start, path))
    return found


def _words(typed: str, start: int) -> list[Completion]:
    operators = [one for one in (*OPERATORS, *Lies) if one.startswith(typed.upper())]
    found = [Completion(f"{one} ", start, f"{one} (distance)" if one in FAR else str(one)) for one in operators]
    fields = [f"{one}:" for one in (*FIELDS, "query") if one.startswith(typed.casefold())]
    return found + [Completion(one, start, one) for one in fields]


def _fitting(typed: str, known: Sequence[str]) -> list[str]:
    """Return the names that begin so, then those of which a word does, then those that hold it."""
    wanted = typed.casefold()
    ranked = [
        (rank, place, name) for place, name in enumerate(known) if (rank := _rank(wanted, name.casefold())) < _UNFIT
    ]
    return [name for _, _, name in sorted(ranked)]


def _rank(wanted: str, name: str) -> int:
    leaf = name.rsplit(SEPARATOR, 1)[-1]
    if leaf.startswith(wanted):
        return 0
    if re.search(rf"\b{re.escape(wanted)}", leaf):
        return 1
    return 2 if wanted in name else _UNFIT
