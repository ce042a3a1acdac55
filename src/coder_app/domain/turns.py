"""Who speaks where in a transcript: a turn lasts from one speaker's label to the next."""

import re
from dataclasses import dataclass

_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,\-]\d{1,3})?"
# In prose a line may well start with "10:30"; only the longer or marked forms are those of a transcript.
_MARKED = rf"(?:\[{_TIME}\]|\({_TIME}\)|\#{_TIME}\#|\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?)"
_NAME = r"(?P<{0}>[^\W_][^\n:\[\]()#]{{0,39}}?)"
_START = re.compile(
    rf"^[ \t]*+(?:{_MARKED}[ \t]*[-–—]?[ \t]*)?{_NAME.format('named')}[ \t]*(?:{_MARKED})?[ \t]*[:：](?=\s|$)"
    rf"|^[ \t]*+{_NAME.format('headed')}[ \t]+(?:{_MARKED}|{_TIME})[ \t]*$"
    rf"|^[ \t]*+{_MARKED}(?=\s|$)",
    re.MULTILINE,
)
_MOST_WORDS = 4
_FEWEST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn, label included, without white space behind it; `speaker` is "" where nobody is named."""

    start: int
    stop: int
    speaker: str


def turns(text: str) -> list[Turn]:
    """Return the turns of a transcript in order; none where the text is no transcript.

    A turn starts with a line that begins like "Anna:", "I:", "[00:01:23] Speaker 2:", "Anna (00:12):", that
    is like "Anna 0:12", or that begins with a marked time. What comes before the first one is a turn of nobody.
    """
    starts = [
        (match.start(), (match["named"] or match["headed"] or "").strip())
        for match in _START.finditer(text)
        if _is_name((match["named"] or match["headed"] or "").strip())
    ]
    if len(starts) < _FEWEST_TURNS:
        return []
    if text[: starts[0][0]].strip():
        starts.insert(0, (0, ""))
    ends = [start for start, _ in starts[1:]] + [len(text)]
    found: list[Turn] = []
    for (start, speaker), end in zip(starts, ends, strict=True):
        stretch = text[start:end]
        begins = start + len(stretch) - len(stretch.lstrip())
        found.append(Turn(begins, start + len(stretch.rstrip()), speaker))
    return found


def _is_name(label: str) -> bool:
    """Say whether a label is a name, or none at all, and not the beginning of a sentence."""
    words = label.split()
    return len(words) <= _MOST_WORDS and all(not word[0].islower() for word in words)
