"""Letters without their case and accents: what the search index holds and what a loose search compares.

Each character is folded by itself, whatever stands beside it, so that places in a folded text can be
led back to places in the text.
"""

import re
import unicodedata
from collections.abc import Callable

# Accents of Latin, Greek and Cyrillic (the iota below is a letter), points of Hebrew, vowel signs of Arabic.
_ACCENTS = re.compile(
    "[\u0300-\u0344\u0346-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
"""Thai to Khmer, kana and ideographs: scripts that put no space between words, as the inside of a character class."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_DOTLESS_I = "\u0131"


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each character once, when it first turns up."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, code: int) -> str:
        self[code] = self._made(chr(code))
        return self[code]


def _plain(character: str) -> str:
    if character == _DOTLESS_I:
        return "i"
    return _ACCENTS.sub("", unicodedata.normalize("NFD", character))


def _folded(character: str) -> str:
    # Some letters show their accent only once they are in lower case.
    return "".join(map(_plain, _plain(character).casefold()))


def _indexed(character: str) -> str:
    if is_unspaced(character):
        return f" {_folded(character)} "
    return _folded(character) if is_letter(character) else " "


_PLAIN, _FOLDED, _INDEXED = _Table(_plain), _Table(_folded), _Table(_indexed)


def is_letter(character: str) -> bool:
    """Say whether a character goes on with a word: letters, digits, underscores, and accents and vowel signs."""
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def is_unspaced(character: str) -> bool:
    """Say whether a character belongs to a script that puts no space between words."""
    return _UNSPACED.match(character) is not None


def without_accents(text: str) -> str:
    """Return `text` without accents, vowel points and the like; its letters keep their case."""
    return text if text.isascii() else text.translate(_PLAIN)


def folded(text: str) -> str:
    """Return `text` without accents and without case."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def index_form(text: str) -> str:
    """Return `text` as the search index gets it: folded, and cut into words wherever `is_letter` cuts.

    Characters of scripts without spaces become words of their own. Words that a search takes for equal
    have equal forms. Plain English is left to the index, which does the same to it.
    """
    return text if text.isascii() else text.translate(_INDEXED)


def origins(text: str, fold: Callable[[str], str]) -> list[int]:
    """Return for each character of `fold(text)` which character of `text` it comes from.

    `fold` is `folded` or `without_accents`.
    """
    lengths = {character: len(fold(character)) for character in set(text)}
    return [place for place, character in enumerate(text) for _ in range(lengths[character])]
