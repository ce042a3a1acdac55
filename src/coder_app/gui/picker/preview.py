"""What a code means, cut so that each part of it is seen in the few lines that there are."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

_MOST = 220
_CUT = "…"


def shortened(parts: Sequence[str], lines: int, metrics: QFontMetrics, width: int) -> str:
    """Return the parts one under the other within so many lines, `width` pixels wide; a part that is cut ends in “…”.

    What one part does not need the parts after it may have, and the other way round.
    """
    needed = [_lines(_cut(part, _MOST), metrics, width) for part in parts]
    share = lines // max(len(parts), 1)
    spare = lines - sum(min(need, share) for need in needed)
    shown: list[str] = []
    for part, need in zip(parts, needed, strict=True):
        room = min(need, share + spare) if need > share else need
        spare -= max(room - share, 0)
        shown.append(_within(part, room, metrics, width))
    return "\n".join(shown)


def _within(part: str, lines: int, metrics: QFontMetrics, width: int) -> str:
    fewest, most = 0, min(len(part), _MOST)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if _lines(_cut(part, middle), metrics, width) <= lines:
            fewest = middle
        else:
            most = middle - 1
    return _cut(part, fewest)


def _cut(part: str, length: int) -> str:
    """Return the beginning of a part, without the word that would be cut."""
    if len(part) <= length:
        return part
    begun = part[:length]
    whole = begun.rsplit(maxsplit=1)[0] if not part[length].isspace() and len(begun.split()) > 1 else begun
    return whole.rstrip() + _CUT


def _lines(part: str, metrics: QFontMetrics, width: int) -> int:
    height = metrics.boundingRect(QRect(0, 0, width, 1 << 20), Qt.TextFlag.TextWordWrap.value, part).height()
    return round(height / metrics.lineSpacing())
