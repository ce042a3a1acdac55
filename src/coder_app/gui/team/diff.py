"""Where two wordings differ, in whole words, so that a person sees at a glance what was changed."""

import re

from coder_app.domain.alignment import Gap, align, gaps_in

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 0.7
"""Where more of a wording than this is other, marking it says nothing."""

Range = tuple[int, int]


def differences(one: str, other: str) -> tuple[list[Range], list[Range]]:
    """Return the ranges of `one` and of `other`, in code points, that the other does not have; none if nearly all."""
    gaps = list(gaps_in(align(one, other), Gap(0, len(one), 0, len(other))))
    ours = _in_words(one, [(gap.old, gap.old_stop) for gap in gaps])
    theirs = _in_words(other, [(gap.new, gap.new_stop) for gap in gaps])
    if _share(one, ours) > _MOST and _share(other, theirs) > _MOST:
        return [], []
    return ours, theirs


def _in_words(text: str, found: list[Range]) -> list[Range]:
    """Return the words that some ranges touch; a range without length touches the word that it stands within."""
    marked: list[Range] = []
    place = 0
    for word in _WORD.finditer(text) if found else ():
        while place < len(found) and found[place][1] <= word.start():
            place += 1
        if place == len(found) or found[place][0] >= word.end():
            continue
        if marked and marked[-1][1] == word.start():
            marked[-1] = marked[-1][0], word.end()
        else:
            marked.append((word.start(), word.end()))
    return marked


def _share(text: str, ranges: list[Range]) -> float:
    return sum(stop - start for start, stop in ranges) / max(1, len(text))
