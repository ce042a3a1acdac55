"""Where two wordings of one text differ, with a few words around, so that a long text need not be read to see it."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from coder_app.domain.alignment import Gap, align, gaps_in

AROUND = 60
"""So many characters of what both have stand before and after what differs."""

LONGEST = 800
"""Of longer stretches the middle is left out."""

MOST = 30
"""So many places are told; the rest is counted."""


def excerpts(one: str, other: str, around: int = AROUND, most: int = MOST) -> tuple[list[tuple[str, str]], int]:
    """Return the first places where `one` and `other` differ, as each says it, and how many more there are.

    Places that lie close together are told as one. Line breaks are shown as spaces.
    """
    found = _places(one, other, 2 * around)
    told = [
        (_cut(one, gap.old, gap.old_stop, around), _cut(other, gap.new, gap.new_stop, around)) for gap in found[:most]
    ]
    return told, max(0, len(found) - most)


# A list of what is undecided asks for the same few texts again after each decision.
@lru_cache(maxsize=4)
def _places(one: str, other: str, near: int) -> tuple[Gap, ...]:
    return tuple(_together(gaps_in(align(one, other), Gap(0, len(one), 0, len(other))), near))


def _together(gaps: Iterable[Gap], near: int) -> Iterator[Gap]:
    held: Gap | None = None
    for gap in gaps:
        if held is not None and gap.old - held.old_stop <= near:
            held = Gap(held.old, gap.old_stop, held.new, gap.new_stop)
            continue
        if held is not None:
            yield held
        held = gap
    if held is not None:
        yield held


def _cut(text: str, start: int, stop: int, around: int) -> str:
    """Return a stretch of a text with whole words around it, and a sign where the text goes on."""
    first = max(0, start - around)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    last = min(len(text), stop + around)
    while stop < last < len(text) and not text[last].isspace():
        last -= 1
    if last - first <= LONGEST:
        words = " ".join(text[first:last].split())
    else:
        half = LONGEST // 2
        words = " […] ".join(" ".join(part.split()) for part in (text[first : first + half], text[last - half : last]))
    return f"{'… ' if first else ''}{words}{' …' if last < len(text) else ''}"
