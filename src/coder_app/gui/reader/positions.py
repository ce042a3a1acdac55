"""Code points on our side, UTF-16 units on Qt's: the one place where they are turned into each other."""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Qt would start a paragraph or draw nothing at all for these, and take a first one for a byte-order mark;
# then what is counted and what is seen would differ.
_RARE = "\x00\r\u2028\u2029\ufdd0\ufdd1\ufffc"
_NOT_SHOWN = re.compile(f"[{_RARE}\ud800-\udfff]")
_BYTE_ORDER_MARKS = ("\ufeff", "\ufffe")


def shown(text: str) -> str:
    """Return `text` as it is given to Qt: code point for code point, unshowable ones as U+FFFD."""
    if text.startswith(_BYTE_ORDER_MARKS):
        text = "\ufffd" + text[1:]
    # Looked for one by one, which in a long text takes a hundredth of the time of a search for any of them.
    if _units(text) >= 0 and not any(character in text for character in _RARE):
        return text
    return _NOT_SHOWN.sub("\ufffd", text)


def _units(text: str) -> int:
    """Return how many units Qt counts in `text`; -1 where there is half a pair in it."""
    if text.isascii():
        return len(text)
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        return -1


def as_units(text: str) -> str:
    """Return a text with a character for each unit that Qt counts in `text`: for places that are Qt's already."""
    return text if _units(text) == len(text) else _ASTRAL.sub("\ufffd\ufffd", text)


class Positions:
    """Turns positions in one text into Qt's and back, each in O(log n).

    Qt counts a character beyond U+FFFF as two units; all others count one in both ways.
    """

    __slots__ = ("_astral", "_astral_units", "length")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        has_none = _units(text) == len(text)
        self._astral = [] if has_none else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_units = [place + nth for nth, place in enumerate(self._astral)]

    def to_qt(self, position: int) -> int:
        """Return the UTF-16 unit at which the code point `position` starts."""
        return position + bisect_left(self._astral, position) if self._astral else position

    def from_qt(self, unit: int) -> int:
        """Return the code point that the UTF-16 unit `unit` belongs to."""
        return unit - bisect_left(self._astral_units, unit) if self._astral else unit
