"""Moving one end of a passage by keys: a start goes from word to word, a stop from word's end to word's end."""

import re

# Punctuation counts as a word of its own, so that a full stop can be taken in or left out.
_TOKEN = re.compile(r"\w+|[^\w\s]+")
_REACH = 200


def next_start(text: str, position: int, by: int) -> int:
    """Return the start of the word before (-1) or after (1) `position`, in code points; `position` where none is."""
    return _next(text, position, by, at_start=True)


def next_stop(text: str, position: int, by: int) -> int:
    """Return the end of the word before (-1) or after (1) `position`, in code points; `position` where none is."""
    return _next(text, position, by, at_start=False)


def _next(text: str, position: int, by: int, *, at_start: bool) -> int:
    first, last = max(0, position - _REACH), min(len(text), position + _REACH)
    tokens = _TOKEN.finditer(text, first, last)
    edges = [token.start() if at_start else token.end() for token in tokens]
    if by > 0:
        return next((edge for edge in edges if edge > position), position)
    return next((edge for edge in reversed(edges) if edge < position), position)
