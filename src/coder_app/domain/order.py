"""Order keys: a place between two neighbours can be named without touching either of them.

A key is a text of base-62 digits read as a fraction, compared byte by byte, never ending in "0".
The scheme is the "fractional indexing" of collaborative editors; ties are broken by id.
"""

from collections.abc import Iterable

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`; None is the open end.

    Equal or reversed neighbours (two copies that chose the same place) count as an open end, and so does
    a foreign `after` that is `before` with nothing but zeros behind, because no key lies between the two.
    """
    low = before or ""
    high = after if after is not None and after.rstrip("0") > low else None
    at_end = high is None
    key = ""
    while True:
        position = len(key)
        floor = _VALUE[low[position]] if position < len(low) else 0
        ceiling = _VALUE[high[position]] if high is not None else len(_DIGITS)
        if ceiling - floor > 1:
            # At an open end the smallest step keeps keys short when things are added one after another.
            step = 1 if at_end and position >= 1 else (ceiling - floor) // 2
            return key + _DIGITS[floor + step]
        key += _DIGITS[floor]
        if ceiling > floor:
            # The key is below `high` by now, whatever follows.
            high = None


def keys_after(last: str | None, count: int) -> list[str]:
    """Return `count` keys in rising order, all after `last`, of equal length and evenly spread."""
    width = 1
    while len(_DIGITS) ** width < (count + 1) * 2:
        width += 1
    prefix = key_between(last, None)
    step = len(_DIGITS) ** width // (count + 1)
    return [prefix + _digits(step * (n + 1), width) for n in range(count)]


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, remainder = divmod(number, len(_DIGITS))
        text = _DIGITS[remainder] + text
    # A key that ended in "0" would leave no room before it.
    return text[:-1] + "1" if text.endswith("0") else text


def last_key(keys: Iterable[str]) -> str | None:
    """Return the greatest of `keys`, or None where there are none."""
    return max(keys, default=None)
