"""Codings are counted by place, and counted out again."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.gui.reader.density import STRETCHES, Density


def test_a_coding_of_half_the_text_is_in_half_of_the_parts():
    density = Density(10_000)
    assert density.add(0, 5_000, "#b2516e") == range(STRETCHES // 2)
    assert density.at(0) == [("#b2516e", 1)]
    assert density.at(STRETCHES // 2) == []


def test_the_commonest_colour_comes_first():
    density = Density(STRETCHES)
    for colour in ("#157dbc", "#b2516e", "#b2516e"):
        density.add(7, 8, colour)
    assert density.at(7) == [("#b2516e", 2), ("#157dbc", 1)]
    assert density.most() == 3


def test_of_a_text_shorter_than_there_are_parts_no_part_between_is_left_empty():
    density = Density(3)
    density.add(0, 3, "#b2516e")
    assert all(density.at(number) for number in range(STRETCHES))


@given(
    st.integers(1, 5_000),
    st.lists(
        st.tuples(st.integers(0, 5_000), st.integers(1, 900), st.sampled_from(["#157dbc", "#b2516e"])), max_size=9
    ),
)
def test_counted_out_again_nothing_is_left(length: int, codings: list[tuple[int, int, str]]) -> None:
    density = Density(length)
    placed = [(min(start, length - 1), min(start + size, length), colour) for start, size, colour in codings]
    for start, stop, colour in placed:
        assert len(density.add(start, max(stop, start + 1), colour)) > 0
    assert density.most() <= len(placed)
    for start, stop, colour in placed:
        density.remove(start, max(stop, start + 1), colour)
    assert density.most() == 0
