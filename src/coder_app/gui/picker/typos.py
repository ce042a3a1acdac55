"""How many slips of the finger lie between what was typed and a word. Free of Qt."""

from functools import lru_cache

_ONE_SLIP, _TWO_SLIPS = 4, 8


def allowed(typed: str) -> int:
    """Return how many slips are forgiven in what was typed: none below 4 letters, 1 below 8, then 2."""
    return (len(typed) >= _ONE_SLIP) + (len(typed) >= _TWO_SLIPS)


@lru_cache(maxsize=8_192)
def letters(word: str) -> int:
    """Return which letters a word has, as bits: quick to compare, and never more different than the words."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def slips(typed: str, word: str, most: int) -> int | None:
    """Return how many slips lie between `typed` and the start of `word`, None where there are more than `most`.

    A slip is a letter too many, missing, another, or two neighbours changed round (Damerau–Levenshtein,
    optimal string alignment). The rest of the word costs nothing, as it is still to be typed.
    """
    reach = word[: len(typed) + most]
    older: list[int] = []
    before = list(range(len(reach) + 1))
    for place, letter in enumerate(typed, start=1):
        row = [place]
        for other, wanted in enumerate(reach, start=1):
            cost = min(before[other] + 1, row[other - 1] + 1, before[other - 1] + (letter != wanted))
            if _are_swapped(typed, reach, place, other):
                cost = min(cost, older[other - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) >= most:
            return None
        older, before = before, row
    best = min(before)
    return best if best <= most else None


def _are_swapped(typed: str, word: str, place: int, other: int) -> bool:
    """Say whether the letters before these places are the same two, changed round."""
    here, there = typed[place - 2 : place], word[other - 2 : other]
    return len(here) == len(there) == 2 and here == there[::-1]  # noqa: PLR2004 - a pair
