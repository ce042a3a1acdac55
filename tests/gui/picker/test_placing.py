"""The popup leaves in sight what it is about, wherever that stands on the screen."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from coder_app.gui.picker.placing import place_beside

ROOM = QRect(0, 0, 1440, 860)
SIZE = QSize(380, 430)


def placed(about: QRect, room: QRect = ROOM) -> QRect:
    return QRect(place_beside(about, SIZE, room), SIZE)


def test_it_stands_below_else_above_else_at_a_side() -> None:
    assert placed(QRect(300, 100, 500, 60)).top() == 168
    assert placed(QRect(300, 700, 500, 60)).bottom() == 691
    assert placed(QRect(300, 200, 500, 500)).left() == 808
    assert placed(QRect(700, 200, 640, 500)).right() == 691


areas = st.tuples(st.integers(0, 1400), st.integers(0, 840), st.integers(1, 1440), st.integers(1, 860))


@given(areas)
def test_a_passage_is_never_covered_wholly_and_the_popup_stays_on_the_screen(area: tuple[int, int, int, int]) -> None:
    about = QRect(*area) & ROOM
    popup = placed(about)
    assert ROOM.contains(popup)
    assert not popup.contains(about)


@given(areas)
def test_where_a_side_has_room_nothing_is_covered(area: tuple[int, int, int, int]) -> None:
    about = QRect(*area) & ROOM
    free = max(about.top(), ROOM.bottom() - about.bottom()) > SIZE.height() + 16
    beside = max(about.left(), ROOM.right() - about.right()) > SIZE.width() + 16
    if free or beside:
        assert not placed(about).intersects(about)


def test_a_small_screen_covers_the_end_and_not_the_beginning() -> None:
    room = QRect(0, 0, 640, 480)
    popup = placed(QRect(20, 20, 600, 440), room)
    assert room.contains(popup)
    assert popup.bottomRight() == room.adjusted(0, 0, -8, -8).bottomRight()
