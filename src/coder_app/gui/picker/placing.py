"""Where a popup stands so that one still sees what it is about."""

from PySide6.QtCore import QPoint, QRect, QSize

_GAP = 8
_EDGE = 8


def place_beside(about: QRect, size: QSize, room: QRect) -> QPoint:
    """Return the upper left corner of a popup of `size` beside `about`, all in pixels of the screen.

    Below where there is room, else above, else at the right or the left. Something so large that there is
    no room at any side is covered at its right and below, so that its beginning stays in sight.
    """
    inner = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    left = _within(about.left(), inner.left(), inner.right() + 1 - size.width())
    top = _within(about.top(), inner.top(), inner.bottom() + 1 - size.height())
    places = (
        QPoint(left, about.bottom() + 1 + _GAP),
        QPoint(left, about.top() - _GAP - size.height()),
        QPoint(about.right() + 1 + _GAP, top),
        QPoint(about.left() - _GAP - size.width(), top),
    )
    corner = QPoint(inner.right() + 1 - size.width(), inner.bottom() + 1 - size.height())
    return next((place for place in places if inner.contains(QRect(place, size))), corner)


def _within(wanted: int, least: int, most: int) -> int:
    return max(least, min(wanted, most))
